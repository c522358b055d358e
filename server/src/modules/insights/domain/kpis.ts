import type { Kpi, KpiValues } from '@ecluse/contracts/insights.ts'

/** Sums over days, in minor units without VAT, from which every figure is computed; null where nothing can be said. */
export type Sums = {
  visits: number | null
  views: number | null
  /** Visits after which the same person ordered. */
  converted: number | null
  outreach_minor: number | null
  asked: number | null
  answered: number | null
  answer_seconds: number | null
  fixed_minor: number | null
  orders: number | null
  cancelled: number | null
  units: number
  revenue_minor: number
  carriage_minor: number | null
  discount_minor: number | null
  /** What was taken off prices, which revenue is counted after. */
  markdown_minor: number | null
  goods_minor: number | null
  assumed_minor: number | null
  payment_minor: number | null
  picking_minor: number | null
  parcel_minor: number | null
  commission_minor: number | null
  contact_minor: number | null
  /** Of products the costs are kept together. */
  cost_minor: number
  returned_minor: number
  goods_back_minor: number
  new_customers: number | null
  known_customers: number | null
  promises: number | null
  promises_kept: number | null
  not_found: number | null
  ratings: number | null
  ratings_good: number | null
  /** Who ordered in the twelve months before the last twelve, and of these who did in these again. */
  customers: number | null
  retained: number | null
  /** Articles shelves had before, and those they lacked, at the end of each day. */
  stock_articles: number | null
  stock_missing: number | null
}

/** A quotient, and null where there is nothing to divide by: never NaN. */
function ratio(dividend: number | null, divisor: number | null): number | null {
  return dividend === null || divisor === null || divisor === 0 ? null : dividend / divisor
}

/** Every figure, from its sums. The words of these formulas are `kpi.*.formula` on the screen. */
export function kpisOf(sums: Sums): KpiValues {
  const revenue = sums.revenue_minor + (sums.carriage_minor ?? 0)
  const netRevenue = revenue - (sums.discount_minor ?? 0) - sums.returned_minor
  const costToServe = sums.cost_minor - sums.goods_back_minor
  const margin = netRevenue - costToServe
  const customers =
    sums.new_customers === null || sums.known_customers === null ? null : sums.new_customers + sums.known_customers
  return {
    visits: sums.visits,
    views: sums.views,
    orders: sums.orders,
    conversion: ratio(sums.converted, sums.visits),
    units: sums.units,
    basket: ratio(revenue, sums.orders),
    revenue,
    discount:
      sums.discount_minor === null || sums.markdown_minor === null ? null : sums.discount_minor + sums.markdown_minor,
    returned: sums.returned_minor,
    returnRate: ratio(sums.returned_minor, revenue),
    netRevenue,
    goods: sums.goods_minor,
    assumedShare: ratio(sums.assumed_minor, sums.goods_minor),
    payment: sums.payment_minor,
    picking: sums.picking_minor,
    parcel: sums.parcel_minor,
    commission: sums.commission_minor,
    contacts: sums.contact_minor,
    costToServe,
    margin,
    marginRate: ratio(margin, netRevenue),
    fixed: sums.fixed_minor,
    outreach: sums.outreach_minor,
    contribution:
      sums.fixed_minor === null && !sums.outreach_minor
        ? null
        : margin - (sums.fixed_minor ?? 0) - (sums.outreach_minor ?? 0),
    acquisitionCost: ratio(sums.outreach_minor, sums.new_customers),
    returnOnSpend: ratio(sums.outreach_minor === null ? null : margin, sums.outreach_minor),
    newCustomers: sums.new_customers,
    knownCustomers: sums.known_customers,
    newShare: ratio(sums.new_customers, customers),
    retention: ratio(sums.retained, sums.customers),
    ratings: sums.ratings,
    satisfaction: ratio(sums.ratings_good, sums.ratings),
    stockOuts: ratio(sums.stock_missing, sums.stock_articles),
    answerSeconds: ratio(sums.answer_seconds, sums.answered),
    promisesKept: ratio(sums.promises_kept, sums.promises),
    notFound: sums.not_found,
    cancelled: sums.cancelled,
  } satisfies Record<Kpi, number | null>
}
