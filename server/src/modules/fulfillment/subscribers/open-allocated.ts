import type { Subscriber } from '../../../kernel/relay.ts'
import { lockOrder, selectOrderLines } from '../../orders/public.ts'
import { giveLineTo } from '../move-line.ts'
import { isPrepared } from '../queries/fulfillments.ts'

const dayMs = 86_400_000

/** The goods of a line sold before they were there have come: it is to prepare now, within a day of the one that was told. */
export const openAllocated: Subscriber = {
  name: 'fulfillment.open-allocated',
  types: ['orders.line_allocated'],
  async handle(ctx, tx, events) {
    for (const { aggregateId, payload } of events) {
      const order = await lockOrder(tx, aggregateId)
      if (order?.document_state !== 'confirmed') continue
      const line = (await selectOrderLines(tx, [aggregateId])).find(({ id }) => id === payload['lineId'])
      if (!line || line.exception !== null || (await isPrepared(tx, aggregateId, line.id))) continue
      const told = line.ships_on ? Date.parse(line.ships_on) : 0
      // Who chose a window or a slot is served in it.
      const chosen = order.promised_at?.getTime() ?? 0
      const due = Math.max(chosen, Math.max(told, ctx.clock.now().getTime()) + dayMs)
      await giveLineTo(ctx, tx, order, line, line.place_id, new Date(due))
    }
  },
}
