import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { rootsAfter, rootsOf, writeTraits, writeWhereabouts, type WhereaboutsRow } from '../../customers/public.ts'
import { greatCircleKm, placesOfCodes, type PostalPlace } from '../../inventory/public.ts'
import { homesOf, shopsWithPlace, traitsJson, type HomeRow, type ShopRow } from '../queries/traits.ts'

/** How many customers are computed at once: the shop's own statements pass between two pages. */
const pageSize = 1_000

/** Computes of all customers what interests them, their sizes, where they buy and how far that is: set by set, a page at a time. */
export async function learnTraits(ctx: Ctx): Promise<void> {
  for (let after: string | null = null; ;) {
    const roots: string[] = await rootsAfter(ctx.db, after, pageSize)
    if (roots.length === 0) break
    await learnPage(ctx, roots)
    after = roots.at(-1) ?? null
  }
}

/** Computes some customers again: they said something of themselves, were merged or told apart. */
export async function learnTraitsOf(ctx: Ctx, partyIds: readonly string[]): Promise<void> {
  const roots = await rootsOf(ctx.db, partyIds)
  await learnPage(ctx, [...new Set([...partyIds, ...roots.map(({ root_id }) => root_id)])])
}

/** Of who counts as somebody else nothing is left; segments look again at whoever changed. */
async function learnPage(ctx: Ctx, partyIds: readonly string[]): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const roots = [...new Set((await rootsOf(tx, partyIds)).map(({ root_id }) => root_id))]
    const json = await traitsJson(tx, roots, ctx.clock.now())
    const changed = new Set(await writeTraits(tx, partyIds, json))
    const homes = await homesOf(tx, roots)
    const codes = homes.flatMap(({ postal_code: code, country }) => (code && country ? [{ code, country }] : []))
    const [places, shops] = await Promise.all([placesOfCodes(tx, codes), shopsWithPlace(tx)])
    const rows = homes.map((home) => whereaboutsOf(home, places, shops))
    for (const id of await writeWhereabouts(tx, partyIds, rows)) changed.add(id)
    if (changed.size === 0) return
    const payload = { partyIds: [...changed] }
    await publish(tx, ctx, [
      { type: 'customers.values_changed', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
    ])
  })
}

function whereaboutsOf(
  { party_id, country, postal_code, locality, usual_site_id }: HomeRow,
  places: ReadonlyMap<string, PostalPlace>,
  shops: readonly ShopRow[],
): WhereaboutsRow {
  const home = postal_code === null ? undefined : places.get(`${country} ${postal_code}`)
  const distances = home ? shops.map((shop) => ({ id: shop.id, km: rounded(greatCircleKm(home, shop)) })) : []
  const nearest = distances.toSorted((a, b) => a.km - b.km || (a.id < b.id ? -1 : 1))[0]
  return {
    party_id,
    country,
    postal_code,
    locality,
    usual_site_id,
    usual_km: distances.find(({ id }) => id === usual_site_id)?.km ?? null,
    nearest_site_id: nearest?.id ?? null,
    nearest_km: nearest?.km ?? null,
    known_by: home?.knownBy ?? null,
  }
}

/** To a hundred metres: nobody's place is known better than by its postal code. */
const rounded = (km: number): number => Math.round(km * 10) / 10
