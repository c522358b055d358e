import type { SupplierOrder } from '@ecluse/contracts/supplier-orders.ts'

/** Paths whose answers an order to a supplier, or its receipt, makes old. */
export const touchedBySupplierOrders = ['/supplier-orders', '/stock', '/catalog/products', '/today'] as const

/** How often to look whether an answer about goods that go to a customer was carried out, which is done after it was taken in. */
export const awaitsAnswer = ({ direct, state, documents }: SupplierOrder): number | false =>
  direct !== null && state === 'ordered' && documents.length > 0 ? 3_000 : false
