import { createSeededRng } from '../../../../kernel/rng.ts'
import { construct } from './construct.ts'
import { whyUnserved } from './insertion.ts'
import { improve } from './local-search.ts'
import { buildModel } from './model.ts'
import type { Objective, Plan, Problem, Route, Stop } from './problem.ts'
import { planOf, scheduleRoute } from './schedule.ts'
import { anneal, serveMore, shrinkFleet, type Pace } from './search.ts'
import type { Chance } from './ruin-recreate.ts'
import { copyState, costOf, emptyState, setTour, type State } from './state.ts'

/** How long to look for a better plan: a number of rounds, which gives the same plan every time, or a time on a given clock. */
export type Effort =
  | { readonly iterations: number }
  | {
      readonly budgetMs: number
      /** Milliseconds, of any origin: the clock the budget is measured on. */
      readonly now: () => number
    }

export type PlanOptions = Effort & {
  readonly seed: number
  readonly objective?: Objective
  /** A plan to begin with, as yesterday's evening left it: its stops that are still asked for keep their routes at first. */
  readonly from?: Plan
  /** `served`: the first plan that serves every stop is good enough. */
  readonly until?: 'served'
}

/** Share of the effort spent on doing with fewer vehicles, when the objective asks for it. */
const fleetShare = 0.25
/** The first temperature, by what served Solomon's instances best; few vehicles make tight plans, which move only when hotter. */
const heat = 1
const heatOfFew = 3
/** Share of the effort spent, at most, on serving stops for which the construction found no place. */
const serveShare = 0.2
/** Rounds between two looks at the clock. */
const roundsPerLook = 32

/**
 * Draws a day's routes: every stop within its window, no vehicle over its load or its shift, as many stops served as it can find
 * vehicles for, and then as little of `objective` ('distance' by default) as the effort allows. Construction (Solomon's I1), local
 * search, then ruin and recreate; the same seed and number of iterations give the same plan. Stops that are on no route are told
 * with the reason. Throws on numbers that are no numbers and on ids that occur twice.
 */
export function planRoutes(problem: Problem, options: PlanOptions): Plan {
  const objective = options.objective ?? 'distance'
  const pace = paceOf(options)
  const model = buildModel(problem, objective)
  const state = emptyState(model)
  const chance = createSeededRng(options.seed)
  if (options.from) takeOver(state, problem, options.from)
  construct(state)
  if (options.until === 'served') return toPlan(problem, objective, state, serveMore(state, chance, pace(1)))
  const over = (): boolean => 'budgetMs' in options && pace(1).progress() >= 1
  improve(state, over)
  let iterations = 0
  if (problem.stops.length > 0 && problem.vehicles.length > 0) {
    iterations += serveMore(state, chance, pace(serveShare))
    const fewer = model.kinds.some(({ fixed }) => fixed > 0)
    if (fewer) iterations += withFewer(state, chance, pace(fleetShare, iterations))
    iterations += anneal(state, chance, pace(1, iterations), fewer ? heatOfFew : heat)
    improve(state, over)
  }
  return toPlan(problem, objective, state, iterations)
}

/** Fewer vehicles, where that is not dearer for the way they have to go. */
function withFewer(state: State, chance: Chance, pace: Pace): number {
  const before = emptyState(state.model)
  copyState(state, before)
  const rounds = shrinkFleet(state, chance, pace)
  if (costOf(state) > costOf(before)) copyState(before, state)
  return rounds
}

type PaceUntil = (share: number, done?: number) => Pace

/** Progress from now until `share` of the whole effort is spent; `done` rounds of it are. */
function paceOf(effort: Effort): PaceUntil {
  if ('iterations' in effort) {
    return (share, done = 0) => {
      const whole = effort.iterations * share - done
      let round = 0
      return { progress: () => (whole <= 0 ? 1 : round++ / whole) }
    }
  }
  const started = effort.now()
  return (share) => {
    const from = effort.now()
    const until = started + effort.budgetMs * share
    let round = 0
    let progress = 0
    return {
      progress: () => {
        if (round++ % roundsPerLook === 0) progress = from >= until ? 1 : (effort.now() - from) / (until - from)
        return progress
      },
    }
  }
}

/** Gives the routes of an earlier plan to the same vehicles, without the stops that are gone and those that no longer fit. */
function takeOver(state: State, problem: Problem, from: Plan): void {
  const nodeOf = new Map(problem.stops.map((stop, at) => [stop.id, at + 1]))
  const kept = new Set<number>()
  for (const route of from.routes) {
    const tour = state.tours[problem.vehicles.findIndex(({ id }) => id === route.vehicle.id)]
    if (tour === undefined) continue
    const stops: Stop[] = []
    for (const { stop } of route.visits) {
      const now = problem.stops[(nodeOf.get(stop.id) ?? 0) - 1]
      const vehicle = problem.vehicles[tour.vehicle]
      if (now === undefined || vehicle === undefined) continue
      if (scheduleRoute(problem, vehicle, [...stops, now]) !== null) stops.push(now)
    }
    const nodes = stops.map(({ id }) => nodeOf.get(id) ?? 0)
    for (const node of nodes) kept.add(node)
    setTour(state, tour, nodes, nodes.length)
  }
  state.absent = state.absent.filter((node) => !kept.has(node))
}

function toPlan(problem: Problem, objective: Objective, state: State, iterations: number): Plan {
  const stopOf = (node: number): Stop => problem.stops[node - 1] as Stop
  const routes = state.tours.flatMap((tour): Route[] => {
    const vehicle = problem.vehicles[tour.vehicle]
    if (tour.length === 2 || vehicle === undefined) return []
    const route = scheduleRoute(problem, vehicle, [...tour.nodes.subarray(1, tour.length - 1)].map(stopOf))
    if (route === null) throw new Error(`The route of vehicle ${vehicle.id} cannot be driven`)
    return [route]
  })
  const plan = planOf(problem, objective, routes, { unserved: [], iterations })
  const unserved = state.absent
    .toSorted((a, b) => a - b)
    .map((node) => ({ stop: stopOf(node), reason: whyUnserved(plan, stopOf(node)) }))
  return { ...plan, unserved }
}
