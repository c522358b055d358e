import type { Kpi } from '@ecluse/contracts/insights.ts'
import type { ObjectiveMeasure, ObjectiveNote, ObjectiveReading } from '@ecluse/contracts/objectives.ts'
import sql, { type Sql } from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

/** What a reading says, beside its likelihood; `problem` as the engine gave it. */
export type StoredReading = Omit<
  ObjectiveReading,
  'on' | 'engineVersion' | 'seed' | 'snapshotHash' | 'problem' | 'probability'
> & { problem: { reason: string; details: Record<string, string | number> } | null }

export type ObjectiveRow = {
  id: string
  revision: number
  name: string
  owner: string
  kpi: Kpi
  channel_code: string | null
  site_id: string | null
  site_name: string | null
  measure: ObjectiveMeasure
  wanted: 'at_least' | 'at_most'
  from_month: string
  until_month: string
  target: number
  start_value: number | null
  alert_below: number
  created_at: Date
  created_by: string | null
  closed_at: Date | null
  closed_by: string | null
  reached: number | null
  met: boolean | null
  read_on: string | null
  engine_version: string | null
  seed: number | null
  snapshot_hash: string | null
  probability: number | null
  result: StoredReading | null
}

/** Objectives that are chosen, each with its latest reading: of those that are open the least likely first, closed ones the latest first. */
export function selectObjectives(db: Queryable, which: Sql): Promise<ObjectiveRow[]> {
  return query(
    db,
    sql`select o.id, o.revision, o.name, o.owner, o.kpi, o.channel_code, o.site_id, s.name as site_name, o.measure, o.wanted,
          to_char(o.from_month, 'YYYY-MM') as from_month, to_char(o.until_month, 'YYYY-MM') as until_month, o.target,
          o.start_value, o.alert_below, o.created_at, o.created_by, o.closed_at, o.closed_by, o.reached, o.met,
          r.day::text as read_on, r.engine_version, r.seed, r.snapshot_hash, r.probability, r.result
        from strategy.objective o
        left join channels.site s on s.id = o.site_id
        left join lateral (select d.day, d.engine_version, d.seed, d.snapshot_hash, d.probability, d.result
          from strategy.objective_reading d where d.objective_id = o.id order by d.day desc limit 1) r on true
        where ${which}
        order by o.closed_at desc nulls first, r.probability nulls last, o.until_month, o.id`,
  )
}

export const thatAreOpen = sql`o.closed_at is null`
export const thatAreClosed = sql`o.closed_at is not null`
export const withId = (id: string): Sql => sql`o.id = ${id}`

type NewRow = Pick<
  ObjectiveRow,
  | 'id'
  | 'name'
  | 'owner'
  | 'kpi'
  | 'channel_code'
  | 'site_id'
  | 'measure'
  | 'wanted'
  | 'target'
  | 'start_value'
  | 'alert_below'
  | 'created_at'
  | 'created_by'
> & { from_month: string; until_month: string }

export async function insertObjective(tx: Tx, row: NewRow): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.objective (id, name, owner, kpi, channel_code, site_id, measure, wanted, from_month, until_month,
          target, start_value, alert_below, created_at, created_by)
        values (${row.id}, ${row.name}, ${row.owner}, ${row.kpi}, ${row.channel_code}, ${row.site_id}, ${row.measure}, ${row.wanted},
          ${`${row.from_month}-01`}, ${`${row.until_month}-01`}, ${row.target}, ${row.start_value}, ${row.alert_below},
          ${row.created_at}, ${row.created_by})`,
  )
}

export async function updateObjectiveRow(
  tx: Tx,
  row: Pick<ObjectiveRow, 'id' | 'name' | 'owner' | 'target' | 'alert_below'> & { until_month: string },
): Promise<void> {
  await execute(
    tx,
    sql`update strategy.objective set revision = revision + 1, name = ${row.name}, owner = ${row.owner}, target = ${row.target},
          until_month = ${`${row.until_month}-01`}, alert_below = ${row.alert_below} where id = ${row.id}`,
  )
}

/** Closes it with what was reached, or with nulls opens it again. */
export async function writeClosing(
  tx: Tx,
  row: { id: string; closed_at: Date | null; closed_by: string | null; reached: number | null; met: boolean | null },
): Promise<void> {
  await execute(
    tx,
    sql`update strategy.objective set revision = revision + 1, closed_at = ${row.closed_at}, closed_by = ${row.closed_by},
          reached = ${row.reached}, met = ${row.met} where id = ${row.id}`,
  )
}

/** The last reading of a day stays. */
export async function writeReading(
  tx: Queryable,
  row: {
    objective_id: string
    day: string
    engine_version: string
    seed: number
    snapshot_hash: string
    probability: number | null
    result: StoredReading
  },
): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.objective_reading (objective_id, day, engine_version, seed, snapshot_hash, probability, result)
        values (${row.objective_id}, ${row.day}, ${row.engine_version}, ${row.seed}, ${row.snapshot_hash}, ${row.probability},
          ${JSON.stringify(row.result)}::jsonb)
        on conflict (objective_id, day) do update set engine_version = excluded.engine_version, seed = excluded.seed,
          snapshot_hash = excluded.snapshot_hash, probability = excluded.probability, result = excluded.result`,
  )
}

/** How likely it was, day by day, the latest year. */
export function selectCourse(db: Queryable, id: string): Promise<{ on: string; probability: number | null }[]> {
  return query(
    db,
    sql`select day::text as "on", probability from (select day, probability from strategy.objective_reading
          where objective_id = ${id} order by day desc limit 366) latest order by day`,
  )
}

type NoteRow = Pick<ObjectiveNote, 'id' | 'kind' | 'changes'> & { note: string; at: Date; created_by: string | null }

export async function insertNote(tx: Tx, row: NoteRow & { objective_id: string }): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.objective_note (id, objective_id, kind, note, changes, at, created_by)
        values (${row.id}, ${row.objective_id}, ${row.kind}, ${row.note}, ${JSON.stringify(row.changes)}::jsonb, ${row.at}, ${row.created_by})`,
  )
}

export function selectNotes(db: Queryable, id: string): Promise<NoteRow[]> {
  return query(
    db,
    sql`select id, kind, note, changes, at, created_by from strategy.objective_note where objective_id = ${id} order by id desc`,
  )
}
