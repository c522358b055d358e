import type {
  PlannedChannel,
  ScenarioChange,
  ScenarioContent,
  ScenarioTarget,
} from '@ecluse/contracts/scenario-content.ts'
import type { CalibratedFigure } from '@ecluse/contracts/scenarios.ts'
import type { Change, Company, SalesChannel, Scenario, Target } from '@ecluse/strategy-engine/scenario/company.ts'
import { requireRange, Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { meanMonthDays, monthsAfter } from './calendar.ts'

/** One kind of customer: the firm's figures tell no others apart. */
const segmentName = 'customers'

/** What the engine simulates: numbers read from the firm unless somebody judged otherwise, and the moves at their months. */
export function engineScenario(content: ScenarioContent, figures: readonly CalibratedFigure[]): Scenario {
  const company = companyOf(content, figures)
  return {
    company,
    moves: content.moves.map(({ name, month, investment, monthlyCost, changes }) => ({
      name,
      month: monthsAfter(content.startsOn, month) + 1,
      investment,
      monthlyCost,
      changes: changes.map(changeOf),
    })),
    uncertain: content.uncertain.map(({ name, distribution, affects }) => ({
      name,
      distribution,
      affects: affects.map(targetOf),
    })),
  }
}

/** Days of each month of the calendar, from January on. */
const monthDays = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

type Figure = (name: string) => number

function companyOf(content: ScenarioContent, figures: readonly CalibratedFigure[]): Company {
  const values = judged(content, figures)
  const figure: Figure = (name) => {
    const value = values.get(name)
    if (value === undefined) throw new Unanswerable('unknown_name', { name })
    return value
  }
  const codes = figures.flatMap(({ figure: name }) => /^channel\.(.+)\.orders$/.exec(name)?.[1] ?? [])
  if (codes.length === 0) throw new Unanswerable('empty')
  const orders = codes.map((code) => figure(`channel.${code}.orders`))
  codes.forEach((code, at) => requireRange(`channel.${code}.orders`, orders[at]!, 1e-6))
  const share = figure('market.share')
  requireRange('market.share', share, 0.001, 0.99)
  const total = orders.reduce((sum, one) => sum + one, 0)
  // A short month sells less than a long one, whatever its season.
  const season = Array.from(
    { length: 12 },
    (_, at) => ((values.get(`demand.season.${at + 1}`) ?? 1) * monthDays[at]!) / meanMonthDays,
  )
  const channels = codes.map((code, at) => channelOf(code, orders[at]! / total, share, figure))
  return {
    segments: [
      {
        name: segmentName,
        occasions: total / share,
        growth: figure('demand.growth'),
        season,
        basket: figure('demand.basket'),
        priceSensitivity: figure('demand.priceSensitivity'),
        volatility: figure('demand.volatility'),
      },
    ],
    channels: [...channels, ...content.planned.map((planned) => plannedChannel(planned, channels))],
    market: {
      rivalAppeal: [0],
      answer: figure('market.answer'),
      answerDelay: figure('market.answerDelay'),
      patience: figure('market.patience'),
    },
    discountRate: content.discountRate,
    firstMonth: Number(content.startsOn.slice(5, 7)),
    months: content.months,
  }
}

/** Numbers by name; no limit is endless. A judgement about a number that is not there is refused rather than passed over. */
function judged({ judgements }: ScenarioContent, figures: readonly CalibratedFigure[]): Map<string, number> {
  const values = new Map(figures.map(({ figure, value }) => [figure, value ?? Infinity]))
  for (const { figure, value } of judgements) {
    if (!values.has(figure)) throw new Unanswerable('unknown_name', { name: figure })
    values.set(figure, value)
  }
  return values
}

/**
 * The appeal is the one with which, at today's prices, the channel has its share of the purchases people think of: the rivals and not
 * buying have a utility of nought each. A channel's own basket is told as its price level, so that its turnover is what it is.
 */
function channelOf(code: string, part: number, share: number, figure: Figure): SalesChannel {
  const of = (name: string): number => figure(`channel.${code}.${name}`)
  const basket = figure('demand.basket')
  requireRange('demand.basket', basket, 1e-6)
  const price = of('basket') / basket
  const weight = (2 * share * part) / (1 - share)
  return {
    name: code,
    open: true,
    appeal: [Math.log(weight) + figure('demand.priceSensitivity') * (price - 1)],
    price,
    goodsCost: of('goods') * price,
    orderCost: of('orderCost'),
    commission: of('commission'),
    fixedCost: of('fixedCost'),
    capacity: of('capacity'),
    inStock: of('inStock'),
    monthsToBeKnown: 0,
    experience: 1,
    ordersBefore: 1,
    cashDelay: 0,
  }
}

function plannedChannel(planned: PlannedChannel, channels: readonly SalesChannel[]): SalesChannel {
  const { name, like, appealBy, fixedCost, capacity, monthsToBeKnown } = planned
  const model = channels.find((channel) => channel.name === like)
  if (!model) throw new Unanswerable('unknown_name', { name: like })
  return {
    ...model,
    name,
    open: false,
    appeal: model.appeal.map((appeal) => appeal + appealBy),
    fixedCost,
    capacity: capacity ?? Infinity,
    monthsToBeKnown,
  }
}

function changeOf({ what, channel, to, by, times }: ScenarioChange): Change {
  if (what === 'open' || what === 'close') return { what, channel }
  const amount = { ...(to === undefined ? {} : { to }), ...(by === undefined ? {} : { by }) }
  if (what === 'appeal') return { what, channel, ...amount }
  return { what, channel, ...amount, ...(times === undefined ? {} : { times }) }
}

function targetOf({ what, channel = '', move = '' }: ScenarioTarget): Target {
  switch (what) {
    case 'demand':
    case 'priceSensitivity':
    case 'answer':
      return { what }
    case 'effect':
    case 'cost':
      return { what, move }
    default:
      return { what, channel }
  }
}
