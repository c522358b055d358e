import type { OutletQuestion } from '@ecluse/contracts/outlets.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type StudyHeadRow = { id: string; revision: number; name: string; saved_at: Date; saved_by: string | null }
export type StudyRow = StudyHeadRow & { question: OutletQuestion }

export function selectStudies(db: Queryable): Promise<StudyHeadRow[]> {
  return query(
    db,
    sql`select s.id, s.revision, s.name, s.saved_at, s.saved_by from strategy.outlet_study s order by s.saved_at desc, s.id desc
        limit 200`,
  )
}

export function selectStudy(db: Queryable, id: string): Promise<StudyRow | undefined> {
  return maybeOne(
    db,
    sql`select s.id, s.revision, s.name, s.question, s.saved_at, s.saved_by from strategy.outlet_study s where s.id = ${id}`,
  )
}

/** Writes a study down. */
export async function insertStudy(tx: Tx, row: Omit<StudyRow, 'revision'>): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.outlet_study (id, name, question, saved_at, saved_by)
        values (${row.id}, ${row.name}, ${JSON.stringify(row.question)}::jsonb, ${row.saved_at}, ${row.saved_by})`,
  )
}

/** Writes a study again; false when it is no longer what was read. */
export async function updateStudyAt(tx: Tx, row: StudyRow): Promise<boolean> {
  const written = await query(
    tx,
    sql`update strategy.outlet_study set revision = revision + 1, name = ${row.name}, question = ${JSON.stringify(row.question)}::jsonb,
          saved_at = ${row.saved_at}, saved_by = ${row.saved_by}
        where id = ${row.id} and revision = ${row.revision} returning id`,
  )
  return written.length > 0
}

/** Deletes a study; false where there is none. */
export async function deleteStudyRow(tx: Tx, id: string): Promise<boolean> {
  return (await query(tx, sql`delete from strategy.outlet_study where id = ${id} returning id`)).length > 0
}
