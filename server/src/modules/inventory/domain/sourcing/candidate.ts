import { allocateLines } from './allocate-lines.ts'
import type { Option, Problem } from './problem.ts'

/** A set of legs and the cheapest way to serve the order from them. */
export type Candidate = {
  readonly options: readonly Option[]
  readonly costMinor: number
  readonly arrivesAtMs: number
  /** By line and option. */
  readonly units: readonly (readonly number[])[]
}

/** The first of two options everything else being equal: by the place's rank, its id, and the sooner arrival. */
export function compareOptions(a: Option, b: Option): number {
  if (a.place !== b.place)
    return a.place.priority - b.place.priority || (a.place.id < b.place.id ? -1 : a.place.id > b.place.id ? 1 : 0)
  return a.wave - b.wave
}

/** The better plan first: cost, then fewer legs, then sooner, then the places' ranks. A total order. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.costMinor !== b.costMinor) return a.costMinor - b.costMinor
  if (a.options.length !== b.options.length) return a.options.length - b.options.length
  if (a.arrivesAtMs !== b.arrivesAtMs) return a.arrivesAtMs - b.arrivesAtMs
  for (let i = 0; i < a.options.length; i++) {
    const difference = compareOptions(a.options[i] as Option, b.options[i] as Option)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * The cheapest plan that uses nothing but these legs; legs that serve nothing fall away.
 * @param chosen in the order of `compareOptions`
 */
export function candidateOf(problem: Problem, chosen: readonly Option[]): Candidate | null {
  const shares = allocateLines(problem, chosen)
  if (!shares) return null
  const used = chosen.map((_, option) => shares.units.some((row) => (row[option] ?? 0) > 0))
  const all = used.every(Boolean)
  const options = all ? chosen : chosen.filter((_, option) => used[option])
  if (options.length > problem.maxLegs) return null
  let costMinor = shares.unitsMinor + (options.length - 1) * problem.policy.extraLegMinor
  let arrivesAtMs = 0
  for (const { legMinor, leg } of options) {
    costMinor += legMinor
    arrivesAtMs = Math.max(arrivesAtMs, leg.arrivesAtMs)
  }
  const units = all ? shares.units : shares.units.map((row) => row.filter((_, option) => used[option]))
  return { options, costMinor, arrivesAtMs, units }
}

/**
 * What it costs at least to give a place something of a plan that does without it: one line moved there, or one unit where
 * lines may be taken apart.
 * @returns minor units, the whole plan; `Infinity` when it cannot be
 */
export function costWithSomeFrom(problem: Problem, plan: Candidate, option: Option): number {
  const { order, lines, articles, policy, maxLegs } = problem
  if (order.split === 'none') return Infinity
  const carried = plan.options.map((_, from) => plan.units.reduce((sum, row) => sum + (row[from] ?? 0), 0))
  let best = Infinity
  lines.forEach((line, index) => {
    const article = articles.findIndex(({ variantId }) => variantId === line.variantId)
    const moved = order.split === 'units' ? 1 : line.quantity
    if ((option.supply[article] ?? 0) < moved) return
    plan.options.forEach(({ legMinor, unitMinor }, from) => {
      if ((plan.units[index]?.[from] ?? 0) < moved) return
      // The leg it is taken from falls away when that was all it carried.
      const emptied = carried[from] === moved
      if (!emptied && plan.options.length >= maxLegs) return
      const legs = option.legMinor - (emptied ? legMinor : -policy.extraLegMinor)
      const units = moved * ((option.unitMinor[index] ?? Infinity) - (unitMinor[index] ?? 0))
      best = Math.min(best, plan.costMinor + legs + units)
    })
  })
  return best
}

/**
 * The best plan of one leg, if there is one and it provably beats every plan of several: the common case, in one pass.
 * The bound of plans of several legs: the two cheapest legs, and each line at its cheapest unit.
 */
export function provenSingle(problem: Problem): Candidate | null {
  const { options, lines } = problem
  const best = bestSingle(problem)
  if (!best) return null
  if (problem.maxLegs > 1) {
    let first: Option | undefined
    let second = Infinity
    for (const option of options) {
      if (!first || option.legMinor < first.legMinor) {
        if (first && first.place !== option.place) second = first.legMinor
        first = option
      } else if (option.place !== first.place && option.legMinor < second) second = option.legMinor
    }
    let bound = (first?.legMinor ?? Infinity) + second + problem.policy.extraLegMinor
    for (let line = 0; line < lines.length; line++) {
      let cheapest = Infinity
      for (const { unitMinor } of options) cheapest = Math.min(cheapest, unitMinor[line] ?? Infinity)
      bound += cheapest * (lines[line]?.quantity ?? 0)
    }
    // With as many minor units, the plan of fewer legs wins.
    if (best.costMinor > bound) return null
  }
  const units = lines.map((line) => [line.quantity])
  return { options: [best.option], costMinor: best.costMinor, arrivesAtMs: best.option.leg.arrivesAtMs, units }
}

function bestSingle({ options, articles, lines }: Problem): { option: Option; costMinor: number } | null {
  let best: Option | undefined
  let bestMinor = Infinity
  for (const option of options) {
    let costMinor = option.legMinor
    for (let line = 0; line < lines.length; line++)
      costMinor += (option.unitMinor[line] ?? 0) * (lines[line]?.quantity ?? 0)
    if (costMinor > bestMinor) continue
    let covers = true
    for (let article = 0; article < articles.length && covers; article++)
      covers = (option.supply[article] ?? 0) >= (articles[article]?.units ?? Infinity)
    if (!covers) continue
    if (best && costMinor === bestMinor) {
      const sooner = option.leg.arrivesAtMs - best.leg.arrivesAtMs
      if (sooner > 0 || (sooner === 0 && compareOptions(option, best) >= 0)) continue
    }
    best = option
    bestMinor = costMinor
  }
  return best ? { option: best, costMinor: bestMinor } : null
}
