import type { Queryable } from '../../kernel/db.ts'
import { selectCourses } from './queries/courses.ts'
import { countTrained } from './queries/standings.ts'

export type TrainedShare = {
  readonly siteId: string
  readonly name: string
  /** Active members of staff who work there by name. */
  readonly staff: number
  readonly trained: number
  /** Null where nobody works there by name. */
  readonly share: number | null
}

/**
 * The share of a shop’s staff who have passed each of these courses and for whom it still holds; undefined where there is no such shop.
 * A criterion of selected outlets: it is measured, and the same for all.
 */
export async function trainedShare(
  db: Queryable,
  siteId: string,
  given: { readonly courseIds: readonly string[]; readonly at: Date },
): Promise<TrainedShare | undefined> {
  return (await trainedShares(db, { ...given, siteIds: [siteId] }))[0]
}

/** The same of several shops, by name, or of all of them. */
export async function trainedShares(
  db: Queryable,
  given: {
    readonly courseIds: readonly string[]
    readonly at: Date
    readonly siteIds: readonly string[] | null
  },
): Promise<TrainedShare[]> {
  const rows = await countTrained(db, given.at, [...new Set(given.courseIds)], given.siteIds)
  return rows.map(({ site_id: siteId, name, staff, trained }) => ({
    siteId,
    name,
    staff,
    trained: given.courseIds.length === 0 ? 0 : trained,
    share: staff === 0 || given.courseIds.length === 0 ? null : trained / staff,
  }))
}

/** Courses that are offered now. */
export async function offeredCourses(db: Queryable): Promise<string[]> {
  return (await selectCourses(db)).filter(({ state }) => state === 'published').map(({ id }) => id)
}

/** What of each shop's staff has passed every course that is offered now. */
export async function trainedShops(db: Queryable, at: Date): Promise<TrainedShare[]> {
  return trainedShares(db, { courseIds: await offeredCourses(db), at, siteIds: null })
}
