import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { settlePromises } from '../../promises/public.ts'
import { isGone } from '../domain/refund.ts'
import { deleteOrderPromise } from '../queries/order-changes.ts'
import { cancelGroup, selectOrderGroups, type OrderGroupRow } from '../queries/order-groups.ts'
import { promisesOfOrder } from '../queries/order-promises.ts'
import type { OrderLineRow, OrderRow } from '../queries/orders.ts'

/** The place of a part in a window or at a drive is free again. */
export async function freeTime(ctx: Ctx, tx: Tx, order: OrderRow, { promise_id: id }: OrderGroupRow): Promise<void> {
  if (!id) return
  const timed = (await promisesOfOrder(tx, order.id)).filter((promise) => promise.id === id)
  await settlePromises(ctx, tx, 'cancel', timed)
  await deleteOrderPromise(tx, order.id, id)
}

/**
 * Ends the parts of an order that a change leaves nothing in, under the order's lock: nobody waits for them any more.
 * @param gone lines that leave the order now
 * @returns deliveries in windows that are not needed any more
 */
export async function endEmptiedParts(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  gone: readonly string[],
  reason: string,
): Promise<string[]> {
  const partsOf = (some: readonly OrderLineRow[]) => new Set(some.flatMap((line) => line.group_no ?? []))
  const left = partsOf(lines.filter((line) => !isGone(line) && !gone.includes(line.id)))
  const emptied = [...partsOf(lines.filter(({ id }) => gone.includes(id)))].filter((no) => !left.has(no))
  if (emptied.length === 0) return []
  const groups = (await selectOrderGroups(tx, [order.id])).filter(({ no }) => emptied.includes(no))
  for (const group of groups) {
    await freeTime(ctx, tx, order, group)
    await cancelGroup(tx, order.id, group.no, reason, ctx.clock.now())
  }
  return groups.flatMap(({ timed, promise_id: id }) => (timed === 'window' && id ? [id] : []))
}
