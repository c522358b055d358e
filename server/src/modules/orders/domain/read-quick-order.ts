/** One line of a pasted list, as it was understood. */
export type PastedLine = {
  /** From 1. */
  readonly position: number
  readonly text: string
  readonly code: string
  /** Null when what stands for it is no number of units. */
  readonly quantity: number | null
}

const separators = /[\t;,|]+|\s+/
const mostUnits = 9_999

/**
 * Reads a list as people paste it: a code and a quantity a line, in either order, separated by tabs, semicolons, commas, bars or
 * spaces, quoted or not, from a spreadsheet or an e-mail. A code alone is one unit. A first line of words without any digit is a heading.
 */
export function readPastedList(text: string): PastedLine[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => {
      const parts = line
        .split(separators)
        .map((part) => part.replace(/^["'«»\u201c\u201d]+|["'«»\u201c\u201d]+$/g, '').trim())
        .filter((part) => part !== '' && !/^[x×*]$/i.test(part))
      if (parts.length === 0 || (index === 0 && parts.length > 1 && !/\d/.test(line))) return []
      return [{ position: index + 1, text: line.trim().slice(0, 200), ...understood(parts) }]
    })
}

function understood(parts: readonly string[]): { code: string; quantity: number | null } {
  const [first = '', second] = parts
  if (second === undefined) return { code: first, quantity: 1 }
  // `3 CASQUE-M`, `3x CASQUE-M`: the quantity comes first when what follows is no number of units.
  const ahead = unitsOf(first)
  const behind = unitsOf(second)
  if (ahead !== null && behind === null && !/^-?\d/.test(second)) return { code: second, quantity: ahead }
  // Two numbers: the long one is the GTIN.
  if (ahead !== null && second.length >= 8 && first.length < 8) return { code: second, quantity: ahead }
  return { code: first, quantity: behind }
}

/** A number of units, `3`, `3x`, `×3` or `3.0`; null for anything else. */
function unitsOf(text: string): number | null {
  const [, digits] = /^[x×]?(\d{1,6})(?:[.]0+)?[x×]?$/i.exec(text) ?? []
  const units = Number(digits)
  return digits !== undefined && units >= 1 && units <= mostUnits ? units : null
}

/** A code as it is compared: capitals do not matter, nor the zeros that make a GTIN-14 of another GTIN. */
export function foldCode(code: string): string {
  return /^\d{8,14}$/.test(code) ? code.replace(/^0+/, '') : code.toLowerCase()
}
