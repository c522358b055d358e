import type { Model } from './model.ts'
import { recreate, ruin, type Chance } from './ruin-recreate.ts'
import { begin, copyState, costOf, emptyState, setTour, undo, type State } from './state.ts'
import type { Tour } from './tour.ts'

/** How far a search has come, from 0 to 1, and when to end; asked before each round. */
export interface Pace {
  /** 1 or more: it is over. */
  progress(): number
}

/** What a round may lose at the end, as a share of the middle leg: the last temperature of simulated annealing. */
const cold = 0.01

/**
 * Takes the plan apart and puts it together again, over and over, with the acceptance of simulated annealing (S. Kirkpatrick, C. D.
 * Gelatt and M. P. Vecchi, "Optimization by simulated annealing", Science 220, 1983): worse plans are kept now and then, ever
 * more seldom: `hot` is what a round may lose at the start, as a share of the middle leg. `state` ends as the best plan seen. Answers
 * the number of rounds.
 */
export function anneal(state: State, chance: Chance, pace: Pace, hot: number): number {
  const best = emptyState(state.model)
  copyState(state, best)
  let cost = costOf(state)
  let bestCost = cost
  let rounds = 0
  const { leg } = state.model
  for (let progress = pace.progress(); progress < 1; progress = pace.progress()) {
    const temperature = leg * hot * (cold / hot) ** progress
    begin(state)
    ruin(state, chance)
    recreate(state, chance)
    rounds += 1
    const now = costOf(state)
    if (now >= cost - temperature * Math.log(1 - chance.float())) {
      undo(state)
      continue
    }
    cost = now
    if (cost < bestCost - 1e-9) {
      bestCost = cost
      copyState(state, best)
    }
  }
  copyState(best, state)
  return rounds
}

/**
 * Looks for a plan that leaves fewer stops out. A round is kept when fewer are left out, or ones that were left out less often, so
 * that each stop in trouble gets its turn (the acceptance of Christiaens and Vanden Berghe, section 4). Ends as the plan seen that
 * leaves out fewest, as soon as that is none. Answers the number of rounds.
 */
export function serveMore(state: State, chance: Chance, pace: Pace): number {
  const best = emptyState(state.model)
  copyState(state, best)
  const trouble = new Float64Array(state.model.size)
  let rounds = 0
  let cost = costOf(state)
  let bestCost = cost
  while (state.absent.length > 0 && pace.progress() < 1) {
    cost = troubledRound(state, chance, trouble, cost)
    rounds += 1
    // The penalty of a stop left out is more than any detour, so the cheapest plan also leaves out fewest.
    if (cost >= bestCost) continue
    bestCost = cost
    copyState(state, best)
  }
  copyState(best, state)
  return rounds
}

/**
 * Looks for a plan with fewer vehicles: the route whose stops were the least trouble so far is dissolved, and rounds are made as in
 * `serveMore` until as many are served as at the start; then the next (Christiaens and Vanden Berghe, section 4). `state` ends as the
 * last plan that served them. Answers the number of rounds.
 */
export function shrinkFleet(state: State, chance: Chance, pace: Pace): number {
  const { model } = state
  const best = emptyState(model)
  const trouble = new Float64Array(model.size)
  const allowed = state.absent.length
  const fewest = vehiclesForLoad(model)
  let rounds = 0
  let cost = Infinity
  copyState(state, best)
  while (pace.progress() < 1) {
    if (state.absent.length <= allowed) {
      copyState(state, best)
      if (usedTours(state) <= fewest) break
      dissolve(state, trouble)
      cost = costOf(state)
    }
    cost = troubledRound(state, chance, trouble, cost)
    rounds += 1
  }
  copyState(best, state)
  state.limit = state.tours.length
  return rounds
}

/** One round, and the cost of the plan after it. */
function troubledRound(state: State, chance: Chance, trouble: Float64Array, cost: number): number {
  begin(state)
  const before = state.absent.slice()
  ruin(state, chance)
  recreate(state, chance)
  const { absent } = state
  const easier = troubleOf(absent, trouble) - troubleOf(before, trouble)
  const now = costOf(state)
  const nearly = now < cost - state.model.leg * Math.log(1 - chance.float())
  const kept = absent.length < before.length || easier < 0 || (easier === 0 && nearly)
  for (const node of absent) trouble[node] = (trouble[node] as number) + 1
  if (!kept) undo(state)
  return kept ? now : cost
}

function troubleOf(nodes: readonly number[], trouble: Float64Array): number {
  let sum = 0
  for (const node of nodes) sum += trouble[node] as number
  return sum
}

function usedTours(state: State): number {
  return state.tours.reduce((count, tour) => count + (tour.length > 2 ? 1 : 0), 0)
}

/** No plan can do with fewer, for their load alone. */
function vehiclesForLoad(model: Model): number {
  const largest = model.kinds.reduce((most, { capacity }) => Math.max(most, capacity), 0)
  return Math.ceil(model.demand.reduce((sum, load) => sum + load, 0) / largest)
}

/** Sends the vehicle home whose stops were the least trouble so far, and lets none take its place. */
function dissolve(state: State, trouble: Float64Array): void {
  const stopsOf = (tour: Tour): number[] => [...tour.nodes.subarray(1, tour.length - 1)]
  const inUse = state.tours
    .filter((tour) => tour.length > 2)
    .map((tour) => ({ tour, stops: stopsOf(tour), trouble: troubleOf(stopsOf(tour), trouble) }))
  const easiest = inUse.reduce((least, one) => (one.trouble < least.trouble ? one : least))
  for (const node of easiest.stops) {
    state.absent.push(node)
    state.tourOf[node] = -1
  }
  setTour(state, easiest.tour, [], 0)
  state.limit = inUse.length - 1
}
