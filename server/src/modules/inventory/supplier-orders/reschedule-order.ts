import type { z } from 'zod'
import type { availabilityEndpoints } from '@ecluse/contracts/availability.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { updateExpected } from '../queries/advance-sales.ts'
import { requireOnDocument } from '../queries/articles.ts'
import { selectOrderLines } from '../queries/supplier-orders.ts'
import { moveOrder, requireOrder } from './require-order.ts'

type Input = z.output<typeof availabilityEndpoints.rescheduleSupplierOrder.body>

/**
 * Writes down that a supplier delivers on other days than was said; who was promised these units is told.
 * @throws inventory.document_not_found, inventory.document_state, inventory.not_on_document, access.wrong_site
 */
export async function rescheduleSupplierOrder(ctx: Ctx, tx: Tx, id: string, { lines }: Input): Promise<void> {
  const order = await requireOrder(ctx, tx, id, ['ordered'])
  const known = new Set((await selectOrderLines(tx, id)).map((line) => line.variant_id))
  await requireOnDocument(tx, lines, known)
  await updateExpected(tx, id, lines)
  await moveOrder(ctx, tx, order, order.state)
}
