/** Paths whose answers an order to a supplier, or its receipt, makes old. */
export const touchedBySupplierOrders = ['/supplier-orders', '/stock', '/catalog/products', '/today'] as const
