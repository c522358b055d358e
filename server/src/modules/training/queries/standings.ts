import type { Role } from '@ecluse/contracts/permissions.ts'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import type { standingStates } from '@ecluse/contracts/training.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

export type StandingRow = {
  account_id: string
  name: string
  role: Role
  site_ids: string[] | null
  course_id: string
  title: LocalizedText
  summary: LocalizedText
  lessons: number
  questions: number
  pass_percent: number
  valid_months: number | null
  state: (typeof standingStates)[number]
  due_at: Date | null
  attempts: number
  best_score: number | null
  passed_at: Date | null
  valid_until: Date | null
}

/**
 * What was passed, by person and course, until when it holds: of versions since the last one that all have to pass again.
 */
const passes = sql`select t.account_id, t.course_id, max(t.handed_in_at) as passed_at,
    max(coalesce(t.valid_until, 'infinity'::timestamptz)) as holds_until
  from training.attempt t
  where t.passed and t.version >= coalesce((select max(r.version) from training.course_version r
    where r.course_id = t.course_id and r.retake), 1)
  group by t.account_id, t.course_id`

/**
 * Where each active member of staff stands with each published course that is for them. Their days count from when it began to concern
 * them: when it was assigned, when they came, or when all had to pass it again; once what they passed has ended, from then.
 */
const standings = (at: Date): Sql => sql`
  select w.*, case when w.holds_until > ${at}::timestamptz then 'passed'
      when coalesce(w.holds_until, w.first_due) < ${at}::timestamptz and w.first_due is not null then 'late' else 'to_do' end as state
  from (
    select s.account_id, a.name, s.role, s.every_site, c.id as course_id, v.content, p.passed_at, p.holds_until,
      min(greatest(g.assigned_at, s.created_at, (select max(r.published_at) from training.course_version r
        where r.course_id = c.id and r.retake)) + make_interval(days => g.due_days)) as first_due
    from training.course c
    join training.course_version v on v.course_id = c.id and v.version = c.version
    join training.assignment g on g.course_id = c.id
    join access.staff s on s.active and (g.role is null or g.role = s.role) and (g.site_id is null or exists (
      select from access.staff_site ss where ss.account_id = s.account_id and ss.site_id = g.site_id))
    join access.account a on a.id = s.account_id
    left join (${passes}) p on p.account_id = s.account_id and p.course_id = c.id
    where c.state = 'published'
    group by s.account_id, a.name, s.role, s.every_site, c.id, v.content, p.passed_at, p.holds_until
  ) w`

const columns = sql`select h.account_id, h.name, h.role, h.course_id, h.content->'title' as title, h.content->'summary' as summary,
  jsonb_array_length(h.content->'lessons') as lessons, jsonb_array_length(h.content->'questions') as questions,
  (h.content->>'passPercent')::int as pass_percent, (h.content->>'validMonths')::int as valid_months, h.state, h.passed_at,
  case when h.state = 'passed' then nullif(h.holds_until, 'infinity') when h.first_due is not null
    then coalesce(h.holds_until, h.first_due) end as due_at,
  nullif(h.holds_until, 'infinity') as valid_until,
  case when not h.every_site then
    array(select ss.site_id::text from access.staff_site ss where ss.account_id = h.account_id order by 1) end as site_ids,
  (select count(*)::int from training.attempt t
   where t.account_id = h.account_id and t.course_id = h.course_id and t.handed_in_at is not null) as attempts,
  (select max(t.score) from training.attempt t where t.account_id = h.account_id and t.course_id = h.course_id) as best_score`

export type Followed = {
  readonly accountId?: string | undefined
  readonly siteId?: string | undefined
  readonly courseId?: string | undefined
  readonly state?: StandingRow['state'] | undefined
  /** Shops that whoever asks is kept to. */
  readonly within?: readonly string[] | null
}

const worksIn = (siteIds: readonly string[]): Sql =>
  sql`and exists (select from access.staff_site ss where ss.account_id = h.account_id and ss.site_id = any(${siteIds}::uuid[]))`

const followed = ({ accountId, siteId, courseId, state, within }: Followed): Sql => sql`
  ${accountId === undefined ? empty : sql`and h.account_id::text = ${accountId}`}
  ${courseId === undefined ? empty : sql`and h.course_id = ${courseId}`}
  ${siteId === undefined ? empty : worksIn([siteId])}
  ${within ? worksIn(within) : empty}
  ${state === undefined ? empty : sql`and h.state = ${state}`}`

/** People and their courses, by name then title; of so many people after a position, or of all. */
export function selectStandings(
  db: Queryable,
  at: Date,
  whom: Followed,
  page?: { after: readonly string[] | undefined; limit: number },
): Promise<StandingRow[]> {
  const later = page?.after ? sql`and (h.name, h.account_id) > (${page.after[0]}, ${page.after[1]}::uuid)` : empty
  const most = page ? sql`limit ${page.limit}` : empty
  const { courseId } = whom
  return query(
    db,
    sql`with standing as (${standings(at)}),
          person as (select distinct h.name, h.account_id from standing h where true ${followed(whom)} ${later}
            order by h.name, h.account_id ${most})
        ${columns} from standing h join person using (name, account_id)
        where true ${courseId === undefined ? empty : sql`and h.course_id = ${courseId}`}
        order by h.name, h.account_id, h.content->'title'->>'fr', h.course_id`,
  )
}

/** How many each course is for, and how many have passed it. */
export function countByCourse(
  db: Queryable,
  at: Date,
): Promise<{ course_id: string; people: number; passed: number }[]> {
  return query(
    db,
    sql`select h.course_id, count(*)::int as people, (count(*) filter (where h.state = 'passed'))::int as passed
        from (${standings(at)}) h group by h.course_id`,
  )
}

/** By shop, how many are late with something: who works there by name. */
export function countLate(db: Queryable, at: Date): Promise<{ site_id: string; late: number }[]> {
  return query(
    db,
    sql`select ss.site_id, count(distinct h.account_id)::int as late
        from (${standings(at)}) h join access.staff_site ss on ss.account_id = h.account_id
        where h.state = 'late' group by ss.site_id`,
  )
}

/** By shop, who works there by name, and how many of them have passed all of these courses; of all shops where none is named. */
export function countTrained(
  db: Queryable,
  at: Date,
  courseIds: readonly string[],
  siteIds: readonly string[] | null,
): Promise<{ site_id: string; name: string; staff: number; trained: number }[]> {
  const wanted = siteIds === null ? empty : sql`where b.id = any(${siteIds}::uuid[])`
  return query(
    db,
    sql`with trained as (
          select p.account_id from (${passes}) p
          where p.course_id = any(${courseIds}::uuid[]) and p.holds_until > ${at}::timestamptz
          group by p.account_id having count(*) = ${courseIds.length})
        select b.id as site_id, b.name, count(s.account_id)::int as staff, count(d.account_id)::int as trained
        from channels.site b
        left join access.staff_site ss on ss.site_id = b.id
        left join access.staff s on s.account_id = ss.account_id and s.active
        left join trained d on d.account_id = s.account_id
        ${wanted} group by b.id, b.name order by b.name`,
  )
}

/** Whether somebody is a member of staff who may sign in. */
export async function isStaff(db: Queryable, accountId: string): Promise<boolean> {
  const rows = await query(
    db,
    sql`select account_id from access.staff where account_id::text = ${accountId} and active`,
  )
  return rows.length > 0
}
