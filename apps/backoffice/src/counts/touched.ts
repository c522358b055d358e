/** Paths whose answers a count makes old. */
export const touchedByCounts = ['/stock', '/catalog/products', '/today'] as const
