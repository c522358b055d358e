import type { DecisionMemo, MemoComparison } from '@ecluse/contracts/memos.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { dayOf } from '../../insights/public.ts'
import { readMonths } from '../scenarios/read-months.ts'
import { compareMonths } from './domain/compare-months.ts'
import { selectMemo, selectMemos, selectReviews, type MemoRow } from './queries/memos.ts'

/** A memo with what was found when it was looked at again. @throws strategy.memo_not_found */
export async function readMemo(ctx: Ctx, db: Queryable, id: string): Promise<DecisionMemo> {
  const [row, reviews] = await Promise.all([selectMemo(db, id), selectReviews(db, id)])
  if (!row) throw refuse('strategy.memo_not_found')
  return {
    ...headOf(ctx, row),
    question: row.question,
    risks: row.risks,
    decision: row.decision,
    chosenRunId: row.chosen_run_id,
    options: row.options,
    createdBy: row.created_by,
    decidedBy: row.decided_by,
    reviews: reviews.map(({ id: review, note, comparison, at, created_by }) => ({
      id: review,
      note,
      comparison,
      at: at.toISOString(),
      by: created_by,
    })),
  }
}

export async function listMemos(ctx: Ctx): Promise<ReturnType<typeof headOf>[]> {
  return (await selectMemos(ctx.db)).map((row) => headOf(ctx, row))
}

function headOf({ clock }: Ctx, row: Omit<MemoRow, 'options'>) {
  const { id, title, state, owner, review_on: reviewOn, created_at, decided_at } = row
  return {
    id,
    title,
    state,
    owner,
    reviewOn,
    createdAt: created_at.toISOString(),
    decidedAt: decided_at?.toISOString() ?? null,
    due: state === 'decided' && reviewOn !== null && reviewOn <= dayOf(clock.now()),
  }
}

/**
 * What happened since a decision beside what was expected of it; of doing nothing, what the first option expected.
 * @throws strategy.memo_not_found, strategy.memo_undecided
 */
export async function compareMemo(ctx: Ctx, db: Queryable, id: string): Promise<MemoComparison> {
  const row = await selectMemo(db, id)
  if (!row) throw refuse('strategy.memo_not_found')
  if (row.state !== 'decided') throw refuse('strategy.memo_undecided')
  const option = row.options.find(({ runId }) => runId === row.chosen_run_id) ?? row.options[0]
  if (!option) throw refuse('strategy.memo_not_found')
  return compareMonths(option, await readMonths(ctx))
}
