import type { z } from 'zod'
import { compactIdentifier } from '@ecluse/contracts/company-identifiers.ts'
import type { supplierOrderEndpoints } from '@ecluse/contracts/supplier-orders.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { upsertSupplier } from '../queries/suppliers.ts'
import { requireOrder } from './require-order.ts'

type Input = z.output<typeof supplierOrderEndpoints.putSupplier.body>

/**
 * Says what identifies the supplier of an order on documents.
 * @throws inventory.document_not_found, access.wrong_site
 */
export async function saveSupplier(ctx: Ctx, tx: Tx, id: string, input: Input): Promise<void> {
  const order = await requireOrder(ctx, tx, id, ['draft', 'ordered', 'received', 'cancelled'])
  const compact = (text: string | null) => (text === null ? null : compactIdentifier(text) || null)
  const row = {
    name: order.supplier_name,
    siren: compact(input.siren),
    siret: compact(input.siret),
    vat_number: compact(input.vatNumber),
    email: input.email,
  }
  await upsertSupplier(tx, row, ctx.clock.now(), actorLabel(ctx.actor))
}
