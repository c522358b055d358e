import { requirePermission, requireSite, type Ctx } from '../../kernel/context.ts'
import type { SellingChannel } from '../offers/public.ts'

/**
 * Anyone buys on the web and in an app; other channels are for those who work in them.
 * @throws access.not_signed_in, access.forbidden, access.wrong_site
 */
export function authoriseChannel(ctx: Ctx, channel: Pick<SellingChannel, 'medium' | 'siteIds'>): void {
  if (channel.medium === 'web' || channel.medium === 'mobile') return
  if (channel.medium !== 'store') return requirePermission(ctx.actor, 'orders:write')
  requirePermission(ctx.actor, 'till:sell')
  for (const siteId of channel.siteIds) requireSite(ctx.actor, siteId)
}
