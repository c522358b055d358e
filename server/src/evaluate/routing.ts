import { insertionOf, planeTravel, planRoutes, type Plan } from '../modules/fulfillment/public.ts'
import type { Evaluation } from './evaluation.ts'
import type { Instance } from './vrplib.ts'

/** An instance with the best anybody is known to have found, as the chosen objective counts. */
export interface RoutingCase {
  instance: Instance
  best: { cost: number; vehicles: number | null } | null
}

export interface RoutingSettings {
  /**
   * `distance`: the DIMACS convention, lengths cut after one decimal, fewest in all. `vehicles-then-distance`: the convention of
   * SINTEF's tables, lengths as they are, vehicles first.
   */
  objective: 'distance' | 'vehicles-then-distance'
  /** How long to look for a plan, in milliseconds on `now`, or how often to take it apart. */
  effort: { budgetMs: number } | { iterations: number }
  seed: number
  /** Milliseconds. */
  now: () => number
}

export interface RoutingResult {
  name: string
  /** Whether an independent drive through the routes found every stop served once, in time, within loads and hours. */
  feasible: boolean
  cost: number
  vehicles: number
  /** How much longer than the best known, in percent; null when none is known. */
  gapPercent: number | null
  seconds: number
  /** Of an answer to "is there room for one more": the middle, and the 99th percentile. */
  insertionMs: { p50: number; p99: number }
}

/** Solomon's lengths in the unit of the convention: tenths that are whole, or units as they are. */
const scaleOf = (objective: RoutingSettings['objective']): number => (objective === 'distance' ? 10 : 1)

/** Plans one instance and judges the plan. */
export function evaluateRoutingCase({ instance, best }: RoutingCase, settings: RoutingSettings): RoutingResult {
  const started = settings.now()
  const plan = planOf(instance, settings)
  const seconds = (settings.now() - started) / 1000
  const routes = plan.routes.map(({ visits }) => visits.map(({ stop }) => Number(stop.id)))
  const { feasible, cost } = judgeRoutes(instance, routes, settings.objective)
  return {
    name: instance.name,
    feasible,
    cost,
    vehicles: routes.length,
    gapPercent: best === null ? null : (cost / best.cost - 1) * 100,
    seconds,
    insertionMs: insertionTime(plan, settings.now),
  }
}

function planOf({ nodes, vehicles, capacity }: Instance, { objective, effort, seed, now }: RoutingSettings): Plan {
  const scale = scaleOf(objective)
  const [depot, ...customers] = nodes.map(({ x, y, demand, earliest, latest, service }, at) => ({
    id: String(at),
    place: { x: x * scale, y: y * scale },
    demand,
    window: { earliest: earliest * scale, latest: latest * scale },
    service: service * scale,
  }))
  if (depot === undefined) throw new Error('An instance has a depot')
  const { earliest: start, latest: end } = depot.window
  const problem = {
    depot,
    stops: customers,
    vehicles: Array.from({ length: vehicles }, (_, at) => ({ id: String(at), capacity, shift: { start, end } })),
    travel: scale === 1 ? planeTravel() : planeTravel(Math.floor),
  }
  return planRoutes(problem, { seed, objective, ...('budgetMs' in effort ? { ...effort, now } : effort) })
}

/**
 * Drives through routes (customers from 1) by the instance alone, knowing nothing of what drew them: the cost in the instance's unit,
 * and whether everything is kept. A thousandth of a unit is left to rounding where lengths are not whole.
 */
export function judgeRoutes(
  { nodes, capacity, vehicles }: Instance,
  routes: readonly (readonly number[])[],
  objective: RoutingSettings['objective'],
): { feasible: boolean; cost: number } {
  const cut = objective === 'distance'
  const visited = new Set<number>()
  let feasible = routes.length <= vehicles
  let cost = 0
  for (const route of routes) {
    let here = nodes[0]
    let time = here?.earliest ?? 0
    let load = 0
    for (const customer of [...route, 0]) {
      const next = nodes[customer]
      if (here === undefined || next === undefined) return { feasible: false, cost }
      const length = Math.sqrt((next.x - here.x) ** 2 + (next.y - here.y) ** 2)
      const leg = cut ? Math.floor(length * 10) / 10 : length
      cost += leg
      time = Math.max(time + here.service + leg, next.earliest)
      load += next.demand
      feasible &&= time <= next.latest + 1e-3 && load <= capacity && !visited.has(customer)
      if (customer !== 0) visited.add(customer)
      here = next
    }
  }
  return { feasible: feasible && visited.size === nodes.length - 1, cost: Math.round(cost * 1e4) / 1e4 }
}

/** Every stop asked for once more: some fit, some do not. The first time round warms the code up, as a server is warm. */
function insertionTime(plan: Plan, now: () => number): RoutingResult['insertionMs'] {
  const ask = () =>
    plan.problem.stops.map((stop) => {
      const started = now()
      insertionOf(plan, { ...stop, id: `${stop.id} again` })
      return now() - started
    })
  ask()
  const times = ask().sort((a, b) => a - b)
  const at = (share: number): number => times[Math.ceil(times.length * share) - 1] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

/** The figures of all instances in one object: `gap_percent_max` is the one that is held to a bar. */
export function summariseRouting(results: readonly RoutingResult[]): Evaluation {
  const gaps = results.flatMap(({ gapPercent }) => (gapPercent === null ? [] : [gapPercent]))
  const figures: [string, number][] = [
    ['feasible', results.filter(({ feasible }) => feasible).length / Math.max(1, results.length)],
    ['insertion_ms_p50_max', Math.max(0, ...results.map(({ insertionMs }) => insertionMs.p50))],
    ['insertion_ms_p99_max', Math.max(0, ...results.map(({ insertionMs }) => insertionMs.p99))],
  ]
  if (gaps.length > 0) {
    figures.push(['gap_percent_max', Math.max(...gaps)])
    figures.push(['gap_percent_mean', gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length])
  }
  for (const { name, cost, vehicles, gapPercent, seconds } of results) {
    figures.push([`cost.${name}`, cost], [`vehicles.${name}`, vehicles], [`seconds.${name}`, seconds])
    if (gapPercent !== null) figures.push([`gap_percent.${name}`, gapPercent])
  }
  return {
    evaluation: 'routing',
    results: Object.fromEntries(figures.map(([name, figure]) => [name, Math.round(figure * 1e4) / 1e4])),
    n: results.length,
    seconds: Math.round(results.reduce((sum, { seconds }) => sum + seconds, 0) * 10) / 10,
  }
}
