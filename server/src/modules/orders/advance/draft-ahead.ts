import type { ReadModel, SoldAhead } from '../../offers/public.ts'
import { poolIdOf } from '../../inventory/public.ts'
import type { DraftOrder } from '../draft-order.ts'
import type { PricedPurchase } from '../price-purchase.ts'
import { promiseDates } from '../promise-dates.ts'
import { sourcePurchase, type LineToSource, type SourcedPurchase } from '../source-purchase.ts'
import { comesOn, sourceWithAhead } from './source-ahead.ts'

/** Chooses places from what is there, or from what is to come where the channel sells ahead. @throws orders.out_of_stock */
export function sourceNowOrAhead(
  model: ReadModel,
  channel: Parameters<typeof sourcePurchase>[1],
  delivery: Parameters<typeof sourcePurchase>[2],
  lines: readonly LineToSource[],
  now: Date,
): SourcedPurchase {
  const choose = (some: readonly LineToSource[]) => sourcePurchase(model, channel, delivery, some, now)
  if (!channel.advance || delivery.method === 'download') return choose(lines)
  const { placeIds, ahead, chosen } = sourceWithAhead(model, channel, delivery, lines, now, choose)
  const recorded = chosen?.recorded ?? null
  return ahead.size > 0 ? { placeIds, recorded, ahead } : { placeIds, recorded }
}

/** The order with the day its buyer was told on each line sold ahead; when nothing leaves before, that is when it is promised. */
export function withAhead(
  draft: DraftOrder,
  ahead: ReadonlyMap<string, SoldAhead> | undefined,
  model: ReadModel,
  { terms }: PricedPurchase,
): DraftOrder {
  if (!ahead || ahead.size === 0) return draft
  const lines = draft.lines.map((line) => {
    const sold = ahead.get(line.variant_id)
    return sold ? { ...line, ahead: sold.kind, ships_on: sold.shipsOn } : line
  })
  const reach = [...ahead].map(([variantId, sold]) => [poolIdOf(variantId, sold.placeId), sold.ahead] as const)
  const { order } = draft
  const delivery = { method: order.delivery_method, siteId: order.site_id ?? undefined }
  const leaves = leavingAt(ahead, lines.length, order.placed_at)
  const dates = leaves === order.placed_at ? null : promiseDates(model, terms, delivery, leaves)
  return {
    ...draft,
    lines,
    ahead: new Map(reach),
    order: dates ? { ...order, promised_at: dates.promisedAt, latest_at: dates.latestAt } : order,
  }
}

/** When the first of a purchase leaves: now, unless all of it is sold ahead; then on the latest of its days. */
export function leavingAt(ahead: ReadonlyMap<string, SoldAhead>, lines: number, now: Date): Date {
  const day = ahead.size < lines ? null : comesOn(ahead.values())
  return day === null ? now : leavesOn(day)
}

/** The moment from which what comes on a day is counted to leave. */
export function leavesOn(day: string): Date {
  return new Date(`${day}T08:00:00Z`)
}
