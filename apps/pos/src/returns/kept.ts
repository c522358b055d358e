import type { Order } from '@ecluse/contracts/orders.ts'

/** What is kept of a line that comes back, in minor units, and why. */
type Kept = { readonly quantity: number; readonly kept: number | null; readonly keptReason: string }

/** Why a return cannot be taken as it is written: more is kept of a line than it cost, or nothing says why something is. */
export type KeptFault = 'most' | 'reason'

/** @returns what is wrong with what is kept of a line for its diminished value, if anything */
export function keptFault(line: Order['lines'][number], value: Kept | undefined): KeptFault | null {
  const kept = value?.quantity ? (value.kept ?? 0) : 0
  if (!value || kept === 0) return null
  if (kept > line.unitPrice.amountMinor * value.quantity) return 'most'
  return value.keptReason.trim() === '' ? 'reason' : null
}

/** @returns the first fault among the lines of an order, in what is kept of them */
export function firstKeptFault(order: Order, lines: Readonly<Record<string, Kept>>): KeptFault | null {
  return order.lines.map((line) => keptFault(line, lines[line.id])).find((fault) => fault !== null) ?? null
}
