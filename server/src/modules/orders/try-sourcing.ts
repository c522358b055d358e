import type { z } from 'zod'
import type { Sourcing, sourcingEndpoints } from '@ecluse/contracts/sourcing.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import {
  deliveryOrder,
  explainSourcing,
  listPlaces,
  pickupOrder,
  readAvailability,
  termsToTry,
  variantNames,
  viewSourcing,
} from '../inventory/public.ts'
import type { ReadModel } from '../offers/public.ts'
import { linesFor } from './source-purchase.ts'

type Input = z.output<typeof sourcingEndpoints.trySourcing.body>

/**
 * What rules would decide now, with the stock there is: nothing is taken and nothing is kept.
 * @throws inventory.variant_not_found, channels.site_not_found
 */
export async function trySourcing(ctx: Ctx, model: ReadModel, input: Input): Promise<Sourcing> {
  const { destination } = input
  const now = ctx.clock.now()
  const names = await variantNames(
    ctx.db,
    input.lines.map((line) => line.variantId),
    ctx.locale,
  )
  const wanted = joined(input.lines)
  if (wanted.some(({ variantId }) => !names.has(variantId))) throw refuse('inventory.variant_not_found')
  const terms = await termsToTry(ctx.db, now, input, destination.method)
  const lines = linesFor(
    { terms },
    wanted.map((line) => {
      const sellable = input.channel ? model.sellable(input.channel, line.variantId, now) : undefined
      const { unitPriceMinor = 0n, vatBasisPoints = 0 } = sellable ?? {}
      return { ...line, unitPriceMinor, vatBasisPoints }
    }),
  )
  const site = destination.method === 'pickup' ? model.site(destination.siteId) : undefined
  if (destination.method === 'pickup' && !site) throw refuse('channels.site_not_found')
  const order =
    destination.method === 'delivery'
      ? deliveryOrder(lines, { ...destination, sellerSiteId: null })
      : pickupOrder(lines, { siteId: destination.siteId, latitude: site?.latitude, longitude: site?.longitude })
  const stock = await readAvailability(
    ctx.db,
    wanted.map((line) => line.variantId),
  )
  const units = new Map(stock.map((row) => [`${row.variantId} ${row.placeId}`, row.available]))
  const recorded = {
    l: model.sourcing().by(terms).limits(now.getTime()),
    a: wanted.map(({ variantId }) => terms.places.map(({ id }) => units.get(`${variantId} ${id}`) ?? 0)),
  }
  const named = wanted.map(({ variantId, quantity }) => {
    const { sku = '', name = '' } = names.get(variantId) ?? {}
    return { id: variantId, variantId, sku, name, quantity }
  })
  const placeNames = new Map((await listPlaces(ctx.db)).map((place) => [place.id, place.name]))
  const sourcing = explainSourcing(terms, recorded, order, now.getTime())
  return viewSourcing(sourcing, terms, recorded, named, placeNames)
}

/** Lines of the same article are joined, as they are when they are bought. */
function joined(lines: Input['lines']): Input['lines'] {
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }))
}
