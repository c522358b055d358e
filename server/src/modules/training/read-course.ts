import type { Course, CourseDetail } from '@ecluse/contracts/training.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { selectAssignments, selectCourse, selectCourses, selectVersions, type CourseRow } from './queries/courses.ts'
import { countByCourse } from './queries/standings.ts'

type Counts = Pick<Course, 'people' | 'passed'>

/** Courses as their authors see them. */
export async function listCourses(ctx: Ctx): Promise<Course[]> {
  const counts = await countsOf(ctx.db, ctx.clock.now())
  return (await selectCourses(ctx.db)).map((row) => courseView(row, counts.get(row.id)))
}

/** A course as its authors see it. @throws training.course_not_found */
export async function readCourse(ctx: Ctx, db: Queryable, id: string): Promise<CourseDetail> {
  const row = await selectCourse(db, id)
  if (!row) throw refuse('training.course_not_found')
  const counts = await countsOf(db, ctx.clock.now())
  const versions = await selectVersions(db, id)
  return {
    ...courseView(row, counts.get(id)),
    draft: row.draft,
    assignments: await selectAssignments(db, id),
    versions: versions.map(({ published_at: at, published_by: publishedBy, ...version }) => ({
      ...version,
      publishedAt: at.toISOString(),
      publishedBy,
    })),
  }
}

async function countsOf(db: Queryable, at: Date): Promise<Map<string, Counts>> {
  return new Map((await countByCourse(db, at)).map(({ course_id: id, ...counts }) => [id, counts]))
}

function courseView(row: CourseRow, counts: Counts = { people: 0, passed: 0 }): Course {
  return {
    id: row.id,
    revision: row.revision,
    state: row.state,
    title: row.draft.title,
    version: row.version,
    changed: row.changed,
    ...counts,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  }
}
