import { createHash } from 'node:crypto'
import type { Subscriber } from '../../../kernel/relay.ts'
import { listPlaces } from '../../inventory/public.ts'
import { lockOrder } from '../../orders/public.ts'
import { dropLines } from '../drop-lines.ts'
import { cancelFulfillments, insertFulfillments, type NewFulfillment } from '../queries/fulfillments.ts'
import { deletePacked } from '../queries/parcels.ts'

type PlacedPayload = {
  deliveryMethod: 'delivery' | 'pickup' | 'carry_out'
  promisedAt: string | null
  lines: { lineId: string; placeId: string; quantity: number }[]
}

/** An order was placed: each place that serves a part of it has something to prepare. */
export const openFulfillments: Subscriber = {
  name: 'fulfillment.open',
  types: ['orders.order_placed'],
  async handle(ctx, tx, events) {
    const sites = new Map((await listPlaces(tx)).map((place) => [place.id, place.siteId]))
    const rows = events.flatMap((event): NewFulfillment[] => {
      const payload = event.payload as PlacedPayload
      const { deliveryMethod } = payload
      if (deliveryMethod === 'carry_out') return []
      const placeIds = [...new Set(payload.lines.map((line) => line.placeId))]
      return placeIds.map((placeId) => ({
        orderId: event.aggregateId,
        id: fulfillmentIdOf(event.aggregateId, placeId),
        placeId,
        siteId: sites.get(placeId) ?? '',
        method: deliveryMethod,
        dueAt: payload.promisedAt === null ? null : new Date(payload.promisedAt),
        lines: payload.lines.filter((line) => line.placeId === placeId),
      }))
    })
    if (rows.length > 0) await insertFulfillments(tx, rows, ctx.clock.now())
  },
}

/** An order was cancelled: nothing is to prepare any more. */
export const cancelOpenFulfillments: Subscriber = {
  name: 'fulfillment.cancel',
  types: ['orders.order_cancelled'],
  async handle(ctx, tx, events) {
    const orderIds = events.map((event) => event.aggregateId)
    await deletePacked(tx, orderIds)
    await cancelFulfillments(tx, orderIds, ctx.clock.now())
  },
}

/** A line was cancelled alone, perhaps before its preparation was opened: it is not to prepare. */
export const dropCancelledLines: Subscriber = {
  name: 'fulfillment.drop-lines',
  types: ['orders.line_cancelled'],
  async handle(ctx, tx, events) {
    for (const { aggregateId, payload } of events) {
      const order = await lockOrder(tx, aggregateId)
      const { lineId } = payload as { lineId: string }
      if (order) await dropLines(ctx, tx, order, [lineId])
    }
  },
}

/** Derived from the order and the place, so that an event delivered twice opens one preparation; keeps the order's time order. */
function fulfillmentIdOf(orderId: string, placeId: string): string {
  const digest = createHash('sha256').update(`${orderId} ${placeId}`).digest('hex')
  return `${orderId.slice(0, 15)}${digest.slice(0, 3)}-8${digest.slice(3, 6)}-${digest.slice(6, 18)}`
}
