import { variantLabel } from '@ecluse/contracts/variant-label.ts'
import type { Availability, PromiseStep } from '@ecluse/contracts/availability.ts'
import { sitesOf, type Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import {
  addUpPlaces,
  companyDay,
  earliestFor,
  readTerms,
  unitsBy,
  unitsKept,
  variantFacts,
} from '../../inventory/public.ts'
import type { OfferModel, SellingChannel } from '../../offers/public.ts'
import { selectPromisedAhead } from '../queries/ahead.ts'
import { unitsUnrouted } from '../queries/promised.ts'

type Ask = { variantId: string; channel?: string | undefined; by?: string | undefined; units?: number | undefined }

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/**
 * What can be promised of an article: every term at every place, and day by day as what was ordered comes in. Staff of some
 * shops see these shops; what was sold without a place belongs to none of them.
 * @throws inventory.variant_not_found, channels.not_found
 */
export async function viewAvailability(ctx: Ctx, model: OfferModel, ask: Ask): Promise<Availability> {
  const { variantId } = ask
  const facts = await variantFacts(ctx.db, variantId)
  if (!facts) throw refuse('inventory.variant_not_found')
  const channel = ask.channel === undefined ? null : model.channel(ask.channel)
  if (channel === undefined) throw refuse('channels.not_found', { code: ask.channel ?? '' })
  const now = ctx.clock.now()
  const today = companyDay(now)
  const rule = channel && model.bufferOf(channel, variantId)
  const ahead = await selectPromisedAhead(ctx.db, variantId)
  const stock = await readTerms(ctx.db, variantId, today, ahead, (onHand) => (rule ? unitsKept(rule, onHand) : 0))
  const siteIds = sitesOf(ctx.actor)
  const places = stock.places.filter(({ siteId }) => siteIds === null || siteIds.includes(siteId))
  const placeIds = new Set(places.map(({ placeId }) => placeId))
  const unrouted = siteIds === null ? await unitsUnrouted(ctx.db, variantId) : 0
  const steps = addUpPlaces(
    places.map((place) => place.steps),
    unrouted,
    Date.parse(today),
  )
  const sum = (term: keyof (typeof places)[number]['terms']): number =>
    places.reduce((total, { terms }) => total + terms[term], 0)
  const earliest = ask.units === undefined ? null : earliestFor({ steps }, ask.units)
  return {
    variantId,
    productId: facts.product_id,
    sku: facts.sku,
    productName: (ctx.locale === 'en' && facts.name_en) || facts.name_fr,
    variantLabel: variantLabel(facts.product_options, facts.options, ctx.locale),
    imageUrl: facts.image_url,
    asOf: now.toISOString(),
    today,
    channelCode: ask.channel ?? null,
    places: places.map((place) => ({ ...place, steps: place.steps.map(shown) })),
    together: {
      terms: {
        onHand: sum('onHand'),
        committed: sum('committed'),
        held: sum('held'),
        safety: sum('safety'),
        channelBuffer: sum('channelBuffer'),
        ahead: sum('ahead'),
        unrouted,
      },
      available: Math.max(0, places.reduce((total, { available }) => total + available, 0) - unrouted),
      steps: steps.map(shown),
    },
    arrivals: stock.arrivals.filter(({ placeId }) => placeIds.has(placeId)),
    buffers: buffersOf(model, variantId),
    unitsBy: ask.by === undefined ? null : unitsBy({ steps }, Date.parse(ask.by)),
    earliestOn: earliest === null ? null : dateOf(earliest),
  }
}

function shown({ fromMs, balance, available }: { fromMs: number; balance: number; available: number }): PromiseStep {
  return { from: dateOf(fromMs), balance, available }
}

function buffersOf(model: OfferModel, variantId: string): Availability['buffers'] {
  return [...model.terms().channels.values()].flatMap((channel: SellingChannel) => {
    const rule = model.bufferOf(channel, variantId)
    return rule ? [{ channelCode: channel.code, ...rule }] : []
  })
}
