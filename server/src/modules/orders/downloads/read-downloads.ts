import type { OrderDownload, OrderDownloads } from '@ecluse/contracts/downloads.ts'
import { may, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { currentFiles, filesByIds } from '../../catalog/public.ts'
import { selectConsent, selectDownloads, selectGrants, type DownloadRow, type GrantRow } from '../queries/downloads.ts'
import { selectOrder, selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { readOrder } from '../read-order.ts'
import { downloadLink } from './links.ts'

type FileRow = Awaited<ReturnType<typeof currentFiles>>[number]

/**
 * The files of an order, for whoever may see the order; who fetched what and when, for staff.
 * @throws orders.not_found
 */
export async function readDownloads(
  ctx: Ctx,
  db: Queryable,
  orderId: string,
  token: string | undefined,
): Promise<OrderDownloads> {
  await readOrder(ctx, db, orderId, token)
  return downloadsOf(ctx, db, orderId, may(ctx.actor, 'orders:read'))
}

/** The same for the system itself: what e-mails tell. */
export async function downloadsOf(
  { clock }: Pick<Ctx, 'clock'>,
  db: Queryable,
  orderId: string,
  withLog = false,
): Promise<OrderDownloads> {
  const order = await selectOrder(db, orderId)
  const lines = (await selectOrderLines(db, [orderId])).filter((line) => line.download_from)
  if (!order || lines.length === 0) return { consent: null, items: [] }
  const consent = await selectConsent(db, orderId)
  const grants = new Map((await selectGrants(db, orderId)).map((grant) => [grant.line_id, grant]))
  const downloads = await selectDownloads(db, orderId)
  const files = await currentFiles(
    db,
    lines.map((line) => line.variant_id),
  )
  const known = withLog ? await filesByIds(db, [...new Set(downloads.map(({ file_id }) => file_id))]) : []
  return {
    consent: consent
      ? { wording: consent.wording, statement: consent.statement, agreedAt: consent.agreed_at.toISOString() }
      : null,
    items: lines.map((line) => {
      const mine = downloads.filter((one) => one.line_id === line.id)
      const own = files.filter((file) => file.variant_id === line.variant_id)
      return viewLine(clock.now(), order, line, grants.get(line.id), own, mine, known)
    }),
  }
}

function stateOf(now: Date, order: OrderRow, line: OrderLineRow, grant: GrantRow | undefined): OrderDownload['state'] {
  if (grant) return grant.revoked_at ? 'revoked' : grant.expires_at <= now ? 'expired' : 'ready'
  if (order.document_state === 'awaiting_payment') return 'unpaid'
  return order.document_state !== 'confirmed' || line.exception === 'cancelled' ? 'revoked' : 'waiting'
}

function viewLine(
  now: Date,
  order: OrderRow,
  line: OrderLineRow,
  grant: GrantRow | undefined,
  files: readonly FileRow[],
  downloads: readonly DownloadRow[],
  known: readonly FileRow[],
): OrderDownload {
  const state = stateOf(now, order, line, grant)
  const left = (fileId: string): number =>
    grant
      ? Math.max(
          0,
          grant.most - downloads.filter((one) => one.file_id === fileId && one.at >= grant.counted_from).length,
        )
      : 0
  return {
    lineId: line.id,
    name: line.name,
    variantLabel: line.variant_label,
    quantity: line.quantity,
    state,
    availableFrom: (line.download_from ?? order.placed_at).toISOString(),
    expiresAt: grant?.expires_at.toISOString() ?? null,
    revokeReason: grant?.revoke_reason ?? null,
    files: files.map((file) => ({
      id: file.id,
      label: file.label,
      version: file.version,
      fileName: file.file_name,
      bytes: Number(file.bytes),
      note: file.note,
      left: left(file.id),
      url: grant && state === 'ready' && left(file.id) > 0 ? downloadLink(grant, file.id) : null,
    })),
    log: downloads.flatMap(({ file_id, at }) => {
      const file = known.find(({ id }) => id === file_id)
      return file ? [{ at: at.toISOString(), fileName: file.file_name, version: file.version }] : []
    }),
  }
}
