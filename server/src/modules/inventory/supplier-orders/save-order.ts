import type { SupplierOrderInput } from '@ecluse/contracts/supplier-orders.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requirePlace } from '../actors-places.ts'
import { documentNumberOf } from '../domain/document-number.ts'
import { shelvedVariants } from '../queries/stock.ts'
import { replaceLines, upsertDraft } from '../queries/supplier-orders.ts'
import { requireOrder } from './require-order.ts'

/**
 * Writes an order to a supplier. It is a draft: nothing is expected of it yet.
 * @returns its id
 * @throws inventory.place_not_found, inventory.variant_not_found, access.wrong_site
 */
export async function writeSupplierOrder(ctx: Ctx, tx: Tx, input: SupplierOrderInput): Promise<string> {
  const id = ctx.ids.next()
  await save(ctx, tx, id, input)
  return id
}

/**
 * Writes a draft anew.
 * @throws inventory.document_not_found, inventory.document_state, and what writing throws
 */
export async function rewriteSupplierOrder(ctx: Ctx, tx: Tx, id: string, input: SupplierOrderInput): Promise<void> {
  await requireOrder(ctx, tx, id, ['draft'])
  await save(ctx, tx, id, input)
}

async function save(ctx: Ctx, tx: Tx, id: string, input: SupplierOrderInput): Promise<void> {
  await requirePlace(ctx, tx, input.placeId)
  const variantIds = input.lines.map(({ variantId }) => variantId)
  if ((await shelvedVariants(tx, variantIds)).size < variantIds.length) throw refuse('inventory.variant_not_found')
  await upsertDraft(tx, {
    id,
    number: documentNumberOf('supplier_order', id),
    supplier_name: input.supplierName,
    place_id: input.placeId,
    note: input.note,
    created_at: ctx.clock.now(),
    created_by: actorLabel(ctx.actor),
  })
  await replaceLines(tx, id, input.lines)
}
