import type { SupplierOrder, SupplierOrderSummary } from '@ecluse/contracts/supplier-orders.ts'
import { sitesOf, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requirePlace } from '../actors-places.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { articleOf } from '../queries/articles.ts'
import {
  selectLotsOfDocument,
  selectNamedLines,
  selectOrder,
  selectReceipts,
  type MovedLotRow,
  type SummaryRow,
  type SupplierOrderHead,
} from '../queries/supplier-orders.ts'
import { selectDocuments, selectSupplier } from '../queries/suppliers.ts'

/** @throws inventory.document_not_found, access.wrong_site */
export async function readSupplierOrder(ctx: Ctx, db: Queryable, id: string): Promise<SupplierOrder> {
  const order = await selectOrder(db, id)
  if (!order) throw refuse('inventory.document_not_found')
  if (sitesOf(ctx.actor)) await requirePlace(ctx, db, order.place_id)
  const lines = await selectNamedLines(db, id, ctx.locale)
  const receipts = await selectReceipts(db, id)
  const supplier = await selectSupplier(db, order.supplier_name)
  const documents = await selectDocuments(db, id)
  const lots = await lotsOf(db, order, lines, receipts)
  return {
    ...headOf(order),
    supplier: supplier
      ? { siren: supplier.siren, siret: supplier.siret, vatNumber: supplier.vat_number, email: supplier.email }
      : null,
    direct:
      order.direct_order_id && order.direct_for && order.ship_to
        ? { orderId: order.direct_order_id, fulfillmentId: order.direct_for, shipTo: order.ship_to }
        : null,
    supplierReference: order.supplier_reference,
    documents: documents.map(({ kind, content, ...document }) => ({
      kind,
      documentId: document.document_id,
      issuedOn: document.issued_on,
      code: content.code,
      trackingId: content.trackingId,
      carrier: content.carrier ?? null,
      note: content.note ?? null,
      leftToStaff: document.left_to_staff,
      lines: content.lines.map((line) => ({ ...line, note: line.note ?? null, lots: [...(line.lots ?? [])] })),
      receivedAt: document.received_at.toISOString(),
      receivedBy: document.received_by,
    })),
    note: order.note,
    createdBy: order.created_by,
    lines: lines.map((line) => ({
      ...articleOf(line, ctx.locale),
      orderedUnits: line.ordered_units,
      receivedUnits: line.received_units,
      expectedUnits: order.state === 'ordered' ? Math.max(0, line.ordered_units - line.received_units) : 0,
      expectedOn: line.expected_on,
      unitCost: moneyOf(line.unit_cost_minor),
      lots:
        order.direct_order_id === null ? [] : lots.filter(({ variantId }) => variantId === line.variant_id).map(lotOf),
    })),
    receipts: receipts.map((receipt) => ({
      id: receipt.id,
      number: receipt.number,
      at: receipt.received_at.toISOString(),
      by: receipt.received_by,
      note: receipt.note,
      undoneAt: receipt.undone_at?.toISOString() ?? null,
      undoneBy: receipt.undone_by,
      lines: receipt.lines.map((line) => ({
        ...line,
        lots: lots
          .filter(({ reference, variantId }) => reference === receipt.number && variantId === line.variantId)
          .map(lotOf),
      })),
    })),
  }
}

/** Lots of the followed articles of an order: those received, or those its customer has. */
async function lotsOf(
  db: Queryable,
  { place_id: placeId, direct_order_id: orderId }: { place_id: string; direct_order_id: string | null },
  lines: readonly { readonly variant_id: string; readonly tracking: unknown }[],
  receipts: readonly { readonly number: string }[],
): Promise<MovedLotRow[]> {
  if (lines.every(({ tracking }) => tracking === null)) return []
  return selectLotsOfDocument(
    db,
    lines.map((line) => poolIdOf(line.variant_id, placeId)),
    orderId === null ? { receipts: receipts.map(({ number }) => number) } : { orderId },
  )
}

const lotOf = ({ lotId, number, expiresOn, units }: MovedLotRow) => ({ lotId, number, expiresOn, units })

/** @param today the company's day, `2026-03-01` */
export function summaryOf(row: SummaryRow, today: string): SupplierOrderSummary {
  return {
    ...headOf(row),
    orderedUnits: row.ordered_units,
    receivedUnits: row.received_units,
    expectedUnits: row.expected_units,
    expectedOn: row.expected_on,
    late: row.expected_units > 0 && row.expected_on !== null && row.expected_on < today,
    cost: moneyOf(row.cost_minor),
  }
}

function headOf(row: SupplierOrderHead) {
  return {
    id: row.id,
    number: row.number,
    supplierName: row.supplier_name,
    placeId: row.place_id,
    placeName: row.place_name,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    orderedAt: row.ordered_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
  }
}

function moneyOf(minor: bigint | null) {
  return minor === null ? null : { amountMinor: Number(minor), currency: 'EUR' as const }
}
