import { requireRange, Unanswerable } from '../unanswerable.ts'
import { creditByShares, requireJourneys, type Credit, type Journeys } from './journeys.ts'

/** A graph of how journeys go on, and what it loses without each channel. */
export interface MarkovAttribution {
  /** The chance that a journey of the graph ends in a purchase. */
  conversionRate: number
  /** Of each channel: the share of purchases lost when whoever would go there leaves instead; 0 to 1. */
  removalEffects: Float64Array
  credit: Credit
}

/** More states than this would take minutes to solve without a tolerance. */
const mostStates = 1500

/**
 * Attribution by the removal effects of a Markov graph (E. Anderl, I. Becker, F. von Wangenheim, J. Schumann, International Journal of
 * Research in Marketing 33(3), 2016). The effects are exact: solved, not simulated. Rows of journeys that converted and did not count
 * both ways.
 * @param order how many touches back the next one depends on
 */
export function markovAttribution(journeys: Journeys, order = 1): MarkovAttribution {
  requireJourneys(journeys)
  requireRange('order', order, 1, 4)
  const graph = buildGraph(journeys, order)
  const conversionRate = conversionChance(graph, -1)
  const removalEffects = new Float64Array(journeys.channels.length)
  for (let channel = 0; channel < removalEffects.length; channel++) {
    removalEffects[channel] = Math.max(0, 1 - conversionChance(graph, channel) / conversionRate)
  }
  const total = removalEffects.reduce((sum, effect) => sum + effect, 0)
  const shares = removalEffects.map((effect) => effect / total)
  return { conversionRate, removalEffects, credit: creditByShares(journeys, shares) }
}

interface Graph {
  /** The channel of the last touch of each state; state 0 is the start and has none. */
  channels: number[]
  /** Weight of each step, by state and next state. */
  steps: Map<number, number>[]
  purchases: number[]
  leavings: number[]
}

/**
 * States are the last `order` touches. With one touch a state is its channel, found by index; with more, through a key, each new state
 * getting the next number.
 */
function buildGraph({ channels, starts, touches, conversions, losses }: Journeys, order: number): Graph {
  const base = channels.length + 1
  const kept = base ** (order - 1)
  const states = new Map<number, number>([[0, 0]])
  const graph: Graph = { channels: [-1], steps: [new Map()], purchases: [0], leavings: [0] }
  const stateOf = (key: number, channel: number): number => {
    let state = states.get(key)
    if (state === undefined) {
      states.set(key, (state = states.size))
      graph.channels.push(channel)
      graph.steps.push(new Map())
      graph.purchases.push(0)
      graph.leavings.push(0)
    }
    return state
  }
  for (let journey = 0; journey < conversions.length; journey++) {
    const weight = conversions[journey]! + losses[journey]!
    if (weight === 0) continue
    let key = 0
    let state = 0
    for (let at = starts[journey]!; at < starts[journey + 1]!; at++) {
      const channel = touches[at]!
      key = (key % kept) * base + channel + 1
      const next = stateOf(key, channel)
      const steps = graph.steps[state]!
      steps.set(next, (steps.get(next) ?? 0) + weight)
      state = next
    }
    graph.purchases[state]! += conversions[journey]!
    graph.leavings[state]! += losses[journey]!
  }
  if (states.size > mostStates) {
    throw new Unanswerable('out_of_range', { name: 'states', value: states.size, least: 1, most: mostStates })
  }
  return graph
}

/**
 * The chance of a purchase from the start, by Gaussian elimination on (I − Q)x = r. States are eliminated from the last to the first,
 * only the start's value being wanted. The matrix is weakly diagonally dominant, so no pivoting is needed; a state that is removed has
 * chance 0. Only what is left when a state is not repeated counts, so a channel that follows itself changes nothing.
 */
function conversionChance({ channels, steps, purchases, leavings }: Graph, removed: number): number {
  const size = channels.length
  const matrix = new Float64Array(size * size)
  const chance = new Float64Array(size)
  for (let state = 0; state < size; state++) {
    matrix[state * size + state] = 1
    if (channels[state] === removed && state > 0) continue
    let total = purchases[state]! + leavings[state]!
    for (const weight of steps[state]!.values()) total += weight
    if (total === 0) continue
    chance[state] = purchases[state]! / total
    for (const [next, weight] of steps[state]!) matrix[state * size + next]! -= weight / total
  }
  for (let state = size - 1; state > 0; state--) eliminate(matrix, chance, size, state)
  return chance[0]! / matrix[0]!
}

function eliminate(matrix: Float64Array, chance: Float64Array, size: number, state: number): void {
  const pivot = matrix[state * size + state]!
  // A state from which nothing but itself is ever reached: nobody buys there.
  if (pivot <= 0) return
  for (let row = 0; row < state; row++) {
    const factor = matrix[row * size + state]! / pivot
    if (factor === 0) continue
    for (let column = 0; column < state; column++) {
      matrix[row * size + column]! -= factor * matrix[state * size + column]!
    }
    chance[row]! -= factor * chance[state]!
  }
}
