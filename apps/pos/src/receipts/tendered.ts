import { keep, recall } from '../app/storage.ts'

/** What was handed over in cash for a sale; the server keeps what stayed in the drawer, this till what went back. */
export type Tendered = { readonly tenderedMinor: number | null; readonly changeMinor: number }

const salesKey = 'ecluse.pos.sales'
const mostKept = 200

type Kept = [orderId: string, tendered: Tendered]

/** Keeps what was tendered for a sale made at this till, for its receipt. */
export function rememberSale(orderId: string, tendered: Tendered): void {
  const others = kept().filter(([id]) => id !== orderId)
  keep(salesKey, [[orderId, tendered], ...others].slice(0, mostKept))
}

/** What was tendered for a sale, when it was made at this till. */
export function tenderedFor(orderId: string): Tendered | null {
  return kept().find(([id]) => id === orderId)?.[1] ?? null
}

function kept(): Kept[] {
  return recall(salesKey, (value): value is Kept[] => Array.isArray(value)) ?? []
}
