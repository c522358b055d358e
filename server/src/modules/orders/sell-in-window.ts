import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { assert } from '../../kernel/assert.ts'
import { Replay, replayIfAnswered } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { sourceLines } from '../inventory/public.ts'
import { deliveryFee } from '../pricing/public.ts'
import { requireThereBefore, sourceWithAhead } from './advance/source-ahead.ts'
import type { ReadModel, SellingChannel } from '../offers/public.ts'
import type { DraftOrder } from './draft-order.ts'
import type { KeptTerms, PricedPurchase } from './price-purchase.ts'
import type { KeptHour } from './queries/kept-hours.ts'
import type { SourcedPurchase } from './source-purchase.ts'
import type { ChosenWindow, WindowDesk } from './window-desk.ts'

/** What an article without a weight is taken to weigh. */
export const usualWeightGrams = 1_000

/** A sale with a delivery window: what is different about it. */
export type WindowSale = {
  /** Terms with the window's own price of delivery, unless one was agreed upon or the channel's holds. */
  terms(kept: KeptTerms | undefined): KeptTerms | undefined
  /** Goods leave from the depot of the window, and are there before its day. @throws orders.out_of_stock, orders.goods_come_later */
  source(
    model: ReadModel,
    channel: SellingChannel,
    lines: readonly { variantId: string; quantity: number }[],
  ): SourcedPurchase
  /** Writes the delivery into its day, before the bank is asked. @throws fulfillment.window_out_of_reach */
  reserve(priced: PricedPurchase): Promise<void>
  /** The order with its place in the window: taken with the stock, in the same statement. */
  promised(draft: DraftOrder): DraftOrder
}

type Delivery = Extract<PlaceOrderBody['delivery'], { method: 'delivery' }>

/**
 * Sells with a delivery window: it is found, reserved while the order is placed, and given back when the order is not; one that is kept
 * already is taken over.
 * @throws what `WindowDesk` and `sell` throw
 */
export async function sellInWindow<T>(
  desk: WindowDesk,
  ctx: Ctx,
  delivery: Delivery & { windowId: string },
  sell: (sale: WindowSale) => Promise<T>,
  kept?: KeptHour,
): Promise<T> {
  let promiseId: string | null = kept?.promiseIds[0] ?? null
  // Its own price of delivery, when that is what is paid.
  let ownFeeMinor: bigint | null = null
  let surchargeMinor = 0n
  try {
    const { address, coordinates, windowId } = delivery
    const chosen = await desk.find(ctx, { windowId, postalCode: address.postalCode, mine: kept !== undefined })
    return await sell({
      terms(kept) {
        const terms = windowTerms(chosen.feeMinor, kept)
        ownFeeMinor = terms === kept ? null : chosen.feeMinor
        return terms
      },
      source: (model, channel, lines) => forDay(model, channel, chosen, lines, ctx.clock.now()),
      async reserve(priced) {
        surchargeMinor = surchargeOf(ownFeeMinor, priced)
        if (promiseId !== null) return desk.readdress(ctx, promiseId, address)
        const weightGrams = priced.lines.reduce(
          (sum, { sellable, quantity }) => sum + (sellable.weightGrams ?? usualWeightGrams) * quantity,
          0,
        )
        promiseId = await desk.reserve(ctx, chosen, { address, coordinates, weightGrams, pieces: priced.itemCount })
      },
      promised(draft) {
        assert(promiseId !== null, 'a window is reserved before its order is written')
        const { id } = draft.order
        const promise = { order_id: id, promise_id: promiseId, pool_id: windowId, kind: 'window' as const, quantity: 1 }
        return {
          ...draft,
          order: {
            ...draft.order,
            promised_at: chosen.startsAt,
            latest_at: chosen.endsAt,
            ...(surchargeMinor > 0n ? { surcharge_minor: surchargeMinor } : {}),
          },
          promises: [...draft.promises, promise],
        }
      },
    })
  } catch (error) {
    if (promiseId !== null && !kept) await giveBack(desk, ctx, promiseId)
    // A request repeated when its own order has filled the window is answered as it was the first time.
    if (!(error instanceof Replay)) await replayIfAnswered(ctx)
    throw error
  }
}

/** Terms with a window's own price of delivery, unless one was agreed upon; null: the channel's holds. */
export function windowTerms(feeMinor: bigint | null, kept: KeptTerms | undefined): KeptTerms | undefined {
  if (feeMinor === null || kept?.fee?.method === 'delivery') return kept
  return { prices: kept?.prices ?? new Map(), fee: { method: 'delivery', feeMinor } }
}

/** What a window costs more than standard delivery of the same goods would; nothing at a price that was agreed upon. Minor units. */
function surchargeOf(feeMinor: bigint | null, { channel, lines }: PricedPurchase): bigint {
  const standard = channel.deliveryTerms.get('delivery')
  if (feeMinor === null || !standard) return 0n
  const worthMinor = lines.reduce((sum, line) => sum + line.lineTotalMinor, 0n)
  const standardMinor = deliveryFee(standard, worthMinor)
  return feeMinor > standardMinor ? feeMinor - standardMinor : 0n
}

/** What cannot be given back now is swept later. */
async function giveBack(desk: WindowDesk, ctx: Ctx, promiseId: string): Promise<void> {
  await desk
    .release(ctx, promiseId)
    .catch((error: unknown) => ctx.log.error({ err: error, promiseId }, 'release of a window failed'))
}

type Wanted = { readonly variantId: string; readonly quantity: number }

/** What lies at the depot of a window, or comes there before its day where the channel sells ahead. */
function forDay(
  model: ReadModel,
  channel: SellingChannel,
  { placeId, date }: ChosenWindow,
  lines: readonly Wanted[],
  now: Date,
): SourcedPurchase {
  const choose = (some: readonly Wanted[]) => fromDepot(model, channel, placeId, some)
  if (!channel.advance) return choose(lines)
  const { placeIds, ahead } = sourceWithAhead(model, channel, { method: 'window', placeId }, lines, now, choose)
  requireThereBefore(ahead, date)
  return { placeIds, recorded: null, ...(ahead.size > 0 ? { ahead } : {}) }
}

function fromDepot(
  model: ReadModel,
  channel: SellingChannel,
  placeId: string,
  lines: readonly Wanted[],
): SourcedPurchase {
  const depot = model.places().filter((place) => place.id === placeId)
  const sourced = sourceLines(lines, depot, (variantId, at) => model.availableTo(channel, variantId, at))
  if ('placeIds' in sourced) return { placeIds: sourced.placeIds, recorded: null }
  const { variantId } = sourced.missing
  const available = Math.max(0, model.availableTo(channel, variantId, placeId))
  throw refuse('orders.out_of_stock', { variantId, available })
}
