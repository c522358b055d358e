import { createHash } from 'node:crypto'

/**
 * The id of the pool of one article at one place, derived from the two (UUIDv8, RFC 9562, 5.8), so that the hot path need
 * not look it up and two processes creating it agree.
 */
export function poolIdOf(variantId: string, placeId: string): string {
  const digest = createHash('sha256').update(`${variantId} ${placeId}`).digest().subarray(0, 16)
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
