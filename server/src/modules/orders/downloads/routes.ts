import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { sendFile } from '../../../kernel/http/send-file.ts'
import { refundDownload, renewDownload, revokeDownload } from './change-grant.ts'
import { fetchDownload } from './fetch-download.ts'
import type { OrderLink } from './read-download-page.ts'
import { readDownloadPage } from './read-download-page.ts'
import { readDownloads } from './read-downloads.ts'

/** The files of orders: shown, fetched, and what staff do with them. */
export const downloadRoutes =
  (orderLink: OrderLink): Routes =>
  (app, services) => {
    implement(app, services, 'getDownloads', endpoints.getDownloads, (ctx, { params, query }) =>
      readDownloads(ctx, ctx.db, params.orderId, query.token),
    )

    implement(app, services, 'getDownloadPage', endpoints.getDownloadPage, (ctx, { params }) =>
      readDownloadPage(ctx, orderLink, params.orderId),
    )

    implement(app, services, 'fetchDownload', endpoints.fetchDownload, async (ctx, { params, query }, http) =>
      sendFile(http.request, http.reply, await fetchDownload(ctx, { ...params, ...query }, http.request)),
    )

    implement(app, services, 'renewDownload', endpoints.renewDownload, (ctx, { params: { orderId, lineId } }) =>
      command(ctx, async (tx) => {
        await renewDownload(ctx, tx, orderId, lineId)
        return readDownloads(ctx, tx, orderId, undefined)
      }),
    )

    implement(app, services, 'revokeDownload', endpoints.revokeDownload, (ctx, { params: { orderId, lineId }, body }) =>
      command(ctx, async (tx) => {
        await revokeDownload(ctx, tx, orderId, lineId, body.reason)
        return readDownloads(ctx, tx, orderId, undefined)
      }),
    )

    implement(app, services, 'refundDownload', endpoints.refundDownload, (ctx, { params: { orderId, lineId }, body }) =>
      command(ctx, async (tx) => {
        await refundDownload(ctx, tx, orderId, lineId, body.reason)
        return readDownloads(ctx, tx, orderId, undefined)
      }),
    )
  }
