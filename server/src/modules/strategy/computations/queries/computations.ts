import sql, { type Sql } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable } from '../../../../kernel/db.ts'

/** Why nothing came of a computation: `failed` by itself, anything else is the engine's reason. */
export type Problem = { reason: string; details: Record<string, string | number> }

/** A computation, who works on it, and when. */
export type Runner = { id: string; runner: string; now: Date }

/**
 * The table in which computations of a kind are kept, `update schema.table` and `from schema.table`. All have the same columns of who works
 * on them and how far they are: id, state, cancel_requested, progress, runner, said_at, attempts, problem, created_at, started_at and
 * finished_at. What goes in and what comes out is each kind's own.
 */
export type Kept = { readonly update: Sql; readonly from: Sql }

/** Takes one to work on: it waits, or its runner fell silent. Undefined when another has it, or it is over. */
export function claim<Taken extends { attempts: number }>(
  db: Queryable,
  kept: Kept,
  { id, runner, now, silentSince }: Runner & { silentSince: Date },
  columns: Sql,
): Promise<Taken | undefined> {
  return maybeOne<Taken>(
    db,
    sql`${kept.update} set state = 'running', runner = ${runner}, said_at = ${now}, progress = 0,
          attempts = attempts + 1, started_at = coalesce(started_at, ${now})
        where id = ${id} and (state = 'waiting' or (state = 'running' and said_at < ${silentSince}))
        returning attempts, ${columns}`,
  )
}

/** Tells how far it is; whether it is to go on: not when it was cancelled, or somebody else took it over. */
export async function tell(db: Queryable, kept: Kept, { id, runner, now }: Runner, progress: number): Promise<boolean> {
  const row = await maybeOne<{ cancel_requested: boolean }>(
    db,
    sql`${kept.update} set said_at = ${now}, progress = ${progress}
        where id = ${id} and runner = ${runner} and state = 'running' returning cancel_requested`,
  )
  return row !== undefined && !row.cancel_requested
}

/** Ends one that came to something, with the columns of what it came to. */
export async function finish(db: Queryable, kept: Kept, { id, runner, now }: Runner, results: Sql): Promise<void> {
  await execute(
    db,
    sql`${kept.update} set state = 'done', progress = 1, finished_at = ${now}, ${results}
        where id = ${id} and runner = ${runner} and state = 'running'`,
  )
}

/** Ends one that came to nothing. */
export async function end(
  db: Queryable,
  kept: Kept,
  { id, runner, now }: Runner,
  { state, problem }: { state: 'failed' | 'cancelled'; problem: Problem | null },
): Promise<void> {
  await execute(
    db,
    sql`${kept.update} set state = ${state}, problem = ${problem === null ? null : JSON.stringify(problem)}::jsonb,
          finished_at = ${now} where id = ${id} and runner = ${runner} and state = 'running'`,
  )
}

/** Asks one to stop; if nobody has begun it, it is over at once. */
export async function requestCancel(db: Queryable, kept: Kept, id: string, now: Date): Promise<void> {
  await execute(
    db,
    sql`${kept.update} set cancel_requested = true,
          state = case when state = 'waiting' then 'cancelled' else state end,
          finished_at = case when state = 'waiting' then ${now}::timestamptz else finished_at end
        where id = ${id} and state in ('waiting', 'running')`,
  )
}

/** Those that should be under way and are not: waiting without a job, or left by a runner that died. */
export function abandoned(db: Queryable, kept: Kept, silentSince: Date): Promise<{ id: string }[]> {
  return query(
    db,
    sql`select id ${kept.from}
        where (state = 'running' and said_at < ${silentSince}) or (state = 'waiting' and created_at < ${silentSince})`,
  )
}
