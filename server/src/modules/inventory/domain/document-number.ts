import { readableNumber } from '../../../kernel/ids.ts'

/** Documents of stock, each with the letters its numbers begin with: order, delivery, transfer, count. */
const letters = { supplier_order: 'CF', receipt: 'RE', transfer: 'TR', count: 'INV' } as const

/** The number of a document, derived from its id: its letters and eight characters to be read aloud. */
export function documentNumberOf(kind: keyof typeof letters, id: string): string {
  return `${letters[kind]}-${readableNumber(kind, id, 8)}`
}
