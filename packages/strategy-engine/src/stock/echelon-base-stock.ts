import { normalCdf } from '../numeric/distributions.ts'
import { requireRange } from '../unanswerable.ts'
import { poissonChances } from './demand-distribution.ts'

/** One place of a line from supplier to consumer. */
export interface Echelon {
  /** What a unit costs per period more here than one place before: the echelon holding cost. */
  echelonHoldingCost: number
  /** Periods from the place before to here. */
  leadTime: number
}

export type LineDemand = { kind: 'normal'; mean: number; deviation: number } | { kind: 'poisson'; mean: number }

/**
 * The best base-stock levels of places one behind the other (A. Clark, H. Scarf 1960; F. Chen, Y.-S. Zheng 1994; Snyder and Shen 6.2):
 * each orders so that all stock from it down to the consumer is at its level. Exact for Poisson demand; for normal demand on a grid of
 * `steps` points per deviation, with the level between two points found by a parabola.
 * @param places the one that serves consumers first
 * @returns echelon levels in the same order, and cost per period without what is on its way at no choice
 */
export function echelonBaseStock(
  places: readonly Echelon[],
  stockoutCost: number,
  demand: LineDemand,
  steps = 100,
): { levels: number[]; cost: number } {
  requireLine(places, stockoutCost, demand, steps)
  const holding = places.reduce((sum, { echelonHoldingCost }) => sum + echelonHoldingCost, 0)
  const variance = demand.kind === 'normal' ? demand.deviation ** 2 : demand.mean
  const step = demand.kind === 'normal' ? demand.deviation / steps : 1
  const time = places.reduce((sum, { leadTime }) => sum + leadTime, 0)
  const spread = 8 * Math.sqrt(variance * time) + 10 * step
  const first = Math.floor((-spread - demand.mean * time) / step)
  const points = Math.ceil((2 * demand.mean * time + 2 * spread) / step) + 1
  // The cost that what is owed to consumers adds, seen from no place at all.
  let implied = Float64Array.from(
    { length: points },
    (_, at) => (stockoutCost + holding) * Math.max(0, -(first + at) * step),
  )
  const levels: number[] = []
  let cost = 0
  for (const { echelonHoldingCost, leadTime } of places) {
    const beforeDemand = implied.map((value, at) => value + echelonHoldingCost * (first + at) * step)
    const expected = averageOver(beforeDemand, leadTimeDemand(demand, leadTime, step))
    const best = expected.reduce((low, value, at) => (value < expected[low]! ? at : low), 0)
    const bend = demand.kind === 'normal' ? parabola(expected, best) : { shift: 0, value: expected[best]! }
    levels.push((first + best + bend.shift) * step)
    cost = bend.value
    implied = expected.map((value, at) => (at <= best ? value : bend.value))
  }
  return { levels, cost }
}

/** Chances of lead-time demand in steps, from `start` steps on. */
function leadTimeDemand(demand: LineDemand, leadTime: number, step: number): { start: number; chances: Float64Array } {
  if (leadTime === 0) return { start: 0, chances: Float64Array.of(1) }
  const mean = demand.mean * leadTime
  if (demand.kind === 'poisson') return { start: 0, chances: poissonChances(mean) }
  const deviation = demand.deviation * Math.sqrt(leadTime)
  const start = Math.floor((mean - 8 * deviation) / step)
  const count = Math.ceil((16 * deviation) / step) + 1
  const chances = Float64Array.from({ length: count }, (_, at) => {
    const below = ((start + at - 0.5) * step - mean) / deviation
    const above = ((start + at + 0.5) * step - mean) / deviation
    // The difference of the tails that are small keeps its digits.
    return below > 0 ? normalCdf(-below) - normalCdf(-above) : normalCdf(above) - normalCdf(below)
  })
  return { start, chances }
}

/** E[f(y − demand)] at every point; below the grid f goes on as the straight line it has become. */
function averageOver(f: Float64Array, { start, chances }: { start: number; chances: Float64Array }): Float64Array {
  const slope = f[1]! - f[0]!
  return f.map((_, at) => {
    let sum = 0
    for (let d = 0; d < chances.length; d++) {
      const from = at - start - d
      sum += chances[d]! * (from >= 0 ? f[Math.min(from, f.length - 1)]! : f[0]! + slope * from)
    }
    return sum
  })
}

/** The lowest point of the parabola through a point and its neighbours, in steps from it. */
function parabola(values: Float64Array, at: number): { shift: number; value: number } {
  const [before, here, after] = [values[at - 1] ?? Infinity, values[at]!, values[at + 1] ?? Infinity]
  const bend = before - 2 * here + after
  if (!(bend > 0) || !Number.isFinite(bend)) return { shift: 0, value: here }
  const shift = (before - after) / (2 * bend)
  return { shift, value: here - ((before - after) * shift) / 4 }
}

function requireLine(places: readonly Echelon[], stockoutCost: number, demand: LineDemand, steps: number): void {
  requireRange('places', places.length, 1, 20)
  requireRange('stockout cost', stockoutCost, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('mean demand', demand.mean, Number.MIN_VALUE, 1e5)
  requireRange('steps', steps, 4, 1000)
  if (demand.kind === 'normal') requireRange('deviation', demand.deviation, Number.MIN_VALUE, 1e6)
  for (const { echelonHoldingCost, leadTime } of places) {
    requireRange('holding cost', echelonHoldingCost, Number.MIN_VALUE, Number.MAX_VALUE)
    requireRange('lead time', leadTime, 0, 1000)
  }
  requireRange(
    'lead times together',
    places.reduce((sum, { leadTime }) => sum + leadTime, 0),
    Number.MIN_VALUE,
  )
}
