import { createHash } from 'node:crypto'
import { readableAlphabet } from '../../../kernel/ids.ts'

/**
 * The number people read aloud, derived from the order's id: twelve characters of Crockford's base 32 in three groups
 * (60 bits). No sequence is drawn: numbers of orders need not follow each other (those of invoices must).
 */
export function orderNumberOf(orderId: string): string {
  return readable('order', orderId, 12).replace(/(.{4})(?=.)/g, '$1-')
}

/** The number of a return, `R-` and eight characters. */
export function returnNumberOf(returnId: string): string {
  return `R-${readable('return', returnId, 8)}`
}

/** The number of a withdrawal, `W-` and eight characters. */
export function withdrawalNumberOf(withdrawalId: string): string {
  return `W-${readable('withdrawal', withdrawalId, 8)}`
}

/** The number of a quote, `D-` (devis) and eight characters. */
export function quoteNumberOf(quoteId: string): string {
  return `D-${readable('quote', quoteId, 8)}`
}

function readable(kind: string, id: string, length: number): string {
  const digest = createHash('sha256').update(`${kind} ${id}`).digest()
  return Array.from(digest.subarray(0, length), (byte) => readableAlphabet[byte & 31]).join('')
}

/** Reads a code as people write it: any case, with or without dashes and spaces, O for 0, I and L for 1. */
export function normaliseCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}
