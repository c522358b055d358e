import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { selectOrderLines } from '../queries/supplier-orders.ts'
import { moveOrder, requireOrder } from './require-order.ts'

/**
 * Orders a draft: from now on its units are expected.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site
 */
export async function sendSupplierOrder(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  await moveOrder(ctx, tx, await requireOrder(ctx, tx, id, ['draft']), 'ordered')
}

/**
 * Cancels a draft, or an order of which nothing has come: what has begun to come is closed by its last receipt.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site
 */
export async function cancelSupplierOrder(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  const order = await requireOrder(ctx, tx, id, ['draft', 'ordered'])
  const lines = await selectOrderLines(tx, id)
  if (lines.some((line) => line.received_units > 0)) throw refuse('inventory.document_state', { state: order.state })
  await moveOrder(ctx, tx, order, 'cancelled')
}
