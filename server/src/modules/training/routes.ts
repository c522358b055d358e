import { trainingEndpoints as endpoints } from '@ecluse/contracts/training.ts'
import { command } from '../../kernel/command.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { exportPeople, followPeople, trainedSites } from './follow-people.ts'
import { listCourses, readCourse } from './read-course.ts'
import { handIn, myCourses, readAttempt, readMyCourse, startAttempt } from './take-course.ts'
import { assignCourse, createCourse, deleteCourse, publishCourse, withdrawCourse, writeCourse } from './write-course.ts'

/** Courses taken, written and followed. */
export const trainingRoutes: Routes = (app, services) => {
  implement(app, services, 'listMyCourses', endpoints.listMyCourses, async (ctx) => ({ items: await myCourses(ctx) }))
  implement(app, services, 'readMyCourse', endpoints.readMyCourse, (ctx, { params }) =>
    readMyCourse(ctx, params.courseId),
  )
  implement(app, services, 'startTrainingAttempt', endpoints.startTrainingAttempt, (ctx, { params }) =>
    command(ctx, (tx) => startAttempt(ctx, tx, params.courseId)),
  )
  implement(app, services, 'readTrainingAttempt', endpoints.readTrainingAttempt, (ctx, { params }) =>
    readAttempt(ctx, params.attemptId),
  )
  implement(app, services, 'handInTrainingAttempt', endpoints.handInTrainingAttempt, (ctx, { params, body }) =>
    command(ctx, (tx) => handIn(ctx, tx, params.attemptId, body.answers)),
  )
  implement(app, services, 'followTraining', endpoints.followTraining, (ctx, { query }) => followPeople(ctx, query))
  implement(app, services, 'exportTraining', endpoints.exportTraining, async (ctx, { query }, { reply }) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="training.csv"')
      .send(await exportPeople(ctx, query)),
  )
  implement(app, services, 'readTrainedSites', endpoints.readTrainedSites, (ctx, { query }) =>
    trainedSites(ctx, query.courseId),
  )
  authorRoutes(app, services)
}

const authorRoutes: Routes = (app, services) => {
  implement(app, services, 'listCourses', endpoints.listCourses, async (ctx) => ({ items: await listCourses(ctx) }))
  implement(app, services, 'createCourse', endpoints.createCourse, (ctx, { body }) =>
    command(ctx, async (tx) => readCourse(ctx, tx, await createCourse(ctx, tx, body.draft))),
  )
  implement(app, services, 'readCourse', endpoints.readCourse, (ctx, { params }) =>
    readCourse(ctx, ctx.db, params.courseId),
  )
  implement(app, services, 'writeCourse', endpoints.writeCourse, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await writeCourse(tx, params.courseId, body)
      return readCourse(ctx, tx, params.courseId)
    }),
  )
  implement(app, services, 'deleteCourse', endpoints.deleteCourse, async (ctx, { params }) => {
    await command(ctx, (tx) => deleteCourse(tx, params.courseId))
    return undefined
  })
  implement(app, services, 'publishCourse', endpoints.publishCourse, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await publishCourse(ctx, tx, params.courseId, body)
      return readCourse(ctx, tx, params.courseId)
    }),
  )
  implement(app, services, 'withdrawCourse', endpoints.withdrawCourse, (ctx, { params }) =>
    command(ctx, async (tx) => {
      await withdrawCourse(tx, params.courseId)
      return readCourse(ctx, tx, params.courseId)
    }),
  )
  implement(app, services, 'assignCourse', endpoints.assignCourse, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await assignCourse(ctx, tx, params.courseId, body.assignments)
      return readCourse(ctx, tx, params.courseId)
    }),
  )
}
