import { planOf } from './best-plan.ts'
import type { Candidate } from './candidate.ts'
import { sayPlan, sayWhyNot } from './explain.ts'
import { problemOf, wavesOf, type Problem } from './problem.ts'
import type { Said } from './reasons.ts'
import type { SourcingRule } from './rules.ts'
import { exactWork, search, costUsing, type Found } from './search.ts'
import type { OrderToSource, RefusedLine, SourcingPlace, SourcingPlan, SourcingSnapshot } from './types.ts'

export type ExplainedPlan = SourcingPlan & {
  /** How much dearer than the plan ranked first; minor units. */
  readonly behindMinor: number
  /** All that was said about it; the costs add up to the plan's. */
  readonly said: readonly Said[]
}

/** Why a place serves, or does not: the answer to "why Nantes and not Lyon?". */
export type PlaceVerdict = { readonly placeId: string } & (
  | { readonly outcome: 'chosen' }
  /** It could have served: so much dearer is the best plan found that uses it; `null`: none was found. */
  | { readonly outcome: 'dearer'; readonly behindMinor: number | null }
  /** It has what is wanted and a rule forbids it: what the rules said, the forbidding first. */
  | { readonly outcome: 'forbidden'; readonly said: readonly Said[] }
  | { readonly outcome: 'has_nothing' }
)

/** An article that the places allowed have too little of. */
export type MissingArticle = {
  readonly variantId: string
  readonly wanted: number
  /** Units at places that may serve, those that arrive included. */
  readonly allowed: number
  /** Units that are somewhere and may not be taken. */
  readonly forbidden: readonly { readonly placeId: string; readonly units: number; readonly said: readonly Said[] }[]
}

export type Sourcing = {
  /** Best first; none when the order cannot be served whole. */
  readonly plans: readonly ExplainedPlan[]
  /** One for each place, in the snapshot's order. */
  readonly places: readonly PlaceVerdict[]
  /** Empty though there is no plan: there are units enough, and taking the order apart that far is not allowed. */
  readonly missing: readonly MissingArticle[]
  /** The first plan is proven the cheapest; otherwise it is the best that was found in the work allowed. */
  readonly proven: boolean
}

/**
 * Where the lines of an order are best taken from, and why: a pure function of what it is told.
 * Every unit is served or there is no plan. Ties go to fewer legs, then to the sooner promise, then to the places' ranks.
 */
export function source(order: OrderToSource, snapshot: SourcingSnapshot, rules: readonly SourcingRule[]): Sourcing {
  const problem = problemOf(order, snapshot, rules)
  const { candidates, proven, space } = search(problem)
  const first = candidates[0]
  // What may be spent on explaining is shared by the places, so that many places take no longer than few.
  const work = exactWork / Math.max(1, snapshot.places.length)
  return {
    plans: candidates.map((candidate) => ({
      ...planOf(problem, candidate),
      behindMinor: candidate.costMinor - (first?.costMinor ?? 0),
      said: sayPlan(problem, candidate),
    })),
    places: snapshot.places.map((place) => verdictOn(place, space, snapshot, first, work)),
    missing: first ? [] : missingOf(problem, snapshot),
    proven,
  }
}

/** The same after places have said no: what they refused is not asked of them again for this order. */
export function sourceAgain(
  order: OrderToSource,
  snapshot: SourcingSnapshot,
  rules: readonly SourcingRule[],
  refusals: readonly RefusedLine[],
): Sourcing {
  return source(order, { ...snapshot, refusals: [...(snapshot.refusals ?? []), ...refusals] }, rules)
}

function verdictOn(
  place: SourcingPlace,
  space: Found['space'],
  snapshot: SourcingSnapshot,
  first: Candidate | undefined,
  work: number,
): PlaceVerdict {
  const { problem } = space
  const placeId = place.id
  if (first?.options.some((option) => option.place.id === placeId)) return { placeId, outcome: 'chosen' }
  if (!problem.options.some((option) => option.place.id === placeId)) {
    const wave = wavesOf(place, problem.articles, { ...snapshot, refusals: [] }).find(hasUnits)
    if (!wave) return { placeId, outcome: 'has_nothing' }
    return { placeId, outcome: 'forbidden', said: sayWhyNot(problem, snapshot, place, wave.arrivalMs) }
  }
  const costMinor = first ? costUsing(space, placeId, first, work) : Infinity
  return { placeId, outcome: 'dearer', behindMinor: costMinor < Infinity ? costMinor - (first?.costMinor ?? 0) : null }
}

const hasUnits = ({ supply }: { supply: readonly number[] }): boolean => supply.some((units) => units > 0)

function missingOf(problem: Problem, snapshot: SourcingSnapshot): MissingArticle[] {
  return problem.articles.flatMap((article, index) => {
    const byPlace = new Map<string, number>()
    for (const { place, supply } of problem.options)
      byPlace.set(place.id, Math.max(byPlace.get(place.id) ?? 0, supply[index] ?? 0))
    const allowed = [...byPlace.values()].reduce((sum, units) => sum + units, 0)
    if (allowed >= article.units) return []
    const forbidden = snapshot.places.flatMap((place) => {
      const waves = wavesOf(place, [article], { ...snapshot, refusals: [] })
      const last = waves[waves.length - 1]
      const units = last?.supply[0] ?? 0
      if (!last || units <= (byPlace.get(place.id) ?? 0)) return []
      return [{ placeId: place.id, units, said: sayWhyNot(problem, snapshot, place, last.arrivalMs, article) }]
    })
    return [{ variantId: article.variantId, wanted: article.units, allowed, forbidden }]
  })
}
