import { courseGaps, type CourseAssignment, type CourseContent } from '@ecluse/contracts/training.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { listSites } from '../channels/public.ts'
import {
  deleteCourseRow,
  insertCourse,
  insertVersion,
  replaceAssignments,
  selectCourse,
  updateDraft,
  writeWithdrawn,
} from './queries/courses.ts'
import { lockCourse } from './queries/locks.ts'

/** Begins a course as a draft. */
export async function createCourse(ctx: Ctx, tx: Tx, draft: CourseContent): Promise<string> {
  const id = ctx.ids.next()
  await insertCourse(tx, { id, draft, created_at: ctx.clock.now(), created_by: actorLabel(ctx.actor) })
  return id
}

/** Changes what the authors write; published versions stay. @throws training.course_not_found, training.course_changed */
export async function writeCourse(
  tx: Tx,
  id: string,
  { revision, draft }: { revision: number; draft: CourseContent },
): Promise<void> {
  await lockAt(tx, id, revision)
  await updateDraft(tx, id, draft)
}

/** Throws a course away that nobody can have taken. @throws training.course_not_found, training.course_state */
export async function deleteCourse(tx: Tx, id: string): Promise<void> {
  const { state } = await lockKnown(tx, id)
  if (state !== 'draft') throw refuse('training.course_state', { state })
  await deleteCourseRow(tx, id)
}

/**
 * Makes the draft the version that is taken from now on; a withdrawn course comes back.
 * @throws training.course_not_found, training.course_changed, training.course_incomplete
 */
export async function publishCourse(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { revision, retake }: { revision: number; retake: boolean },
): Promise<void> {
  const { version } = await lockAt(tx, id, revision)
  const course = await selectCourse(tx, id)
  if (!course) throw refuse('training.course_not_found')
  const gaps = courseGaps(course.draft).length
  if (gaps > 0) throw refuse('training.course_incomplete', { gaps })
  const next = (version ?? 0) + 1
  // The first has none before it that could have been passed.
  const given = { version: next, retake: retake && next > 1, at: ctx.clock.now(), by: actorLabel(ctx.actor) }
  await insertVersion(tx, id, given)
}

/** Asks nobody for it any more. @throws training.course_not_found, training.course_state */
export async function withdrawCourse(tx: Tx, id: string): Promise<void> {
  const { state } = await lockKnown(tx, id)
  if (state !== 'published') throw refuse('training.course_state', { state })
  await writeWithdrawn(tx, id)
}

/** Says for whom a course is. @throws training.course_not_found, channels.site_not_found */
export async function assignCourse(
  ctx: Ctx,
  tx: Tx,
  id: string,
  assignments: readonly CourseAssignment[],
): Promise<void> {
  await lockKnown(tx, id)
  const sites = new Set((await listSites(tx)).map((site) => site.id))
  if (assignments.some(({ siteId }) => siteId !== null && !sites.has(siteId))) throw refuse('channels.site_not_found')
  const rows = assignments.map((assignment) => ({ id: ctx.ids.next(), ...assignment }))
  await replaceAssignments(tx, id, rows, { at: ctx.clock.now(), by: actorLabel(ctx.actor) })
}

async function lockKnown(tx: Tx, id: string) {
  const course = await lockCourse(tx, id)
  if (!course) throw refuse('training.course_not_found')
  return course
}

async function lockAt(tx: Tx, id: string, revision: number) {
  const course = await lockKnown(tx, id)
  if (course.revision !== revision) throw refuse('training.course_changed')
  return course
}
