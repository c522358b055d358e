import type { JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import type { JourneySettings, JourneyState } from '@ecluse/contracts/journeys.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type JourneyRow = {
  id: string
  name: string
  description: string
  kind: 'campaign' | 'journey'
  state: JourneyState
  state_reason: string | null
  state_at: Date
  state_by: string | null
  graph: JourneyGraph
  settings: JourneySettings
  revision: number
  published_version: number | null
  published_revision: number | null
  published_at: Date | null
  priority: number
  budget_micro: bigint | null
  spent_micro: bigint
  intake_at: Date | null
  intake_after: string | null
  entered_count: number
  inside_count: number
  goal_count: number
  created_at: Date
  created_by: string | null
  updated_at: Date
}

export const journeyColumns = sql`id, name, description, kind, state, state_reason, state_at, state_by, graph, settings, revision,
  published_version, published_revision, published_at, priority, budget_micro, spent_micro, intake_at, intake_after, entered_count,
  inside_count, goal_count, created_at, created_by, updated_at`

export function selectJourneys(db: Queryable): Promise<JourneyRow[]> {
  return query(db, sql`select ${journeyColumns} from engagement.journey order by updated_at desc, id desc`)
}

export function journeyById(db: Queryable, id: string): Promise<JourneyRow | undefined> {
  return maybeOne(db, sql`select ${journeyColumns} from engagement.journey where id = ${id}`)
}

type Written = Pick<JourneyRow, 'id' | 'name' | 'description' | 'kind' | 'graph' | 'settings'>

export async function insertJourney(tx: Tx, row: Written, now: Date, by: string | null): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.journey
          (id, name, description, kind, state, state_at, state_by, graph, settings, created_at, created_by, updated_at)
        values (${row.id}, ${row.name}, ${row.description}, ${row.kind}, 'draft', ${now}, ${by},
                ${JSON.stringify(row.graph)}::jsonb, ${JSON.stringify(row.settings)}::jsonb, ${now}, ${by}, ${now})`,
  )
}

/** Writes the draft that was changed. */
export async function updateJourneyRow(tx: Tx, row: Written, now: Date): Promise<void> {
  await execute(
    tx,
    sql`update engagement.journey set name = ${row.name}, description = ${row.description}, kind = ${row.kind},
          graph = ${JSON.stringify(row.graph)}::jsonb, settings = ${JSON.stringify(row.settings)}::jsonb,
          revision = revision + 1, updated_at = ${now}
        where id = ${row.id}`,
  )
}

export async function deleteJourneyRow(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`delete from engagement.journey where id = ${id}`)
}

/** Makes a version the one that takes people in. */
export async function writePublished(
  tx: Tx,
  row: Pick<JourneyRow, 'id' | 'revision' | 'priority' | 'budget_micro' | 'intake_at'> & { version: number },
  now: Date,
  by: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`update engagement.journey set state = 'running', state_reason = null, state_at = ${now}, state_by = ${by},
          published_version = ${row.version}, published_revision = ${row.revision}, published_at = ${now},
          priority = ${row.priority}, budget_micro = ${row.budget_micro}, intake_at = ${row.intake_at}, intake_after = null,
          updated_at = ${now}
        where id = ${row.id}`,
  )
}

export type VersionRow = {
  journey_id: string
  version: number
  graph: JourneyGraph
  settings: JourneySettings
  published_at: Date
  published_by: string | null
}

export async function insertVersion(tx: Tx, row: VersionRow): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.journey_version (journey_id, version, graph, settings, published_at, published_by)
        values (${row.journey_id}, ${row.version}, ${JSON.stringify(row.graph)}::jsonb, ${JSON.stringify(row.settings)}::jsonb,
                ${row.published_at}, ${row.published_by})`,
  )
}

export function versionsAt(
  db: Queryable,
  keys: readonly { journeyId: string; version: number }[],
): Promise<VersionRow[]> {
  return query(
    db,
    sql`select v.journey_id, v.version, v.graph, v.settings, v.published_at, v.published_by
        from unnest(${keys.map((k) => k.journeyId)}::uuid[], ${keys.map((k) => k.version)}::int[]) as k (journey_id, version)
        join engagement.journey_version v using (journey_id, version)`,
  )
}

/** What was published of a journey, the latest first, with who is in each still. */
export function versionsOf(db: Queryable, journeyId: string): Promise<(VersionRow & { inside: number })[]> {
  return query(
    db,
    sql`select v.journey_id, v.version, v.graph, v.settings, v.published_at, v.published_by,
          (select count(*)::int from engagement.journey_participant p
           where p.journey_id = v.journey_id and p.state = 'inside' and p.version = v.version) as inside
        from engagement.journey_version v where v.journey_id = ${journeyId} order by v.version desc`,
  )
}

export async function setState(
  tx: Tx,
  id: string,
  change: { state: JourneyState; reason: string | null; by: string | null },
  now: Date,
): Promise<void> {
  const stopped = change.state === 'stopped' ? sql`, intake_at = null, intake_after = null` : empty
  await execute(
    tx,
    sql`update engagement.journey set state = ${change.state}, state_reason = ${change.reason}, state_at = ${now},
          state_by = ${change.by}, updated_at = ${now} ${stopped}
        where id = ${id}`,
  )
}

/** Adds to what a journey's rows are counted by. */
export async function addToJourneys(
  tx: Tx,
  rows: readonly { id: string; entered: number; inside: number; goal: number; spent: number }[],
): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`update engagement.journey j set entered_count = j.entered_count + d.entered, inside_count = j.inside_count + d.inside,
          goal_count = j.goal_count + d.goal, spent_micro = j.spent_micro + d.spent
        from json_to_recordset(${JSON.stringify(rows)}::json) as d (id uuid, entered int, inside int, goal int, spent bigint)
        where j.id = d.id`,
  )
}

export async function moveIntake(tx: Tx, id: string, at: Date | null, after: string | null): Promise<void> {
  await execute(tx, sql`update engagement.journey set intake_at = ${at}, intake_after = ${after} where id = ${id}`)
}

/** Journeys that run and take a segment in at a moment that has come. */
export function dueIntakes(db: Queryable, now: Date): Promise<{ id: string }[]> {
  return query(
    db,
    sql`select id from engagement.journey where intake_at <= ${now} and state = 'running' order by intake_at, id`,
  )
}

export async function knownSegments(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(db, sql`select id from engagement.segment where id = any(${ids}::uuid[])`)
  return new Set(rows.map(({ id }) => id))
}

/** Those of these templates that have a version, each with its medium. */
export async function publishedTemplates(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; medium: string }>(
    db,
    sql`select id, medium from engagement.mail_template where id = any(${ids}::uuid[]) and published_version is not null`,
  )
  return new Map(rows.map(({ id, medium }) => [id, medium]))
}

/** What is to begin by itself between two moments: with who would enter as things stand. */
export function plannedBetween(
  db: Queryable,
  from: Date,
  until: Date,
): Promise<{ id: string; name: string; intake_at: Date; people: number }[]> {
  return query(
    db,
    sql`select j.id, j.name, j.intake_at, coalesce(s.member_count, 0) as people from engagement.journey j
        join engagement.journey_version v on v.journey_id = j.id and v.version = j.published_version
        left join engagement.segment s on s.id = (
          select (n -> 'by' ->> 'segmentId')::uuid from jsonb_array_elements(v.graph -> 'nodes') n where n ->> 'type' = 'entry' limit 1)
        where j.intake_at >= ${from} and j.intake_at < ${until} and j.state = 'running' order by j.intake_at, j.id`,
  )
}

/** How many stop waiting between two moments, by the day of Paris, at the latest: of those who wait for an event too. */
export function waitsBetween(
  db: Queryable,
  from: Date,
  until: Date,
): Promise<{ date: string; id: string; name: string; people: number }[]> {
  return query(
    db,
    sql`select (p.next_at at time zone 'Europe/Paris')::date as date, j.id, j.name, count(*)::int as people
        from engagement.journey j join engagement.journey_participant p
          on p.journey_id = j.id and p.state = 'inside' and p.next_at >= ${from} and p.next_at < ${until}
        where j.state in ('running', 'paused') and p.reason in ('waiting', 'event')
        group by 1, j.id, j.name order by 1, j.name, j.id`,
  )
}

/** Whether any journey was ever published: what people do counts for those that were stopped too. */
export async function anyJourney(db: Queryable): Promise<boolean> {
  const row = await maybeOne(db, sql`select 1 as found from engagement.journey where state <> 'draft' limit 1`)
  return row !== undefined
}
