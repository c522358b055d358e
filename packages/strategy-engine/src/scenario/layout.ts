import {
  placeOf,
  requireScenario,
  type ChannelTerm,
  type Company,
  type Move,
  type Scenario,
  type Target,
} from './company.ts'
import { keyOfName, type Distribution } from './distribution.ts'

/** The terms of channels a move or an uncertain figure may change, in the order they lie in memory. */
const terms: readonly ChannelTerm[] = [
  'price',
  'goodsCost',
  'orderCost',
  'commission',
  'fixedCost',
  'capacity',
  'inStock',
]

/** The place of each term among them; its channels begin at that many times the channels. */
export const termPlaces = Object.fromEntries(terms.map((term, at) => [term, at])) as Record<ChannelTerm, number>

/** The figures of a scenario that chance or moves change, laid out for a draw; each draw starts from a copy. */
export interface State {
  /** `terms[term · channels + channel]`. */
  terms: Float64Array
  /** `appeal[segment · channels + channel]`. */
  appeal: Float64Array
  /** Month of opening, from 0; −1 where it always was open, the number of months where it is closed. */
  openedAt: Int32Array
  sensitivity: Float64Array
  demand: Float64Array
  answer: Float64Array
  /** Of each move. */
  moveEffect: Float64Array
  moveCost: Float64Array
}

/** A change with its names turned into places. */
export interface PlacedChange {
  channel: number
  kind: 'open' | 'close' | 'term' | 'appeal'
  /** Places in `terms` or `appeal`. */
  places: number[]
  to: number | null
  by: number
  times: number
}

export interface PlacedMove {
  month: number
  investment: number
  monthlyCost: number
  changes: PlacedChange[]
}

/** An uncertain figure with its places: arrays of the state, and where in them. */
export interface PlacedUncertain {
  name: string
  key: number
  distribution: Distribution
  targets: { field: Exclude<keyof State, 'openedAt'>; places: number[]; adds: boolean }[]
}

/** A scenario made ready: names are places, lists are typed arrays, what never changes is worked out once. */
export interface Layout {
  company: Company
  segments: number
  channels: number
  months: number
  start: State
  moves: PlacedMove[]
  uncertain: PlacedUncertain[]
  /** `expected[month · segments + segment]`: occasions before chance. */
  expected: Float64Array
  baskets: Float64Array
  volatility: Float64Array
  /** exp(utility) of the rivals. */
  rivals: Float64Array
  /** `known[channel · months + age]`: how many of those who would use it know it. */
  known: Float64Array
  /** Exponent of cost in orders served. */
  practice: Float64Array
  cashDelay: Int32Array
  discount: Float64Array
}

/** Checks a scenario and lays it out. Throws `Unanswerable`. */
export function layOut(scenario: Scenario): Layout {
  requireScenario(scenario)
  const { company } = scenario
  const { segments, channels, market, months } = company
  return {
    company,
    segments: segments.length,
    channels: channels.length,
    months,
    start: startingState(scenario),
    moves: scenario.moves.map((move) => placeMove(move, company)).sort((a, b) => a.month - b.month),
    uncertain: scenario.uncertain.map(({ name, distribution, affects }) => ({
      name,
      key: keyOfName(name),
      distribution,
      targets: affects.map((target) => placeTarget(target, scenario)),
    })),
    expected: expectedOccasions(company),
    baskets: Float64Array.from(segments, ({ basket }) => basket),
    volatility: Float64Array.from(segments, ({ volatility }) => volatility),
    rivals: Float64Array.from(market.rivalAppeal, Math.exp),
    known: Float64Array.from(
      channels.flatMap(({ monthsToBeKnown }) =>
        Array.from({ length: months }, (_, age) =>
          monthsToBeKnown === 0 ? 1 : -Math.expm1(-(age + 1) / monthsToBeKnown),
        ),
      ),
    ),
    practice: Float64Array.from(channels, ({ experience }) => Math.log2(experience)),
    cashDelay: Int32Array.from(channels, ({ cashDelay }) => cashDelay),
    discount: Float64Array.from({ length: months + 25 }, (_, month) => (1 + company.discountRate) ** (-month / 12)),
  }
}

function startingState({ company: { segments, channels, market, months }, moves }: Scenario): State {
  return {
    terms: Float64Array.from(terms.flatMap((term) => channels.map((channel) => channel[term]))),
    appeal: Float64Array.from(segments.flatMap((_, segment) => channels.map(({ appeal }) => appeal[segment]!))),
    openedAt: Int32Array.from(channels, ({ open }) => (open ? -1 : months)),
    sensitivity: Float64Array.from(segments, ({ priceSensitivity }) => priceSensitivity),
    demand: new Float64Array(segments.length).fill(1),
    answer: Float64Array.of(market.answer),
    moveEffect: new Float64Array(moves.length).fill(1),
    moveCost: new Float64Array(moves.length).fill(1),
  }
}

function expectedOccasions({ segments, months, firstMonth }: Company): Float64Array {
  const expected = new Float64Array(months * segments.length)
  for (let month = 0; month < months; month++) {
    segments.forEach(({ occasions, growth, season }, segment) => {
      const factor = season?.[(firstMonth - 1 + month) % 12] ?? 1
      expected[month * segments.length + segment] = occasions * (1 + growth) ** (month / 12) * factor
    })
  }
  return expected
}

function appealPlaces(company: Company, channel: number, segment: string | undefined): number[] {
  const wanted = segment === undefined ? company.segments.map((_, at) => at) : [placeOf(company.segments, segment)]
  return wanted.map((at) => at * company.channels.length + channel)
}

function placeMove({ month, investment, monthlyCost, changes }: Move, company: Company): PlacedMove {
  const placed = changes.map((change): PlacedChange => {
    const channel = placeOf(company.channels, change.channel)
    const none = { channel, places: [], to: null, by: 0, times: 1 }
    if (change.what === 'open' || change.what === 'close') return { ...none, kind: change.what }
    const value = { to: change.to ?? null, by: change.by ?? 0 }
    if (change.what === 'appeal') {
      return { ...none, ...value, kind: 'appeal', places: appealPlaces(company, channel, change.segment) }
    }
    const place = termPlaces[change.what] * company.channels.length + channel
    return { ...none, ...value, kind: 'term', places: [place], times: change.times ?? 1 }
  })
  return { month: month - 1, investment, monthlyCost, changes: placed }
}

function placeTarget(target: Target, { company, moves }: Scenario): PlacedUncertain['targets'][number] {
  const bySegment = (segment: string | undefined): number[] =>
    segment === undefined ? company.segments.map((_, at) => at) : [placeOf(company.segments, segment)]
  const inOrder = [...moves].sort((a, b) => a.month - b.month)
  switch (target.what) {
    case 'demand':
      return { field: 'demand', places: bySegment(target.segment), adds: false }
    case 'priceSensitivity':
      return { field: 'sensitivity', places: bySegment(target.segment), adds: false }
    case 'appeal': {
      const channel = placeOf(company.channels, target.channel)
      return { field: 'appeal', places: appealPlaces(company, channel, target.segment), adds: true }
    }
    case 'answer':
      return { field: 'answer', places: [0], adds: false }
    case 'effect':
      return { field: 'moveEffect', places: [placeOf(inOrder, target.move)], adds: false }
    case 'cost':
      return { field: 'moveCost', places: [placeOf(inOrder, target.move)], adds: false }
    default: {
      const channel = placeOf(company.channels, target.channel)
      return { field: 'terms', places: [termPlaces[target.what] * company.channels.length + channel], adds: false }
    }
  }
}
