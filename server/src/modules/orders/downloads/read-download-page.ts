import type { Locale } from '@ecluse/contracts/scalars.ts'
import { requireSite, type Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { selectOrder, selectOrderLines } from '../queries/orders.ts'

/** The page of the shop where an order is shown to its buyer. */
export type OrderLink = (locale: Locale, orderId: string, accessToken: string) => string

/**
 * Where the files of a sale at a till are fetched: printed on its receipt, since whoever pays there may leave no address. Of any other order
 * the link is for its buyer alone, who has it already.
 * @throws orders.not_found, orders.download_not_found, access.wrong_site
 */
export async function readDownloadPage(ctx: Ctx, orderLink: OrderLink, orderId: string): Promise<{ link: string }> {
  const order = await selectOrder(ctx.db, orderId)
  if (!order) throw refuse('orders.not_found')
  if (order.delivery_method !== 'carry_out' || order.site_id === null) throw refuse('orders.download_not_found')
  requireSite(ctx.actor, order.site_id)
  const files = (await selectOrderLines(ctx.db, [orderId])).filter((line) => line.download_from)
  if (files.length === 0) throw refuse('orders.download_not_found')
  return { link: orderLink(order.locale, orderId, order.access_token) }
}
