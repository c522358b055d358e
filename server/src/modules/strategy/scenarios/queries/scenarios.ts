import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import type { ScenarioVerdict } from '@ecluse/contracts/scenarios.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable } from '../../../../kernel/db.ts'

export type ScenarioRow = {
  id: string
  name: string
  version: number
  latest_version: number
  created_at: Date
  created_by: string | null
  content: ScenarioContent
  snapshot_hash: string
  snapshot: string
  read_at: Date
}

/** A scenario at a version, the latest unless said, with the snapshot it starts from. */
export function selectScenario(
  db: Queryable,
  id: string,
  version: number | null = null,
): Promise<ScenarioRow | undefined> {
  return maybeOne(
    db,
    sql`select s.id, s.name, v.version, s.latest_version, s.created_at, s.created_by, v.content, v.snapshot_hash,
          n.content as snapshot, n.read_at
        from strategy.scenario s
        join strategy.scenario_version v on v.scenario_id = s.id and v.version = coalesce(${version}::integer, s.latest_version)
        join strategy.snapshot n on n.hash = v.snapshot_hash
        where s.id = ${id}`,
  )
}

export type ScenarioSummaryRow = {
  id: string
  name: string
  question: string
  version: number
  moves: number
  updated_at: Date
  run_id: string | null
  run_version: number
  run_state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  gain: ScenarioVerdict | null
  starts_on: string
  months: number
}

/** Scenarios on the list, the last written first, each with its latest run. */
export function selectScenarios(db: Queryable): Promise<ScenarioSummaryRow[]> {
  return query(
    db,
    sql`select s.id, s.name, v.content ->> 'question' as question, v.version,
          jsonb_array_length(v.content -> 'moves') as moves, v.created_at as updated_at, r.id as run_id,
          r.version as run_version, r.state as run_state, r.results -> 'gain' as gain,
          r.starts_on, r.months
        from strategy.scenario s
        join strategy.scenario_version v on v.scenario_id = s.id and v.version = s.latest_version
        left join lateral (
          select x.id, x.version, x.state, x.results, w.content ->> 'startsOn' as starts_on,
            (w.content ->> 'months')::integer as months
          from strategy.scenario_run x
          join strategy.scenario_version w on w.scenario_id = x.scenario_id and w.version = x.version
          where x.scenario_id = s.id and x.replays_id is null order by x.id desc limit 1) r on true
        where s.archived_at is null order by v.created_at desc, s.id limit 200`,
  )
}

export function selectVersions(
  db: Queryable,
  scenarioId: string,
): Promise<{ version: number; created_at: Date; created_by: string | null }[]> {
  return query(
    db,
    sql`select version, created_at, created_by from strategy.scenario_version where scenario_id = ${scenarioId}
        order by version desc limit 50`,
  )
}

export function selectChallenges(
  db: Queryable,
  scenarioId: string,
): Promise<{ id: string; assumption: string; note: string; at: Date; created_by: string | null }[]> {
  return query(
    db,
    sql`select id, assumption, note, at, created_by from strategy.challenge where scenario_id = ${scenarioId} order by id limit 500`,
  )
}

export async function insertSnapshot(
  db: Queryable,
  { hash, content, readAt }: { hash: string; content: string; readAt: Date },
): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.snapshot (hash, content, read_at) values (${hash}, ${content}, ${readAt}) on conflict do nothing`,
  )
}

export async function insertScenario(
  db: Queryable,
  { id, name, at, by }: { id: string; name: string; at: Date; by: string | null },
): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.scenario (id, name, latest_version, created_at, created_by) values (${id}, ${name}, 1, ${at}, ${by})`,
  )
}

export async function insertVersion(
  db: Queryable,
  row: { id: string; version: number; hash: string; content: ScenarioContent; at: Date; by: string | null },
): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.scenario_version (scenario_id, version, snapshot_hash, content, created_at, created_by)
        values (${row.id}, ${row.version}, ${row.hash}, ${JSON.stringify(row.content)}::jsonb, ${row.at}, ${row.by})`,
  )
}

/** Takes the next version's number; nothing when there is a newer one than `version` already. */
export async function takeNextVersion(
  db: Queryable,
  { id, name, version }: { id: string; name: string; version: number },
): Promise<boolean> {
  const rows = await execute(
    db,
    sql`update strategy.scenario set latest_version = latest_version + 1, name = ${name}
        where id = ${id} and latest_version = ${version}`,
  )
  return rows === 1
}

export async function archiveScenarioRow(db: Queryable, id: string, at: Date): Promise<boolean> {
  return (
    (await execute(
      db,
      sql`update strategy.scenario set archived_at = coalesce(archived_at, ${at}) where id = ${id}`,
    )) === 1
  )
}

export async function insertChallenge(
  db: Queryable,
  row: { id: string; scenarioId: string; assumption: string; note: string; at: Date; by: string | null },
): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.challenge (id, scenario_id, assumption, note, at, created_by)
        values (${row.id}, ${row.scenarioId}, ${row.assumption}, ${row.note}, ${row.at}, ${row.by})`,
  )
}
