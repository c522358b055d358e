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

/** One record of a CSV file (RFC 4180), guarded against formulas. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => quote(cell === null ? '' : guardCell(String(cell)))).join(',')}\r\n`
}

function quote(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
