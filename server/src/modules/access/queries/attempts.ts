import sql from 'sql-template-tag'
import { execute, query, type Queryable } from '../../../kernel/db.ts'

export type AttemptRow = { bucket: Buffer; count: number; window_started_at: Date }

/** Counts one attempt in each bucket, opening a new window where the last one is over. Buckets come sorted: no deadlock. */
export function countAttempt(
  db: Queryable,
  buckets: readonly Buffer[],
  now: Date,
  windowStart: Date,
): Promise<AttemptRow[]> {
  return query(
    db,
    sql`insert into access.attempt as a (bucket, count, window_started_at)
        select b, 1, ${now} from unnest(${buckets}::bytea[]) as b
        on conflict (bucket) do update set
          count = case when a.window_started_at <= ${windowStart} then 1 else a.count + 1 end,
          window_started_at = case when a.window_started_at <= ${windowStart} then ${now} else a.window_started_at end
        returning bucket, count, window_started_at`,
  )
}

/** Takes attempts back that turned out right: one from `lessened`, all from `cleared`. */
export async function uncountAttempt(db: Queryable, cleared: Buffer, lessened: Buffer): Promise<void> {
  await execute(db, sql`delete from access.attempt where bucket = ${cleared}`)
  await execute(db, sql`update access.attempt set count = greatest(count - 1, 0) where bucket = ${lessened}`)
}

/** Takes back one attempt that turned out right. */
export async function lessenAttempts(db: Queryable, bucket: Buffer): Promise<void> {
  await execute(db, sql`update access.attempt set count = greatest(count - 1, 0) where bucket = ${bucket}`)
}

export async function deleteOldAttempts(db: Queryable, before: Date): Promise<void> {
  await execute(db, sql`delete from access.attempt where window_started_at < ${before}`)
}
