import type { NewObjective, ObjectiveChange, ObjectiveNote } from '@ecluse/contracts/objectives.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { listChannels, siteById } from '../../channels/public.ts'
import { isMet, measured, startOf } from './domain/objective-months.ts'
import { currentMonth, readMonths, termsOf } from './forecast-objectives.ts'
import { lockObjective } from './queries/locks.ts'
import {
  insertNote,
  insertObjective,
  selectObjectives,
  updateObjectiveRow,
  withId,
  writeClosing,
  type ObjectiveRow,
} from './queries/objectives.ts'

/**
 * Sets an objective; where it starts from is read from the months before it.
 * @throws strategy.objective_past, channels.not_found, channels.site_not_found
 */
export async function createObjective(ctx: Ctx, tx: Tx, input: NewObjective): Promise<string> {
  const { channel, siteId } = input
  if (input.until < currentMonth(ctx)) throw refuse('strategy.objective_past')
  if (channel !== null && !(await listChannels(ctx.db)).some(({ code }) => code === channel))
    throw refuse('channels.not_found', { code: channel })
  if (siteId !== null && !(await siteById(ctx.db, siteId))) throw refuse('channels.site_not_found')
  const id = ctx.ids.next()
  await insertObjective(tx, {
    id,
    name: input.name,
    owner: input.owner,
    kpi: input.kpi,
    channel_code: channel,
    site_id: siteId,
    measure: input.measure,
    wanted: input.wanted,
    from_month: input.from,
    until_month: input.until,
    target: input.target,
    start_value: startOf(await readMonths(ctx, input), input),
    alert_below: input.alertBelow,
    created_at: ctx.clock.now(),
    created_by: actorLabel(ctx.actor),
  })
  return id
}

/**
 * Changes an objective that is open; what it was before stays among its notes, with the reason.
 * @throws strategy.objective_not_found, strategy.objective_changed, strategy.objective_closed, strategy.objective_past
 */
export async function updateObjective(ctx: Ctx, tx: Tx, id: string, input: ObjectiveChange): Promise<void> {
  const before = await lockOpen(tx, id, input.revision)
  if (input.until < currentMonth(ctx) || input.until < before.from_month) throw refuse('strategy.objective_past')
  const changes = changesOf(before, input)
  if (changes.length === 0) return
  await updateObjectiveRow(tx, {
    id,
    name: input.name,
    owner: input.owner,
    target: input.target,
    until_month: input.until,
    alert_below: input.alertBelow,
  })
  await note(ctx, tx, id, { kind: 'change', text: input.reason, changes })
}

function changesOf(before: ObjectiveRow, input: ObjectiveChange): ObjectiveNote['changes'] {
  const was = {
    name: before.name,
    owner: before.owner,
    target: before.target,
    until: before.until_month,
    alertBelow: before.alert_below,
  }
  return (['name', 'owner', 'target', 'until', 'alertBelow'] as const).flatMap((field) =>
    was[field] === input[field] ? [] : [{ field, before: String(was[field]), after: String(input[field]) }],
  )
}

/** Adds a note of a review. @throws strategy.objective_not_found */
export async function addObjectiveNote(ctx: Ctx, tx: Tx, id: string, text: string): Promise<void> {
  if (!(await lockObjective(tx, id))) throw refuse('strategy.objective_not_found')
  await note(ctx, tx, id, { kind: 'note', text, changes: [] })
}

/** Closes an objective; what was reached of its months so far is kept. @throws strategy.objective_not_found, strategy.objective_closed */
export async function closeObjective(ctx: Ctx, tx: Tx, id: string, text: string): Promise<void> {
  const row = await lockOpen(tx, id, null)
  const known = await readMonths(ctx, { kpi: row.kpi, channel: row.channel_code, siteId: row.site_id })
  const terms = termsOf(row)
  const last = known.at(-1)?.month ?? terms.until
  const reached = measured(known, { ...terms, until: last < terms.until ? last : terms.until })
  await writeClosing(tx, {
    id,
    closed_at: ctx.clock.now(),
    closed_by: actorLabel(ctx.actor),
    reached,
    met: reached !== null && isMet(terms, reached),
  })
  await note(ctx, tx, id, { kind: 'close', text, changes: [] })
}

/** Takes closing back. @throws strategy.objective_not_found, strategy.objective_open, strategy.objective_past */
export async function reopenObjective(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  const state = await lockObjective(tx, id)
  const [row] = state ? await selectObjectives(tx, withId(id)) : []
  if (!state || !row) throw refuse('strategy.objective_not_found')
  if (state.closed_at === null) throw refuse('strategy.objective_open')
  if (row.until_month < currentMonth(ctx)) throw refuse('strategy.objective_past')
  await writeClosing(tx, { id, closed_at: null, closed_by: null, reached: null, met: null })
  await note(ctx, tx, id, { kind: 'reopen', text: '', changes: [] })
}

async function lockOpen(tx: Tx, id: string, revision: number | null): Promise<ObjectiveRow> {
  const state = await lockObjective(tx, id)
  const [row] = state ? await selectObjectives(tx, withId(id)) : []
  if (!state || !row) throw refuse('strategy.objective_not_found')
  if (state.closed_at !== null) throw refuse('strategy.objective_closed')
  if (revision !== null && state.revision !== revision) throw refuse('strategy.objective_changed')
  return row
}

async function note(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { kind, text, changes }: Pick<ObjectiveNote, 'kind' | 'text' | 'changes'>,
): Promise<void> {
  await insertNote(tx, {
    id: ctx.ids.next(),
    objective_id: id,
    kind,
    note: text,
    changes,
    at: ctx.clock.now(),
    created_by: actorLabel(ctx.actor),
  })
}
