import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { issueLicences } from '../../inventory/public.ts'
import { insertGrants } from '../queries/downloads.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockOrder } from '../queries/locks.ts'
import { addFulfilled, selectOrderLines, type OrderLineRow } from '../queries/orders.ts'
import { linkDays, mostDownloads } from './links.ts'

const dayMs = 86_400_000

/** Gives the files of an order whose time has come: their licences are used, and each line gets links. Twice gives once. */
export async function giveDownloads(ctx: Ctx, tx: Tx, orderId: string): Promise<void> {
  const order = await lockOrder(tx, orderId)
  if (order?.document_state !== 'confirmed') return
  const now = ctx.clock.now()
  const due = (await selectOrderLines(tx, [orderId])).filter((line) => isDue(line, now))
  if (due.length === 0) return
  await issueLicences(
    ctx,
    tx,
    due.map((line) => ({
      poolId: line.pool_id,
      promiseId: line.promise_id,
      variantId: line.variant_id,
      placeId: line.place_id,
      quantity: line.quantity,
      orderId,
      orderNumber: order.number,
      lineId: line.id,
    })),
  )
  const lines = due.map(({ id, variant_id, quantity }) => ({ lineId: id, variantId: variant_id, quantity }))
  await addFulfilled(tx, orderId, lines)
  await insertGrants(
    tx,
    due.map((line) => ({
      order_id: orderId,
      line_id: line.id,
      secret: ctx.ids.secret(),
      granted_at: now,
      counted_from: now,
      expires_at: new Date(now.getTime() + linkDays * dayMs),
      most: mostDownloads * line.quantity,
      revoked_at: null,
      revoke_reason: null,
    })),
  )
  await publish(tx, ctx, [
    {
      type: 'orders.downloads_given',
      version: 1,
      aggregateId: orderId,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: { orderId, number: order.number, lines },
    },
  ])
}

function isDue({ download_from, fulfilled_quantity, exception }: OrderLineRow, now: Date): boolean {
  return !!download_from && download_from <= now && fulfilled_quantity === 0 && exception === null
}
