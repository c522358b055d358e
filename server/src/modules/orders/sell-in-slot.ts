import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { Replay, replayIfAnswered } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { companyDay } from '../inventory/public.ts'
import { sourceNowOrAhead } from './advance/draft-ahead.ts'
import { requireThereBefore } from './advance/source-ahead.ts'
import type { KeptHour } from './queries/kept-hours.ts'
import type { WindowSale } from './sell-in-window.ts'

/** A slot of a drive somebody chose, as whoever keeps slots knows it. */
export type ChosenSlot = {
  readonly id: string
  readonly startsAt: Date
  readonly endsAt: Date
  /** The last moment at which it can be ordered. */
  readonly lastAt: Date
}

/** Who keeps the slots of drives; given by the wiring. */
export type SlotDesk = {
  /**
   * @param asked.mine a place in it is held for whoever asks: it is not full for them, nor closed before its last moment
   * @throws fulfillment.slot_not_found, fulfillment.slot_over, orders.promise_full
   */
  find(ctx: Ctx, asked: { slotId: string; siteId: string; mine?: boolean }): Promise<ChosenSlot>
}

type Pickup = Extract<PlaceOrderBody['delivery'], { method: 'pickup' }>

/**
 * Sells with a slot of a drive: the place in it is taken with the stock, by the same statement, so that neither is promised without the
 * other; one that is kept already is taken over.
 * @throws what `SlotDesk` and `sell` throw
 */
export async function sellInSlot<T>(
  desk: SlotDesk,
  ctx: Ctx,
  delivery: Pickup & { slotId: string },
  sell: (sale: WindowSale) => Promise<T>,
  kept?: KeptHour,
): Promise<T> {
  try {
    const slot = await desk.find(ctx, { slotId: delivery.slotId, siteId: delivery.siteId, mine: kept !== undefined })
    return await sell({
      terms: (kept) => kept,
      source(model, channel, lines) {
        const asked = lines.map((line) => ({ ...line, unitPriceMinor: 0n, vatBasisPoints: 0 }))
        const sourced = sourceNowOrAhead(model, channel, delivery, asked, ctx.clock.now())
        requireThereBefore(sourced.ahead, companyDay(slot.startsAt))
        return sourced
      },
      reserve: () => Promise.resolve(),
      promised: (draft) => ({
        ...draft,
        order: { ...draft.order, promised_at: slot.startsAt, latest_at: slot.endsAt },
        promises: [
          ...draft.promises,
          {
            order_id: draft.order.id,
            promise_id: kept?.promiseIds[0] ?? ctx.ids.next(),
            pool_id: slot.id,
            kind: 'bay' as const,
            quantity: 1,
          },
        ],
      }),
    })
  } catch (error) {
    // A request repeated when its own order has filled the slot is answered as it was the first time.
    if (!(error instanceof Replay)) await replayIfAnswered(ctx)
    throw error
  }
}
