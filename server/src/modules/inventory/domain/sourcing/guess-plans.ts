import { compareCandidates, type Candidate } from './candidate.ts'
import type { Option, Problem } from './problem.ts'

/** Where guesses go: `consider` prices a set of legs and keeps it if it is good. */
export type Guessing = {
  best(): Candidate | undefined
  consider(chosen: readonly Option[]): Candidate | null
}

/** Work, counted like that of the exact search: looks at a place for a line. */
const startsWork = 150_000
const movesWork = 200_000

/** Two plans made leg by leg: the cheapest leg for each unit first, and the widest first. */
export function guessPlans(problem: Problem, { consider }: Guessing): void {
  for (const way of ['cheap', 'wide'] as const) {
    const chosen = greedyLegs(problem, way, [], { left: Infinity })
    if (chosen) consider(chosen)
  }
}

/** Plans made leg by leg from each place, and the best improved by other legs until nothing helps. */
export function guessMore(problem: Problem, guessing: Guessing): void {
  const work = { left: movesWork }
  improve(problem, guessing, work)
  const starts = { left: startsWork }
  for (const first of problem.options) {
    if (starts.left <= 0) break
    const chosen = greedyLegs(problem, 'cheap', [first], starts)
    starts.left -= (chosen?.length ?? 0) * problem.effort
    if (chosen) guessing.consider(chosen)
  }
  improve(problem, guessing, work)
}

/** @returns `null` when the order cannot be served so */
function greedyLegs(
  problem: Problem,
  way: 'cheap' | 'wide',
  first: readonly Option[],
  work: { left: number },
): Option[] | null {
  // Lines that share an article count by units even where lines stay whole: a guess that serving them puts right.
  const whole = problem.articles.map(({ lines }) => problem.order.split !== 'units' && lines.length === 1)
  const left = problem.articles.map(({ units }) => units)
  const chosen: Option[] = []
  const choose = (option: Option): void => {
    chosen.push(option)
    for (let index = 0; index < left.length; index++)
      left[index] = (left[index] ?? 0) - usefulUnits(left[index] ?? 0, option.supply[index] ?? 0, whole[index])
  }
  first.forEach(choose)
  while (left.some((units) => units > 0)) {
    work.left -= problem.options.length * left.length
    const next = nextLeg(problem, way, chosen, left, whole)
    if (!next) return null
    choose(next)
  }
  return chosen
}

/** The leg that serves what is left at the least cost per unit (`cheap`) or that serves the most of it (`wide`). */
function nextLeg(
  { articles, options, policy }: Problem,
  way: 'cheap' | 'wide',
  chosen: readonly Option[],
  left: readonly number[],
  whole: readonly boolean[],
): Option | undefined {
  let best: Option | undefined
  let bestScore = Infinity
  for (const option of options) {
    if (chosen.some(({ place }) => place === option.place)) continue
    let units = 0
    let cost = option.legMinor + policy.extraLegMinor
    for (let index = 0; index < left.length; index++) {
      const useful = usefulUnits(left[index] ?? 0, option.supply[index] ?? 0, whole[index])
      units += useful
      cost += useful * (option.unitMinor[articles[index]?.lines[0] ?? 0] ?? 0)
    }
    const score = way === 'cheap' ? cost / units : cost - units * 1e9
    if (units > 0 && score < bestScore) {
      best = option
      bestScore = score
    }
  }
  return best
}

function usefulUnits(left: number, supply: number, whole: boolean | undefined): number {
  return whole && supply < left ? 0 : Math.min(left, supply)
}

function improve(problem: Problem, guessing: Guessing, work: { left: number }): void {
  for (let current = guessing.best(); current && work.left > 0;) {
    const better = betterNeighbour(problem, guessing, current, work)
    if (!better) return
    current = better
  }
}

/** The first plan found better by dropping a leg, adding one, or exchanging one or two for another. */
function betterNeighbour(
  { effort, options }: Problem,
  guessing: Guessing,
  current: Candidate,
  work: { left: number },
): Candidate | null {
  for (const legs of neighbours(options, current)) {
    work.left -= legs.length * effort
    if (work.left <= 0) return null
    const candidate = guessing.consider(legs)
    if (candidate && compareCandidates(candidate, current) < 0) return candidate
  }
  return null
}

function* neighbours(all: readonly Option[], { options: legs }: Candidate): Generator<readonly Option[]> {
  const without = (...dropped: Option[]): Option[] => legs.filter((option) => !dropped.includes(option))
  if (legs.length > 1) for (const dropped of legs) yield without(dropped)
  const added = all.filter((option) => !legs.includes(option))
  const beside = (option: Option): Option[] => legs.filter(({ place }) => place !== option.place)
  for (const option of added) yield [...beside(option), option]
  const fresh = added.filter((option) => beside(option).length === legs.length)
  for (const option of fresh) for (const dropped of legs) yield [...without(dropped), option]
  for (const option of fresh)
    for (const [index, dropped] of legs.entries())
      for (const other of legs.slice(index + 1)) yield [...without(dropped, other), option]
}
