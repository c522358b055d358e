/**
 * Why a quantity on hand changed. `sale` and `return` are written by orders, the others by people or imports; `quarantine` takes
 * lots that may not be sold out of it, and brings them back.
 */
export const movementKinds = [
  'receipt',
  'sale',
  'return',
  'count',
  'transfer_out',
  'transfer_in',
  'loss',
  'quarantine',
] as const
