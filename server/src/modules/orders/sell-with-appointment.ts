import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../kernel/assert.ts'
import { Replay, replayIfAnswered } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import type { ReadModel } from '../offers/public.ts'
import type { DraftOrder } from './draft-order.ts'
import type { PricedPurchase } from './price-purchase.ts'
import { promiseDates } from './promise-dates.ts'
import type { KeptHour } from './queries/kept-hours.ts'
import type { OrderAppointmentRow } from './queries/appointments.ts'

/** Who can serve an appointment: a person, a place, or both; with the quarters of an hour each is promised in. */
export type AppointmentCandidate = {
  readonly resourceId: string
  readonly alsoResourceId: string | null
  readonly poolIds: readonly string[]
}

/** An appointment somebody chose, as whoever keeps agendas knows it. */
export type ChosenAppointment = {
  readonly name: LocalizedText
  readonly endsAt: Date
  readonly blockedUntil: Date
  /** The last moment at which it can be ordered. */
  readonly lastAt: Date
  /** In the order they are tried; never none. */
  readonly candidates: readonly AppointmentCandidate[]
}

/** Who keeps the agendas of shops; given by the wiring. */
export type AppointmentDesk = {
  /**
   * @param asked.mine quarters that are held for whoever asks, and are free for them
   * @throws service.not_found, service.slot_not_offered, channels.site_not_found, orders.promise_full
   */
  find(
    ctx: Ctx,
    asked: NonNullable<PlaceOrderBody['appointment']> & {
      productIds: readonly string[]
      mine?: ReadonlySet<string> | undefined
    },
  ): Promise<ChosenAppointment>
}

/** A sale with an appointment: what is different about it. */
export type AppointmentSale = {
  /** The order with its time: taken with the stock, in the same statement, all of it or nothing. */
  completed(draft: DraftOrder): DraftOrder
  /** Goes on to somebody else who is free at that time. @returns false when there is nobody */
  another(): boolean
}

/**
 * Finds who serves the appointment that is bought with articles. It is offered with one of them, and not before they are there: what is
 * fetched in a shop is served in that shop.
 * @throws what `AppointmentDesk` throws
 */
export async function sellWithAppointment(
  desk: AppointmentDesk,
  model: ReadModel,
  ctx: Ctx,
  { appointment, delivery }: PlaceOrderBody,
  priced: PricedPurchase,
  kept?: KeptHour,
): Promise<AppointmentSale> {
  assert(appointment, 'an appointment is asked for')
  if (kept) return saleOfKept(ctx, kept)
  try {
    const productIds = priced.lines.map(({ sellable }) => sellable.productId)
    const chosen = await desk.find(ctx, { ...appointment, productIds })
    const { promisedAt } = promiseDates(model, priced.terms, delivery, ctx.clock.now())
    const elsewhere = 'siteId' in delivery && delivery.siteId !== appointment.siteId
    if (elsewhere || (promisedAt && new Date(appointment.startsAt) < promisedAt))
      throw refuse('service.slot_not_offered')
    return saleOf(ctx, appointment, chosen)
  } catch (error) {
    // A request repeated when its own order has taken the time is answered as it was the first time.
    if (!(error instanceof Replay)) await replayIfAnswered(ctx)
    throw error
  }
}

/** The hour was found when it was put aside, and is taken over as it is. */
function saleOfKept({ ids }: Ctx, kept: KeptHour): AppointmentSale {
  return {
    another: () => false,
    completed(draft) {
      const { id: orderId } = draft.order
      assert(
        kept.service && kept.siteId && kept.resourceId && kept.blockedUntil,
        'an appointment that is kept is whole',
      )
      return {
        ...draft,
        appointment: {
          order_id: orderId,
          appointment_id: ids.next(),
          service: kept.service,
          name: kept.name ?? '',
          site_id: kept.siteId,
          resource_id: kept.resourceId,
          also_resource_id: kept.alsoResourceId,
          starts_at: kept.startsAt,
          ends_at: kept.endsAt,
          blocked_until: kept.blockedUntil,
          ended_at: null,
        },
        promises: [
          ...draft.promises,
          ...kept.poolIds.map((poolId, index) => ({
            order_id: orderId,
            promise_id: kept.promiseIds[index] ?? '',
            pool_id: poolId,
            kind: 'appointment' as const,
            quantity: 1,
          })),
        ],
      }
    },
  }
}

function saleOf(
  ctx: Ctx,
  { service, siteId, startsAt }: NonNullable<PlaceOrderBody['appointment']>,
  { name, endsAt, blockedUntil, candidates }: ChosenAppointment,
): AppointmentSale {
  let tried = 0
  return {
    another: () => ++tried < candidates.length,
    completed(draft) {
      const { id: orderId, locale } = draft.order
      const { resourceId, alsoResourceId, poolIds } = candidates[tried] as AppointmentCandidate
      const row: OrderAppointmentRow = {
        order_id: orderId,
        appointment_id: ctx.ids.next(),
        service,
        name: name[locale] || name.fr,
        site_id: siteId,
        resource_id: resourceId,
        also_resource_id: alsoResourceId,
        starts_at: new Date(startsAt),
        ends_at: endsAt,
        blocked_until: blockedUntil,
        ended_at: null,
      }
      const promises = poolIds.map((poolId) => ({
        order_id: orderId,
        promise_id: ctx.ids.next(),
        pool_id: poolId,
        kind: 'appointment' as const,
        quantity: 1,
      }))
      return { ...draft, appointment: row, promises: [...draft.promises, ...promises] }
    },
  }
}
