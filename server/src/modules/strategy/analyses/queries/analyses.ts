import type { AnalysisKind, AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import type { AnalysisResults } from '@ecluse/contracts/analysis-results.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable } from '../../../../kernel/db.ts'
import { finish, type Kept, type Problem, type Runner } from '../../computations/queries/computations.ts'

/** Questions are computations, kept in a table of theirs. */
export const analyses: Kept = { update: sql`update strategy.analysis`, from: sql`from strategy.analysis` }

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
  problem: Problem | null
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

/** Keeps an answer. */
export function keepAnalysis(
  db: Queryable,
  runner: Runner,
  { results, hash }: { results: string; hash: string },
): Promise<void> {
  return finish(db, analyses, runner, sql`results = ${results}, results_hash = ${hash}`)
}
