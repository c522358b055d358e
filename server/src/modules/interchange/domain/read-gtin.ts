import { hasGtinCheckDigit } from '@ecluse/contracts/scalars.ts'

export type Gtin = { gtin: string | null; doubt: 'none' | 'padded' | 'invalid' }

/**
 * Reads a GTIN out of a cell that a spreadsheet may have been through: the apostrophe that keeps it a text, spaces and hyphens
 * are taken away. A UPC of 12 digits that lost its leading zero gets it back when the check digit then fits.
 */
export function readGtin(cell: string): Gtin {
  const text = cell.replace(/^'+/, '').replace(/[\s\u00a0-]/g, '')
  if (text === '') return { gtin: null, doubt: 'none' }
  if (/^(?:\d{8}|\d{12}|\d{13}|\d{14})$/.test(text))
    return hasGtinCheckDigit(text) ? { gtin: text, doubt: 'none' } : { gtin: null, doubt: 'invalid' }
  if (/^\d{11}$/.test(text) && hasGtinCheckDigit(`0${text}`)) return { gtin: `0${text}`, doubt: 'padded' }
  return { gtin: null, doubt: 'invalid' }
}
