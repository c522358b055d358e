import { createHash } from 'node:crypto'
import type { Tx } from '../../../kernel/db.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { listPlaces } from '../../inventory/public.ts'
import { lockOrder, selectOrderGroups } from '../../orders/public.ts'
import { endVisit } from '../drive/visits.ts'
import { dropLines } from '../drop-lines.ts'
import { cancelFulfillments, insertFulfillments, type NewFulfillment } from '../queries/fulfillments.ts'
import { deletePacked } from '../queries/parcels.ts'

type PlacedPayload = {
  deliveryMethod: 'delivery' | 'pickup' | 'carry_out' | 'download'
  promisedAt: string | null
  lines: { lineId: string; placeId: string; quantity: number; groupNo?: number; downloadFrom?: string }[]
}

/** An order was placed: each place that serves a part of it has something to prepare. */
export const openFulfillments: Subscriber = {
  name: 'fulfillment.open',
  types: ['orders.order_placed'],
  async handle(ctx, tx, placed) {
    const events = placed.map(withoutAhead)
    const sites = new Map((await listPlaces(tx)).map((place) => [place.id, place.siteId]))
    const groups = await groupsOf(tx, events)
    const rows = events.flatMap((event): NewFulfillment[] => {
      const { deliveryMethod, promisedAt, lines } = event.payload as PlacedPayload
      if (deliveryMethod === 'carry_out' || deliveryMethod === 'download') return []
      const parts = new Map<string, PlacedPayload['lines']>()
      // Files are given by the order itself.
      for (const line of lines.filter(({ downloadFrom }) => downloadFrom === undefined)) {
        const part = `${line.placeId} ${line.groupNo ?? ''}`.trim()
        parts.set(part, [...(parts.get(part) ?? []), line])
      }
      return [...parts].map(([part, inside]) => {
        const { placeId = '', groupNo } = inside[0] ?? {}
        const group = groups.get(`${event.aggregateId} ${groupNo}`)
        return {
          orderId: event.aggregateId,
          id: fulfillmentIdOf(event.aggregateId, part),
          placeId,
          siteId: sites.get(placeId) ?? '',
          method: group?.method === 'pickup' || group?.method === 'delivery' ? group.method : deliveryMethod,
          groupNo: groupNo ?? null,
          dueAt: group ? group.promised_at : promisedAt === null ? null : new Date(promisedAt),
          lines: inside,
        }
      })
    })
    if (rows.length > 0) await insertFulfillments(tx, rows, ctx.clock.now())
  },
}

/** The parts of the mixed orders among these; nothing is asked when there are none. */
async function groupsOf(tx: Tx, events: readonly StoredEvent[]) {
  const mixed = events
    .filter(({ payload }) => (payload as PlacedPayload).lines.some(({ groupNo }) => groupNo !== undefined))
    .map(({ aggregateId }) => aggregateId)
  const rows = mixed.length > 0 ? await selectOrderGroups(tx, mixed) : []
  return new Map(rows.map((row) => [`${row.order_id} ${row.no}`, row]))
}

/** What was sold before it is there is not to prepare yet. */
function withoutAhead<T extends { readonly payload: Readonly<Record<string, unknown>> }>(event: T): T {
  const lines = event.payload['lines'] as readonly { shipsOn?: string }[]
  if (!lines.some(({ shipsOn }) => shipsOn !== undefined)) return event
  return { ...event, payload: { ...event.payload, lines: lines.filter(({ shipsOn }) => shipsOn === undefined) } }
}

/** An order was cancelled: nothing is to prepare any more. */
export const cancelOpenFulfillments: Subscriber = {
  name: 'fulfillment.cancel',
  types: ['orders.order_cancelled'],
  async handle(ctx, tx, events) {
    const orderIds = events.map((event) => event.aggregateId)
    await deletePacked(tx, orderIds)
    for (const orderId of orderIds) await endVisit(ctx, tx, orderId)
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

/** Derived from the order, the place and the part of the order, so that an event delivered twice opens one preparation; keeps the order's time order. */
function fulfillmentIdOf(orderId: string, part: string): string {
  const digest = createHash('sha256').update(`${orderId} ${part}`).digest('hex')
  return `${orderId.slice(0, 15)}${digest.slice(0, 3)}-8${digest.slice(3, 6)}-${digest.slice(6, 18)}`
}
