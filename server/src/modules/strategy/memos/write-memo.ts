import type { DecisionMemo, MemoBody, MemoOption } from '@ecluse/contracts/memos.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { insertMemo, insertReview, markDecided, selectMemo, selectOptions, updateMemo } from './queries/memos.ts'
import { compareMemo, readMemo } from './read-memo.ts'

/**
 * Begins a memo: the figures of its options are copied, so that they stay when the scenarios go on.
 * @throws strategy.run_not_found, strategy.run_unfinished
 */
export async function createMemo(
  ctx: Ctx,
  tx: Tx,
  { title, runIds }: { title: string; runIds: readonly string[] },
): Promise<DecisionMemo> {
  const rows = new Map((await selectOptions(tx, runIds)).map((row) => [row.id, row]))
  const found = [...new Set(runIds)].map((runId) => {
    const row = rows.get(runId)
    if (!row) throw refuse('strategy.run_not_found')
    if (row.results === null) throw refuse('strategy.run_unfinished')
    return { ...row, results: row.results }
  })
  const options = found.map((row): MemoOption => ({
    runId: row.id,
    scenarioId: row.scenario_id,
    name: row.name,
    version: row.version,
    startsOn: row.content.startsOn,
    moves: row.content.moves.map(({ name, month }) => ({ name, month })),
    assumptions: row.content.assumptions,
    engineVersion: row.engine_version,
    seed: row.seed,
    draws: row.draws,
    inputHash: row.input_hash,
    results: row.results,
  }))
  const id = ctx.ids.next()
  const question = found[0]?.content.question ?? ''
  await insertMemo(tx, { id, title, question, options, at: ctx.clock.now(), by: actorLabel(ctx.actor) })
  return readMemo(ctx, tx, id)
}

/** Writes a memo. @throws strategy.memo_not_found, strategy.memo_decided, strategy.run_not_found when the choice is none of its options */
export async function saveMemo(ctx: Ctx, tx: Tx, id: string, body: MemoBody): Promise<DecisionMemo> {
  const row = await selectMemo(tx, id)
  if (!row) throw refuse('strategy.memo_not_found')
  if (body.chosenRunId !== null && !row.options.some(({ runId }) => runId === body.chosenRunId))
    throw refuse('strategy.run_not_found')
  if (!(await updateMemo(tx, id, body))) throw refuse('strategy.memo_decided')
  return readMemo(ctx, tx, id)
}

/**
 * Decides: nothing of the memo changes any more.
 * @throws strategy.memo_not_found, strategy.memo_incomplete without question, decision, owner and review date, strategy.memo_decided
 */
export async function decideMemo(ctx: Ctx, tx: Tx, id: string): Promise<DecisionMemo> {
  const row = await selectMemo(tx, id)
  if (!row) throw refuse('strategy.memo_not_found')
  if (row.state === 'decided') throw refuse('strategy.memo_decided')
  if ([row.question, row.decision, row.owner].includes('') || row.review_on === null)
    throw refuse('strategy.memo_incomplete')
  if (!(await markDecided(tx, id, ctx.clock.now(), actorLabel(ctx.actor)))) throw refuse('strategy.memo_decided')
  return readMemo(ctx, tx, id)
}

/** Keeps what happened until today, with what is concluded from it. @throws strategy.memo_not_found, strategy.memo_undecided */
export async function reviewMemo(ctx: Ctx, tx: Tx, memoId: string, note: string): Promise<DecisionMemo> {
  const comparison = await compareMemo(ctx, tx, memoId)
  const [id, at, by] = [ctx.ids.next(), ctx.clock.now(), actorLabel(ctx.actor)]
  await insertReview(tx, { id, memoId, note, comparison, at, by })
  return readMemo(ctx, tx, memoId)
}
