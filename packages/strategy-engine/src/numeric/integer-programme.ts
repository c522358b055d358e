/**
 * A mixed-integer linear programme: Σ gain·x as large as possible, each row Σ times·x within its bounds, each variable between 0 and
 * its bound. The engine states programmes and reads their answers; whoever calls it brings the solver.
 */
export interface IntegerProgramme {
  variables: readonly { gain: number; most: number; whole: boolean }[]
  rows: readonly ProgrammeRow[]
}

export interface ProgrammeRow {
  terms: readonly { at: number; times: number }[]
  /** −Infinity where there is no lower bound. */
  least: number
  /** Infinity where there is no upper bound. */
  most: number
}

/** The best values of the variables, or null when none keeps all rows. */
export type SolveProgramme = (programme: IntegerProgramme) => Float64Array | null
