import type { NewStudy, Study, StudyChange, StudyHead, StudyKind } from '@ecluse/contracts/studies.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import {
  deleteStudyRow,
  insertStudy,
  selectStudies,
  selectStudy,
  updateStudyAt,
  type StudyHeadRow,
} from './queries/studies.ts'

export async function listStudies(db: Queryable, kind: StudyKind): Promise<{ items: StudyHead[] }> {
  return { items: (await selectStudies(db, kind)).map((row) => ({ ...headView(row), kind: row.kind })) }
}

/** @throws strategy.study_not_found */
export async function readStudy(db: Queryable, id: string): Promise<Study> {
  const row = await selectStudy(db, id)
  if (!row) throw refuse('strategy.study_not_found')
  return { ...headView(row), ...row.asked }
}

const headView = ({ id, revision, name, saved_at, saved_by }: StudyHeadRow): Omit<StudyHead, 'kind'> => ({
  id,
  revision,
  name,
  savedAt: saved_at.toISOString(),
  savedBy: saved_by,
})

/** Keeps a study: its question, who saved it, and when. */
export async function createStudy(ctx: Ctx, tx: Tx, { name, ...asked }: NewStudy): Promise<Study> {
  const id = ctx.ids.next()
  await insertStudy(tx, { id, name, asked, ...saved(ctx) })
  return readStudy(tx, id)
}

/** Saves a study again; one of another kind is not found. @throws strategy.study_not_found, strategy.study_changed */
export async function updateStudy(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { name, revision, ...asked }: StudyChange,
): Promise<Study> {
  if (!(await updateStudyAt(tx, { id, name, revision, asked, ...saved(ctx) }))) {
    const { kind } = await readStudy(tx, id)
    throw refuse(kind === asked.kind ? 'strategy.study_changed' : 'strategy.study_not_found')
  }
  return readStudy(tx, id)
}

const saved = (ctx: Ctx) => ({ saved_at: ctx.clock.now(), saved_by: actorLabel(ctx.actor) })

/** @throws strategy.study_not_found */
export async function deleteStudy(tx: Tx, id: string): Promise<void> {
  if (!(await deleteStudyRow(tx, id))) throw refuse('strategy.study_not_found')
}
