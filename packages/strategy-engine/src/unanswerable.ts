/**
 * Why a question cannot be answered from the data it came with. Each has its words in the message catalogues of whoever
 * shows it, under `engine.<reason>`, and carries the details named here.
 */
export type UnanswerableReason =
  /** There is not one row. */
  | 'empty'
  /** `have` and `need`: how many there are and how many the question takes at least; `what`: a plain noun. */
  | 'too_few'
  /** `column`, `row` (from 1): a value that is missing or no number. */
  | 'not_a_number'
  /** `name`, `value`, `least` and `most`: a setting or value outside what makes sense. */
  | 'out_of_range'
  /** `column`: it never changes, so its effect cannot be told. */
  | 'constant'
  /** `column`: it follows from the other columns, so their effects cannot be told apart. */
  | 'collinear'
  /** `column`: it decides the choice without an exception, so its effect would be infinite. */
  | 'separation'
  /** Only one alternative is ever offered or chosen: there is no choice to explain. `name`: the alternative. */
  | 'one_alternative'
  /** `name`: it is offered and never chosen, so its constant would be infinite. */
  | 'never_chosen'
  /** `case`: a choice that has no chosen alternative, or several. */
  | 'not_one_choice'
  /** `name`: the parameter that runs to zero or infinity while the fit still improves. */
  | 'no_finite_optimum'
  /** Selling one more always pays, even when nobody of those who come can be let in. */
  | 'no_limit'
  /** `iterations`: after so many the search still moved. */
  | 'not_converged'
  /** `name`: what was asked for by name is not in the data. */
  | 'unknown_name'
  /** `name`: something is there twice that may be there once. */
  | 'repeated'
  /** `first` and `second`: sizes or totals that ought to agree and do not. */
  | 'mismatch'
  /** No answer satisfies all that was asked. `name`: the constraint that cannot be kept, where one can be named. */
  | 'impossible'

/** Data or settings from which no honest figure follows. Thrown instead of giving NaN, with the reason in a form one can translate. */
export class Unanswerable extends Error {
  readonly reason: UnanswerableReason
  readonly details: Readonly<Record<string, string | number>>

  constructor(reason: UnanswerableReason, details: Readonly<Record<string, string | number>> = {}) {
    const told = Object.entries(details).map(([name, value]) => `${name} ${value}`)
    super([reason, ...told].join(', '))
    this.name = 'Unanswerable'
    this.reason = reason
    this.details = details
  }
}

/** Refuses a setting or value outside `[least, most]`, NaN included. */
export function requireRange(name: string, value: number, least: number, most = Infinity): void {
  if (!(value >= least && value <= most)) throw new Unanswerable('out_of_range', { name, value, least, most })
}

/** Refuses the first value of a column that is no finite number. */
export function requireFinite(column: string, values: ArrayLike<number>): void {
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row])) throw new Unanswerable('not_a_number', { column, row: row + 1 })
  }
}

/** Refuses a name that is there twice. */
export function requireOnce(things: readonly { name: string }[]): void {
  const seen = new Set<string>()
  for (const { name } of things) {
    if (seen.has(name)) throw new Unanswerable('repeated', { name })
    seen.add(name)
  }
}
