import type { AnalysisKind, AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import type { AnalysisResults } from '@ecluse/contracts/analysis-results.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable } from '../../../../kernel/db.ts'
import type { RunProblem, Runner } from '../../scenarios/queries/runs.ts'

export type AnalysisRow = {
  id: string
  question: AnalysisQuestion
  replays_id: string | null
  engine_version: string
  seed: number
  input_hash: string | null
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  progress: number
  attempts: number
  problem: RunProblem | null
  results_hash: string | null
  /** That of the one it was made from again. */
  first_hash: string | null
  created_at: Date
  created_by: string | null
  finished_at: Date | null
}

const columns = sql`a.id, a.question, a.replays_id, a.engine_version, a.seed, a.input_hash, a.state, a.progress::float8 as progress,
  a.attempts, a.problem, a.results_hash,
  (select f.results_hash from strategy.analysis f where f.id = a.replays_id) as first_hash,
  a.created_at, a.created_by, a.finished_at`

export function selectAnalyses(db: Queryable, kind: AnalysisKind): Promise<AnalysisRow[]> {
  return query(db, sql`select ${columns} from strategy.analysis a where a.kind = ${kind} order by a.id desc limit 50`)
}

export function selectAnalysis(
  db: Queryable,
  id: string,
): Promise<(AnalysisRow & { results: AnalysisResults | null }) | undefined> {
  return maybeOne(db, sql`select ${columns}, a.results::json as results from strategy.analysis a where a.id = ${id}`)
}

export type NewAnalysis = {
  id: string
  question: AnalysisQuestion
  engineVersion: string
  seed: number
  /** Whose input it is computed from again. */
  replaysId: string | null
  at: Date
  by: string | null
}

export async function insertAnalysis(db: Queryable, one: NewAnalysis): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.analysis (id, kind, question, replays_id, engine_version, seed, input, input_hash, state, created_at, created_by)
        select ${one.id}::uuid, ${one.question.kind}::text, ${JSON.stringify(one.question)}::jsonb, ${one.replaysId}::uuid,
          ${one.engineVersion}::text, ${one.seed}::int, f.input, f.input_hash, 'waiting', ${one.at}::timestamptz, ${one.by}::text
        from (select 1) as always left join strategy.analysis f on f.id = ${one.replaysId}::uuid`,
  )
}

/** Takes a question to answer: one that waits, or whose runner fell silent. Undefined when another has it, or it is over. */
export function claimAnalysis(
  db: Queryable,
  { id, runner, now, silentSince }: Runner & { silentSince: Date },
): Promise<{ question: AnalysisQuestion; seed: number; input: string | null; attempts: number } | undefined> {
  return maybeOne(
    db,
    sql`update strategy.analysis set state = 'running', runner = ${runner}, said_at = ${now}, progress = 0,
          attempts = attempts + 1, started_at = coalesce(started_at, ${now})
        where id = ${id} and (state = 'waiting' or (state = 'running' and said_at < ${silentSince}))
        returning question, seed, input, attempts`,
  )
}

/** Keeps what was read to answer; whoever begins again finds it. */
export async function keepInput(
  db: Queryable,
  id: string,
  { input, hash }: { input: string; hash: string },
): Promise<void> {
  await execute(
    db,
    sql`update strategy.analysis set input = ${input}, input_hash = ${hash} where id = ${id} and input is null`,
  )
}

/** Tells how far it is; whether it is to go on: not when it was cancelled, or somebody else took it over. */
export async function tellAnalysis(db: Queryable, { id, runner, now }: Runner, progress: number): Promise<boolean> {
  const row = await maybeOne<{ cancel_requested: boolean }>(
    db,
    sql`update strategy.analysis set said_at = ${now}, progress = ${progress}
        where id = ${id} and runner = ${runner} and state = 'running' returning cancel_requested`,
  )
  return row !== undefined && !row.cancel_requested
}

export async function finishAnalysis(
  db: Queryable,
  { id, runner, now }: Runner,
  { results, hash }: { results: string; hash: string },
): Promise<void> {
  await execute(
    db,
    sql`update strategy.analysis set state = 'done', progress = 1, results = ${results}, results_hash = ${hash}, finished_at = ${now}
        where id = ${id} and runner = ${runner} and state = 'running'`,
  )
}

export async function endAnalysis(
  db: Queryable,
  { id, runner, now }: Runner,
  { state, problem }: { state: 'failed' | 'cancelled'; problem: RunProblem | null },
): Promise<void> {
  await execute(
    db,
    sql`update strategy.analysis set state = ${state}, problem = ${problem === null ? null : JSON.stringify(problem)}::jsonb,
          finished_at = ${now} where id = ${id} and runner = ${runner} and state = 'running'`,
  )
}

/** Asks it to stop; one that nobody has begun is over at once. */
export async function requestAnalysisCancel(db: Queryable, id: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`update strategy.analysis set cancel_requested = true,
          state = case when state = 'waiting' then 'cancelled' else state end,
          finished_at = case when state = 'waiting' then ${now}::timestamptz else finished_at end
        where id = ${id} and state in ('waiting', 'running')`,
  )
}

/** Those that should be under way and are not: waiting without a job, or left by a runner that died. */
export function abandonedAnalyses(db: Queryable, silentSince: Date): Promise<{ id: string }[]> {
  return query(
    db,
    sql`select id from strategy.analysis
        where (state = 'running' and said_at < ${silentSince}) or (state = 'waiting' and created_at < ${silentSince})`,
  )
}
