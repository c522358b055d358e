import type { AuditReport, Weakness } from '@ecluse/contracts/audits.ts'

/** From where on something is called weak. */
const limits = {
  fall: 0.05,
  promises: 0.95,
  answered: 0.9,
  returns: 1.5,
  share: 0.6,
  company: 0.25,
  supplier: 0.5,
  satisfaction: 0.8,
  stockOuts: 0.05,
  prices: 0.05,
  competitor: 0.05,
}
/** Of fewer orders a share says little. */
const fewOrders = 20
/** And of fewer ratings. */
const fewRatings = 10

type Facts = Omit<AuditReport, 'weaknesses' | 'unsaid'>

/** What is weak and by how much, the widest gap first. */
export function weaknessesOf({ channels, partners, shops, prices, suspects, competitors }: Facts): Weakness[] {
  const returned = meanReturnRate(channels)
  const found: Weakness[] = [
    ...channels.flatMap((one) => ofChannel(one, returned)),
    ...(channels.length > 1 ? channels.filter(({ share }) => share > limits.share) : []).map(
      ({ channel, share }): Weakness => weak('dependent', channel, null, share, limits.share, share - limits.share),
    ),
    ...partners
      .filter(({ kind, share }) => share > limits[kind])
      .map(({ kind, name, share }) =>
        weak(`dependent_on_${kind}`, null, name, share, limits[kind], share - limits[kind]),
      ),
    ...shops
      .filter(({ stockOuts }) => stockOuts > limits.stockOuts)
      .map(({ name, stockOuts }) =>
        weak('out_of_stock', null, name, stockOuts, limits.stockOuts, stockOuts - limits.stockOuts),
      ),
    ...prices
      .filter(({ gap }) => gap > limits.prices)
      .slice(0, 10)
      .map(({ sku, high, low, gap }) => weak('prices_differ', high.channel, sku, high.priceMinor, low.priceMinor, gap)),
    ...competitors.flatMap(({ competitor, sku, gap, priceMinor, ourPriceMinor }) =>
      gap !== null && ourPriceMinor !== null && gap > limits.competitor
        ? [weak('dearer_than_competitor', null, `${sku} (${competitor})`, ourPriceMinor, priceMinor, gap)]
        : [],
    ),
    ...suspects.map(({ channel, other, correlation }) =>
      weak('suspected_cannibal', channel, other, correlation, 0, -correlation),
    ),
  ]
  return found.sort((a, b) => b.gap - a.gap)
}

function ofChannel(one: Facts['channels'][number], returned: number): Weakness[] {
  const { channel, netRevenue, netRevenueBefore, contribution, conversion, conversionBefore, orders } = one
  const found: Weakness[] = []
  const fall = netRevenueBefore > 0 ? 1 - netRevenue / netRevenueBefore : 0
  if (fall > limits.fall) found.push(weak('sales_falling', channel, null, netRevenue, netRevenueBefore, fall))
  if (contribution !== null && contribution < 0)
    found.push(weak('losing_money', channel, null, contribution, 0, netRevenue > 0 ? -contribution / netRevenue : 1))
  if (
    conversion !== null &&
    conversionBefore !== null &&
    conversionBefore > 0 &&
    1 - conversion / conversionBefore > limits.fall
  )
    found.push(
      weak('conversion_falling', channel, null, conversion, conversionBefore, 1 - conversion / conversionBefore),
    )
  if (one.promisesKept !== null && one.promisesKept < limits.promises)
    found.push(
      weak('promises_broken', channel, null, one.promisesKept, limits.promises, limits.promises - one.promisesKept),
    )
  if (one.satisfaction !== null && one.ratings >= fewRatings && one.satisfaction < limits.satisfaction)
    found.push(
      weak('unsatisfied', channel, null, one.satisfaction, limits.satisfaction, limits.satisfaction - one.satisfaction),
    )
  const back = one.retentionBefore === null ? 0 : one.retentionBefore - (one.retention ?? one.retentionBefore)
  if (back > limits.fall)
    found.push(weak('coming_back_less', channel, null, one.retention ?? 0, one.retentionBefore ?? 0, back))
  const answered = one.asked > 0 ? one.answered / one.asked : 1
  if (answered < limits.answered)
    found.push(weak('calls_unanswered', channel, null, answered, limits.answered, limits.answered - answered))
  if (one.returnRate !== null && orders >= fewOrders && returned > 0 && one.returnRate > returned * limits.returns)
    found.push(weak('returned_much', channel, null, one.returnRate, returned, one.returnRate - returned))
  return found
}

function meanReturnRate(channels: Facts['channels']): number {
  const told = channels.flatMap(({ returnRate, netRevenue }) =>
    returnRate === null ? [] : [{ returnRate, netRevenue }],
  )
  const sales = told.reduce((sum, { netRevenue }) => sum + Math.max(0, netRevenue), 0)
  if (sales <= 0) return 0
  return told.reduce((sum, { returnRate, netRevenue }) => sum + returnRate * Math.max(0, netRevenue), 0) / sales
}

const weak = (
  kind: Weakness['kind'],
  channel: string | null,
  other: string | null,
  value: number,
  against: number,
  gap: number,
): Weakness => ({ kind, channel, other, value, against, gap })

/** The sum of squared shares (Herfindahl, Hirschman): 1 when one has all; null where nothing is sold. */
export function herfindahl(sales: readonly number[]): number | null {
  const total = sales.reduce((sum, one) => sum + Math.max(0, one), 0)
  return total > 0 ? sales.reduce((sum, one) => sum + (Math.max(0, one) / total) ** 2, 0) : null
}
