import { createHash } from 'node:crypto'

/** The pool of a resource's quarter of an hour: derived, so that it need not be looked up (UUID version 8, RFC 9562). */
export function quarterPoolId(resourceId: string, quarter: number): string {
  const digest = createHash('sha256').update(`quarter ${resourceId} ${quarter}`).digest().subarray(0, 16)
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
