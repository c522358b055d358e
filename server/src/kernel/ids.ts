import { createHash } from 'node:crypto'
import { V7Generator } from 'uuidv7'
import type { Clock } from './clock.ts'
import type { Rng } from './rng.ts'

export type Ids = {
  /** A new UUIDv7 (RFC 9562, 5.7): grows with time, unguessable in its last 62 bits. */
  next(): string
  /** Unguessable text for access tokens: 128 bits, base64url. */
  secret(): string
  /** `length` characters people can read aloud: Crockford's base 32 without I, L, O, U. */
  code(length: number): string
}

/** Crockford's base 32 alphabet: no letter is taken for a digit or another letter. */
const readableAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Makes identifiers from a clock and a source of randomness; both are injected so that a simulation can be replayed. */
export function createIds(clock: Clock, rng: Rng): Ids {
  const generator = new V7Generator({ nextUint32: () => rng.uint32() })
  return {
    next: () => generator.generateOrResetCore(clock.now().getTime(), 10_000).toString(),
    secret: () => rng.bytes(16).toString('base64url'),
    code: (length) => Array.from(rng.bytes(length), (byte) => readableAlphabet[byte & 31]).join(''),
  }
}

/** Characters people can read aloud, derived from an id; the same id gives others as another kind of thing. */
export function readableNumber(kind: string, id: string, length: number): string {
  const digest = createHash('sha256').update(`${kind} ${id}`).digest()
  return Array.from(digest.subarray(0, length), (byte) => readableAlphabet[byte & 31]).join('')
}
