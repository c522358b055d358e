/** Paths whose answers a transfer makes old. */
export const touchedByTransfers = ['/transfers', '/stock', '/catalog/products', '/today'] as const
