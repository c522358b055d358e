import type { Objective, ObjectiveDetail, ObjectiveReading } from '@ecluse/contracts/objectives.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { engineWords } from '../../../kernel/engine-words.ts'
import { refuse } from '../../../kernel/errors.ts'
import {
  selectCourse,
  selectNotes,
  selectObjectives,
  thatAreClosed,
  thatAreOpen,
  withId,
  type ObjectiveRow,
} from './queries/objectives.ts'

export async function listObjectives(ctx: Ctx, state: 'open' | 'closed'): Promise<{ items: Objective[] }> {
  const rows = await selectObjectives(ctx.db, state === 'open' ? thatAreOpen : thatAreClosed)
  return { items: rows.map((row) => objectiveView(row, ctx.locale)) }
}

/** @throws strategy.objective_not_found */
export async function readObjective(ctx: Ctx, db: Queryable, id: string): Promise<ObjectiveDetail> {
  const [row] = await selectObjectives(db, withId(id))
  if (!row) throw refuse('strategy.objective_not_found')
  const [course, notes] = await Promise.all([selectCourse(db, id), selectNotes(db, id)])
  return {
    ...objectiveView(row, ctx.locale),
    course,
    notes: notes.map(({ note, at, created_by: by, ...rest }) => ({ ...rest, text: note, at: at.toISOString(), by })),
  }
}

function objectiveView(row: ObjectiveRow, locale: Locale): Objective {
  const open = row.closed_at === null
  return {
    id: row.id,
    revision: row.revision,
    name: row.name,
    owner: row.owner,
    kpi: row.kpi,
    channel: row.channel_code,
    siteId: row.site_id,
    siteName: row.site_name,
    measure: row.measure,
    wanted: row.wanted,
    from: row.from_month,
    until: row.until_month,
    target: row.target,
    start: row.start_value,
    alertBelow: row.alert_below,
    alert: open && row.probability !== null && row.probability < row.alert_below,
    reading: readingView(row, locale),
    closed:
      row.closed_at === null
        ? null
        : { at: row.closed_at.toISOString(), by: row.closed_by, reached: row.reached, met: row.met === true },
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  }
}

function readingView(row: ObjectiveRow, locale: Locale): ObjectiveReading | null {
  const { read_on: on, engine_version: version, seed, snapshot_hash: hash, result } = row
  if (on === null || version === null || seed === null || hash === null || result === null) return null
  const { problem, ...rest } = result
  return {
    on,
    engineVersion: version,
    seed,
    snapshotHash: hash,
    probability: row.probability,
    ...rest,
    problem: problem === null ? null : engineWords(locale, problem.reason, problem.details),
  }
}
