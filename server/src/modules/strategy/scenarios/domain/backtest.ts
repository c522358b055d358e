import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import type { Backtest, ChannelMonth } from '@ecluse/contracts/scenarios.ts'
import { layOut } from '@ecluse/strategy-engine/scenario/layout.ts'
import { coneOf, joinChunks } from '@ecluse/strategy-engine/scenario/outcome.ts'
import { simulateChunk } from '@ecluse/strategy-engine/scenario/simulate.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { calibrate } from './calibrate.ts'
import { isWhole } from './calendar.ts'
import { engineScenario } from './engine-scenario.ts'

const year = 12
const draws = 250

/**
 * Fits the model to the two years before the last one, has it predict that last year, and tells by how much it missed, beside the simplest
 * guess: that each month repeats that of the year before. Whole months only.
 * @throws Unanswerable `too_few` when there are not three whole years
 */
export function backtest(months: readonly ChannelMonth[]): Backtest {
  const whole = months.filter(isWhole)
  const names = [...new Set(whole.map(({ month }) => month))].sort()
  if (names.length < 3 * year)
    throw new Unanswerable('too_few', { what: 'whole months', have: names.length, need: 3 * year })
  const last = names.slice(-year)
  const fitted = names.slice(-3 * year, -year)
  const startsOn = addMonths(fitted.at(-1)!, 1)
  const { figures } = calibrate(
    whole.filter(({ month }) => fitted.includes(month)),
    startsOn,
  )
  const scenario = engineScenario(doingNothingFrom(startsOn), figures)
  const layout = layOut(scenario)
  const outcome = joinChunks(layout, [simulateChunk(layout, 1, draws, 0)])
  const cone = coneOf(outcome.revenue, { months: year, draws, soFar: false })
  const revenueOf = (month: string, channel?: string): number =>
    whole.reduce(
      (sum, one) =>
        one.month === month && (channel === undefined || one.channel === channel) ? sum + one.revenue : sum,
      0,
    )
  const told = last.map((month, at) => ({
    month,
    actual: revenueOf(month),
    predicted: outcome.means.revenue
      .subarray(at * layout.channels, (at + 1) * layout.channels)
      .reduce((sum, value) => sum + value, 0),
    low: cone.low[at]!,
    high: cone.high[at]!,
  }))
  const actual = told.reduce((sum, one) => sum + one.actual, 0)
  if (!(actual > 0)) throw new Unanswerable('empty')
  const missed = (guesses: readonly number[]): number =>
    told.reduce((sum, one, at) => sum + Math.abs(one.actual - guesses[at]!), 0) / actual
  const channels = [...new Set(whole.map(({ channel }) => channel))]
  return {
    fitted: fitted.length,
    predicted: last.length,
    error: missed(told.map(({ predicted }) => predicted)),
    repeated: missed(last.map((month) => revenueOf(addMonths(month, -year)))),
    inside: told.filter((one) => one.actual >= one.low && one.actual <= one.high).length / told.length,
    months: told,
    channels: channels.map((channel) => {
      const at = outcome.channels.indexOf(channel)
      const came = last.reduce((sum, month) => sum + revenueOf(month, channel), 0)
      const predicted =
        at < 0 ? 0 : last.reduce((sum, _, month) => sum + outcome.means.revenue[month * layout.channels + at]!, 0)
      return { channel, actual: came, predicted, error: came === 0 ? null : Math.abs(came - predicted) / came }
    }),
  }
}

const doingNothingFrom = (startsOn: string): ScenarioContent => ({
  question: '',
  startsOn,
  months: year,
  discountRate: 0,
  judgements: [],
  planned: [],
  moves: [],
  uncertain: [],
  assumptions: [],
})
