import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { Unanswerable, type UnanswerableReason } from '@ecluse/strategy-engine/unanswerable.ts'
import { analyse } from '../analyses/domain/analyse.ts'
import type { AnalysisInput } from '../analyses/domain/analysis-input.ts'

/** The answer, as JSON. */
export type AnalysisDone = { results: string }

/** What the thread says: how far it is, then the answer or why there is none. */
type AnalysisWord =
  { progress: number } | AnalysisDone | { reason: UnanswerableReason; details: Record<string, string | number> }

// The shop goes first. Linux has a priority for each thread; where only a whole process has one, it is left alone.
if (process.platform === 'linux') setPriority(10)

const say = (word: AnalysisWord): void => parentPort?.postMessage(word)
try {
  const input = JSON.parse(workerData as string) as AnalysisInput
  say({ results: JSON.stringify(analyse(input, (progress) => say({ progress }))) })
} catch (error) {
  if (!(error instanceof Unanswerable)) throw error
  say({ reason: error.reason, details: { ...error.details } })
}
