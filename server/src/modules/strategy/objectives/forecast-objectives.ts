import { addMonths } from '@ecluse/contracts/objectives.ts'
import { engineVersion } from '@ecluse/strategy-engine/engine-version.ts'
import { systemContext, type Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { dayOf, readFigures } from '../../insights/public.ts'
import { askEngine } from '../ask-engine.ts'
import { hashOf } from '../computations/hash-of.ts'
import type { AttainabilityQuestion, Answer } from '../workers/answer-worker.ts'
import { monthsOfKpi, type MonthValue } from './domain/months-of-kpi.ts'
import { engineTerms, isMet, measured, type ObjectiveTerms } from './domain/objective-months.ts'
import { lockObjective } from './queries/locks.ts'
import {
  insertNote,
  selectObjectives,
  thatAreOpen,
  withId,
  writeClosing,
  writeReading,
  type ObjectiveRow,
  type StoredReading,
} from './queries/objectives.ts'

/** The same for all: the same months, objective and version say the same. */
const seed = 1
/** How far back months are read: five years tell a season. */
const mostMonths = 60
/** Two whole years tell what comes round again; less does not. */
const seasonFrom = 24
/** As many months are shown before those to come. */
const shownMonths = 36

/** The months of a figure that are over, as the system sees them: an objective of one shop is read the same by everybody. */
export async function readMonths(
  ctx: Ctx,
  { kpi, channel, siteId }: { kpi: ObjectiveRow['kpi']; channel: string | null; siteId: string | null },
): Promise<MonthValue[]> {
  const lastMonth = addMonths(currentMonth(ctx), -1)
  const from = `${addMonths(lastMonth, 1 - mostMonths)}-01`
  const { series } = await readFigures(systemContext(ctx, 'strategy.objectives'), {
    from,
    until: dayOf(ctx.clock.now()),
    by: 'channel',
    ...(channel === null ? {} : { channel }),
    ...(siteId === null ? {} : { siteId }),
  })
  return monthsOfKpi(series, kpi, lastMonth)
}

/** The month that is not over yet. */
export function currentMonth(ctx: Ctx): string {
  return dayOf(ctx.clock.now()).slice(0, 7)
}

export function termsOf(row: ObjectiveRow): ObjectiveTerms {
  const { measure, wanted, target } = row
  return { measure, wanted, target, from: row.from_month, until: row.until_month }
}

/** Says anew how likely open objectives are, each by itself; those whose time is over are closed with what was reached. */
export async function forecastOpenObjectives(ctx: Ctx): Promise<void> {
  await forecast(ctx, await selectObjectives(ctx.db, thatAreOpen))
}

/** The same of one objective, open or not. */
export async function forecastObjective(ctx: Ctx, id: string): Promise<void> {
  await forecast(ctx, await selectObjectives(ctx.db, withId(id)))
}

type Asked = { row: ObjectiveRow; known: MonthValue[]; question: AttainabilityQuestion | null }

async function forecast(ctx: Ctx, rows: readonly ObjectiveRow[]): Promise<void> {
  const asked: Asked[] = []
  for (const row of rows) {
    const known = await readMonths(ctx, { kpi: row.kpi, channel: row.channel_code, siteId: row.site_id })
    asked.push({ row, known, question: questionOf(row, known, currentMonth(ctx)) })
  }
  const answers = await askEngine(asked.flatMap(({ question }) => question ?? []))
  for (const one of asked) await keep(ctx, one, one.question === null ? null : (answers.shift() ?? null))
}

function questionOf(row: ObjectiveRow, known: readonly MonthValue[], month: string): AttainabilityQuestion | null {
  const objective = engineTerms(known, termsOf(row), month)
  if (objective === null) return null
  const all = known.map(({ value }) => value)
  // The month in which all began is hardly ever whole; it counts only where the objective does.
  const values = objective.elapsed < all.length ? all.slice(1) : all
  return { kind: 'attainability', values, season: values.length >= seasonFrom ? 12 : 1, objective, seed }
}

async function keep(ctx: Ctx, { row, known, question }: Asked, answer: Answer | null): Promise<void> {
  const terms = termsOf(row)
  const reached = measured(known, { ...terms, until: lastKnown(known, terms) })
  const found = answer !== null && 'answer' in answer && answer.answer.kind === 'attainability' ? answer.answer : null
  const over = question === null
  const result: StoredReading = {
    problem: answer !== null && 'unanswerable' in answer ? answer.unanswerable : null,
    expected: found?.expected ?? null,
    pace: found?.pace ?? null,
    presentPace: found?.presentPace ?? null,
    reached,
    history: known.slice(-shownMonths),
    cone: (found?.cone ?? []).map((step, at) => ({ month: addMonths(currentMonth(ctx), at), ...step })),
  }
  await inTransaction(ctx.db, async (tx) => {
    const now = await lockObjective(tx, row.id)
    // Changed or closed meanwhile: whoever did that computes it again.
    if (now?.revision !== row.revision) return
    await writeReading(tx, {
      objective_id: row.id,
      day: dayOf(ctx.clock.now()),
      engine_version: engineVersion,
      seed,
      snapshot_hash: hashOf(JSON.stringify({ known, terms })),
      probability: over ? (reached === null ? null : Number(isMet(terms, reached))) : (found?.probability ?? null),
      result,
    })
    if (!over || now.closed_at !== null) return
    await writeClosing(tx, {
      id: row.id,
      closed_at: ctx.clock.now(),
      closed_by: null,
      reached,
      met: reached !== null && isMet(terms, reached),
    })
    await insertNote(tx, {
      id: ctx.ids.next(),
      objective_id: row.id,
      kind: 'close',
      note: '',
      changes: [],
      at: ctx.clock.now(),
      created_by: null,
    })
  })
}

/** The last month that is known, within those that count. */
function lastKnown(known: readonly MonthValue[], { until }: ObjectiveTerms): string {
  const last = known.at(-1)?.month ?? until
  return last < until ? last : until
}
