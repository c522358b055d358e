import { legCost, policyOf, unitCost, type Policy } from './judge.ts'
import { legFrom, type Leg } from './leg.ts'
import type { SourcingRule } from './rules.ts'
import type { DatedUnits, LineToSource, OrderToSource, RefusedLine, SourcingPlace, SourcingSnapshot } from './types.ts'

/** An article of the order, whatever the number of lines that ask for it: they share what a place has. */
export type Article = { readonly variantId: string; readonly units: number; readonly lines: readonly number[] }

/** One leg that rules allow: a place, and the arrival it waits for. A plan takes at most one option of each place. */
export type Option = {
  readonly place: SourcingPlace
  readonly leg: Leg
  /** 0: what is there now; n: waits for the place's nth arrival. */
  readonly wave: number
  /** Carriage and rules of the leg, without what a further leg costs; minor units. */
  readonly legMinor: number
  /** Units by article. */
  readonly supply: readonly number[]
  /** Minor units of one unit, by line. */
  readonly unitMinor: readonly number[]
}

/** The order and the snapshot as numbers: which legs are allowed, what each costs, what each can give. */
export type Problem = {
  readonly order: OrderToSource
  readonly nowMs: number
  readonly policy: Policy
  /** By id, so that the order in which lines are written changes nothing. */
  readonly lines: readonly LineToSource[]
  readonly articles: readonly Article[]
  readonly options: readonly Option[]
  /** Units of each article that own places have now; decides what suppliers are asked for. */
  readonly ownUnits: readonly number[]
  /** The most legs a plan may have. */
  readonly maxLegs: number
  /** Work of serving the order from one leg, in looks: a line is one, lines that share an article hinder each other. */
  readonly effort: number
}

/** Arrivals of one place looked at; later ones are left out, so that the search stays small. */
const wavesLookedAt = 4

export function problemOf(order: OrderToSource, snapshot: SourcingSnapshot, rules: readonly SourcingRule[]): Problem {
  const policy = policyOf(rules)
  const lines = order.lines.length > 1 ? [...order.lines].sort((a, b) => (a.lineId < b.lineId ? -1 : 1)) : order.lines
  const articles = articlesOf(lines)
  const ownUnits = articles.map(() => 0)
  const options: Option[] = []
  let suppliers = false
  for (const place of snapshot.places) {
    if (place.kind === 'supplier') suppliers = true
    else addOptions(options, place, order, snapshot, { policy, lines, articles, ownUnits: null }, ownUnits)
  }
  if (suppliers) {
    for (const place of snapshot.places)
      if (place.kind === 'supplier') addOptions(options, place, order, snapshot, { policy, lines, articles, ownUnits })
  }
  const maxLegs = legLimit(order, policy)
  const effort = articles.reduce((sum, { lines: { length } }) => sum + (length > 1 ? 8 * length * length : 1), 0)
  return { order, nowMs: snapshot.nowMs, policy, lines, articles, options, ownUnits, maxLegs, effort }
}

function legLimit({ split, lines }: OrderToSource, { maxLegs }: Policy): number {
  if (split === 'none') return 1
  if (split === 'lines') return Math.min(maxLegs, lines.length)
  return Math.min(
    maxLegs,
    lines.reduce((sum, line) => sum + line.quantity, 0),
  )
}

function articlesOf(lines: readonly LineToSource[]): Article[] {
  const articles: { variantId: string; units: number; lines: number[] }[] = []
  lines.forEach((line, index) => {
    const known = articles.find(({ variantId }) => variantId === line.variantId)
    if (known) {
      known.units += line.quantity
      known.lines.push(index)
    } else articles.push({ variantId: line.variantId, units: line.quantity, lines: [index] })
  })
  return articles
}

type Terms = Pick<Problem, 'policy' | 'lines' | 'articles'> & { readonly ownUnits: readonly number[] | null }

/** Adds the legs one place could make, and to `found` what it has now. */
function addOptions(
  options: Option[],
  place: SourcingPlace,
  order: OrderToSource,
  snapshot: SourcingSnapshot,
  { policy, lines, articles, ownUnits }: Terms,
  found?: number[],
): void {
  let unitMinor: number[] | undefined
  let wave = 0
  const asked = ownUnits ? askedOfSupplier(articles, ownUnits, policy) : articles
  for (const { arrivalMs, supply } of wavesOf(place, asked, snapshot)) {
    if (supply.some((units) => units > 0)) {
      const leg = legFrom(place, order, snapshot.nowMs, arrivalMs)
      const legMinor = legCost(policy, leg, order, snapshot.nowMs)
      if (legMinor !== Infinity) {
        unitMinor ??= lines.map((line) => unitCost(policy, line, place))
        options.push({ place, leg, wave, legMinor, supply, unitMinor })
        if (found && arrivalMs === null)
          for (let article = 0; article < supply.length; article++)
            found[article] = (found[article] ?? 0) + (supply[article] ?? 0)
      }
    }
    wave += 1
  }
}

/** Whether own places have so much of an article that no supplier is asked for it. */
export function supplierClosed(policy: Policy, article: Article, ownUnits: number): boolean {
  return policy.supplierLast?.parameters.otherwise === 'forbid' && ownUnits >= article.units
}

/** The articles with `null` for those that own places have enough of. */
function askedOfSupplier(
  articles: readonly Article[],
  ownUnits: readonly number[],
  policy: Policy,
): readonly (Article | null)[] {
  return articles.map((article, index) => (supplierClosed(policy, article, ownUnits[index] ?? 0) ? null : article))
}

type Wave = { readonly arrivalMs: number | null; readonly supply: number[] }

/**
 * What a place has of each article now, and after each of its next arrivals. Articles it refused, or is not asked for
 * (`null`), are not there: no leg waits for them.
 */
export function wavesOf(
  place: SourcingPlace,
  articles: readonly (Article | null)[],
  { available, inbound, refusals }: SourcingSnapshot,
): Wave[] {
  const supply: number[] = []
  let arrivals: (DatedUnits & { article: number })[] | undefined
  articles.forEach((asked, article) => {
    if (!asked || (refusals && refusals.length > 0 && refusalOf(refusals, asked.variantId, place.id))) {
      supply.push(0)
      return
    }
    const { variantId } = asked
    supply.push(Math.max(0, Math.floor(available(variantId, place.id))))
    const coming = inbound?.(variantId, place.id)
    if (!coming || coming.length === 0) return
    arrivals ??= []
    for (const { atMs, units } of coming) if (units > 0) arrivals.push({ atMs, units: Math.floor(units), article })
  })
  const waves: Wave[] = [{ arrivalMs: null, supply }]
  return arrivals ? [...waves, ...laterWaves(supply, arrivals)] : waves
}

function laterWaves(now: readonly number[], arrivals: (DatedUnits & { article: number })[]): Wave[] {
  const waves: Wave[] = []
  let supply = [...now]
  let last: number | undefined
  for (const { atMs, units, article } of arrivals.sort((a, b) => a.atMs - b.atMs)) {
    if (atMs !== last) {
      if (waves.length === wavesLookedAt) break
      supply = [...supply]
      waves.push({ arrivalMs: atMs, supply })
      last = atMs
    }
    supply[article] = (supply[article] ?? 0) + units
  }
  return waves
}

/** Why a place will not give an article to this order: it said no, or it can prepare nothing at all. */
export function refusalOf(
  refusals: readonly RefusedLine[],
  variantId: string,
  placeId: string,
): RefusedLine | undefined {
  return refusals.find(
    (refusal) =>
      refusal.placeId === placeId &&
      (refusal.variantId === variantId || refusal.reason === 'too_busy' || refusal.reason === 'closed'),
  )
}
