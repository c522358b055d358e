import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { assert } from '../../kernel/assert.ts'
import { listPlaces, supplierPlaces } from '../inventory/public.ts'
import { groupOfLine, markPrepared, type OrderLineRow, type OrderRow } from '../orders/public.ts'
import { addLine, insertFulfillments, openAt } from './queries/fulfillments.ts'

/** Where a line goes on to. */
export type NewPlace = { readonly placeId: string; readonly placeName: string }

/**
 * Gives what is left of a line to the place that serves it now: to its open preparation of the order, which is to be made again, or to a new
 * one. The caller holds the order's lock.
 */
export async function giveLineTo(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  line: OrderLineRow,
  placeId: string,
  dueAt: Date | null,
): Promise<NewPlace> {
  assert(order.delivery_method !== 'carry_out', 'what is carried out is never prepared')
  assert(order.delivery_method !== 'download' && line.download_from == null, 'a file is never prepared')
  const place = (await listPlaces(tx)).find(({ id }) => id === placeId)
  assert(place, 'a line is taken from a place that exists')
  const quantity = line.quantity - line.fulfilled_quantity
  const group = await groupOfLine(tx, line)
  // What a supplier was asked for stays as it was: what comes to it is asked for apart.
  const supplied = (await supplierPlaces(tx)).includes(placeId)
  const known = supplied ? undefined : await openAt(tx, order.id, placeId, group?.no ?? null)
  if (known) await addLine(tx, order.id, known.id, { lineId: line.id, quantity })
  else {
    await insertFulfillments(
      tx,
      [
        {
          orderId: order.id,
          id: ctx.ids.next(),
          placeId,
          siteId: place.siteId,
          method: group?.method === 'download' ? order.delivery_method : (group?.method ?? order.delivery_method),
          groupNo: group?.no ?? null,
          dueAt,
          lines: [{ lineId: line.id, quantity }],
        },
      ],
      ctx.clock.now(),
    )
  }
  await markPrepared(tx, order.id, null)
  return { placeId, placeName: place.name }
}
