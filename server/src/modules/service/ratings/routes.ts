import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { sitesOf } from '../../../kernel/context.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { selectRatings } from '../queries/ratings.ts'
import { rateOrder, readRating } from './rate-order.ts'

/** So many are listed at once. */
const mostListed = 200

/** What customers say of their orders. */
export const ratingRoutes: Routes = (app, services) => {
  implement(app, services, 'getRating', endpoints.getRating, (ctx, { params, query }) =>
    readRating(ctx, params.orderId, query.token),
  )
  implement(app, services, 'rateOrder', endpoints.rateOrder, (ctx, { params, body }) =>
    command(ctx, (tx) => rateOrder(ctx, tx, params.orderId, body)),
  )
  implement(app, services, 'listRatings', endpoints.listRatings, async (ctx, { query }) => {
    const rows = await selectRatings(ctx.db, {
      ...query,
      channel: query.channel ?? null,
      siteId: query.siteId ?? null,
      maySee: sitesOf(ctx.actor),
      limit: mostListed,
    })
    return {
      items: rows.map((row) => ({
        orderId: row.order_id,
        orderNumber: row.number,
        channelCode: row.channel_code,
        siteName: row.site_name,
        score: row.score,
        comment: row.comment,
        ratedAt: row.rated_at.toISOString(),
        changedAt: row.changed_at.toISOString(),
      })),
    }
  })
}
