import { leastSquares, type Columns } from '../numeric/matrix.ts'
import { requireFinite, Unanswerable } from '../unanswerable.ts'
import { withInterval, type Effect } from './difference-in-differences.ts'

/** Customers of two kinds (those who buy through several channels, and those who keep to one), with what was known of them before. */
export interface ComparedCustomers {
  /** 1 for the kind in question, 0 for the others. */
  treated: ArrayLike<number>
  /** What is compared: a year's turnover, its margin, the number of purchases. */
  outcome: ArrayLike<number>
  /** What makes people become of that kind and buy more as well: how much they bought before, since when, where they live. */
  before: Columns
}

export interface CustomerComparison {
  /** Mean difference as it is seen. */
  raw: Effect
  /** What is left of it between people who were alike before: the mean effect over all. */
  corrected: Effect
  /** How much of the difference seen is selection: raw less corrected. */
  selection: number
  /** Of each thing known before, how far the kinds differ, in standard deviations: as they are, and weighted alike. */
  balance: { name: string; raw: number; weighted: number }[]
  /** Customers left out because nobody of the other kind is like them, as a share. */
  leftOut: number
  treated: number
  others: number
}

/** Chances nearer than this to 0 or 1 are without a counterpart (R. Crump and others, Biometrika 96, 2009). */
const overlap = 0.05

/**
 * Compares two kinds of customers with selection corrected, as far as what was known before explains it: augmented inverse probability
 * weighting, which is right when either the chance to be of a kind (logit) or the outcome (linear, for each kind) is well described
 * (J. Robins, A. Rotnitzky, L. Zhao, JASA 89, 1994). Standard errors by the influence function. What was not known before is not
 * corrected: the figure is an upper bound where the keen become of that kind.
 *
 * Throws `Unanswerable`: `empty`, `mismatch`, `not_a_number`, `too_few` of a kind, `collinear`, `separation` (something known before decides who
 * is of which kind), `impossible` (no two are alike).
 */
export function compareCustomers({ treated, outcome, before }: ComparedCustomers): CustomerComparison {
  const rows = requireCustomers({ treated, outcome, before })
  const scaled = withConstant(standardised(before))
  const chances = fitChances(scaled, treated)
  const kept = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => chances[row]! > overlap && chances[row]! < 1 - overlap,
  )
  const of = (kind: number) => kept.filter((row) => (treated[row]! > 0.5 ? 1 : 0) === kind)
  const [others, kind] = [of(0), of(1)]
  if (Math.min(others.length, kind.length) <= scaled.names.length)
    throw new Unanswerable('impossible', { name: 'customers of both kinds who are alike' })
  const expected = [others, kind].map((those) => expectedOutcomes(scaled, outcome, those))
  const influence = kept.map((row) => {
    const [chance, seen] = [chances[row]!, outcome[row]!]
    const [low, high] = [expected[0]![row]!, expected[1]![row]!]
    return treated[row]! > 0.5 ? high - low + (seen - high) / chance : high - low - (seen - low) / (1 - chance)
  })
  const corrected = meanOf(influence)
  const raw = rawDifference(treated, outcome)
  return {
    raw,
    corrected: withInterval(corrected.mean, corrected.error),
    selection: raw.effect - corrected.mean,
    balance: balanceOf(before, treated, chances, kept),
    leftOut: 1 - kept.length / rows,
    treated: kind.length,
    others: others.length,
  }
}

function requireCustomers({ treated, outcome, before }: ComparedCustomers): number {
  const rows = outcome.length
  if (rows === 0) throw new Unanswerable('empty')
  for (const { length } of [treated, ...before.values]) {
    if (length !== rows) throw new Unanswerable('mismatch', { first: length, second: rows })
  }
  requireFinite('treated', treated)
  requireFinite('outcome', outcome)
  before.values.forEach((values, at) => requireFinite(before.names[at]!, values))
  const kind = Array.from(treated).filter((one) => one > 0.5).length
  const need = before.names.length + 2
  if (kind < need) throw new Unanswerable('too_few', { what: 'treated', have: kind, need })
  if (rows - kind < need) throw new Unanswerable('too_few', { what: 'others', have: rows - kind, need })
  return rows
}

/** Every column with mean 0 and deviation 1, so that the search for the logit goes straight. */
function standardised({ names, values }: Columns): Columns {
  const scaled = values.map((column, at) => {
    const { mean, deviation } = momentsOf(column)
    if (!(deviation > 1e-12 * Math.max(1, Math.abs(mean)))) throw new Unanswerable('constant', { column: names[at]! })
    return column.map((value) => (value - mean) / deviation)
  })
  return { names, values: scaled }
}

const withConstant = ({ names, values }: Columns): Columns => ({
  names: ['constant', ...names],
  values: [new Float64Array(values[0]?.length ?? 0).fill(1), ...values],
})

function momentsOf(column: ArrayLike<number>): { mean: number; deviation: number } {
  const all = Array.from(column)
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length
  return { mean, deviation: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) }
}

/** A logit by iteratively reweighted least squares (P. McCullagh, J. Nelder 1989, ch. 2.5). */
function fitChances(columns: Columns, treated: ArrayLike<number>): Float64Array {
  const rows = treated.length
  let beta = new Float64Array(columns.names.length)
  let chances = chancesOf(columns, beta, rows)
  for (let round = 0; round < 50; round++) {
    const roots = chances.map((chance) => Math.sqrt(Math.max(chance * (1 - chance), 1e-12)))
    const weighted = {
      names: columns.names,
      values: columns.values.map((column) => column.map((one, row) => one * roots[row]!)),
    }
    const left = Float64Array.from(
      { length: rows },
      (_, row) => ((treated[row]! > 0.5 ? 1 : 0) - chances[row]!) / roots[row]!,
    )
    const { coefficients } = leastSquares(weighted, left)
    beta = beta.map((one, at) => one + coefficients[at]!)
    const far = beta.findIndex((one) => Math.abs(one) > 30)
    if (far >= 0) throw new Unanswerable('separation', { column: columns.names[far]! })
    chances = chancesOf(columns, beta, rows)
    if (coefficients.every((one) => Math.abs(one) < 1e-10)) return chances
  }
  throw new Unanswerable('not_converged', { iterations: 50 })
}

function chancesOf({ values }: Columns, beta: Float64Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    const pull = values.reduce((sum, column, at) => sum + column[row]! * beta[at]!, 0)
    return 1 / (1 + Math.exp(-pull))
  })
}

/** What each customer would bring if they were of the kind of those rows. */
function expectedOutcomes(
  { names, values }: Columns,
  outcome: ArrayLike<number>,
  rows: readonly number[],
): Float64Array {
  const part = values.map((column) => Float64Array.from(rows, (row) => column[row]!))
  const { coefficients } = leastSquares(
    { names, values: part },
    Float64Array.from(rows, (row) => outcome[row]!),
  )
  return Float64Array.from({ length: outcome.length }, (_, row) =>
    values.reduce((sum, column, at) => sum + column[row]! * coefficients[at]!, 0),
  )
}

function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) }
}

function rawDifference(treated: ArrayLike<number>, outcome: ArrayLike<number>): Effect {
  const rows = Array.from(outcome)
  const [kind, others] = [true, false].map((wanted) => meanOf(rows.filter((_, row) => treated[row]! > 0.5 === wanted)))
  return withInterval(kind!.mean - others!.mean, Math.hypot(kind!.error, others!.error))
}

function balanceOf(
  { names, values }: Columns,
  treated: ArrayLike<number>,
  chances: Float64Array,
  kept: readonly number[],
): CustomerComparison['balance'] {
  return names.map((name, at) => {
    const column = values[at]!
    const { deviation } = momentsOf(column)
    const mean = (rows: readonly number[], weight: (row: number) => number): number => {
      const total = rows.reduce((sum, row) => sum + weight(row), 0)
      return rows.reduce((sum, row) => sum + weight(row) * column[row]!, 0) / total
    }
    const all = Array.from(column.keys())
    const apart = (rows: readonly number[], weight: (row: number) => number) => {
      const kind = rows.filter((row) => treated[row]! > 0.5)
      const others = rows.filter((row) => treated[row]! <= 0.5)
      return (mean(kind, weight) - mean(others, weight)) / deviation
    }
    return {
      name,
      raw: apart(all, () => 1),
      weighted: apart(kept, (row) => 1 / (treated[row]! > 0.5 ? chances[row]! : 1 - chances[row]!)),
    }
  })
}
