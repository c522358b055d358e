import { cpus } from 'node:os'

/** What a bench prints as its last line with `--json`. */
export type BenchReport = {
  readonly bench: string
  readonly ratios: Readonly<Record<string, number>>
  readonly figures: Readonly<Record<string, number | string>>
  readonly seed: number
}

/** Prints a report for people, and with `--json` as one line for programs. */
export function printReport(report: BenchReport): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`
  for (const [name, value] of Object.entries(report.ratios)) console.error(`  ratio   ${name.padEnd(24)} ${value}`)
  for (const [name, value] of Object.entries(report.figures)) console.error(`  figure  ${name.padEnd(24)} ${value}`)
  console.error(`  machine ${machine}`)
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ...report, machine }))
}

/** A figure as people read it: three digits that mean something. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits))
}

/** The middle of several measures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
