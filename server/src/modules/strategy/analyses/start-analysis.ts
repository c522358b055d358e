import type { Analysis, AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import { engineVersion } from '@ecluse/strategy-engine/engine-version.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requestCancel } from '../computations/queries/computations.ts'
import { enqueueAnalysis } from './analysis-job.ts'
import { analyses, insertAnalysis, selectAnalysis, type NewAnalysis } from './queries/analyses.ts'
import { readAnalysis } from './read-analysis.ts'

/** Asks a question; a job reads the firm's figures and answers it. @throws insights.bad_period when a period ends before it begins */
export function startAnalysis(
  ctx: Ctx,
  tx: Tx,
  { question, seed }: { question: AnalysisQuestion; seed: number },
): Promise<Analysis> {
  if ('from' in question && question.until < question.from) throw refuse('insights.bad_period')
  return begin(ctx, tx, { question, seed, replaysId: null })
}

/** Has an answer computed again from the bytes it was computed from. @throws strategy.analysis_not_found, strategy.analysis_unfinished */
export async function replayAnalysis(ctx: Ctx, tx: Tx, id: string): Promise<Analysis> {
  const row = await selectAnalysis(tx, id)
  if (!row) throw refuse('strategy.analysis_not_found')
  if (row.state !== 'done') throw refuse('strategy.analysis_unfinished')
  return begin(ctx, tx, { question: row.question, seed: row.seed, replaysId: row.replays_id ?? id })
}

async function begin(ctx: Ctx, tx: Tx, asked: Pick<NewAnalysis, 'question' | 'seed' | 'replaysId'>): Promise<Analysis> {
  const id = ctx.ids.next()
  await insertAnalysis(tx, { ...asked, id, engineVersion, at: ctx.clock.now(), by: actorLabel(ctx.actor) })
  await enqueueAnalysis(tx, id)
  return readAnalysis(ctx, tx, id)
}

/** Asks to stop; what is over stays what it is. @throws strategy.analysis_not_found */
export async function cancelAnalysis(ctx: Ctx, tx: Tx, id: string): Promise<Analysis> {
  await requestCancel(tx, analyses, id, ctx.clock.now())
  return readAnalysis(ctx, tx, id)
}
