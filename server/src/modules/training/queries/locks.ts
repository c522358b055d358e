import type { CourseState } from '@ecluse/contracts/training.ts'
import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../kernel/db.ts'

/** Where a course stands, its row locked until the end of the transaction. */
export function lockCourse(
  tx: Tx,
  id: string,
): Promise<{ revision: number; state: CourseState; version: number | null } | undefined> {
  return maybeOne(tx, sql`select revision, state, version from training.course where id = ${id} for update`)
}

/** Locks an attempt of a person; whether it is there. A course is locked before its attempts. */
export async function lockAttempt(tx: Tx, id: string, accountId: string): Promise<boolean> {
  const found = await maybeOne(
    tx,
    sql`select id from training.attempt where id = ${id} and account_id::text = ${accountId} for update`,
  )
  return found !== undefined
}

/** Keeps a course as it is while somebody begins its quiz; others may begin it too. */
export function holdCourse(tx: Tx, id: string): Promise<{ state: CourseState; version: number | null } | undefined> {
  return maybeOne(tx, sql`select state, version from training.course where id = ${id} for share`)
}
