import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/**
 * Processor time of processes and all their descendants so far, in milliseconds, as Linux counts it; includes children that
 * ended and were waited for.
 */
export function cpuMs(roots: readonly number[]): number {
  const stats = new Map<number, { parent: number; ticks: number }>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The command's name may hold anything, so fields are counted from its closing bracket.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
      stats.set(Number(name), { parent: Number(fields[1]), ticks })
    } catch {
      // It ended while we looked.
    }
  }
  const within = (pid: number): boolean =>
    roots.includes(pid) || (stats.has(pid) && within(stats.get(pid)?.parent ?? 0))
  let ticks = 0
  for (const [pid, stat] of stats) if (within(pid)) ticks += stat.ticks
  return (ticks * 1000) / ticksPerSecond
}
