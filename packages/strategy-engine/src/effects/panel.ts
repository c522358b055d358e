import { Unanswerable } from '../unanswerable.ts'

/** One outcome of several units (shops, regions, channels) over the same periods; some units are treated from one period on. */
export interface Panel {
  units: readonly string[]
  periods: readonly number[]
  /** By unit, then by period. */
  outcomes: readonly Float64Array[]
  /** Positions in `units`. */
  treated: readonly number[]
  /** Position in `periods` of the first treated period. */
  start: number
}

export interface PanelRows {
  unitOf: readonly string[]
  periodOf: ArrayLike<number>
  outcomes: ArrayLike<number>
}

/** Lays rows out as a panel. Every unit must have every period; a hole is told, since filling it would be inventing. */
export function layOutPanel(rows: PanelRows, treatedUnits: readonly string[], firstTreated: number): Panel {
  if (rows.unitOf.length === 0) throw new Unanswerable('empty')
  const units = [...new Set(rows.unitOf)]
  const periods = [...new Set(Array.from(rows.periodOf))].sort((a, b) => a - b)
  const unitAt = new Map(units.map((name, at) => [name, at]))
  const periodAt = new Map(periods.map((period, at) => [period, at]))
  const outcomes = units.map(() => new Float64Array(periods.length).fill(NaN))
  rows.unitOf.forEach((unit, row) => {
    const own = outcomes[unitAt.get(unit)!]!
    const at = periodAt.get(rows.periodOf[row]!)!
    if (!Number.isNaN(own[at]!)) throw new Unanswerable('repeated', { name: `${unit} ${periods[at]!}` })
    const value = rows.outcomes[row]!
    if (!Number.isFinite(value)) throw new Unanswerable('not_a_number', { column: unit, row: row + 1 })
    own[at] = value
  })
  for (const [at, own] of outcomes.entries()) {
    const hole = own.findIndex(Number.isNaN)
    if (hole >= 0) throw new Unanswerable('unknown_name', { name: `${units[at]!} ${periods[hole]!}` })
  }
  const treated = treatedUnits.map((name) => {
    const at = unitAt.get(name)
    if (at === undefined) throw new Unanswerable('unknown_name', { name })
    return at
  })
  const start = periods.findIndex((period) => period >= firstTreated)
  return requirePanel({ units, periods, outcomes, treated, start })
}

/** Refuses a panel in which nothing can be compared: nobody treated or nobody else, no time before or none after. */
export function requirePanel(panel: Panel): Panel {
  const { units, periods, treated, start, outcomes } = panel
  const others = units.length - treated.length
  if (treated.length === 0) throw new Unanswerable('too_few', { what: 'treated', have: 0, need: 1 })
  if (others < 2) throw new Unanswerable('too_few', { what: 'controls', have: others, need: 2 })
  if (start < 2) throw new Unanswerable('too_few', { what: 'periods', have: Math.max(0, start), need: 2 })
  if (start >= periods.length) throw new Unanswerable('too_few', { what: 'periods', have: 0, need: 1 })
  const first = outcomes[0]![0]!
  if (outcomes.every((own) => own.every((value) => value === first)))
    throw new Unanswerable('constant', { column: 'outcome' })
  return panel
}

/** Positions of the units that are not treated. */
export const controlsOf = ({ units, treated }: Panel): number[] =>
  Array.from(units.keys()).filter((at) => !treated.includes(at))

/** The mean of some units' outcomes, by period. */
export function meanOutcome({ outcomes, periods }: Panel, units: readonly number[]): Float64Array {
  return Float64Array.from(periods, (_, t) => units.reduce((sum, at) => sum + outcomes[at]![t]!, 0) / units.length)
}

/** The panel without the treated units, another unit standing in for them: what a placebo test looks at. */
export function placeboPanel(panel: Panel, standIns: readonly number[]): Panel {
  const kept = controlsOf(panel)
  return {
    ...panel,
    units: kept.map((at) => panel.units[at]!),
    outcomes: kept.map((at) => panel.outcomes[at]!),
    treated: standIns.map((at) => kept.indexOf(at)),
  }
}
