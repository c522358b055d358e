import { engagementEndpoints as endpoints } from '@ecluse/contracts/engagement.ts'
import { sitesOf } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { messageView } from './message-view.ts'
import { withPictures } from './templates/pictures.ts'
import { listMessages, messageById } from './queries/messages.ts'

/** Messages to customers. Staff who work in some shops see those of the orders they see. */
export const engagementRoutes: Routes = (app, services) => {
  implement(app, services, 'listMessages', endpoints.listMessages, async ({ db, actor }, { query }) => {
    const { q, orderId, cursor, limit } = query
    const afterId = decodeCursor(cursor, [cursorPatterns.uuid])?.[0]
    const rows = await listMessages(db, { q, orderId, siteIds: sitesOf(actor), afterId, limit: limit + 1 })
    return pageOf(rows, limit, messageView, (row) => [row.id])
  })

  implement(app, services, 'getMessage', endpoints.getMessage, async ({ db, actor }, { params: { messageId } }) => {
    const row = await messageById(db, messageId, sitesOf(actor))
    if (row === undefined) throw refuse('engagement.not_found')
    return { ...messageView(row), html: await withPictures(db, row.html ?? ''), text: row.body ?? '' }
  })
}
