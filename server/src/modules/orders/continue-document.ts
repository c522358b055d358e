import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { assert } from '../../kernel/assert.ts'
import { may, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { hoursFor } from './hours/asked-hours.ts'
import { holdsOf } from './hours/free-hours.ts'
import type { ReadModel, SellingChannel } from '../offers/public.ts'
import type { CartHold, Continued } from './draft-order.ts'
import type { KeptTerms } from './price-purchase.ts'
import type { KeptHour } from './queries/kept-hours.ts'
import type { CartForOrder, KeptLine } from './queries/carts.ts'

/** The prices a cart keeps: those of its pass while it is valid, or those of its quote. */
export function keptTermsOf(
  cart: { readonly quote: unknown; readonly fee: KeptTerms['fee']; readonly lines: readonly KeptLine[] },
  now: Date,
): KeptTerms | undefined {
  const rule = cart.quote ? ('quote' as const) : ('pass' as const)
  const prices = cart.lines.flatMap(({ variantId, keptMinor, keptUntil, keptChannel }) =>
    keptMinor !== null && keptUntil !== null && keptChannel !== null && keptUntil > now
      ? [[variantId, { unitMinor: keptMinor, channelCode: keptChannel, rule }] as const]
      : [],
  )
  return prices.length === 0 && cart.fee === null ? undefined : { prices: new Map(prices), fee: cart.fee }
}

/**
 * A quote can be bought while it is open; online, after its buyer has accepted the revision by name.
 * @throws orders.quote_not_open, orders.quote_not_accepted, orders.cart_not_found
 */
export function requireOpenQuote(
  ctx: Ctx,
  channel: SellingChannel,
  { quote, request }: CartForOrder,
  company?: { readonly requestId: string | null },
): void {
  // What waits for a company's approval is placed by its approval alone.
  if (request && !company?.requestId) throw refuse('orders.cart_not_found')
  if (!quote) return
  if (quote.validUntil <= ctx.clock.now() || (quote.state !== 'sent' && quote.state !== 'accepted'))
    throw refuse('orders.quote_not_open')
  const alone = (channel.medium === 'web' || channel.medium === 'mobile') && !may(ctx.actor, 'orders:write')
  if (alone && quote.state !== 'accepted') throw refuse('orders.quote_not_accepted', { revision: quote.revision })
}

/** Splits the holds of a cart by whether the place they are in can serve this delivery. */
function holdsFor(
  model: ReadModel,
  { lines }: Pick<CartForOrder, 'lines'>,
  delivery: PlaceOrderBody['delivery'],
  window: KeptHour | undefined,
): { used: CartHold[]; released: CartHold[] } {
  const used: CartHold[] = []
  const released: CartHold[] = []
  for (const hold of lines.flatMap(holdOf)) {
    // What is brought in a window leaves from its depot.
    const there = serves(model, hold.placeId, delivery) && (!window || leavesFrom(model, hold.placeId, window))
    ;(there ? used : released).push(hold)
  }
  return { used, released }
}

function leavesFrom(model: ReadModel, placeId: string, { placeId: depotId }: KeptHour): boolean {
  return placeId === depotId || model.place(placeId)?.downloads === true
}

/** Whether goods lying in a place can reach their buyer in this way. */
function serves(model: ReadModel, placeId: string, delivery: PlaceOrderBody['delivery']): boolean {
  const place = model.place(placeId)
  if (!place) return false
  if (delivery.method === 'download') return place.downloads === true
  return delivery.method === 'delivery' ? place.shipsParcels : place.siteId === delivery.siteId
}

function holdOf(line: KeptLine): CartHold[] {
  if (line.holdPromiseId === null) return []
  assert(line.holdPoolId !== null && line.holdPlaceId !== null, 'a hold is whole')
  return [
    {
      variantId: line.variantId,
      promiseId: line.holdPromiseId,
      poolId: line.holdPoolId,
      placeId: line.holdPlaceId,
      quantity: BigInt(line.quantity),
    },
  ]
}

/** What the order takes over from its cart; null when that is nothing but lines. */
export function continuedOf(
  model: ReadModel,
  cart: CartForOrder,
  body: Pick<PlaceOrderBody, 'delivery' | 'appointment'>,
): Continued | null {
  const { used, released } = hoursFor(cart.hours, body)
  const hours = { used: used.flatMap(holdsOf), released: released.flatMap(holdsOf) }
  const holds = holdsFor(
    model,
    cart,
    body.delivery,
    used.find(({ kind }) => kind === 'window'),
  )
  const passed = cart.originChannelCode !== null
  const nothing = holds.used.length + holds.released.length + cart.hours.length === 0
  if (!passed && !cart.quote && nothing) return null
  return {
    cartId: cart.id,
    originChannelCode: cart.originChannelCode,
    quote: cart.quote && { number: cart.quote.number, revision: cart.quote.revision },
    ...holds,
    hours,
  }
}
