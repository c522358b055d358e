import type { MyCourse, TrainingAnswers, TrainingAttempt, TrainingLesson } from '@ecluse/contracts/training.ts'
import { assert } from '../../kernel/assert.ts'
import type { Actor, Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { judge, putQuestions, sameAnswers, strangeAnswer } from './domain/judge.ts'
import {
  deleteOutdated,
  insertAttempt,
  selectAttempt,
  selectAttempts,
  writeHandedIn,
  type AttemptRow,
} from './queries/attempts.ts'
import { selectContent, selectCourse } from './queries/courses.ts'
import { holdCourse, lockAttempt } from './queries/locks.ts'
import { isStaff, selectStandings, type StandingRow } from './queries/standings.ts'
import { standingView } from './standing-view.ts'

/** Whose courses they are. @throws access.forbidden */
export function learnerOf(actor: Actor): string {
  if (actor.kind !== 'staff') throw refuse('access.forbidden', { permission: 'training:take' })
  return actor.accountId
}

const order = { late: 0, to_do: 1, passed: 2 }

/** The courses that are for whoever asks: late ones, those to do by their day, those passed. */
export async function myCourses(ctx: Ctx): Promise<MyCourse[]> {
  const rows = await selectStandings(ctx.db, ctx.clock.now(), { accountId: learnerOf(ctx.actor) })
  const dueOf = ({ due_at: due }: StandingRow) => due?.getTime() ?? Number.MAX_SAFE_INTEGER
  return rows.toSorted((a, b) => order[a.state] - order[b.state] || dueOf(a) - dueOf(b)).map(myCourseView)
}

/** A course to read. @throws training.course_not_found, also where it is not for them */
export async function readMyCourse(ctx: Ctx, courseId: string) {
  const { accountId, standing, content } = await courseFor(ctx, ctx.db, courseId)
  const made = await selectAttempts(ctx.db, courseId, accountId)
  const lessons: TrainingLesson[] = content.lessons
  return { ...myCourseView(standing), content: lessons, made: made.map(madeView) }
}

/**
 * Begins the quiz on the version that is taken now; whoever has an attempt open on it goes on with that one.
 * @throws training.course_not_found, access.forbidden
 */
export async function startAttempt(ctx: Ctx, tx: Tx, courseId: string): Promise<TrainingAttempt> {
  const held = await holdCourse(tx, courseId)
  if (!held || held.version === null) throw refuse('training.course_not_found')
  const { accountId } = await courseFor(ctx, tx, courseId)
  await deleteOutdated(tx, courseId, accountId, held.version)
  const id = ctx.ids.next()
  // Of the random part of its id: a number chance gave, that is kept and can be read.
  const seed = Number.parseInt(id.slice(-8), 16)
  await insertAttempt(tx, { id, accountId, courseId, version: held.version, seed, at: ctx.clock.now() })
  const open = (await selectAttempts(tx, courseId, accountId)).find((row) => row.handed_in_at === null)
  assert(open, 'an attempt is open once it was begun')
  return attemptView(tx, open)
}

/** One's own attempt. @throws training.attempt_not_found, also for those of others */
export async function readAttempt(ctx: Ctx, id: string): Promise<TrainingAttempt> {
  const row = await selectAttempt(ctx.db, id, learnerOf(ctx.actor))
  if (!row) throw refuse('training.attempt_not_found')
  return attemptView(ctx.db, row)
}

/**
 * Hands answers in, once. The same answers again get the same result; others are refused.
 * @throws training.attempt_not_found, training.attempt_handed_in, kernel.invalid_input
 */
export async function handIn(ctx: Ctx, tx: Tx, id: string, answers: TrainingAnswers): Promise<TrainingAttempt> {
  const accountId = learnerOf(ctx.actor)
  if (!(await lockAttempt(tx, id, accountId))) throw refuse('training.attempt_not_found')
  const row = await selectAttempt(tx, id, accountId)
  assert(row, 'an attempt that is locked is there')
  if (row.answers !== null) {
    if (!sameAnswers(row.answers, answers)) throw refuse('training.attempt_handed_in')
    return attemptView(tx, row)
  }
  const content = await contentOf(tx, row)
  if (strangeAnswer(content.questions, answers) !== undefined) throw refuse('kernel.invalid_input')
  const judged = judge(content, answers)
  await writeHandedIn(tx, id, { answers, ...judged, validMonths: content.validMonths, at: ctx.clock.now() })
  const after = await selectAttempt(tx, id, accountId)
  assert(after, 'an attempt that was handed in is there')
  return attemptView(tx, after)
}

async function courseFor(ctx: Ctx, db: Queryable, courseId: string) {
  const accountId = learnerOf(ctx.actor)
  if (!(await isStaff(db, accountId))) throw refuse('access.forbidden', { permission: 'training:take' })
  const [standing] = await selectStandings(db, ctx.clock.now(), { accountId, courseId })
  const course = standing && (await selectCourse(db, courseId))
  if (!standing || !course || course.version === null) throw refuse('training.course_not_found')
  const content = await selectContent(db, courseId, course.version)
  assert(content, 'the version that is taken is there')
  return { accountId, standing, content }
}

async function contentOf(db: Queryable, { course_id: courseId, version }: AttemptRow) {
  const content = await selectContent(db, courseId, version)
  assert(content, 'the version of an attempt is there')
  return content
}

const madeView = (row: AttemptRow) => ({
  attemptId: row.id,
  version: row.version,
  startedAt: row.started_at.toISOString(),
  handedInAt: row.handed_in_at?.toISOString() ?? null,
  score: row.score,
  passed: row.passed,
})

async function attemptView(db: Queryable, row: AttemptRow): Promise<TrainingAttempt> {
  const { title, passPercent, questions } = await contentOf(db, row)
  return {
    ...madeView(row),
    courseId: row.course_id,
    title,
    passPercent,
    validUntil: row.valid_until?.toISOString() ?? null,
    questions: putQuestions(questions, Number(row.seed), row.answers),
  }
}

function myCourseView(row: StandingRow): MyCourse {
  return {
    courseId: row.course_id,
    title: row.title,
    summary: row.summary,
    lessons: row.lessons,
    questions: row.questions,
    passPercent: row.pass_percent,
    validMonths: row.valid_months,
    ...standingView(row),
  }
}
