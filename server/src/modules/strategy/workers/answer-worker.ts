import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { bestMix, type MixQuestion, type PricedMix } from '@ecluse/strategy-engine/channel-grid/best-mix.ts'
import { attainability, type Attainability, type Objective } from '@ecluse/strategy-engine/objectives/attainability.ts'
import { Unanswerable, type UnanswerableReason } from '@ecluse/strategy-engine/unanswerable.ts'
import { comparePolicies, type PoliciesCompared, type PoliciesQuestion } from '../outlets/domain/compare-policies.ts'
import { loadSolver } from '../solve-programme.ts'

/** How likely an objective is: the months that are known, the objective in months, and the seed of its draws. */
export interface AttainabilityQuestion {
  kind: 'attainability'
  values: readonly number[]
  season: number
  objective: Objective
  seed: number
}

/** Which channels to run together. */
interface MixAsked {
  kind: 'mix'
  question: MixQuestion
}

/** Which outlets to have, under each policy. */
interface OutletsAsked {
  kind: 'outlets'
  question: PoliciesQuestion
}

export type Question = AttainabilityQuestion | MixAsked | OutletsAsked
type Found =
  ({ kind: 'attainability' } & Attainability) | ({ kind: 'mix' } & PricedMix) | ({ kind: 'outlets' } & PoliciesCompared)

/** What the engine found, or why it finds nothing. */
export type Answer =
  | { answer: Found }
  | { unanswerable: { reason: UnanswerableReason; details: Readonly<Record<string, string | number>> } }

// Others go first. Linux has a priority for each thread; where only a whole process has one, it is left alone.
if (process.platform === 'linux') setPriority(10)

for (const question of workerData as readonly Question[]) parentPort?.postMessage(await answerOf(question))

async function answerOf(question: Question): Promise<Answer> {
  try {
    return { answer: await compute(question) }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return { unanswerable: { reason: error.reason, details: error.details } }
  }
}

async function compute(asked: Question): Promise<Found> {
  if (asked.kind === 'mix') return { kind: 'mix', ...bestMix(asked.question, await loadSolver()) }
  if (asked.kind === 'outlets') return { kind: 'outlets', ...comparePolicies(asked.question, await loadSolver()) }
  const { kind, values, season, objective, seed } = asked
  return { kind, ...attainability({ values: Float64Array.from(values), season }, objective, { seed }) }
}
