import { requireOnce, requireRange, Unanswerable } from '../unanswerable.ts'
import { requireDistribution, type Distribution } from './distribution.ts'

/** People who buy alike. */
export interface Segment {
  name: string
  /** Purchases they think of in the first month, wherever they may make them. */
  occasions: number
  /** By how much that grows in a year: 0.02. */
  growth: number
  /** Twelve factors from January on; none: no season. */
  season?: readonly number[]
  /** What one purchase is worth at list prices. */
  basket: number
  /** How much utility a price twice the list price costs: the price coefficient of a logit, as a positive figure. */
  priceSensitivity: number
  /** Standard deviation of a month's demand, relative: 0.1. */
  volatility: number
}

/** A way to sell. Money is in one currency, costs are positive. */
export interface SalesChannel {
  name: string
  open: boolean
  /** Utility for each segment at list price, against buying nowhere (0): what a logit of choices estimates. */
  appeal: readonly number[]
  /** Prices over list prices: 1. */
  price: number
  /** Cost of the goods over their list price. */
  goodsCost: number
  /** Handling, parcel, payment, contacts: of one order. */
  orderCost: number
  /** Share of the turnover that others keep. */
  commission: number
  fixedCost: number
  /** Orders a month that can be served; Infinity where there is no limit. */
  capacity: number
  /** Share of orders whose goods are there. */
  inStock: number
  /** Once opened, months until 63 % of those who would use it know it. */
  monthsToBeKnown: number
  /** What an order costs after each doubling of all orders served, as a share: 0.9; 1 where practice teaches nothing. */
  experience: number
  /** Orders served before the first month, from which the doublings count; above 0. */
  ordersBefore: number
  /** Months until customers’ money is there. */
  cashDelay: number
}

/** What others do. */
export interface Market {
  /** Utility of the rivals’ best offer for each segment. */
  rivalAppeal: readonly number[]
  /** By how much the rivals’ utility rises when the whole market comes over to us: 0 where they do not answer. */
  answer: number
  /** Months they take to notice. */
  answerDelay: number
  /** Of those who could not be served, the share who look at our other channels. */
  patience: number
}

export interface Company {
  segments: readonly Segment[]
  channels: readonly SalesChannel[]
  market: Market
  /** Per year. */
  discountRate: number
  /** Calendar month of the first one, 1 to 12. */
  firstMonth: number
  months: number
}

/** What of a channel a move may change. */
export type ChannelTerm = 'price' | 'goodsCost' | 'orderCost' | 'commission' | 'fixedCost' | 'capacity' | 'inStock'

/** One change: opened or closed, or a figure set (`to`), added to (`by`) or multiplied (`times`). */
export type Change =
  | { what: 'open'; channel: string }
  | { what: 'close'; channel: string }
  | { what: ChannelTerm; channel: string; to?: number; by?: number; times?: number }
  | { what: 'appeal'; channel: string; segment?: string; to?: number; by?: number }

/** Something done in a month, counted from 1, that lasts. */
export interface Move {
  name: string
  month: number
  /** Paid once, in that month. */
  investment: number
  /** Paid every month from then on. */
  monthlyCost: number
  changes: readonly Change[]
}

/** What an uncertain figure works upon. It multiplies, except the appeal, to which it is added. */
export type Target =
  | { what: 'demand' | 'priceSensitivity'; segment?: string }
  | { what: 'appeal'; channel: string; segment?: string }
  | { what: ChannelTerm; channel: string }
  | { what: 'answer' }
  | { what: 'effect' | 'cost'; move: string }

/** A figure nobody knows for sure. The same name draws the same values in every scenario of a comparison. */
export interface Uncertain {
  name: string
  distribution: Distribution
  affects: readonly Target[]
}

/** A company and what it does about its distribution. */
export interface Scenario {
  company: Company
  moves: readonly Move[]
  uncertain: readonly Uncertain[]
}

/** The place of a name, or a refusal that says which is not there. */
export function placeOf(things: readonly { name: string }[], name: string): number {
  const place = things.findIndex((thing) => thing.name === name)
  if (place < 0) throw new Unanswerable('unknown_name', { name })
  return place
}

/** Refuses a scenario of which no honest figure could follow, with the reason. */
export function requireScenario({ company, moves, uncertain }: Scenario): void {
  const { segments, channels, market } = company
  for (const [what, have] of [
    ['segments', segments.length],
    ['channels', channels.length],
  ] as const) {
    if (have === 0) throw new Unanswerable('too_few', { what, have, need: 1 })
  }
  for (const things of [segments, channels, moves, uncertain]) requireOnce(things)
  requireRange('months', company.months, 1, 600)
  requireRange('first month', company.firstMonth, 1, 12)
  requireRange('discount rate', company.discountRate, -0.5, 10)
  for (const segment of segments) requireSegment(segment)
  for (const channel of channels) requireChannel(channel, segments.length)
  requireList('rival appeal', market.rivalAppeal, segments.length, -50, 50)
  requireRange('answer', market.answer, 0, 20)
  requireRange('answer delay', market.answerDelay, 0, 600)
  requireRange('patience', market.patience, 0, 1)
  for (const move of moves) {
    requireRange('month', move.month, 1, company.months)
    for (const cost of [move.investment, move.monthlyCost]) requireRange(`cost of ${move.name}`, cost, -1e15, 1e15)
    for (const change of move.changes) requireChange(change, company)
  }
  for (const { distribution, affects } of uncertain) {
    requireDistribution(distribution)
    for (const target of affects) requireTarget(target, company, moves)
  }
}

function requireList(name: string, values: readonly number[], length: number, least: number, most: number): void {
  if (values.length !== length) throw new Unanswerable('mismatch', { first: values.length, second: length })
  for (const value of values) requireRange(name, value, least, most)
}

function requireSegment({ occasions, growth, season, basket, priceSensitivity, volatility }: Segment): void {
  requireRange('occasions', occasions, 0, 1e12)
  requireRange('growth', growth, -0.99, 10)
  if (season) requireList('season', season, 12, 0, 100)
  requireRange('basket', basket, 0, 1e9)
  requireRange('price sensitivity', priceSensitivity, 0, 100)
  requireRange('volatility', volatility, 0, 3)
}

function requireChannel(channel: SalesChannel, segments: number): void {
  requireList('appeal', channel.appeal, segments, -50, 50)
  requireRange('price', channel.price, 0, 100)
  requireRange('goods cost', channel.goodsCost, 0, 100)
  requireRange('order cost', channel.orderCost, 0, 1e9)
  requireRange('commission', channel.commission, 0, 1)
  requireRange('fixed cost', channel.fixedCost, 0, 1e15)
  requireRange('capacity', channel.capacity, 0)
  requireRange('in stock', channel.inStock, 0, 1)
  requireRange('months to be known', channel.monthsToBeKnown, 0, 600)
  requireRange('experience', channel.experience, 0.1, 1)
  requireRange('orders before', channel.ordersBefore, 1e-9, 1e15)
  requireRange('cash delay', channel.cashDelay, 0, 24)
}

function requireChange(change: Change, { channels, segments }: Company): void {
  placeOf(channels, change.channel)
  if (change.what === 'open' || change.what === 'close') return
  if (change.what === 'appeal' && change.segment !== undefined) placeOf(segments, change.segment)
  const given = [change.to, change.by, 'times' in change ? change.times : undefined].filter((one) => one !== undefined)
  if (given.length !== 1) throw new Unanswerable('mismatch', { first: given.length, second: 1 })
  if (!(Math.abs(given[0]!) <= 1e15) && change.what !== 'capacity') requireRange(change.what, given[0]!, -1e15, 1e15)
  if (Number.isNaN(given[0])) requireRange(change.what, NaN, 0)
}

function requireTarget(target: Target, { channels, segments }: Company, moves: readonly Move[]): void {
  if ('channel' in target) placeOf(channels, target.channel)
  if ('segment' in target && target.segment !== undefined) placeOf(segments, target.segment)
  if ('move' in target) placeOf(moves, target.move)
}
