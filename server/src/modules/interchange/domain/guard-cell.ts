import { repairDoubleEncoding } from './repair-text.ts'

/**
 * Spreadsheets run a cell that starts with one of these as a formula (OWASP, CSV injection). The export puts an apostrophe
 * before it, which spreadsheets take for "this is text"; the import takes one apostrophe away again. A text that itself starts
 * with apostrophes and such a character gets one more, so nothing is lost either way.
 */
const dangerous = /^'*[=+\-@\t\r]/

/** Makes a cell harmless in a spreadsheet. */
export function guardCell(text: string): string {
  return dangerous.test(text) ? `'${text}` : text
}

/** Takes back what `guardCell` added. */
export function unguardCell(text: string): string {
  return text.startsWith("'") && dangerous.test(text) ? text.slice(1) : text
}

/** A record with the guards taken back and doubly encoded text mended. */
export function guardlessRow(values: readonly string[]): string[] {
  return values.map((value) => unguardCell(repairDoubleEncoding(value)))
}
