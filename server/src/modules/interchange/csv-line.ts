import { guardCell } from './domain/guard-cell.ts'

/** One record of a CSV file (RFC 4180), guarded against formulas. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => quote(cell === null ? '' : guardCell(String(cell)))).join(',')}\r\n`
}

function quote(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
