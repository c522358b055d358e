import type { SupplierOrder, SupplierOrderInput } from '@ecluse/contracts/supplier-orders.ts'
import type { DraftLine } from '../documents/draft-lines.tsx'

export type SupplierOrderDraft = {
  supplierName: string
  placeId: string
  note: string
  lines: readonly SupplierLine[]
}

export type SupplierLine = DraftLine & {
  readonly expectedOn: string
  readonly unitCostMinor: number | null
}

export function draftOf(order: SupplierOrder): SupplierOrderDraft {
  return {
    supplierName: order.supplierName,
    placeId: order.placeId,
    note: order.note ?? '',
    lines: order.lines.map(({ variantId, sku, gtin, productName, variantLabel, imageUrl, tracking, ...line }) => ({
      article: { variantId, sku, gtin, productName, variantLabel, imageUrl, tracking },
      units: line.orderedUnits,
      expectedOn: line.expectedOn ?? '',
      unitCostMinor: line.unitCost?.amountMinor ?? null,
    })),
  }
}

/** What the API takes. */
export function inputOf(draft: SupplierOrderDraft): SupplierOrderInput {
  return {
    supplierName: draft.supplierName.trim(),
    placeId: draft.placeId,
    note: draft.note.trim() || null,
    lines: draft.lines.map(({ article, units, expectedOn, unitCostMinor }) => ({
      variantId: article.variantId,
      orderedUnits: units,
      expectedOn: expectedOn || null,
      unitCostMinor,
    })),
  }
}
