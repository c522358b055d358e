import { allocate, divideHalfUp, vatIncludedIn } from '../../../kernel/money.ts'
import { costToServe, type CostModel, type CostOfLine, type CostTerm, type ServedLine } from './cost-to-serve.ts'

/** An order as figures are counted from it, on the day it was placed; of a cancelled one only that it was. */
export type OrderFact = {
  readonly orderId: string
  readonly day: string
  readonly placedAt: Date
  readonly channelCode: string
  readonly siteId: string | null
  readonly cancelled: boolean
  /** What was asked for it, VAT included, after all that was taken off since. */
  readonly totalMinor: bigint
  readonly deliveryVatBasisPoints: number
  readonly discountMinor: bigint
  /** Whether its customer had ordered before; null where nobody knows who it was. */
  readonly known: boolean | null
  readonly parcels: number
  readonly contacts: number
  /** What messages about it cost. */
  readonly messagesMinor: bigint
  readonly cardPayments: number
  readonly cardPaidMinor: bigint
  /** Whether it was handed over or shipped whole by the time promised; null while it is not, or nothing was promised. */
  readonly kept: boolean | null
  readonly notFound: number
  /** What its customer said of it, from 1 to 5; null where nobody did. */
  readonly rating: number | null
  /** Segments its customer is in when figures are counted. */
  readonly segments: readonly string[]
  readonly lines: readonly LineFact[]
}

export type LineFact = {
  readonly lineId: string
  /** Null in a sale of before whose article is none of today's. */
  readonly variantId: string | null
  readonly productId: string | null
  /** Units that still stand: none of a cancelled line. */
  readonly units: number
  /** What is asked for them, VAT included. */
  readonly grossMinor: bigint
  /** What was taken off their prices, VAT included. */
  readonly markdownMinor: bigint
  readonly vatBasisPoints: number
  /** What one unit was bought for, where the sale itself says so; else purchases tell. */
  readonly unitCostMinor?: bigint | null
}

/** Goods that came back, on the day they came. */
export type ReturnFact = {
  readonly day: string
  readonly soldAt: Date
  readonly channelCode: string
  readonly siteId: string | null
  readonly refundMinor: bigint
  readonly carriageMinor: bigint
  readonly deliveryVatBasisPoints: number
  readonly segments: readonly string[]
  readonly lines: readonly (Omit<LineFact, 'lineId' | 'markdownMinor'> & { readonly toSellAgain: boolean })[]
}

const salesMeasures = [
  'orders',
  'cancelled',
  'units',
  'revenue_minor',
  'carriage_minor',
  'discount_minor',
  'markdown_minor',
  'goods_minor',
  'assumed_minor',
  'payment_minor',
  'picking_minor',
  'parcel_minor',
  'commission_minor',
  'contact_minor',
  'returns',
  'returned_units',
  'returned_minor',
  'goods_back_minor',
  'new_customers',
  'known_customers',
  'promises',
  'promises_kept',
  'not_found',
  'ratings',
  'ratings_good',
] as const
type SalesMeasures = Record<(typeof salesMeasures)[number], bigint>
export type SalesDay = { day: string; channel_code: string; site_id: string } & SalesMeasures
export type SegmentDay = SalesDay & { segment_id: string }

/** From this answer on a customer is satisfied: the two best of five, as the customer satisfaction score (CSAT) has it. */
const satisfiedFrom = 4

const productMeasures = [
  'units',
  'revenue_minor',
  'cost_minor',
  'returned_units',
  'returned_minor',
  'goods_back_minor',
] as const
type ProductMeasures = Record<(typeof productMeasures)[number], bigint>
export type ProductDay = {
  day: string
  channel_code: string
  site_id: string | null
  product_id: string
} & ProductMeasures

/** What a unit of a variant was bought for when it was sold, in minor units; null where nobody entered it. */
export type UnitCosts = (variantId: string, soldAt: Date) => bigint | null
/** What a channel cost on a day. */
export type CostModels = (channelCode: string, day: string) => CostModel

/** The column each term of the cost to serve is added to. */
const columnOf = {
  goods: 'goods_minor',
  payment: 'payment_minor',
  picking: 'picking_minor',
  parcel: 'parcel_minor',
  commission: 'commission_minor',
  contacts: 'contact_minor',
} as const satisfies Record<CostTerm, keyof SalesMeasures>

/** A price without the VAT it includes. */
export function withoutVat(grossMinor: bigint, basisPoints: number): bigint {
  return grossMinor - vatIncludedIn(grossMinor, basisPoints)
}

/** A line as the cost to serve takes it. */
function servedLine(line: Omit<LineFact, 'markdownMinor'>, soldAt: Date, unitCosts: UnitCosts): ServedLine {
  const { lineId, variantId, units, grossMinor, vatBasisPoints, unitCostMinor } = line
  return {
    lineId,
    units,
    netMinor: withoutVat(grossMinor, vatBasisPoints),
    unitCostMinor: unitCostMinor ?? (variantId === null ? null : unitCosts(variantId, soldAt)),
  }
}

/** What each line of an order costs to serve, by the models of its day. */
export function costOfOrder(order: OrderFact, unitCosts: UnitCosts, models: CostModels): CostOfLine[] {
  const served = { ...order, lines: order.lines.map((line) => servedLine(line, order.placedAt, unitCosts)) }
  return costToServe(served, models(order.channelCode, order.day))
}

/**
 * Counts what was sold and came back, by day, channel, shop and product. Pure: the same facts give the same figures in any order,
 * which is what the nightly recount relies on.
 */
export function countSales(
  orders: readonly OrderFact[],
  returns: readonly ReturnFact[],
  unitCosts: UnitCosts,
  models: CostModels,
): { sales: SalesDay[]; segments: SegmentDay[]; products: ProductDay[] } {
  const tally: Tally = { sales: new Map(), segments: new Map(), products: new Map() }
  for (const order of orders) addSums(tally, order, sumsOfOrder(tally, order, unitCosts, models))
  for (const back of returns) addSums(tally, back, sumsOfReturn(tally, back, unitCosts, models))
  return {
    sales: [...tally.sales.values()],
    segments: [...tally.segments.values()],
    products: [...tally.products.values()],
  }
}

/** What an order adds to its day; its articles are added to their products. */
function sumsOfOrder(tally: Tally, order: OrderFact, unitCosts: UnitCosts, models: CostModels): SalesMeasures {
  const sums = zeros(salesMeasures)
  if (order.cancelled) return { ...sums, cancelled: 1n }
  const goodsGross = order.lines.reduce((sum, { grossMinor }) => sum + grossMinor, 0n)
  sums.orders += 1n
  sums.carriage_minor += withoutVat(order.totalMinor - goodsGross, order.deliveryVatBasisPoints)
  const net = order.lines.reduce(
    (sum, { grossMinor, vatBasisPoints }) => sum + withoutVat(grossMinor, vatBasisPoints),
    0n,
  )
  // A reward is a discount on what was bought: it contains as much VAT as the goods.
  if (goodsGross > 0n) sums.discount_minor += divideHalfUp(order.discountMinor * net, goodsGross)
  if (order.known !== null) sums[order.known ? 'known_customers' : 'new_customers'] += 1n
  if (order.kept !== null) sums.promises += 1n
  if (order.kept) sums.promises_kept += 1n
  sums.not_found += BigInt(order.notFound)
  if (order.rating !== null) sums.ratings += 1n
  if (order.rating !== null && order.rating >= satisfiedFrom) sums.ratings_good += 1n
  const costs = costOfOrder(order, unitCosts, models)
  for (const [index, line] of order.lines.entries()) {
    const net = withoutVat(line.grossMinor, line.vatBasisPoints)
    const product = ofProduct(tally, order, line.productId)
    sums.units += BigInt(line.units)
    sums.revenue_minor += net
    sums.markdown_minor += withoutVat(line.markdownMinor, line.vatBasisPoints)
    if (product) {
      product.units += BigInt(line.units)
      product.revenue_minor += net
      product.cost_minor += costs[index]?.totalMinor ?? 0n
    }
    for (const { term, amountMinor, source } of costs[index]?.terms ?? []) {
      sums[columnOf[term]] += amountMinor
      if (source === 'assumed_share') sums.assumed_minor += amountMinor
    }
  }
  return sums
}

/** What a return takes off the margin: what was given back without VAT, less what the goods to be sold again cost. */
export function lostByReturn(back: ReturnFact, unitCosts: UnitCosts, models: CostModels): bigint {
  const tally: Tally = { sales: new Map(), segments: new Map(), products: new Map() }
  const sums = sumsOfReturn(tally, back, unitCosts, models)
  return sums.returned_minor - sums.goods_back_minor
}

/** What is given back is shared by the articles' price to the cent; goods that are sold again give back what they cost. */
function sumsOfReturn(tally: Tally, back: ReturnFact, unitCosts: UnitCosts, models: CostModels): SalesMeasures {
  const sums = zeros(salesMeasures)
  sums.returns += 1n
  const weights = back.lines.map(({ grossMinor }) => (grossMinor > 0n ? grossMinor : 0n))
  const goods = back.refundMinor - back.carriageMinor
  const parts = weights.some((weight) => weight > 0n) ? allocate(goods, weights) : []
  sums.returned_minor += withoutVat(
    parts.length > 0 ? back.carriageMinor : back.refundMinor,
    back.deliveryVatBasisPoints,
  )
  const day = dayOf(back.soldAt)
  for (const [index, line] of back.lines.entries()) {
    const net = withoutVat(parts[index] ?? 0n, line.vatBasisPoints)
    const product = ofProduct(tally, back, line.productId)
    const units = BigInt(line.units)
    sums.returned_units += units
    sums.returned_minor += net
    if (product) {
      product.returned_units += units
      product.returned_minor += net
    }
    if (!line.toSellAgain) continue
    const served = servedLine({ ...line, lineId: '' }, back.soldAt, unitCosts)
    const [cost] = costToServe(
      { lines: [served], parcels: 0, contacts: 0, messagesMinor: 0n, cardPayments: 0, cardPaidMinor: 0n },
      models(back.channelCode, day),
    )
    const worth = cost?.terms.find(({ term }) => term === 'goods')?.amountMinor ?? 0n
    sums.goods_back_minor += worth
    if (product) product.goods_back_minor += worth
  }
  return sums
}

const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' })

/** The day of an instant in the firm's time zone, as `2026-03-02`. */
export function dayOf(instant: Date): string {
  return days.format(instant)
}

/** Stands for no shop (RFC 9562, 5.9): what is brought home. */
const noSite = '00000000-0000-0000-0000-000000000000'

type Where = { readonly day: string; readonly channelCode: string; readonly siteId: string | null }

/** Sums by where and of what, as they grow. */
type Tally = {
  readonly sales: Map<string, SalesDay>
  readonly segments: Map<string, SegmentDay>
  readonly products: Map<string, ProductDay>
}

/** Adds sums to their day, channel and shop, and to the same of each segment their customer is in. */
function addSums(
  { sales, segments }: Tally,
  where: Where & { segments: readonly string[] },
  sums: SalesMeasures,
): void {
  const { day, channelCode, siteId } = where
  const place = { day, channel_code: channelCode, site_id: siteId ?? noSite }
  const key = `${day} ${channelCode} ${siteId}`
  sales.set(key, { ...place, ...added(sales.get(key), sums) })
  for (const id of where.segments) {
    const ofSegment = `${key} ${id}`
    segments.set(ofSegment, { ...place, segment_id: id, ...added(segments.get(ofSegment), sums) })
  }
}

function added(before: SalesMeasures | undefined, more: SalesMeasures): SalesMeasures {
  if (!before) return more
  return Object.fromEntries(salesMeasures.map((name) => [name, before[name] + more[name]])) as SalesMeasures
}

/** The sums of an article; undefined of one that nobody knows any more. */
function ofProduct(
  { products }: Tally,
  { day, channelCode, siteId }: Where,
  productId: string | null,
): ProductDay | undefined {
  if (productId === null) return undefined
  const key = `${day} ${channelCode} ${siteId} ${productId}`
  let row = products.get(key)
  if (!row) {
    row = {
      day,
      channel_code: channelCode,
      site_id: siteId ?? noSite,
      product_id: productId,
      ...zeros(productMeasures),
    }
    products.set(key, row)
  }
  return row
}

function zeros<const M extends string>(measures: readonly M[]): Record<M, bigint> {
  return Object.fromEntries(measures.map((measure) => [measure, 0n])) as Record<M, bigint>
}
