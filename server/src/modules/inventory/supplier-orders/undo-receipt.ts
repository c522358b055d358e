import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { addReceived, markUndone, orderOfReceipt, selectReceipts } from '../queries/supplier-orders.ts'
import { recordMovements } from '../record-movements.ts'
import { requireAvailable } from '../require-available.ts'
import { moveOrder, requireOrder } from './require-order.ts'

/**
 * Takes a receipt back: counter-movements take its units out again, and they are expected once more. Units promised to
 * customers meanwhile are not taken away.
 * @returns the order it belongs to
 * @throws inventory.document_not_found, inventory.document_state, inventory.not_enough, access.wrong_site
 */
export async function undoReceipt(ctx: Ctx, tx: Tx, receiptId: string): Promise<string> {
  const orderId = await orderOfReceipt(tx, receiptId)
  if (!orderId) throw refuse('inventory.document_not_found')
  const order = await requireOrder(ctx, tx, orderId, ['ordered', 'received'])
  if (!(await markUndone(tx, receiptId, ctx.clock.now(), actorLabel(ctx.actor))))
    throw refuse('inventory.document_state', { state: 'undone' })
  const receipt = (await selectReceipts(tx, orderId)).find(({ id }) => id === receiptId)
  const came = (receipt?.lines ?? []).filter(({ units }) => units > 0)
  await requireAvailable(
    tx,
    came.map(({ variantId, units }) => ({ poolId: poolIdOf(variantId, order.place_id), quantity: units })),
  )
  await addReceived(
    tx,
    orderId,
    came.map(({ variantId, units }) => ({ variantId, units: -units })),
  )
  await recordMovements(
    ctx,
    tx,
    came.map(({ variantId, units }) => ({
      kind: 'receipt',
      variantId,
      placeId: order.place_id,
      quantity: -BigInt(units),
      reasonCode: 'entry_error',
      reference: receipt?.number ?? null,
    })),
  )
  await moveOrder(ctx, tx, order, 'ordered')
  return orderId
}
