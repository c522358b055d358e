/** Which bytes of a file are asked for: `from` and `to` included. */
export type ByteRange = { readonly from: number; readonly to: number }

/**
 * Reads a `Range` header (RFC 9110, 14.2). Several ranges, and units that are not bytes, are answered with the whole.
 * @returns null for the whole, `unsatisfiable` when nothing of what is asked is there
 */
export function byteRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!match) return null
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { from: size - length, to: size - 1 }
  }
  const from = Number(first)
  if (from >= size) return 'unsatisfiable'
  if (last !== '' && Number(last) < from) return null
  return { from, to: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
