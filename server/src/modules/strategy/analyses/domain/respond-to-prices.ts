import { enoughSold, priceLevels, type PriceResponseResults, type PriceUnit } from '@ecluse/contracts/price-response.ts'
import { bestPrice } from '@ecluse/strategy-engine/price-response/price-response.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { PricedGoods } from '../../../insights/public.ts'
import type { PriceResponseInput } from './analysis-input.ts'
import { endsOf, fewestWeeks, fitPrices, type PriceWeek } from './price-weeks.ts'

/**
 * How quantities answer to prices, of each product or category: its elasticity with an interval, by channel where one says enough alone,
 * and the price at which margin would be greatest.
 * @throws Unanswerable where nothing can be told of any
 */
export function respondToPrices(input: PriceResponseInput, onProgress: (done: number) => void): PriceResponseResults {
  const units = input.goods.map((goods, at) => {
    onProgress(at / input.goods.length)
    return tell(input, goods)
  })
  requireOne(units)
  return {
    kind: 'price_response',
    per: input.per,
    weeks: input.weeks.length,
    fewestWeeks,
    servingShare: input.servingShare,
    units: [...units.filter(({ elasticity }) => elasticity), ...units.filter(({ elasticity }) => !elasticity)],
  }
}

function requireOne(units: readonly PriceUnit[]): void {
  if (units.some(({ elasticity }) => elasticity !== null)) return
  if (units.length === 0) throw new Unanswerable('empty')
  const long = units.filter(({ problem }) => problem !== 'few_weeks')
  if (long.length === 0) {
    const have = Math.max(...units.map(({ weeks }) => weeks))
    throw new Unanswerable('too_few', { what: 'weeks of sales', have, need: fewestWeeks })
  }
  if (long.some(({ problem }) => problem === 'untold'))
    throw new Unanswerable('too_few', { what: 'changes of price apart from time', have: 0, need: 1 })
  const still = long.some(({ problem }) => problem === 'same_price')
  throw new Unanswerable('constant', { column: still ? 'price' : 'quantities' })
}

function tell({ per, weeks, servingShare, byChannel }: PriceResponseInput, goods: PricedGoods): PriceUnit {
  const finest = weeksOf(goods, weeks)
  const { level, rows } = settled(finest)
  const fitted = fitPrices(rows, weeks.length)
  const answered = typeof fitted === 'string' ? null : fitted
  const [low, high] = endsOf(finest.map(({ ratio }) => ratio))
  const { unit, name, articles, sold, priceMinor, costMinor } = goods
  const seen = { low, high }
  const share = soldShare(rows)
  return {
    unit,
    name,
    problem: typeof fitted === 'string' ? fitted : null,
    articles,
    sold,
    weeks: new Set(finest.map(({ week }) => week)).size,
    level,
    soldShare: share,
    priceMinor,
    seen,
    elasticity: answered?.elasticity ?? null,
    harmonics: answered?.harmonics ?? 0,
    channels: answered && byChannel ? ofChannels(finest, weeks.length) : [],
    costMinor,
    marginRate: costMinor === null ? null : 1 - servingShare - costMinor / priceMinor,
    best:
      answered && share >= enoughSold
        ? bestOf(answered.elasticity, per === 'product' ? goods : null, { servingShare, seen })
        : null,
    curve: answered?.curve ?? null,
  }
}

type ChannelWeek = PriceWeek & { readonly channel: string }

function weeksOf(goods: PricedGoods, weeks: readonly string[]): ChannelWeek[] {
  const numberOf = new Map(weeks.map((week, at) => [week, at]))
  return goods.weeks.flatMap(({ productId, channel, week, units, ratio }) => {
    const number = numberOf.get(week)
    return number === undefined ? [] : [{ group: `${productId} ${channel}`, channel, week: number, units, ratio }]
  })
}

/**
 * Weeks at the finest level at which few are without a sale. A week without one has no price, and leaving it out makes goods that sell
 * little look as if nobody minded the price: where many are missing, articles are taken together, then channels.
 */
function settled(finest: readonly ChannelWeek[]): { level: PriceUnit['level']; rows: readonly ChannelWeek[] } {
  const [apart, ...coarser] = priceLevels.map((level) => ({ level, rows: merged(finest, level) }))
  const enough = [apart, ...coarser].find((one) => one && soldShare(one.rows) >= enoughSold)
  return enough ?? coarser.at(-1) ?? { level: 'apart', rows: finest }
}

/** Weeks of groups that are one: units added, prices for the usual ones weighed by them. */
function merged(rows: readonly ChannelWeek[], level: PriceUnit['level']): readonly ChannelWeek[] {
  if (level === 'apart') return rows
  const sums = new Map<string, { first: ChannelWeek; units: number; logarithms: number }>()
  for (const row of rows) {
    const group = level === 'channels' ? row.channel : ''
    const key = `${row.week} ${group}`
    const sum = sums.get(key) ?? { first: { ...row, group, channel: group }, units: 0, logarithms: 0 }
    sum.units += row.units
    sum.logarithms += row.units * Math.log(row.ratio)
    sums.set(key, sum)
  }
  return [...sums.values()].map(({ first, units, logarithms }) => ({
    ...first,
    units,
    ratio: Math.exp(logarithms / units),
  }))
}

/** Of the weeks from the first sale of each group to its last, those with one. */
function soldShare(rows: readonly PriceWeek[]): number {
  const own = new Map<string, number[]>()
  for (const { group, week } of rows) own.set(group, [...(own.get(group) ?? []), week])
  const possible = [...own.values()].reduce((sum, weeks) => {
    const [first, last] = endsOf(weeks)
    return sum + last - first + 1
  }, 0)
  return possible === 0 ? 0 : rows.length / possible
}

function ofChannels(rows: readonly ChannelWeek[], weeks: number): PriceUnit['channels'] {
  const channels = [...new Set(rows.map(({ channel }) => channel))].toSorted()
  if (channels.length < 2) return []
  return channels.flatMap((channel) => {
    const own = settled(rows.filter((row) => row.channel === channel))
    if (soldShare(own.rows) < enoughSold) return []
    const fitted = fitPrices(own.rows, weeks)
    return typeof fitted === 'string' ? [] : [{ channel, ...fitted.elasticity }]
  })
}

/** What is best at the elasticity and at both ends of its interval; serving costs a share of the price, goods what they cost. */
function bestOf(
  { value, low, high }: NonNullable<PriceUnit['elasticity']>,
  goods: PricedGoods | null,
  { servingShare, seen }: { servingShare: number; seen: PriceUnit['seen'] },
): PriceUnit['best'] {
  if (!(value < -1)) return null
  const marginRate = -1 / value
  const costMinor = goods?.costMinor ?? null
  if (goods === null || costMinor === null || !(costMinor > 0) || servingShare >= 1)
    return { marginRate, priceMinor: null, lowMinor: null, highMinor: null, outside: false }
  const at = (elasticity: number): number => bestPrice(elasticity, costMinor / (1 - servingShare))
  const priceMinor = at(value)
  const ratio = priceMinor / goods.priceMinor
  return {
    marginRate,
    priceMinor,
    lowMinor: at(low),
    highMinor: high < -1 ? at(high) : null,
    outside: ratio < seen.low || ratio > seen.high,
  }
}
