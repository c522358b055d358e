import type { CourseAssignment, CourseContent, CourseState } from '@ecluse/contracts/training.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type CourseRow = {
  id: string
  revision: number
  state: CourseState
  draft: CourseContent
  version: number | null
  changed: boolean
  created_at: Date
  created_by: string | null
}

const columns = sql`select c.id, c.revision, c.state, c.draft, c.version, c.created_at, c.created_by,
  v.content is distinct from c.draft as changed
  from training.course c left join training.course_version v on v.course_id = c.id and v.version = c.version`

/** Every course, by its French title. */
export function selectCourses(db: Queryable): Promise<CourseRow[]> {
  return query(db, sql`${columns} order by c.draft->'title'->>'fr', c.id`)
}

export function selectCourse(db: Queryable, id: string): Promise<CourseRow | undefined> {
  return maybeOne(db, sql`${columns} where c.id = ${id}`)
}

export async function insertCourse(
  tx: Tx,
  row: Pick<CourseRow, 'id' | 'draft' | 'created_at' | 'created_by'>,
): Promise<void> {
  await execute(
    tx,
    sql`insert into training.course (id, draft, created_at, created_by)
        values (${row.id}, ${JSON.stringify(row.draft)}::jsonb, ${row.created_at}, ${row.created_by})`,
  )
}

export async function updateDraft(tx: Tx, id: string, draft: CourseContent): Promise<void> {
  await execute(
    tx,
    sql`update training.course set revision = revision + 1, draft = ${JSON.stringify(draft)}::jsonb where id = ${id}`,
  )
}

export async function deleteCourseRow(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`delete from training.course where id = ${id}`)
}

/** Makes the draft the next version, and the one that is taken. */
export async function insertVersion(
  tx: Tx,
  id: string,
  given: { version: number; retake: boolean; at: Date; by: string | null },
): Promise<void> {
  await execute(
    tx,
    sql`insert into training.course_version (course_id, version, content, retake, published_at, published_by)
        select id, ${given.version}, draft, ${given.retake}, ${given.at}, ${given.by} from training.course where id = ${id}`,
  )
  await execute(
    tx,
    sql`update training.course set revision = revision + 1, state = 'published', version = ${given.version} where id = ${id}`,
  )
}

export async function writeWithdrawn(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`update training.course set revision = revision + 1, state = 'withdrawn' where id = ${id}`)
}

export type VersionRow = {
  version: number
  retake: boolean
  published_at: Date
  published_by: string | null
  attempts: number
}

/** The versions of a course, the latest first, with how many handed in an attempt on each. */
export function selectVersions(db: Queryable, id: string): Promise<VersionRow[]> {
  return query(
    db,
    sql`select v.version, v.retake, v.published_at, v.published_by,
          (select count(*)::int from training.attempt t
           where t.course_id = v.course_id and t.version = v.version and t.handed_in_at is not null) as attempts
        from training.course_version v where v.course_id = ${id} order by v.version desc`,
  )
}

/** What a published version says. */
export async function selectContent(db: Queryable, id: string, version: number): Promise<CourseContent | undefined> {
  const row = await maybeOne<{ content: CourseContent }>(
    db,
    sql`select content from training.course_version where course_id = ${id} and version = ${version}`,
  )
  return row?.content
}

export function selectAssignments(db: Queryable, id: string): Promise<CourseAssignment[]> {
  return query(
    db,
    sql`select role, site_id as "siteId", due_days as "dueDays" from training.assignment where course_id = ${id}
        order by role nulls first, site_id nulls first`,
  )
}

/** Replaces for whom a course is; those it already was for keep the day it began to be. */
export async function replaceAssignments(
  tx: Tx,
  id: string,
  rows: readonly (CourseAssignment & { id: string })[],
  { at, by }: { at: Date; by: string | null },
): Promise<void> {
  const ids = rows.map((row) => row.id)
  const roles = rows.map((row) => row.role)
  const siteIds = rows.map((row) => row.siteId)
  await execute(
    tx,
    sql`delete from training.assignment a where a.course_id = ${id}
        and not exists (select from unnest(${roles}::text[], ${siteIds}::uuid[]) as g (role, site_id)
          where g.role is not distinct from a.role and g.site_id is not distinct from a.site_id)`,
  )
  await execute(
    tx,
    sql`insert into training.assignment (id, course_id, role, site_id, due_days, assigned_at, assigned_by)
        select g.id, ${id}, g.role, g.site_id, g.due_days, ${at}, ${by}
        from unnest(${ids}::uuid[], ${roles}::text[], ${siteIds}::uuid[], ${rows.map((row) => row.dueDays)}::integer[])
          as g (id, role, site_id, due_days)
        on conflict (course_id, role, site_id) do update set due_days = excluded.due_days`,
  )
}
