import type { Model } from './model.ts'
import { cheapestPosition, openTours, place, touch, type Blink, type Position, type State } from './state.ts'
import { removeAt, type Tour } from './tour.ts'

/** What the search draws from: a seeded generator. */
export interface Chance {
  float(): number
  below(n: number): number
}

/*
 * Slack Induction by String Removals, after J. Christiaens and G. Vanden Berghe, "Slack Induction by String Removals for Vehicle
 * Routing Problems", Transportation Science 54 (2), 2020. Names and values of the parameters are theirs.
 */

/** c̄: how many stops are taken out, on average. */
const averageRemoved = 10
/** L max: the longest string taken from one route. */
const longestString = 10
/** α: how often a string keeps some stops in its middle. */
const splitShare = 0.5
/** β: how often the part kept stops growing. */
const splitDepth = 0.01
/** γ: how often a place that would do is overlooked, so that the greedy choice is not always taken. */
const blinkRate = 0.01

/** Takes strings of neighbouring stops out of neighbouring routes; they join the absent. */
export function ruin(state: State, chance: Chance): void {
  const { model, tours, tourOf } = state
  let used = 0
  for (const tour of tours) if (tour.length > 2) used += 1
  const served = model.size - 1 - state.absent.length
  const stringLimit = Math.max(1, Math.min(longestString, served / Math.max(1, used)))
  const strings = Math.floor(chance.float() * ((4 * averageRemoved) / (1 + stringLimit) - 1)) + 1
  const ruined = new Set<Tour>()
  for (const node of model.near[1 + chance.below(model.size - 1)] as Int32Array) {
    if (ruined.size >= strings) break
    const tour = tours[tourOf[node] as number]
    if (tour === undefined || ruined.has(tour)) continue
    ruined.add(tour)
    touch(state, tour)
    const visits = tour.length - 2
    const count = Math.floor(chance.float() * Math.min(visits, stringLimit)) + 1
    takeString(state, tour, tour.nodes.indexOf(node, 1), Math.min(count, visits), chance)
  }
}

/** Takes `count` stops around position `at`, all together or with a part in between that stays. */
function takeString(state: State, tour: Tour, at: number, count: number, chance: Chance): void {
  const visits = tour.length - 2
  let kept = 0
  if (count > 1 && count < visits && chance.float() < splitShare) {
    kept = 1
    while (count + kept < visits && chance.float() > splitDepth) kept += 1
  }
  const span = count + kept
  const first = Math.max(1, at - span + 1)
  const from = first + chance.below(Math.min(at, visits - span + 1) - first + 1)
  const head = kept === 0 ? count : 1 + chance.below(count - 1)
  takeOut(state, tour, from, head)
  if (head < count) takeOut(state, tour, from + kept, count - head)
}

function takeOut(state: State, tour: Tour, from: number, count: number): void {
  for (let at = from; at < from + count; at += 1) {
    const node = tour.nodes[at] as number
    state.tourOf[node] = -1
    state.absent.push(node)
  }
  removeAt(state.model, tour, from, count)
}

/** The orders in which absent stops may be placed, and how often each is chosen. */
type Order = (model: Model, node: number) => number
const orders: readonly { weight: number; by: Order | null }[] = [
  { weight: 4, by: null },
  { weight: 4, by: (model, node) => -(model.demand[node] as number) },
  { weight: 2, by: (model, node) => -(model.distance[node] as number) },
  { weight: 1, by: (model, node) => model.distance[node] as number },
  { weight: 2, by: (model, node) => (model.latest[node] as number) - (model.earliest[node] as number) },
  { weight: 2, by: (model, node) => model.earliest[node] as number },
  { weight: 2, by: (model, node) => -(model.latest[node] as number) },
]
const weights = orders.reduce((sum, { weight }) => sum + weight, 0)

function arrange(state: State, chance: Chance): void {
  const { absent, model } = state
  for (let at = absent.length - 1; at > 0; at -= 1) {
    const other = chance.below(at + 1)
    const node = absent[at] as number
    absent[at] = absent[other] as number
    absent[other] = node
  }
  let drawn = chance.below(weights)
  const by = orders.find(({ weight }) => (drawn -= weight) < 0)?.by ?? null
  if (by !== null) absent.sort((a, b) => by(model, a) - by(model, b))
}

const scratch: Tour[] = []

/** Puts absent stops back, each where it is cheapest at that moment, blinking now and then; what fits nowhere stays absent. */
export function recreate(state: State, chance: Chance): void {
  arrange(state, chance)
  // One draw for many places: how many are seen until one is not has a geometric distribution.
  const draw = (): number => Math.floor(Math.log(1 - chance.float()) / Math.log(1 - blinkRate))
  const blink: Blink = { left: draw(), draw }
  const left: number[] = []
  const open = openTours(state, scratch)
  for (const node of state.absent) {
    const { tour, at } = seenPosition(state, open, node, blink)
    if (tour === null) {
      left.push(node)
      continue
    }
    const opened = tour.length === 2
    place(state, node, tour, at)
    if (opened) openTours(state, open)
  }
  state.absent = left
}

function seenPosition(state: State, open: readonly Tour[], node: number, blink: Blink): Position {
  const best: Position = { tour: null, at: 0, cost: Infinity }
  for (const tour of open) cheapestPosition(state.model, tour, node, best, blink)
  return best
}
