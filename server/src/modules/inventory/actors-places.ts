import { requireSite, sitesOf, type Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { selectPlaces, type PlaceRow } from './queries/stock.ts'

/** Places of the shops the actor is kept to; null when all are open. */
export async function placesOf(ctx: Ctx, db: Queryable = ctx.db): Promise<string[] | null> {
  const siteIds = sitesOf(ctx.actor)
  if (siteIds === null) return null
  return (await selectPlaces(db)).filter((place) => siteIds.includes(place.siteId)).map((place) => place.id)
}

/** @throws inventory.place_not_found */
export function placeOf(places: ReadonlyMap<string, PlaceRow>, placeId: string): PlaceRow {
  const place = places.get(placeId)
  if (!place) throw refuse('inventory.place_not_found')
  return place
}

/**
 * The place, when the actor works there.
 * @throws inventory.place_not_found, access.wrong_site
 */
export function requireOwnPlace(ctx: Ctx, places: ReadonlyMap<string, PlaceRow>, placeId: string): PlaceRow {
  const place = placeOf(places, placeId)
  requireSite(ctx.actor, place.siteId)
  return place
}

/** @throws inventory.place_not_found, access.wrong_site */
export async function requirePlace(ctx: Ctx, db: Queryable, placeId: string): Promise<PlaceRow> {
  return requireOwnPlace(ctx, new Map((await selectPlaces(db)).map((place) => [place.id, place])), placeId)
}

/**
 * Makes sure that the places exist and that the actor works at one of them.
 * @throws inventory.place_not_found, access.wrong_site
 */
export async function requireEitherPlace(ctx: Ctx, db: Queryable, placeIds: readonly string[]): Promise<void> {
  const places = new Map((await selectPlaces(db)).map((place) => [place.id, place]))
  const sites = sitesOf(ctx.actor)
  const asked = placeIds.map((placeId) => placeOf(places, placeId))
  if (sites !== null && !asked.some((place) => sites.includes(place.siteId))) throw refuse('access.wrong_site')
}
