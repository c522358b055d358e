import { readableNumber } from '../../../kernel/ids.ts'

/**
 * The number people read aloud, derived from the order's id: twelve characters of Crockford's base 32 in three groups
 * (60 bits). No sequence is drawn: numbers of orders need not follow each other (those of invoices must).
 */
export function orderNumberOf(orderId: string): string {
  return readableNumber('order', orderId, 12).replace(/(.{4})(?=.)/g, '$1-')
}

/** The number of a return, `R-` and eight characters. */
export function returnNumberOf(returnId: string): string {
  return `R-${readableNumber('return', returnId, 8)}`
}

/** The number of a withdrawal, `W-` and eight characters. */
export function withdrawalNumberOf(withdrawalId: string): string {
  return `W-${readableNumber('withdrawal', withdrawalId, 8)}`
}

/** The number of a quote, `D-` (devis) and eight characters. */
export function quoteNumberOf(quoteId: string): string {
  return `D-${readableNumber('quote', quoteId, 8)}`
}

/** The number of a company's request, `A-` (accord) and eight characters. */
export function requestNumberOf(requestId: string): string {
  return `A-${readableNumber('request', requestId, 8)}`
}

/** Reads a code as people write it: any case, with or without dashes and spaces, O for 0, I and L for 1. */
export function normaliseCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}
