import type { NewOutletStudy, OutletStudy, OutletStudyChange, OutletStudyHead } from '@ecluse/contracts/outlets.ts'
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

export async function listStudies(db: Queryable): Promise<{ items: OutletStudyHead[] }> {
  return { items: (await selectStudies(db)).map(headView) }
}

/** @throws strategy.study_not_found */
export async function readStudy(db: Queryable, id: string): Promise<OutletStudy> {
  const row = await selectStudy(db, id)
  if (!row) throw refuse('strategy.study_not_found')
  return { ...headView(row), question: row.question }
}

const headView = ({ id, revision, name, saved_at, saved_by }: StudyHeadRow): OutletStudyHead => ({
  id,
  revision,
  name,
  savedAt: saved_at.toISOString(),
  savedBy: saved_by,
})

/** Keeps a study: its question, who saved it, and when. */
export async function createStudy(ctx: Ctx, tx: Tx, { name, question }: NewOutletStudy): Promise<OutletStudy> {
  const id = ctx.ids.next()
  await insertStudy(tx, { id, name, question, ...saved(ctx) })
  return readStudy(tx, id)
}

/** Saves a study again. @throws strategy.study_not_found, strategy.study_changed */
export async function updateStudy(ctx: Ctx, tx: Tx, id: string, change: OutletStudyChange): Promise<OutletStudy> {
  if (!(await updateStudyAt(tx, { id, ...change, ...saved(ctx) }))) {
    await readStudy(tx, id)
    throw refuse('strategy.study_changed')
  }
  return readStudy(tx, id)
}

const saved = (ctx: Ctx) => ({ saved_at: ctx.clock.now(), saved_by: actorLabel(ctx.actor) })

/** @throws strategy.study_not_found */
export async function deleteStudy(tx: Tx, id: string): Promise<void> {
  if (!(await deleteStudyRow(tx, id))) throw refuse('strategy.study_not_found')
}
