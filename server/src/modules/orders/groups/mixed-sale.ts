import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { ReadModel, SellingChannel, SoldAhead } from '../../offers/public.ts'
import { deliveryFee } from '../../pricing/public.ts'
import { leavesOn, sourceNowOrAhead } from '../advance/draft-ahead.ts'
import type { DraftOrder } from '../draft-order.ts'
import type { KeptTerms, PricedPurchase } from '../price-purchase.ts'
import { letGoAt, promiseDates } from '../promise-dates.ts'
import type { WindowSale } from '../sell-in-window.ts'
import type { OrderGroupRow } from '../queries/order-groups.ts'
import type { LineToSource, SourcedPurchase } from '../source-purchase.ts'

type Delivery = PlaceOrderBody['delivery']
type Pickups = NonNullable<PlaceOrderBody['pickups']>

/** One way some of the articles of a purchase reach their buyer. */
export type SaleGroup = {
  readonly no: number
  readonly delivery: Delivery
  readonly variantIds: ReadonlySet<string> | null
  /** Set when it is promised at a time of its own. */
  readonly sale?: WindowSale
}

/** The times some parts are promised at: that of the main way, and those of drives by their shop. */
export type PartTimes = { readonly main: WindowSale | undefined; readonly drives: ReadonlyMap<string, WindowSale> }

function saleOf({ no, delivery }: SaleGroup, { main, drives }: PartTimes): WindowSale | undefined {
  if (no === 0) return main
  return delivery.method === 'pickup' ? drives.get(delivery.siteId) : undefined
}

/** A purchase that reaches its buyer in several ways: what is different about it. */
export type MixedSale = {
  /** Terms with the carriage of all groups together, each by what is in it. */
  terms(priced: PricedPurchase, kept: KeptTerms | undefined): KeptTerms
  /** A place for each line, by the way its group goes. @throws orders.out_of_stock */
  source(model: ReadModel, channel: SellingChannel, lines: readonly LineToSource[], now: Date): SourcedPurchase
  /** Writes a delivery in a window into its day, with the goods of that part alone. @throws fulfillment.window_out_of_reach */
  reserve(priced: PricedPurchase): Promise<void>
  /** The order with its groups. */
  completed(draft: DraftOrder, priced: PricedPurchase): DraftOrder
}

/**
 * Sells articles of which some are picked up in shops or downloaded, and the rest goes the main way.
 * @throws orders.group_wrong for an article in two groups, or none left for the main way; orders.delivery_not_offered
 */
export function mixedSale(
  ctx: Ctx,
  model: ReadModel,
  delivery: Delivery,
  pickups: Pickups,
  downloads: readonly string[],
  times: PartTimes,
): MixedSale {
  if (delivery.method === 'carry_out') throw refuse('orders.delivery_not_offered')
  const groups = groupsOf(delivery, pickups, downloads).map((group): SaleGroup => {
    const sale = saleOf(group, times)
    return sale ? { ...group, sale } : group
  })
  return {
    terms(priced, kept) {
      requireFilled(groups, priced)
      return {
        prices: kept?.prices ?? new Map(),
        fee: { method: delivery.method, feeMinor: sumOf(feesOf(groups, priced, kept?.fee)) },
      }
    },
    async reserve(priced) {
      for (const { sale, ...group } of groups) {
        const lines = priced.lines.filter((line) => groupOf(groups, line.sellable.variantId).no === group.no)
        await sale?.reserve({ ...priced, lines, itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0) })
      }
    },
    source: (at, channel, lines, now) => sourceGroups(groups, at, channel, lines, now),
    completed: (draft, priced) => completed(ctx, model, groups, draft, priced),
  }
}

/**
 * The main way first, then a group for each shop, then the files.
 * @throws orders.group_wrong
 */
export function groupsOf(delivery: Delivery, pickups: Pickups, downloads: readonly string[] = []): SaleGroup[] {
  const bySite = new Map<string, Set<string>>()
  const seen = new Set<string>()
  for (const { siteId, variantIds } of pickups)
    for (const variantId of variantIds) {
      if (seen.has(variantId) || downloads.includes(variantId)) throw refuse('orders.group_wrong')
      seen.add(variantId)
      bySite.set(siteId, (bySite.get(siteId) ?? new Set()).add(variantId))
    }
  const others = [...bySite].map(([siteId, variantIds], index) => ({
    no: index + 1,
    delivery: { method: 'pickup' as const, siteId },
    variantIds,
  }))
  const files = { no: others.length + 1, delivery: { method: 'download' as const }, variantIds: new Set(downloads) }
  return [{ no: 0, delivery, variantIds: null }, ...others, ...(downloads.length > 0 ? [files] : [])]
}

/** How a group reaches its buyer, as its row and its view say it. */
export function methodOf({ delivery: { method } }: Pick<SaleGroup, 'delivery'>): OrderGroupRow['method'] {
  return method === 'carry_out' ? 'delivery' : method
}

/** The group an article is in. */
export function groupOf(groups: readonly SaleGroup[], variantId: string): SaleGroup {
  const found = groups.find(({ variantIds }) => variantIds?.has(variantId)) ?? groups[0]
  if (!found) throw refuse('orders.group_wrong')
  return found
}

/** @throws orders.group_wrong when a group has no article of the purchase, orders.delivery_not_offered */
function requireFilled(groups: readonly SaleGroup[], { channel, lines }: PricedPurchase): void {
  const filled = new Set(lines.map((line) => groupOf(groups, line.sellable.variantId)))
  for (const group of groups) {
    if (!filled.has(group)) throw refuse('orders.group_wrong')
    const { delivery } = group
    if (group.no > 0 && delivery.method === 'pickup' && !channel.pickupSiteIds.has(delivery.siteId))
      throw refuse('orders.delivery_not_offered')
  }
}

/**
 * What the carriage of each group costs, by what is in it.
 * @param agreed what carriage of the main way was agreed upon in a quote
 * @throws orders.delivery_not_offered
 */
export function feesOf(
  groups: readonly SaleGroup[],
  { channel, lines }: Pick<PricedPurchase, 'channel' | 'lines'>,
  agreed: KeptTerms['fee'] = null,
): Map<number, bigint> {
  return new Map(
    groups.map((group) => {
      const terms = channel.deliveryTerms.get(group.delivery.method)
      if (!terms) throw refuse('orders.delivery_not_offered')
      const inside = lines.filter((line) => groupOf(groups, line.sellable.variantId) === group)
      const fee = group.no === 0 && agreed?.method === group.delivery.method ? agreed : null
      const own = (group.sale ? group.sale.terms({ prices: new Map(), fee })?.fee : fee)?.feeMinor
      const worthMinor = inside.reduce((sum, line) => sum + line.lineTotalMinor, 0n)
      return [group.no, own ?? deliveryFee(terms, worthMinor)]
    }),
  )
}

function sumOf(fees: ReadonlyMap<number, bigint>): bigint {
  return [...fees.values()].reduce((sum, fee) => sum + fee, 0n)
}

/** @throws orders.out_of_stock */
function sourceGroups(
  groups: readonly SaleGroup[],
  model: ReadModel,
  channel: SellingChannel,
  lines: readonly LineToSource[],
  now: Date,
): SourcedPurchase {
  const placeOf = new Map<LineToSource, string>()
  let recorded: SourcedPurchase['recorded'] = null
  const ahead = new Map<string, SoldAhead>()
  for (const group of groups) {
    const mine = lines.filter((line) => groupOf(groups, line.variantId) === group)
    const sourced = group.sale
      ? group.sale.source(model, channel, mine)
      : sourceNowOrAhead(model, channel, group.delivery, mine, now)
    mine.forEach((line, index) => placeOf.set(line, sourced.placeIds[index] ?? ''))
    for (const [variantId, sold] of sourced.ahead ?? []) ahead.set(variantId, sold)
    // Why a parcel leaves from where it does; a pick-up was chosen by its buyer.
    recorded ??= sourced.recorded
  }
  const placeIds = lines.map((line) => placeOf.get(line) ?? '')
  return { placeIds, recorded, ...(ahead.size > 0 ? { ahead } : {}) }
}

function completed(
  ctx: Ctx,
  model: ReadModel,
  groups: readonly SaleGroup[],
  draft: DraftOrder,
  priced: PricedPurchase,
): DraftOrder {
  const asked = feesOf(groups, priced)
  // What a quote agreed upon for carriage is that of the main way.
  const fees = new Map(asked).set(0, (asked.get(0) ?? 0n) + priced.feeMinor - sumOf(asked))
  const rows = groups.map(({ no, delivery }): OrderGroupRow => {
    const terms = priced.channel.deliveryTerms.get(delivery.method) ?? priced.terms
    const inside = draft.lines.filter((line) => groupOf(groups, line.variant_id).no === no)
    const placeIds = inside.map(({ place_id }) => place_id)
    const leaves = letGoAt(model, placeIds, leavingWith(inside, ctx.clock.now()))
    const dates = promiseDates(model, terms, delivery, leaves)
    const pickup = delivery.method === 'pickup'
    return {
      order_id: draft.order.id,
      no,
      method: methodOf({ delivery }),
      site_id: pickup ? delivery.siteId : null,
      pickup_code: pickup ? (no === 0 ? draft.order.pickup_code : ctx.ids.code(6)) : null,
      promised_at: dates.promisedAt,
      latest_at: dates.latestAt,
      fee_minor: fees.get(no) ?? 0n,
      ready_at: null,
      timed: null,
      promise_id: null,
      cancelled_at: null,
      cancel_reason: null,
    }
  })
  const lines = draft.lines.map((line) => ({ ...line, group_no: groupOf(groups, line.variant_id).no }))
  return groups.reduce(atItsTime, { ...draft, lines, groups: rows })
}

/** The order with the time of one part, promised in the same statement as its goods. */
function atItsTime(draft: DraftOrder, { no, sale }: SaleGroup): DraftOrder {
  if (!sale) return draft
  const { order, promises } = sale.promised({ ...draft, promises: [] })
  const [promise] = promises
  if (!promise) return draft
  const { promised_at, latest_at, surcharge_minor } = order
  const timed = promise.kind === 'window' ? ('window' as const) : ('drive' as const)
  return {
    ...draft,
    order: no === 0 ? { ...draft.order, promised_at, latest_at } : draft.order,
    promises: [...draft.promises, promise],
    groups: (draft.groups ?? []).map((row) =>
      row.no === no
        ? {
            ...row,
            promised_at,
            latest_at,
            surcharge_minor: surcharge_minor ?? null,
            timed,
            promise_id: promise.promise_id,
          }
        : row,
    ),
  }
}

/** When the first of a part leaves: now, unless all of it is sold ahead; then on the latest of its days. */
function leavingWith(lines: DraftOrder['lines'], now: Date): Date {
  const days = lines.flatMap(({ ships_on: day }) => (day ? [day] : [])).toSorted()
  const last = days.at(-1)
  return last !== undefined && days.length === lines.length ? leavesOn(last) : now
}
