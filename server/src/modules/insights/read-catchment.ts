import type { Catchment } from '@ecluse/contracts/traits.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { greatCircleKm, placesOfCodes } from '../inventory/public.ts'
import { salesByHome, siteById } from './queries/catchment.ts'

/** As many postal codes are shown; the figures are of all. */
const mostAreas = 200

/**
 * Where the buyers of a shop come from: what each postal code brings, how many bring half of the sales and 80 %, and from how far half of
 * them come. Orders whose buyer lives nobody knows where are counted, and stay out of the shares.
 * @throws channels.site_not_found when it is no shop
 */
export async function readCatchment(ctx: Ctx, siteId: string, months: number): Promise<Catchment> {
  const since = ctx.clock.now()
  since.setUTCMonth(since.getUTCMonth() - months)
  const [site] = await siteById(ctx.db, siteId)
  if (!site) throw refuse('channels.site_not_found')
  const rows = await salesByHome(ctx.db, siteId, since)
  const located = rows.flatMap(({ postal_code: code, country, ...row }) =>
    code !== null && country !== null ? [{ ...row, code, country }] : [],
  )
  const places = await placesOfCodes(ctx.db, located)
  const shop =
    site.latitude !== null && site.longitude !== null
      ? { latitude: site.latitude, longitude: site.longitude }
      : undefined
  const total = located.reduce((sum, { sales_minor }) => sum + Number(sales_minor), 0)
  let before = 0
  const areas = located.map((row) => {
    const sales = Number(row.sales_minor)
    before += sales
    const place = places.get(`${row.country} ${row.code}`)
    return {
      postalCode: row.code,
      locality: row.locality ?? '',
      orders: row.orders,
      customers: row.customers,
      salesMinor: sales,
      share: total > 0 ? sales / total : 0,
      upTo: total > 0 ? before / total : 0,
      km: place && shop ? Math.round(greatCircleKm(place, shop) * 10) / 10 : null,
      knownBy: place && shop ? place.knownBy : null,
    }
  })
  return {
    siteId,
    since: since.toISOString(),
    orders: rows.reduce((sum, { orders }) => sum + orders, 0),
    located: areas.reduce((sum, { orders }) => sum + orders, 0),
    codesFor: { half: codesFor(areas, 0.5), most: codesFor(areas, 0.8) },
    medianKm: medianKm(areas),
    areas: areas.slice(0, mostAreas),
  }
}

type Area = { readonly upTo: number; readonly km: number | null; readonly salesMinor: number }

/** How many of the areas, the best first, bring a share. */
function codesFor(areas: readonly Area[], share: number): number {
  const index = areas.findIndex(({ upTo }) => upTo >= share - 1e-9)
  return index < 0 ? 0 : index + 1
}

/** Half of the sales that can be placed come from nearer. */
function medianKm(areas: readonly Area[]): number | null {
  const placed = areas
    .flatMap(({ km, salesMinor }) => (km === null ? [] : [{ km, salesMinor }]))
    .toSorted((a, b) => a.km - b.km)
  const half = placed.reduce((sum, { salesMinor }) => sum + salesMinor, 0) / 2
  let sum = 0
  return placed.find(({ salesMinor }) => (sum += salesMinor) >= half)?.km ?? null
}
