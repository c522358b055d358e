import { expect, test } from 'vitest'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import type { ChannelMonth } from '@ecluse/contracts/scenarios.ts'
import { backtest } from '../domain/backtest.ts'
import { calibrate } from '../domain/calibrate.ts'
import { daysOfMonth, meanMonthDays } from '../domain/calendar.ts'
import { engineScenario } from '../domain/engine-scenario.ts'
import { readInput, writeInput } from '../domain/run-input.ts'
import { simulateRun } from '../domain/simulate-run.ts'

const season = [0.7, 0.75, 0.95, 1.05, 1.2, 1.3, 1.25, 1.1, 1, 0.9, 0.85, 0.95]

/** Months of two channels: the site grows, both have a season. */
function history(count: number, growth = 0.1, orders = { web: 1_000, shops: 3_000 }): ChannelMonth[] {
  return Array.from({ length: count }, (_, at) => addMonths('2023-01', at)).flatMap((month, at) =>
    Object.entries(orders).map(([channel, base]) => {
      const days = daysOfMonth(month)
      const sold = base * season[Number(month.slice(5)) - 1]! * (1 + growth) ** (at / 12) * (days / meanMonthDays)
      const revenue = sold * (channel === 'web' ? 80 : 60)
      return {
        month,
        channel,
        days,
        orders: sold,
        revenue,
        goods: revenue * 0.55,
        handling: sold * 4,
        commission: revenue * 0.02,
        fixed: 9_000 * (days / meanMonthDays),
        visits: channel === 'web' ? sold * 40 : 0,
        visitOrders: channel === 'web' ? sold : 0,
      }
    }),
  )
}

const plain: ScenarioContent = {
  question: '',
  startsOn: '2026-01',
  months: 12,
  discountRate: 0.08,
  judgements: [],
  planned: [],
  moves: [],
  uncertain: [],
  assumptions: [],
}

test('three years tell level, growth, season, baskets, costs and conversion, each with its source', () => {
  const { figures, notes } = calibrate(history(36), '2026-01')
  const of = (name: string) => figures.find(({ figure }) => figure === name)
  expect(of('demand.growth')?.value).toBeCloseTo(0.1, 2)
  expect(of('demand.growth')?.source).toBe('orders')
  expect(of('demand.season.6')?.value).toBeCloseTo(1.3, 1)
  expect(of('channel.web.basket')?.value).toBeCloseTo(80, 6)
  expect(of('channel.web.goods')?.value).toBeCloseTo(0.55, 9)
  expect(of('channel.web.conversion')).toMatchObject({ source: 'visits' })
  expect(of('channel.web.conversion')?.value).toBeCloseTo(1 / 40, 9)
  expect(of('channel.web.fixedCost')?.value).toBeCloseTo(9_000, 6)
  expect(of('channel.shops.conversion')).toBeUndefined()
  expect(of('market.share')?.source).toBe('default')
  expect(notes).toEqual(['share_unknown', 'price_unknown'])
})

test('a model without moves goes on as the firm does', () => {
  const { figures } = calibrate(history(36), '2026-01')
  const input = { scenario: engineScenario(plain, figures), seed: 1, draws: 400, startsOn: '2026-01' }
  const { results } = simulateRun(input, () => undefined)
  const came = history(48).filter(({ month }) => month >= '2026-01')
  const total = came.reduce((sum, { revenue }) => sum + revenue, 0)
  const predicted = results.channels.reduce((sum, { revenue }) => sum + revenue, 0)
  expect(Math.abs(predicted - total) / total).toBeLessThan(0.03)
  const web = came.reduce((sum, { channel, revenue }) => (channel === 'web' ? sum + revenue : sum), 0)
  expect(results.channels.find(({ channel }) => channel === 'web')!.revenue / predicted).toBeCloseTo(web / total, 2)
  expect(results.gain).toMatchObject({ mean: 0, probabilityOfLoss: 0, internalReturn: null })
})

test('input written and read again gives the same bytes, and what has no limit stays without', () => {
  const { figures } = calibrate(history(36), '2026-01')
  const scenario = engineScenario(plain, figures)
  const input = { scenario, seed: 5, draws: 300, startsOn: '2026-01' }
  const again = readInput(writeInput(input))
  expect(again.scenario.company.channels[0]!.capacity).toBe(Infinity)
  expect(simulateRun(again, () => undefined).hash).toBe(simulateRun(input, () => undefined).hash)
  expect(simulateRun({ ...input, seed: 6 }, () => undefined).hash).not.toBe(simulateRun(input, () => undefined).hash)
})

test('two years predict the third; under three there is an explanation', () => {
  const told = backtest(history(36))
  expect(told).toMatchObject({ fitted: 24, predicted: 12 })
  expect(told.error).toBeLessThan(0.05)
  expect(told.error).toBeLessThan(told.repeated)
  expect(told.channels.map(({ channel }) => channel)).toEqual(['web', 'shops'])
  expect(() => backtest(history(35))).toThrow('too_few')
  expect(() => backtest([])).toThrow('too_few')
})

test('four weeks tell a level, and say what they cannot tell; one channel and no sales are no accident', () => {
  const { figures, notes } = calibrate(history(1), '2023-02')
  expect(notes).toEqual(['share_unknown', 'price_unknown', 'short_season', 'short_growth'])
  expect(figures.find(({ figure }) => figure === 'demand.growth')).toMatchObject({ value: 0, source: 'default' })
  expect(calibrate(history(36, 0.1, { web: 10, shops: 0 }), '2026-01').notes).toContain('one_channel')
  const nothing = calibrate(history(12, 0, { web: 0, shops: 0 }), '2026-01').figures
  expect(nothing.every(({ value }) => value === null || Number.isFinite(value))).toBe(true)
  expect(() => engineScenario(plain, nothing)).toThrow('empty')
})

test.each<[string, Partial<ScenarioContent>, string]>([
  ['a negative capacity', { judgements: [{ figure: 'channel.web.capacity', value: -1, why: 'x' }] }, 'out_of_range'],
  ['a share of all purchases', { judgements: [{ figure: 'market.share', value: 1, why: 'x' }] }, 'out_of_range'],
  [
    'a number that is not there',
    { judgements: [{ figure: 'channel.moon.orders', value: 1, why: 'x' }] },
    'unknown_name',
  ],
  [
    'a move before the beginning',
    { moves: [{ name: 'late', kind: 'other', month: '2025-01', investment: 0, monthlyCost: 0, changes: [] }] },
    'out_of_range',
  ],
  [
    'a channel like none',
    { planned: [{ name: 'new', like: 'moon', appealBy: 0, fixedCost: 0, capacity: null, monthsToBeKnown: 3 }] },
    'unknown_name',
  ],
])('%s is refused with its reason', (_, change, reason) => {
  const { figures } = calibrate(history(36), '2026-01')
  const input = { seed: 1, draws: 100, startsOn: '2026-01' }
  expect(() =>
    simulateRun({ ...input, scenario: engineScenario({ ...plain, ...change }, figures) }, () => undefined),
  ).toThrow(reason)
})
