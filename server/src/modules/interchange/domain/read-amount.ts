export type Amount = { minor: bigint; rounded: boolean } | null

/**
 * Reads an amount of money as files write it: `10.99`, `1 234,50 €`, `1,234.50`, `EUR 12`. Cents are rounded half up.
 *
 * The last of `.` and `,` is the decimal mark, unless three digits follow a comma that stands alone (`1,234`): that is
 * how English files group thousands. Null when it is no amount, or a negative one.
 */
export function readAmount(cell: string): Amount {
  const text = cell.replace(/[\s\u00a0\u202f’']|EUR|€/gi, '')
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(text)) return null
  const mark = decimalMark(text)
  const [whole = '', ...rest] = mark === '' ? [text] : splitLast(text, mark)
  if (!/^(?:\d*|\d{1,3}(?:[.,]\d{3})+)$/.test(whole)) return null
  const digits = whole.replace(/[.,]/g, '')
  const decimals = rest[0] ?? ''
  if (!/^\d*$/.test(decimals) || digits.length > 13) return null
  const cents = BigInt(`${digits || '0'}${decimals.slice(0, 2).padEnd(2, '0')}`)
  const rounded = /[1-9]/.test(decimals.slice(2))
  return { minor: decimals.length > 2 && Number(decimals[2]) >= 5 ? cents + 1n : cents, rounded }
}

function decimalMark(text: string): string {
  const dot = text.lastIndexOf('.')
  const comma = text.lastIndexOf(',')
  if (dot < 0 && comma < 0) return ''
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ','
  const mark = dot >= 0 ? '.' : ','
  const position = Math.max(dot, comma)
  if (text.indexOf(mark) !== position) return ''
  return mark === ',' && text.length - position - 1 === 3 ? '' : mark
}

function splitLast(text: string, mark: string): [string, string] {
  const position = text.lastIndexOf(mark)
  return [text.slice(0, position), text.slice(position + 1)]
}

/** Writes an amount as files of this kind do: `10.99`. */
export function writeAmount(minor: bigint): string {
  const text = String(minor).padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Reads a whole number, `12` or `12.0`; null when it is none. */
export function readInteger(cell: string): number | null {
  const text = cell.replace(/[\s\u00a0\u202f]/g, '')
  return /^-?\d{1,12}(?:[.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : null
}

const gramsPer: Record<string, number> = { g: 1, kg: 1000, lb: 453.59237, lbs: 453.59237, oz: 28.349523125 }

/**
 * Reads a weight in grams: a bare number is in `unit`, `1.2 kg` says its own.
 * @returns whole grams; null when it is no weight; `unknown_unit` when only the unit is not known
 */
export function readWeight(cell: string, unit: string): number | 'unknown_unit' | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?$/i.exec(cell.trim().replace(/[\u00a0\u202f]/g, ' '))
  if (!match) return null
  const factor = gramsPer[(match[2] || unit || 'g').toLowerCase()]
  if (factor === undefined) return 'unknown_unit'
  return Math.round(Number((match[1] ?? '').replace(',', '.')) * factor)
}
