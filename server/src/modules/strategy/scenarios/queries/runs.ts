import type { ScenarioResults } from '@ecluse/contracts/scenarios.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable } from '../../../../kernel/db.ts'
import { finish, type Kept, type Problem, type Runner } from '../../computations/queries/computations.ts'

/** Runs are computations, kept in a table of theirs. */
export const runs: Kept = { update: sql`update strategy.scenario_run`, from: sql`from strategy.scenario_run` }

export type RunRow = {
  id: string
  scenario_id: string
  version: number
  replays_id: string | null
  engine_version: string
  seed: number
  draws: number
  input_hash: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  progress: number
  attempts: number
  problem: Problem | null
  results: ScenarioResults | null
  results_hash: string | null
  /** That of the run it was made from again. */
  first_hash: string | null
  created_at: Date
  created_by: string | null
  finished_at: Date | null
}

const columns = sql`r.id, r.scenario_id, r.version, r.replays_id, r.engine_version, r.seed, r.draws, r.input_hash, r.state,
  r.progress::float8 as progress, r.attempts, r.problem, r.results_hash,
  (select f.results_hash from strategy.scenario_run f where f.id = r.replays_id) as first_hash,
  r.created_at, r.created_by, r.finished_at`

export function selectRun(db: Queryable, id: string): Promise<RunRow | undefined> {
  return maybeOne(db, sql`select ${columns}, r.results from strategy.scenario_run r where r.id = ${id}`)
}

/** The latest runs of a scenario, without what they came to. */
export function selectRunsOf(db: Queryable, scenarioId: string): Promise<RunRow[]> {
  return query(
    db,
    sql`select ${columns}, null as results from strategy.scenario_run r where r.scenario_id = ${scenarioId} order by r.id desc limit 20`,
  )
}

export type ComparedRow = {
  id: string
  scenario_id: string
  name: string
  version: number
  state: RunRow['state']
  seed: number
  draws: number
  engine_version: string
  starts_on: string
  results: ScenarioResults | null
  gains: Buffer | null
}

/** Runs with the gain of each draw. */
export function selectCompared(db: Queryable, ids: readonly string[]): Promise<ComparedRow[]> {
  return query(
    db,
    sql`select r.id, r.scenario_id, s.name, r.version, r.state, r.seed, r.draws, r.engine_version,
          v.content ->> 'startsOn' as starts_on, r.results, r.gains
        from strategy.scenario_run r
        join strategy.scenario s on s.id = r.scenario_id
        join strategy.scenario_version v on v.scenario_id = r.scenario_id and v.version = r.version
        where r.id = any(${ids}::uuid[])`,
  )
}

export type NewRun = {
  id: string
  scenarioId: string
  version: number
  replaysId: string | null
  engineVersion: string
  seed: number
  draws: number
  input: string
  inputHash: string
  at: Date
  by: string | null
}

export async function insertRun(db: Queryable, run: NewRun): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.scenario_run (id, scenario_id, version, replays_id, engine_version, seed, draws, input, input_hash,
          state, created_at, created_by)
        values (${run.id}, ${run.scenarioId}, ${run.version}, ${run.replaysId}, ${run.engineVersion}, ${run.seed}, ${run.draws},
          ${run.input}, ${run.inputHash}, 'waiting', ${run.at}, ${run.by})`,
  )
}

export async function selectInput(db: Queryable, id: string): Promise<string | undefined> {
  return (await maybeOne<{ input: string }>(db, sql`select input from strategy.scenario_run where id = ${id}`))?.input
}

/** Keeps what a run came to. */
export async function keepRun(
  db: Queryable,
  runner: Runner,
  { results, hash, gains }: { results: ScenarioResults; hash: string; gains: Float64Array },
): Promise<void> {
  const bytes = Buffer.from(gains.buffer, gains.byteOffset, gains.byteLength)
  await finish(
    db,
    runs,
    runner,
    sql`results = ${JSON.stringify(results)}::jsonb, results_hash = ${hash}, gains = ${bytes}`,
  )
}
