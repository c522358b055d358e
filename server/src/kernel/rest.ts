import { performance, type EventLoopUtilization } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const lookMs = 15_000
/** The share of a look that an idle server spends on its own clockwork, and some. */
const idleShare = 0.05
/** What the young generation of a server at rest keeps; a busy one is let grow to sixteen times as much. */
const restingBytes = 12 * 1024 * 1024
/** A young generation that does not shrink after so many collections is in use. */
const mostTries = 4

/** What a look sees: how busy the process was since the last, and how much its young generation holds of the machine's memory. */
export type Look = { readonly busy: number; readonly youngBytes: number }

/**
 * Decides, look after look, whether to collect now. A collection in an idle process is what makes V8 give the memory of a busy
 * hour back; V8 shrinks when it sees, at a second one, that little was allocated since the first.
 */
export function createRest(collect: () => void): (look: Look) => void {
  let tries = 0
  return ({ busy, youngBytes }) => {
    if (busy > idleShare || youngBytes <= restingBytes) tries = 0
    else if (tries < mostTries) {
      tries += 1
      collect()
    }
  }
}

/** Gives memory back when the process has nothing to do: after the demo company was loaded, an import, a busy hour. */
export function restWhenIdle(): { stop(): void } {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const rest = createRest(collect)
  let before: EventLoopUtilization = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    rest({ busy: performance.eventLoopUtilization(now, before).utilization, youngBytes: youngBytes() })
    // The collection itself is no work of the next look.
    before = performance.eventLoopUtilization()
  }, lookMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

function youngBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name.startsWith('new_'))
    .reduce((sum, { physical_space_size: bytes }) => sum + bytes, 0)
}
