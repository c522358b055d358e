import { lowerBound, sitesOf, type Site } from './bound.ts'
import { candidateOf, compareCandidates, compareOptions, costWithSomeFrom, type Candidate } from './candidate.ts'
import { guessMore, guessPlans } from './guess-plans.ts'
import type { Option, Problem } from './problem.ts'

export type Found = {
  /** The best plans, best first, each of other legs. */
  readonly candidates: readonly Candidate[]
  /** Whether the first is proven to be the cheapest there is. */
  readonly proven: boolean
  /** To search on with other wishes. */
  readonly space: Space
}

type Space = { readonly problem: Problem; readonly sites: readonly Site[] }

/** Plans kept: the one taken, and those it is compared with. */
const plansKept = 3

/**
 * Work one search may do, counted in looks at a place for a line (about 10 ns each), so that what is found depends on the
 * problem and never on how fast the machine is.
 */
export const exactWork = 400_000
/** Spent before anything is guessed at length: most orders are done by then. */
const quickWork = 60_000
/** Places times lines from which a proof is out of reach, so that less is spent on it. */
const sizeHopeless = 400

type Search = Space & {
  readonly keep: number
  /** A place every plan must use. */
  readonly forced: string | undefined
  readonly kept: Candidate[]
  work: number
  cut: boolean
}

/**
 * The cheapest plans: branch and bound over which legs are made, each set of legs served exactly. Where that does not come
 * to its end in the work allowed, plans made by rule of thumb are what remains.
 */
export function search(unsorted: Problem, options: { keep?: number; work?: number } = {}): Found {
  const problem = { ...unsorted, options: [...unsorted.options].sort(compareOptions) }
  const space = { problem, sites: sitesOf(problem) }
  const size = space.sites.length * problem.effort
  const { keep = plansKept, work = size > sizeHopeless ? exactWork / 4 : exactWork } = options
  const state: Search = { ...space, keep, forced: undefined, kept: [], work: Math.min(work, quickWork), cut: false }
  for (const option of problem.options) consider(state, [option])
  if (problem.maxLegs > 1) {
    const best = (): Candidate | undefined => state.kept[0]
    const guessing = { best, consider: (chosen: readonly Option[]) => consider(state, chosen) }
    guessPlans(problem, guessing)
    descend(state, [], 0)
    if (state.cut) {
      guessMore(problem, guessing)
      state.cut = false
      state.work = work - quickWork
      descend(state, [], 0)
    }
  }
  return { candidates: state.kept, proven: !state.cut, space }
}

/**
 * What the cheapest plan found that uses a place costs, for comparison with the best there is.
 * @param work what may be spent on it; see `exactWork`
 * @returns minor units; `Infinity` when none was found
 */
export function costUsing({ problem, sites }: Space, placeId: string, best: Candidate, work: number): number {
  const state: Search = { problem, sites, keep: 1, forced: placeId, kept: [], work, cut: false }
  const own = problem.options.filter(({ place }) => place.id === placeId)
  for (const option of own) {
    consider(state, [option])
    consider(state, [...best.options, option])
    for (const dropped of best.options) {
      state.work -= best.options.length * problem.effort
      if (state.work <= 0) break
      consider(state, [...best.options.filter((other) => other !== dropped), option])
    }
  }
  for (const option of own) descend(state, [option], 0)
  return Math.min(state.kept[0]?.costMinor ?? Infinity, ...own.map((option) => costWithSomeFrom(problem, best, option)))
}

/** Decides the site at `depth`: each of its legs, or none. */
function descend(state: Search, chosen: readonly Option[], depth: number): void {
  const { problem, sites } = state
  const site = sites[depth]
  if (!site || chosen.length >= problem.maxLegs) return
  state.work -= (chosen.length + sites.length - depth) * problem.lines.length + chosen.length * problem.effort
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
