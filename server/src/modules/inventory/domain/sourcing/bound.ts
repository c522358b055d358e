import type { Option, Problem } from './problem.ts'

/** A place as the search sees it while undecided: all its options at once, each figure the best of them. */
export type Site = {
  readonly options: readonly Option[]
  /** The most it could ever give, by article. */
  readonly supply: readonly number[]
  /** The least a unit costs here, by article, over the lines that ask for it. */
  readonly articleMinor: readonly number[]
  /** The least a unit costs by line. */
  readonly lineMinor: readonly number[]
  /** Its cheapest leg, a further leg's cost included, shared by all the units it could give. */
  readonly shareMinor: number
}

/** The places of a problem, the promising first. */
export function sitesOf(problem: Problem): Site[] {
  const byPlace = new Map<string, Option[]>()
  for (const option of problem.options) {
    const known = byPlace.get(option.place.id)
    if (known) known.push(option)
    else byPlace.set(option.place.id, [option])
  }
  const worth = (site: Site): number => site.shareMinor + Math.min(...site.articleMinor)
  return [...byPlace.values()]
    .map((options) => siteOf(problem, options))
    .map((site, index) => ({ site, index, worth: worth(site) }))
    .sort((a, b) => a.worth - b.worth || a.index - b.index)
    .map(({ site }) => site)
}

function siteOf({ articles, policy }: Problem, options: readonly Option[]): Site {
  const supply = articles.map((_, article) => Math.max(...options.map((option) => option.supply[article] ?? 0)))
  const lineMinor = options[0]?.unitMinor ?? []
  const articleMinor = articles.map(({ lines }) => Math.min(...lines.map((line) => lineMinor[line] ?? Infinity)))
  const useful = articles.reduce((sum, { units }, article) => sum + Math.min(units, supply[article] ?? 0), 0)
  const cheapest = Math.min(...options.map(({ legMinor }) => legMinor))
  return { options, supply, articleMinor, lineMinor, shareMinor: (cheapest + policy.extraLegMinor) / useful }
}

/**
 * What every plan costs at least that makes these legs and, besides, only legs of the sites from `from` on. Legs not
 * decided count by the unit, shared by all the units their place could give: the linear relaxation of their fixed cost.
 * @returns minor units, not always whole; `Infinity` when they cannot serve the order
 */
export function lowerBound(problem: Problem, chosen: readonly Option[], sites: readonly Site[], from: number): number {
  const { articles, policy, order } = problem
  let total = -policy.extraLegMinor
  for (const { legMinor } of chosen) total += legMinor + policy.extraLegMinor
  const open = chosen.length < problem.maxLegs ? from : sites.length
  for (let article = 0; article < articles.length; article++) {
    total +=
      order.split === 'units'
        ? partsBound(problem, chosen, sites, open, article)
        : wholeBound(problem, chosen, sites, open, article)
    if (total === Infinity) return Infinity
  }
  return total
}

function wholeBound(
  { articles, lines }: Problem,
  chosen: readonly Option[],
  sites: readonly Site[],
  open: number,
  article: number,
): number {
  let total = 0
  for (const line of articles[article]?.lines ?? []) {
    const quantity = lines[line]?.quantity ?? 0
    let least = Infinity
    for (const { supply, unitMinor } of chosen)
      if ((supply[article] ?? 0) >= quantity) least = Math.min(least, unitMinor[line] ?? Infinity)
    for (let s = open; s < sites.length; s++) {
      const { supply, lineMinor, shareMinor } = sites[s] as Site
      if ((supply[article] ?? 0) >= quantity) least = Math.min(least, (lineMinor[line] ?? Infinity) + shareMinor)
    }
    total += quantity * least
  }
  return total
}

/** The cheapest units first, whoever has them; `taken` marks those used up. */
function partsBound(
  { articles }: Problem,
  chosen: readonly Option[],
  sites: readonly Site[],
  open: number,
  article: number,
): number {
  let left = articles[article]?.units ?? 0
  const asked = articles[article]?.lines ?? []
  let total = 0
  const taken = new Set<number>()
  while (left > 0) {
    let least = Infinity
    let which = 0
    let units = 0
    for (let s = open; s < sites.length; s++) {
      const site = sites[s] as Site
      const cost = (site.articleMinor[article] ?? Infinity) + site.shareMinor
      const has = site.supply[article] ?? 0
      if (cost < least && has > 0 && !taken.has(s)) [least, which, units] = [cost, s, has]
    }
    for (let i = 0; i < chosen.length; i++) {
      const { supply, unitMinor } = chosen[i] as Option
      const has = supply[article] ?? 0
      if (has === 0 || taken.has(-1 - i)) continue
      let cost = Infinity
      for (const line of asked) cost = Math.min(cost, unitMinor[line] ?? Infinity)
      if (cost < least) [least, which, units] = [cost, -1 - i, has]
    }
    if (least === Infinity) return Infinity
    taken.add(which)
    total += Math.min(left, units) * least
    left -= units
  }
  return total
}
