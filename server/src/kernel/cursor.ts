import { refuse } from './errors.ts'

/** Writes the position after a row as an opaque text. */
export function encodeCursor(position: readonly (string | number | bigint | Date | null)[]): string {
  const plain = position.map((value) =>
    value instanceof Date ? value.toISOString() : typeof value === 'bigint' ? String(value) : value,
  )
  return Buffer.from(JSON.stringify(plain)).toString('base64url')
}

/**
 * Reads a position back; undefined when there is none.
 * @param shape one pattern per part; a part that does not match means the cursor is not ours
 * @throws kernel.invalid_cursor
 */
export function decodeCursor(cursor: string | undefined, shape: readonly RegExp[]): string[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && parts.length === shape.length) {
      const texts = parts.map(String)
      if (texts.every((part, index) => shape[index]?.test(part))) return texts
    }
  } catch {
    // Not ours: refused below.
  }
  throw refuse('kernel.invalid_cursor')
}

export const cursorPatterns = {
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  integer: /^-?\d{1,18}$/,
  text: /^[\s\S]{0,300}$/,
} as const

/**
 * Cuts a list fetched with one row too many into a page.
 * @param positionOf the position after a row
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  positionOf: (row: Row) => readonly (string | number | bigint | Date | null)[],
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null,
  }
}
