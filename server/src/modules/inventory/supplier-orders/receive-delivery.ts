import type { z } from 'zod'
import type { supplierOrderEndpoints } from '@ecluse/contracts/supplier-orders.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { documentNumberOf } from '../domain/document-number.ts'
import { requireOnDocument } from '../queries/articles.ts'
import { addReceived, insertReceipt, selectOrder, selectOrderLines, type LineRow } from '../queries/supplier-orders.ts'
import { recordMovements } from '../record-movements.ts'
import { moveOrder, requireOrder } from './require-order.ts'

type Delivery = z.output<typeof supplierOrderEndpoints.receiveSupplierOrder.body>
type DeliveryLine = Delivery['lines'][number]

/**
 * Receives a delivery: a movement for each article that came. The order is locked, and each line says what had been received
 * when it was counted, so that a delivery counted by two people is received once. The order is over when all has come, or
 * when nothing more will.
 * @throws inventory.document_not_found, inventory.document_state, inventory.document_changed, inventory.not_on_document,
 *   inventory.reason_needed, access.wrong_site, and what `moveLots` throws
 */
export async function receiveDelivery(ctx: Ctx, tx: Tx, id: string, delivery: Delivery): Promise<void> {
  const order = await requireOrder(ctx, tx, id, ['ordered'])
  if ((await selectOrder(tx, id))?.direct_order_id) throw refuse('inventory.order_direct')
  const known = new Map((await selectOrderLines(tx, id)).map((line) => [line.variant_id, line]))
  await requireOnDocument(tx, delivery.lines, new Set(known.keys()))
  if (delivery.lines.some((line) => known.get(line.variantId)?.received_units !== line.receivedBefore))
    throw refuse('inventory.document_changed', { number: order.number })
  const missing = delivery.closes ? missingLines(delivery.lines, known) : []
  const lines = [...delivery.lines, ...missing]
  for (const line of lines) requireReason(line, known.get(line.variantId), delivery.closes)
  const noted = lines.filter((line) => line.units > 0 || line.reasonCode !== null)
  const came = noted.filter((line) => line.units > 0)
  if (noted.length > 0) {
    const receiptId = ctx.ids.next()
    const number = documentNumberOf('receipt', receiptId)
    const now = ctx.clock.now()
    const { note } = delivery
    const by = actorLabel(ctx.actor)
    await insertReceipt(tx, {
      id: receiptId,
      number,
      orderId: id,
      placeId: order.place_id,
      note,
      at: now,
      by,
      lines: noted,
    })
    await addReceived(tx, id, came)
    await recordMovements(
      ctx,
      tx,
      came.map(({ variantId, units, reasonCode, lots }) => ({
        kind: 'receipt',
        variantId,
        placeId: order.place_id,
        quantity: BigInt(units),
        reasonCode,
        reference: number,
        lots,
      })),
    )
    for (const { variantId, units } of came) {
      const line = known.get(variantId)
      if (line) line.received_units += units
    }
  }
  const complete = [...known.values()].every((line) => line.received_units >= line.ordered_units)
  await moveOrder(ctx, tx, order, complete || delivery.closes ? 'received' : 'ordered')
}

/** Lines of an order that is closed which the delivery says nothing of: none of their units came, for the reason of the others. */
function missingLines(lines: readonly DeliveryLine[], known: ReadonlyMap<string, LineRow>): DeliveryLine[] {
  const told = new Set(lines.map(({ variantId }) => variantId))
  return [...known.values()]
    .filter((line) => !told.has(line.variant_id) && line.received_units < line.ordered_units)
    .map((line) => ({
      variantId: line.variant_id,
      units: 0,
      receivedBefore: line.received_units,
      reasonCode: 'supplier_shortage',
    }))
}

/** More than is expected needs a reason, and so does less once nothing more will come. */
function requireReason(line: DeliveryLine, known: (LineRow & { sku: string }) | undefined, closes: boolean): void {
  if (!known || line.reasonCode !== null) return
  const expected = Math.max(0, known.ordered_units - known.received_units)
  if (line.units > expected || (closes && line.units < expected))
    throw refuse('inventory.reason_needed', { sku: known.sku })
}
