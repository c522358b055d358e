import { lowerBound, sitesOf, type Site } from './bound.ts'
import { candidateOf, compareCandidates, compareOptions, type Candidate } from './candidate.ts'
import type { Option, Problem } from './problem.ts'

export type Found = {
  /** The best plans, best first, each of other legs. */
  readonly candidates: readonly Candidate[]
  /** Whether the first is proven to be the cheapest there is. */
  readonly proven: boolean
}

/** Plans kept: the one taken, and those it is compared with. */
export const plansKept = 3

/**
 * Work one search may do, counted in looks at a place for a line (about 10 ns each), so that what is found depends on the
 * problem and never on how fast the machine is.
 */
const exactWork = 400_000
const improvingWork = 250_000

type Search = {
  readonly problem: Problem
  readonly sites: readonly Site[]
  readonly keep: number
  /** A place every plan must use. */
  readonly forced: string | undefined
  readonly kept: Candidate[]
  work: number
  cut: boolean
}

/**
 * The cheapest plans: branch and bound over which legs are made, each set of legs served exactly; begun with greedy plans
 * improved by local search, which are what remains when there are too many places to try all.
 */
export function search(
  unsorted: Problem,
  options: { keep: number; forced?: string; work?: number } = { keep: plansKept },
): Found {
  const problem = { ...unsorted, options: [...unsorted.options].sort(compareOptions) }
  const sites = sitesOf(problem)
  const state: Search = {
    problem,
    sites,
    keep: options.keep,
    forced: options.forced,
    kept: [],
    work: options.work ?? exactWork,
    cut: false,
  }
  for (const option of problem.options) consider(state, [option])
  if (problem.maxLegs > 1) {
    const greedy = [greedyPlan(problem, 'cheap'), greedyPlan(problem, 'wide')]
    for (const start of greedy) if (start) keep(state, start)
    if (sites.length > 10) improve(state)
  }
  branch(state)
  return { candidates: state.kept, proven: !state.cut }
}

function branch(state: Search): void {
  const forced = state.sites.find((site) => site.options[0]?.place.id === state.forced)
  if (!forced) return descend(state, [], 0)
  for (const option of forced.options) {
    consider(state, [option])
    descend(state, [option], 0)
  }
}

/** Decides the site at `depth`: each of its legs, or none. */
function descend(state: Search, chosen: readonly Option[], depth: number): void {
  const { problem, sites } = state
  const site = sites[depth]
  if (!site || chosen.length >= problem.maxLegs) return
  state.work -= (chosen.length + sites.length - depth) * problem.lines.length
  if (state.work < 0) {
    state.cut = true
    return
  }
  // A plan as dear as the last one kept may still win by its fewer legs or sooner arrival.
  if (lowerBound(problem, chosen, sites, depth) > ceiling(state) + 1e-6) return
  if (site.options[0]?.place.id !== state.forced) {
    for (const option of site.options) {
      const more = [...chosen, option]
      consider(state, more)
      descend(state, more, depth + 1)
    }
  }
  descend(state, chosen, depth + 1)
}

/** The cost above which a plan is of no interest: that of the last kept, or twice the best while there are few. */
function ceiling({ kept, keep }: Search): number {
  const best = kept[0]
  if (!best) return Infinity
  const last = kept.length >= keep ? kept[kept.length - 1] : undefined
  return last ? last.costMinor : 2 * best.costMinor + 1_000
}

function consider(state: Search, chosen: readonly Option[]): Candidate | null {
  const sorted = chosen.length > 1 ? [...chosen].sort(compareOptions) : chosen
  const candidate = candidateOf(state.problem, sorted)
  if (candidate) keep(state, candidate)
  return candidate
}

function keep(state: Search, candidate: Candidate): void {
  if (state.forced !== undefined && !candidate.options.some(({ place }) => place.id === state.forced)) return
  const { kept } = state
  let at = kept.length
  for (; at > 0; at--) {
    const order = compareCandidates(kept[at - 1] as Candidate, candidate)
    // The same legs: nothing new.
    if (order === 0) return
    if (order < 0) break
  }
  if (at >= state.keep) return
  kept.splice(at, 0, candidate)
  if (kept.length > state.keep) kept.pop()
}

/**
 * A plan made leg by leg: at each step the leg that serves what is left at the least cost per unit (`cheap`) or that serves
 * the most of it (`wide`).
 */
function greedyPlan(problem: Problem, way: 'cheap' | 'wide'): Candidate | null {
  const { articles, options, lines, policy, order } = problem
  const left = articles.map(({ units }) => units)
  const chosen: Option[] = []
  while (left.some((units) => units > 0)) {
    let best: Option | undefined
    let bestScore = Infinity
    for (const option of options) {
      if (chosen.some(({ place }) => place === option.place)) continue
      let units = 0
      let cost = option.legMinor + policy.extraLegMinor
      articles.forEach((article, index) => {
        const useful = usefulUnits(left[index] ?? 0, option.supply[index] ?? 0, order.split !== 'units')
        units += useful
        cost += useful * (option.unitMinor[article.lines[0] ?? 0] ?? 0)
      })
      const score = way === 'cheap' ? cost / units : cost - units * 1e9
      if (units > 0 && score < bestScore) {
        best = option
        bestScore = score
      }
    }
    if (!best || chosen.length >= lines.length + left.reduce((sum, units) => sum + units, 0)) return null
    chosen.push(best)
    const { supply } = best
    for (let index = 0; index < left.length; index++)
      left[index] = (left[index] ?? 0) - usefulUnits(left[index] ?? 0, supply[index] ?? 0, order.split !== 'units')
  }
  return candidateOf(problem, chosen.sort(compareOptions))
}

/** An article asked for by several lines counts by units even where lines stay whole: a guess that serving corrects. */
function usefulUnits(left: number, supply: number, whole: boolean): number {
  return whole && supply < left ? 0 : Math.min(left, supply)
}

/** Drops, adds and exchanges legs of the best plan as long as that makes it cheaper and work is left. */
function improve(state: Search): void {
  const work = { left: improvingWork }
  for (let current = state.kept[0]; current && work.left > 0;) {
    const better = betterNeighbour(state, current, work)
    if (!better) return
    current = better
  }
}

function betterNeighbour(state: Search, current: Candidate, work: { left: number }): Candidate | null {
  const tried = (options: readonly Option[]): Candidate | null => {
    work.left -= options.length * state.problem.lines.length
    const candidate = work.left > 0 && options.length > 0 ? consider(state, options) : null
    return candidate && compareCandidates(candidate, current) < 0 ? candidate : null
  }
  for (const dropped of current.options) {
    const better = tried(current.options.filter((option) => option !== dropped))
    if (better) return better
  }
  for (const added of state.problem.options) {
    if (current.options.includes(added)) continue
    const others = current.options.filter(({ place }) => place !== added.place)
    const better = tried([...others, added])
    if (better) return better
  }
  for (const added of state.problem.options) {
    if (current.options.some(({ place }) => place === added.place)) continue
    for (const dropped of current.options) {
      const better = tried([...current.options.filter((option) => option !== dropped), added])
      if (better) return better
    }
  }
  return null
}
