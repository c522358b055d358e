import type { Article, Option, Problem } from './problem.ts'
import { transport } from './transport.ts'

/** Units by line and chosen option, and what they cost apart from their legs; minor units. */
export type Shares = { readonly unitsMinor: number; readonly units: readonly (readonly number[])[] }

/**
 * The cheapest way to serve every line from the legs chosen, exactly: articles do not compete with each other, so each is
 * solved on its own.
 * @param chosen at most one option of each place; between equals, the first is preferred
 * @returns `null` when they have too little
 */
export function allocateLines(problem: Problem, chosen: readonly Option[]): Shares | null {
  const units: number[][] = problem.lines.map(() => [])
  let unitsMinor = 0
  for (let article = 0; article < problem.articles.length; article++) {
    const cost = serveArticle(problem, chosen, article, units)
    if (cost === Infinity) return null
    unitsMinor += cost
  }
  return { unitsMinor, units }
}

/** Fills the rows of one article's lines. */
function serveArticle(problem: Problem, chosen: readonly Option[], index: number, units: number[][]): number {
  const article = problem.articles[index] as Article
  const whole = problem.order.split !== 'units'
  if (article.lines.length === 1) {
    const line = article.lines[0] ?? 0
    const row = chosen.map(() => 0)
    units[line] = row
    const quantity = problem.lines[line]?.quantity ?? 0
    return whole ? serveWhole(chosen, index, line, quantity, row) : serveInParts(chosen, index, line, quantity, row)
  }
  return whole
    ? serveSharedWhole(problem, chosen, index, article, units)
    : serveSharedInParts(problem, chosen, index, article, units)
}

function serveWhole(chosen: readonly Option[], article: number, line: number, quantity: number, row: number[]): number {
  let best = -1
  let bestMinor = Infinity
  for (let i = 0; i < chosen.length; i++) {
    const { supply, unitMinor } = chosen[i] as Option
    const cost = unitMinor[line] ?? Infinity
    if ((supply[article] ?? 0) >= quantity && cost < bestMinor) {
      best = i
      bestMinor = cost
    }
  }
  if (best < 0) return Infinity
  row[best] = quantity
  return bestMinor * quantity
}

/** One line alone: the cheapest units first. */
function serveInParts(
  chosen: readonly Option[],
  article: number,
  line: number,
  quantity: number,
  row: number[],
): number {
  let left = quantity
  let total = 0
  while (left > 0) {
    let best = -1
    let bestMinor = Infinity
    for (let i = 0; i < chosen.length; i++) {
      const { supply, unitMinor } = chosen[i] as Option
      const cost = unitMinor[line] ?? Infinity
      if (row[i] === 0 && (supply[article] ?? 0) > 0 && cost < bestMinor) {
        best = i
        bestMinor = cost
      }
    }
    if (best < 0) return Infinity
    const taken = Math.min(left, chosen[best]?.supply[article] ?? 0)
    row[best] = taken
    left -= taken
    total += taken * bestMinor
  }
  return total
}

function serveSharedInParts(
  { lines }: Problem,
  chosen: readonly Option[],
  index: number,
  article: Article,
  units: number[][],
): number {
  const demand = article.lines.map((line) => lines[line]?.quantity ?? 0)
  const supply = chosen.map((option) => option.supply[index] ?? 0)
  const costs = article.lines.map((line) => chosen.map((option) => option.unitMinor[line] ?? Infinity))
  const flow = transport(demand, supply, costs)
  if (!flow) return Infinity
  let total = 0
  article.lines.forEach((line, i) => {
    const row = flow[i] ?? []
    units[line] = row
    row.forEach((taken, option) => (total += taken > 0 ? taken * (costs[i]?.[option] ?? 0) : 0))
  })
  return total
}

/** Enough to try all for six lines of one article over three places; nobody orders like that. */
const assignmentsTried = 2_000

/** Lines of one article that may not be taken apart: every assignment that can still be the cheapest is tried. */
function serveSharedWhole(
  { lines }: Problem,
  chosen: readonly Option[],
  index: number,
  article: Article,
  units: number[][],
): number {
  const left = chosen.map((option) => option.supply[index] ?? 0)
  // Large lines first: they fit in the fewest places.
  const order = [...article.lines].sort((a, b) => (lines[b]?.quantity ?? 0) - (lines[a]?.quantity ?? 0) || a - b)
  const costOf = (line: number, i: number): number =>
    (lines[line]?.quantity ?? 0) * (chosen[i]?.unitMinor[line] ?? Infinity)
  // What the lines from here on cost at least, each at its cheapest place whatever the others take.
  const rest = [0]
  for (const line of [...order].reverse())
    rest.unshift((rest[0] ?? 0) + Math.min(...chosen.map((_, i) => costOf(line, i))))
  const picked = order.map(() => -1)
  let best: { cost: number; picked: number[] } | undefined
  let tries = assignmentsTried
  const go = (depth: number, cost: number): void => {
    if ((best && cost + (rest[depth] ?? 0) >= best.cost) || tries-- <= 0) return
    const line = order[depth]
    if (line === undefined) {
      best = { cost, picked: [...picked] }
      return
    }
    const quantity = lines[line]?.quantity ?? 0
    for (let i = 0; i < chosen.length; i++) {
      if ((left[i] ?? 0) < quantity) continue
      left[i] = (left[i] ?? 0) - quantity
      picked[depth] = i
      go(depth + 1, cost + costOf(line, i))
      left[i] = (left[i] ?? 0) + quantity
    }
  }
  go(0, 0)
  if (!best) return Infinity
  for (const [depth, line] of order.entries()) {
    const row = chosen.map(() => 0)
    row[best.picked[depth] ?? 0] = lines[line]?.quantity ?? 0
    units[line] = row
  }
  return best.cost
}
