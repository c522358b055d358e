import {
  advancePromise,
  companyDay,
  isBeforeRelease,
  mostAhead,
  unitsKept,
  type AdvanceRule,
} from '../inventory/public.ts'
import type { ReadModel, SellingChannel } from './domain/sellable.ts'

/** What one article is sold as before it is there. */
export type SoldAhead = {
  readonly kind: AdvanceRule['kind']
  readonly placeId: string
  /** The day its buyer is told, `YYYY-MM-DD`. */
  readonly shipsOn: string
  /** Units beyond what is there that may be promised for that day. */
  readonly ahead: bigint
}

/** How goods would reach their buyer. */
type Way =
  | { readonly method: 'delivery' | 'pickup' | 'carry_out' | 'download'; readonly siteId?: string | undefined }
  /** Driven from one place of stock. */
  | { readonly method: 'window'; readonly placeId: string }
type Asked = { readonly variantId: string; readonly quantity: number }

/** What is sold ahead is without end where a date is stated; the pool's own limit ends it. */
const unbounded = 1_000_000_000

/** The rule by which an article is sold ahead now; null when it is sold from what is there, or not at all. */
export function ruleFor(
  channel: SellingChannel,
  variantId: string,
  now: Date,
  isThere: () => boolean,
): AdvanceRule | null {
  const rules = channel.advance?.get(variantId)
  if (!rules) return null
  if (isBeforeRelease(rules, companyDay(now))) return rules.preOrder
  return rules.backOrder && !isThere() ? rules.backOrder : null
}

/** The first day for which a line can be promised by a rule; undefined when it cannot, or not in this way. */
export function soldAhead(
  model: ReadModel,
  channel: SellingChannel,
  delivery: Way,
  rule: AdvanceRule,
  { variantId, quantity }: Asked,
  now: Date,
): SoldAhead | undefined {
  if (!reaches(model, rule, delivery)) return undefined
  const free = freeFor(model, channel, variantId, rule.placeId)
  const promise = advancePromise(rule, quantity, free, companyDay(now))
  if (!promise) return undefined
  const { shipsOn, ahead } = promise
  return { kind: rule.kind, placeId: rule.placeId, shipsOn, ahead: BigInt(Math.min(ahead, unbounded)) }
}

/** How many units a channel can sell ahead by a rule. */
export function unitsAhead(
  model: ReadModel,
  channel: SellingChannel,
  rule: AdvanceRule,
  variantId: string,
  now: Date,
): number {
  return mostAhead(rule, freeFor(model, channel, variantId, rule.placeId), companyDay(now))
}

/** The way in which what comes to the place of a rule can reach its buyer. */
export function deliveryOf(model: ReadModel, { placeId }: AdvanceRule): Way {
  const place = model.place(placeId)
  return place && !place.shipsParcels ? { method: 'pickup', siteId: place.siteId } : { method: 'delivery' }
}

/** Units nobody was promised, less what the channel leaves to others; less than nothing when more is promised than is there. */
function freeFor(model: ReadModel, channel: SellingChannel, variantId: string, placeId: string): number {
  const free = model.available(variantId, placeId)
  const rule = channel.buffers && model.bufferOf(channel, variantId)
  return rule ? free - unitsKept(rule, Math.max(0, free)) : free
}

/** What comes to a place leaves it by parcel or by its own vehicles, or is picked up there. */
function reaches(model: ReadModel, { placeId }: AdvanceRule, way: Way): boolean {
  const place = model.place(placeId)
  if (!place || way.method === 'carry_out' || way.method === 'download') return false
  if (way.method === 'window') return placeId === way.placeId
  return way.method === 'delivery' ? place.shipsParcels : place.siteId === way.siteId
}
