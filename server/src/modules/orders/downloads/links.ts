import { createHmac, timingSafeEqual } from 'node:crypto'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { GrantRow } from '../queries/downloads.ts'

/** Days during which a link can be used. */
export const linkDays = 30
/** How often each file can be fetched, for each licence that was bought. */
export const mostDownloads = 5

type Signed = Pick<GrantRow, 'order_id' | 'line_id' | 'secret' | 'expires_at'>

/** The address of a file: it ends with its time, and nobody can write another without the grant's secret. */
export function downloadLink(grant: Signed, fileId: string): string {
  const expires = grant.expires_at.toISOString()
  return urlOf(
    endpoints.fetchDownload.path,
    { orderId: grant.order_id, lineId: grant.line_id, fileId },
    { expires, signature: signatureOf(grant, fileId, expires) },
  )
}

/** Compares a signature in constant time. */
export function isSigned(grant: Signed, fileId: string, expires: string, signature: string): boolean {
  const right = Buffer.from(signatureOf(grant, fileId, expires))
  const given = Buffer.from(signature)
  return given.length === right.length && timingSafeEqual(given, right)
}

function signatureOf({ order_id, line_id, secret }: Signed, fileId: string, expires: string): string {
  return createHmac('sha256', secret).update([order_id, line_id, fileId, expires].join('\n')).digest('base64url')
}
