import type { FollowedPerson, TrainedSite } from '@ecluse/contracts/training.ts'
import { csvLine } from '../../kernel/csv.ts'
import { may, requireSite, sitesOf, type Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, encodeCursor } from '../../kernel/cursor.ts'
import { listSites } from '../channels/public.ts'
import { countLate, selectStandings, type Followed, type StandingRow } from './queries/standings.ts'
import { standingView } from './standing-view.ts'
import { learnerOf } from './take-course.ts'
import { offeredCourses, trainedShares } from './trained-share.ts'

type Asked = Pick<Followed, 'siteId' | 'courseId' | 'state'>

/** Whom one may follow: without the right to read it, oneself; those kept to some shops, who works there. @throws access.wrong_site */
function mayFollow({ actor }: Ctx, asked: Asked): Followed {
  if (!may(actor, 'training:read')) return { ...asked, accountId: learnerOf(actor) }
  if (asked.siteId !== undefined) requireSite(actor, asked.siteId)
  return { ...asked, within: sitesOf(actor) }
}

/** People and where they stand, a page of them by name. */
export async function followPeople(
  ctx: Ctx,
  { cursor, limit, ...asked }: Asked & { cursor?: string | undefined; limit: number },
): Promise<{ items: FollowedPerson[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, [cursorPatterns.text, cursorPatterns.uuid])
  const page = { after, limit: limit + 1 }
  const rows = await selectStandings(ctx.db, ctx.clock.now(), mayFollow(ctx, asked), page)
  const people = new Map<string, StandingRow[]>()
  for (const row of rows) people.set(row.account_id, [...(people.get(row.account_id) ?? []), row])
  const items = [...people.values()].slice(0, limit).flatMap(personOf)
  const last = items.at(-1)
  return { items, nextCursor: people.size > limit && last ? encodeCursor([last.name, last.accountId]) : null }
}

function personOf(rows: readonly StandingRow[]): FollowedPerson[] {
  return rows.slice(0, 1).map(({ account_id: accountId, name, role, site_ids: siteIds }) => ({
    accountId,
    name,
    role,
    siteIds,
    courses: rows.map((row) => ({ courseId: row.course_id, ...standingView(row) })),
  }))
}

/** The same as a table: one line for each person and course. */
export async function exportPeople(ctx: Ctx, asked: Asked): Promise<string> {
  const rows = await selectStandings(ctx.db, ctx.clock.now(), mayFollow(ctx, asked))
  const names = new Map((await listSites(ctx.db)).map(({ id, name }) => [id, name]))
  const dayOf = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null
  const header = [
    'person',
    'role',
    'sites',
    'course',
    'state',
    'due',
    'attempts',
    'best_score',
    'passed',
    'valid_until',
  ]
  const lines = rows.map((row) =>
    csvLine([
      row.name,
      row.role,
      (row.site_ids ?? []).map((id) => names.get(id) ?? id).join(' / '),
      row.title[ctx.locale],
      row.state,
      dayOf(row.due_at),
      row.attempts,
      row.best_score,
      dayOf(row.passed_at),
      dayOf(row.valid_until),
    ]),
  )
  return [csvLine(header), ...lines].join('')
}

/** What each shop's staff have passed; those kept to some shops see these. */
export async function trainedSites(
  ctx: Ctx,
  given: readonly string[] | undefined,
): Promise<{ at: string; items: TrainedSite[] }> {
  const at = ctx.clock.now()
  const courseIds = given ?? (await offeredCourses(ctx.db))
  const shares = await trainedShares(ctx.db, { courseIds, at, siteIds: sitesOf(ctx.actor) })
  const late = new Map((await countLate(ctx.db, at)).map((row) => [row.site_id, row.late]))
  return { at: at.toISOString(), items: shares.map((site) => ({ ...site, late: late.get(site.siteId) ?? 0 })) }
}
