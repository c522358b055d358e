/** What lots and how they are followed make old. */
export const touchedByLots = ['/stock-lots', '/stock', '/stock-movements', '/products', '/availability', '/shelf-lots']
