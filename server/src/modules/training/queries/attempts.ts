import type { TrainingAnswers } from '@ecluse/contracts/training.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type AttemptRow = {
  id: string
  course_id: string
  version: number
  seed: string
  started_at: Date
  handed_in_at: Date | null
  answers: TrainingAnswers | null
  score: number | null
  passed: boolean | null
  valid_until: Date | null
}

const columns = sql`select t.id, t.course_id, t.version, t.seed::text as seed, t.started_at, t.handed_in_at, t.answers, t.score, t.passed,
  t.valid_until from training.attempt t`

/** An attempt of a person; those of others are not found. */
export function selectAttempt(db: Queryable, id: string, accountId: string): Promise<AttemptRow | undefined> {
  return maybeOne(db, sql`${columns} where t.id = ${id} and t.account_id::text = ${accountId}`)
}

/** What a person made of a course, the latest first. */
export function selectAttempts(db: Queryable, courseId: string, accountId: string): Promise<AttemptRow[]> {
  return query(
    db,
    sql`${columns} where t.course_id = ${courseId} and t.account_id::text = ${accountId} order by t.started_at desc, t.id desc limit 50`,
  )
}

/** Forgets an attempt that was begun on a version nobody takes any more. */
export async function deleteOutdated(tx: Tx, courseId: string, accountId: string, version: number): Promise<void> {
  await execute(
    tx,
    sql`delete from training.attempt where course_id = ${courseId} and account_id = ${accountId}::uuid
        and handed_in_at is null and version <> ${version}`,
  )
}

/** Begins an attempt unless one is open: two windows of one person share it. */
export async function insertAttempt(
  tx: Tx,
  row: { id: string; accountId: string; courseId: string; version: number; seed: number; at: Date },
): Promise<void> {
  await execute(
    tx,
    sql`insert into training.attempt (id, account_id, course_id, version, seed, started_at)
        values (${row.id}, ${row.accountId}, ${row.courseId}, ${row.version}, ${row.seed}, ${row.at})
        on conflict (account_id, course_id) where handed_in_at is null do nothing`,
  )
}

export async function writeHandedIn(
  tx: Tx,
  id: string,
  given: { answers: TrainingAnswers; score: number; passed: boolean; validMonths: number | null; at: Date },
): Promise<void> {
  await execute(
    tx,
    sql`update training.attempt set handed_in_at = ${given.at}, answers = ${JSON.stringify(given.answers)}::jsonb,
          score = ${given.score}, passed = ${given.passed},
          valid_until = case when ${given.passed}::boolean
            then ${given.at}::timestamptz + make_interval(months => ${given.validMonths}::integer) end
        where id = ${id}`,
  )
}
