import type { SupplierOrderState } from '@ecluse/contracts/supplier-orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { requirePlace } from '../actors-places.ts'
import { syncAdvanceOf } from '../advance-sales.ts'
import { lockSupplierOrder } from '../queries/locks.ts'
import { setState, type SupplierOrderRow } from '../queries/supplier-orders.ts'

/**
 * Locks an order to a supplier of a place the actor works at, in one of some states.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site
 */
export async function requireOrder(
  ctx: Ctx,
  tx: Tx,
  id: string,
  states: readonly SupplierOrderState[],
): Promise<SupplierOrderRow> {
  const order = await lockSupplierOrder(tx, id)
  if (!order) throw refuse('inventory.document_not_found')
  await requirePlace(ctx, tx, order.place_id)
  if (!states.includes(order.state)) throw refuse('inventory.document_state', { state: order.state })
  return order
}

/** Puts a locked order into a state and tells it, so that whoever promises what is to come looks again. */
export async function moveOrder(ctx: Ctx, tx: Tx, order: SupplierOrderRow, state: SupplierOrderState): Promise<void> {
  const now = ctx.clock.now()
  await setState(tx, order.id, state, {
    orderedAt: order.ordered_at ?? (state === 'ordered' ? now : null),
    receivedAt: state === 'received' ? now : null,
  })
  await syncAdvanceOf(tx, order.id, order.place_id)
  await publish(tx, ctx, [
    {
      type: 'inventory.supplier_order_changed',
      version: 1,
      aggregateId: order.id,
      payload: { supplierOrderId: order.id, number: order.number, placeId: order.place_id, state },
    },
  ])
}
