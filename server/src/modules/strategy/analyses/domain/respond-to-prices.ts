import type { PriceResponseResults, PriceUnit } from '@ecluse/contracts/price-response.ts'
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
  const still = long.some(({ problem }) => problem !== 'same_quantity')
  throw new Unanswerable('constant', { column: still ? 'price' : 'quantities' })
}

function tell({ per, weeks, servingShare, byChannel }: PriceResponseInput, goods: PricedGoods): PriceUnit {
  const rows = weeksOf(goods, weeks)
  const fitted = fitPrices(rows, weeks.length)
  const answered = typeof fitted === 'string' ? null : fitted
  const [low, high] = endsOf(rows.map(({ ratio }) => ratio))
  const { unit, name, articles, sold, priceMinor, costMinor } = goods
  const seen = { low, high }
  return {
    unit,
    name,
    problem: typeof fitted === 'string' ? fitted : null,
    articles,
    sold,
    weeks: new Set(rows.map(({ week }) => week)).size,
    soldShare: soldShare(rows),
    priceMinor,
    seen,
    elasticity: answered?.elasticity ?? null,
    harmonics: answered?.harmonics ?? 0,
    channels: answered && byChannel ? ofChannels(rows, weeks.length) : [],
    costMinor,
    marginRate: costMinor === null ? null : 1 - servingShare - costMinor / priceMinor,
    best: answered && bestOf(answered.elasticity, per === 'product' ? goods : null, { servingShare, seen }),
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
    const fitted = fitPrices(
      rows.filter((row) => row.channel === channel),
      weeks,
    )
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
