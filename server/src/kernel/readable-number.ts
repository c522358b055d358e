import { createHash } from 'node:crypto'
import { readableAlphabet } from './ids.ts'

/** Characters of Crockford's base 32 derived from an id, for people to read aloud; the same id of another kind gives others. */
export function readableNumber(kind: string, id: string, length: number): string {
  const digest = createHash('sha256').update(`${kind} ${id}`).digest()
  return Array.from(digest.subarray(0, length), (byte) => readableAlphabet[byte & 31]).join('')
}
