import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { rangeAsked, type SentFile } from '../../../kernel/http/send-file.ts'
import { fileById, storedPath } from '../../catalog/public.ts'
import { insertDownload, selectDownloads } from '../queries/downloads.ts'
import { lockGrant } from '../queries/locks.ts'
import { selectOrderLines } from '../queries/orders.ts'
import { isSigned } from './links.ts'

type Asked = {
  readonly orderId: string
  readonly lineId: string
  readonly fileId: string
  readonly expires: string
  readonly signature: string
}

/** How long a download that was begun can be gone on with without being another one. */
const goOnMs = 6 * 3_600_000

/**
 * Opens a file by its signed address. Each download is counted and written down; the rest of one that was begun a short while ago is not
 * another. A version that was replaced meanwhile can still be fetched by the link that was given for it.
 * @throws orders.download_not_found, orders.download_ended, orders.download_used_up
 */
export async function fetchDownload(ctx: Ctx, asked: Asked, request: FastifyRequest): Promise<SentFile> {
  const { orderId, lineId, fileId } = asked
  return inTransaction(ctx.db, async (tx) => {
    const grant = await lockGrant(tx, orderId, lineId)
    if (!grant || !isSigned(grant, fileId, asked.expires, asked.signature)) throw refuse('orders.download_not_found')
    const now = ctx.clock.now()
    if (grant.revoked_at || grant.expires_at <= now || !(Date.parse(asked.expires) > now.getTime()))
      throw refuse('orders.download_ended')
    const line = (await selectOrderLines(tx, [orderId])).find(({ id }) => id === lineId)
    const row = await fileById(tx, fileId)
    if (!row || row.variant_id !== line?.variant_id) throw refuse('orders.download_not_found')
    const file = {
      path: storedPath(ctx.config, row.id),
      bytes: Number(row.bytes),
      fileName: row.file_name,
      etag: row.sha256,
    }
    const range = rangeAsked(request, file)
    if (request.method === 'HEAD' || range === 'unsatisfiable') return file
    const before = (await selectDownloads(tx, orderId)).filter(
      (one) => one.line_id === lineId && one.file_id === fileId && one.at >= grant.counted_from,
    )
    const begun = before.some(({ at }) => now.getTime() - at.getTime() < goOnMs)
    if (range && range.from > 0 && begun) return file
    if (before.length >= grant.most) throw refuse('orders.download_used_up', { most: grant.most })
    await insertDownload(tx, { order_id: orderId, id: ctx.ids.next(), line_id: lineId, file_id: fileId, at: now })
    return file
  })
}
