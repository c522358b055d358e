import { createHash } from 'node:crypto'
import type { SourcingRule, SourcingSettings } from '@ecluse/contracts/sourcing.ts'
import type { Queryable } from '../../kernel/db.ts'
import { defaultPolicy, endOfDay, usualSetting, type PlaceLoad, type SourcingTerms } from './domain/sourcing-terms.ts'
import { insertSnapshot, selectPolicies, selectSourcedPlaces, type SourcedPlaceRow } from './queries/sourcing.ts'
import { createSourcingDesk, type SourcingDesk } from './sourcing-desk.ts'

/** Preparations opened by a place since an instant: asked of whoever keeps them. */
export type CountOpened = (db: Queryable, since: Date) => Promise<ReadonlyMap<string, number>>

/** Reads the rules in force and the places, and keeps what decisions will be taken from under the id of its content. */
export async function loadSourcing(db: Queryable, now: Date, countOpened?: CountOpened): Promise<SourcingDesk> {
  const places = await selectSourcedPlaces(db, now)
  const terms = termsOf(await policyInForce(db), places)
  const snapshotId = createHash('sha256').update(JSON.stringify(terms)).digest('base64url').slice(0, 16)
  await insertSnapshot(db, snapshotId, terms, now)
  const limited = terms.places.some(({ dailyCapacity }) => dailyCapacity !== null)
  return createSourcingDesk(snapshotId, terms, await loadsOf(db, places, now, limited ? countOpened : undefined))
}

export type Policy = {
  readonly version: number
  readonly rules: readonly SourcingRule[]
  readonly settings: SourcingSettings
}

/** The newest version, or what the program begins with. */
export async function policyInForce(db: Queryable): Promise<Policy> {
  const [row] = await selectPolicies(db, 1)
  return row ?? { version: 0, ...defaultPolicy }
}

/** Terms as they would be by rules that are not in force; what is left out is taken from those that are. */
export async function termsToTry(
  db: Queryable,
  now: Date,
  draft: { rules?: SourcingRule[] | undefined; settings?: SourcingSettings | undefined },
  method: 'delivery' | 'pickup',
): Promise<SourcingTerms> {
  const inForce = await policyInForce(db)
  const { rules = inForce.rules, settings = inForce.settings } = draft
  const terms = termsOf({ version: inForce.version, rules, settings }, await selectSourcedPlaces(db, now))
  // Who picks up has chosen the shop: no rule sends the goods there from elsewhere.
  const sameShop: SourcingRule = {
    code: 'same_shop',
    enabled: true,
    parameters: { pickupElsewhere: 'forbid', elsewhereMinor: 0 },
  }
  return method === 'delivery'
    ? terms
    : { ...terms, rules: [sameShop, ...terms.rules.filter(({ code }) => code !== 'same_shop')] }
}

/** What decides beside the order, its moment and the stock. */
function termsOf({ version, rules, settings }: Policy, places: readonly SourcedPlaceRow[]): SourcingTerms {
  const known = new Map(settings.places.map((setting) => [setting.placeId, setting]))
  return {
    version,
    rules,
    carriage: settings.carriage,
    grossMarginBasisPoints: settings.grossMarginBasisPoints,
    places: places.map((place) => {
      const { placeId: id, ...setting } = known.get(place.id) ?? usualSetting(place.id, place.siteKind)
      const { latitude, longitude } = place
      return {
        id,
        siteId: place.siteId,
        coordinates: latitude === null || longitude === null ? null : { latitude, longitude },
        timeZone: place.timeZone,
        shipsParcels: place.shipsParcels,
        priority: place.priority,
        ...setting,
      }
    }),
  }
}

async function loadsOf(
  db: Queryable,
  places: readonly SourcedPlaceRow[],
  now: Date,
  countOpened: CountOpened | undefined,
): Promise<Map<string, PlaceLoad>> {
  const ends = new Map(places.map(({ timeZone }) => [timeZone, endOfDay(timeZone, now.getTime())]))
  const dayMs = 86_400_000
  // Days of all places begin within hours of each other; the latest start is taken, so that no place seems fuller than it is.
  const since = new Date(Math.max(...[...ends.values()].map((end) => end.getTime() - dayMs), 0))
  const opened = await countOpened?.(db, since)
  return new Map(
    places.map(({ id, timeZone, closedUntil }) => {
      const untilMs = (ends.get(timeZone) ?? now).getTime()
      return [id, { used: opened?.get(id) ?? 0, closed: closedUntil !== null, untilMs }]
    }),
  )
}
