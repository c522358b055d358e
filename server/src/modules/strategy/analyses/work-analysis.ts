import type { AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import sql from 'sql-template-tag'
import { onReplica, type Ctx } from '../../../kernel/context.ts'
import { compute } from '../computations/compute.ts'
import { hashOf } from '../computations/hash-of.ts'
import type { AnalysisDone } from '../workers/analysis-worker.ts'
import { analyses, keepAnalysis, keepInput } from './queries/analyses.ts'
import { readInput } from './read-input.ts'

type Taken = { attempts: number; question: AnalysisQuestion; seed: number; input: string | null }

/** Answers a question in a thread, telling how far it is; does nothing when somebody else has it, or it is over. */
export function workAnalysis(ctx: Ctx, id: string): Promise<void> {
  return compute<Taken, AnalysisDone>(ctx, id, {
    kept: analyses,
    columns: sql`question, seed, input`,
    inputOf: readOnce,
    thread: new URL('../workers/analysis-worker.ts', import.meta.url),
    keep: ({ db }, runner, { results }) => keepAnalysis(db, runner, { results, hash: hashOf(results) }),
  })
}

/** What it is answered from: read by who works on it first, and kept for whoever begins again. */
async function readOnce(ctx: Ctx, id: string, { question, seed, input }: Taken): Promise<string> {
  if (input !== null) return input
  const read = await readInput(onReplica(ctx), question, seed)
  await keepInput(ctx.db, id, { input: read, hash: hashOf(read) })
  return read
}
