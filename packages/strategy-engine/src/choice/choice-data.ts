import { requireFinite, Unanswerable } from '../unanswerable.ts'

/**
 * Choices that were made: for each the alternatives that were available, one row each, and the one taken. Rows of one choice lie
 * together, `starts[c]` to `starts[c + 1]`.
 */
export interface ChoiceData {
  alternatives: readonly string[]
  starts: Int32Array
  /** Which alternative a row is. */
  alternativeOf: Int32Array
  /** The row that was chosen, of each choice. */
  chosenRow: Int32Array
  /** What the utility is a weighted sum of: named columns over the rows. */
  names: readonly string[]
  values: readonly Float64Array[]
}

/** Rows as they come from a file: one per alternative of each choice, in any order. */
export interface ChoiceRows {
  caseOf: readonly string[]
  alternativeOf: readonly string[]
  chosen: ArrayLike<number | boolean>
  columns: Readonly<Record<string, Float64Array>>
}

/** What the utility depends on, in the three ways an attribute may enter (D. McFadden 1974; K. Train 2009, chapter 3). */
export interface ChoiceDesign {
  /** Columns with one coefficient for all alternatives: a price. */
  generic?: readonly string[]
  /** Columns with a coefficient for each alternative: a travel time that weighs differently by train and by car. */
  perAlternative?: readonly string[]
  /** Columns that are the same for all alternatives of a choice, with a coefficient for each but the reference: an income. */
  ofChooser?: readonly string[]
  /** A constant for each alternative but the reference; true unless said. */
  constants?: boolean
  /** The alternative that constants and choosers' coefficients are compared with; the first unless said. */
  reference?: string
}

/**
 * Gathers rows by choice and lays out the columns of a design, named `asc_train`, `cost`, `income_train`, `time_car`. Choices with a
 * single alternative tell nothing and are left out.
 */
export function layOutChoices(rows: ChoiceRows, design: ChoiceDesign): ChoiceData {
  if (rows.caseOf.length === 0) throw new Unanswerable('empty')
  const alternatives = [...new Set(rows.alternativeOf)]
  const reference = design.reference ?? alternatives[0]!
  if (!alternatives.includes(reference)) throw new Unanswerable('unknown_name', { name: reference })
  const order = orderByCase(rows)
  const { starts, chosenRow, kept } = gatherChoices(rows, order)
  const alternativeOf = Int32Array.from(kept, (row) => alternatives.indexOf(rows.alternativeOf[row]!))
  const columns = columnsOf(rows, design, kept, alternativeOf, alternatives, alternatives.indexOf(reference))
  return {
    alternatives,
    starts: Int32Array.from(starts),
    alternativeOf,
    chosenRow: Int32Array.from(chosenRow),
    names: columns.map(({ name }) => name),
    values: columns.map(({ values }) => values),
  }
}

/** Row numbers gathered by choice, in the order in which choices first appear. */
function orderByCase({ caseOf }: ChoiceRows): number[][] {
  const groups = new Map<string, number[]>()
  caseOf.forEach((name, row) => {
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  })
  return [...groups.values()]
}

function gatherChoices(rows: ChoiceRows, order: readonly number[][]) {
  const starts = [0]
  const chosenRow: number[] = []
  const kept: number[] = []
  for (const group of order) {
    const chosen = group.filter((row) => Number(rows.chosen[row]) === 1)
    const name = rows.caseOf[group[0]!]!
    if (chosen.length !== 1) throw new Unanswerable('not_one_choice', { case: name })
    if (new Set(group.map((row) => rows.alternativeOf[row])).size < group.length) {
      throw new Unanswerable('repeated', { name })
    }
    if (group.length === 1) continue
    chosenRow.push(kept.length + group.indexOf(chosen[0]!))
    kept.push(...group)
    starts.push(kept.length)
  }
  if (chosenRow.length === 0) throw new Unanswerable('one_alternative', { name: rows.alternativeOf[0]! })
  return { starts, chosenRow, kept }
}

interface NamedColumn {
  name: string
  values: Float64Array
}

function columnsOf(
  rows: ChoiceRows,
  design: ChoiceDesign,
  kept: readonly number[],
  alternativeOf: Int32Array,
  alternatives: readonly string[],
  reference: number,
): NamedColumn[] {
  const source = (name: string): Float64Array => {
    const column = rows.columns[name]
    if (column === undefined) throw new Unanswerable('unknown_name', { name })
    requireFinite(name, column)
    return column
  }
  const onlyFor = (at: number, name: string, value: (row: number) => number): NamedColumn => ({
    name: `${name}_${alternatives[at]!}`,
    values: Float64Array.from(kept, (row, place) => (alternativeOf[place] === at ? value(row) : 0)),
  })
  const all = alternatives.map((_, at) => at)
  const others = all.filter((at) => at !== reference)
  const constants = design.constants === false ? [] : others.map((at) => onlyFor(at, 'asc', () => 1))
  const generic = (design.generic ?? []).map((name) => {
    const column = source(name)
    return { name, values: Float64Array.from(kept, (row) => column[row]!) }
  })
  const crossed = (names: readonly string[] = [], which: readonly number[]) =>
    names.flatMap((name) => {
      const column = source(name)
      return which.map((at) => onlyFor(at, name, (row) => column[row]!))
    })
  return [...constants, ...generic, ...crossed(design.ofChooser, others), ...crossed(design.perAlternative, all)]
}
