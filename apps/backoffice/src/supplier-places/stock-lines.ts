/** A line of a supplier's list. */
export type ToldLine = { readonly code: string; readonly units: number }

/**
 * Reads a supplier's list: on each line a SKU or GTIN and a number, with a semicolon, a comma, a tab or spaces between. A first line
 * without a number is a heading.
 * @returns the lines, and the numbers (from 1) of those that cannot be read
 */
export function readToldLines(text: string): { readonly lines: ToldLine[]; readonly unreadable: number[] } {
  const lines: ToldLine[] = []
  const unreadable: number[] = []
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const bare = line.trim()
    if (bare === '') return
    const [, code = '', units = ''] =
      /^"?'?([^";,\t]+?)"?(?:\s*[;,\t]\s*|\s+)"?(\d{1,7})"?\s*(?:[;,\t].*)?$/.exec(bare) ?? []
    if (code !== '' && Number(units) <= 1_000_000) lines.push({ code: code.trim(), units: Number(units) })
    else if (index > 0) unreadable.push(index + 1)
  })
  return { lines, unreadable }
}
