import type { Study, StudyKind } from '@ecluse/contracts/studies.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type StudyHeadRow = { id: string; revision: number; name: string; saved_at: Date; saved_by: string | null }
/** What is asked, of one kind. */
type Asked<S = Study> = S extends Study ? Pick<S, 'kind' | 'question'> : never
export type StudyRow = StudyHeadRow & { asked: Asked }

export function selectStudies(db: Queryable, kind: StudyKind): Promise<(StudyHeadRow & { kind: StudyKind })[]> {
  return query(
    db,
    sql`select s.id, s.kind, s.revision, s.name, s.saved_at, s.saved_by from strategy.study s where s.kind = ${kind}
        order by s.saved_at desc, s.id desc limit 200`,
  )
}

export function selectStudy(db: Queryable, id: string): Promise<StudyRow | undefined> {
  return maybeOne(
    db,
    sql`select s.id, s.revision, s.name, s.saved_at, s.saved_by,
          jsonb_build_object('kind', s.kind, 'question', s.question) as asked
        from strategy.study s where s.id = ${id}`,
  )
}

/** Writes a study down. */
export async function insertStudy(tx: Tx, { asked, ...row }: Omit<StudyRow, 'revision'>): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.study (id, kind, name, question, saved_at, saved_by)
        values (${row.id}, ${asked.kind}, ${row.name}, ${JSON.stringify(asked.question)}::jsonb, ${row.saved_at}, ${row.saved_by})`,
  )
}

/** Writes a study again; false when it is no longer what was read. */
export async function updateStudyAt(tx: Tx, { asked, ...row }: StudyRow): Promise<boolean> {
  const written = await query(
    tx,
    sql`update strategy.study set revision = revision + 1, name = ${row.name}, question = ${JSON.stringify(asked.question)}::jsonb,
          saved_at = ${row.saved_at}, saved_by = ${row.saved_by}
        where id = ${row.id} and revision = ${row.revision} and kind = ${asked.kind} returning id`,
  )
  return written.length > 0
}

/** Deletes a study; false where there is none. */
export async function deleteStudyRow(tx: Tx, id: string): Promise<boolean> {
  return (await query(tx, sql`delete from strategy.study where id = ${id} returning id`)).length > 0
}
