import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { ScenarioResults } from '@ecluse/contracts/scenarios.ts'
import { Unanswerable, type UnanswerableReason } from '@ecluse/strategy-engine/unanswerable.ts'
import { readInput } from '../scenarios/domain/run-input.ts'
import { simulateRun } from '../scenarios/domain/simulate-run.ts'

/** What came out. */
export type RunDone = { results: ScenarioResults; hash: string; gains: Float64Array }

/** What the thread says: how far it is, then what came out or why nothing could. */
type RunWord =
  { progress: number } | RunDone | { reason: UnanswerableReason; details: Readonly<Record<string, string | number>> }

// The shop goes first. Linux has a priority for each thread; where only a whole process has one, it is left alone.
if (process.platform === 'linux') setPriority(10)

const say = (word: RunWord): void => parentPort?.postMessage(word)
try {
  say(simulateRun(readInput(workerData as string), (progress) => say({ progress })))
} catch (error) {
  if (!(error instanceof Unanswerable)) throw error
  say({ reason: error.reason, details: error.details })
}
