import { addMonths, monthsBetween, type ObjectiveMeasure } from '@ecluse/contracts/objectives.ts'
import type { MonthValue } from './months-of-kpi.ts'

export type ObjectiveTerms = {
  measure: ObjectiveMeasure
  wanted: 'at_least' | 'at_most'
  target: number
  from: string
  until: string
}

/** What the months of an objective come to; null where one of them is not known. */
export function measured(
  known: readonly MonthValue[],
  terms: Pick<ObjectiveTerms, 'measure' | 'from' | 'until'>,
): number | null {
  const { measure, from, until } = terms
  const values = known.filter(({ month }) => month >= from && month <= until).map(({ value }) => value)
  const last = known.find(({ month }) => month === until)
  if (measure === 'last') return last?.value ?? null
  if (values.length < monthsBetween(from, until)) return null
  const sum = values.reduce((total, value) => total + value, 0)
  return measure === 'sum' ? sum : sum / values.length
}

/** The measure over as many months just before the objective begins. */
export function startOf(
  known: readonly MonthValue[],
  { measure, from, until }: Pick<ObjectiveTerms, 'measure' | 'from' | 'until'>,
): number | null {
  const count = monthsBetween(from, until)
  return measured(known, { measure, from: addMonths(from, -count), until: addMonths(from, -1) })
}

export function isMet({ wanted, target }: Pick<ObjectiveTerms, 'wanted' | 'target'>, reached: number): boolean {
  return wanted === 'at_least' ? reached >= target : reached <= target
}

/** Where an objective stands, in the engine’s terms; null when its time is over. */
export function engineTerms(
  known: readonly MonthValue[],
  { measure, wanted, target, from, until }: ObjectiveTerms,
  currentMonth: string,
): {
  target: number
  wanted: ObjectiveTerms['wanted']
  measure: ObjectiveMeasure
  elapsed: number
  left: number
  ahead: number
} | null {
  if (until < currentMonth) return null
  const elapsed = known.filter(({ month }) => month >= from).length
  const begins = from > currentMonth ? from : currentMonth
  return {
    target,
    wanted,
    measure,
    elapsed,
    left: monthsBetween(begins, until),
    ahead: monthsBetween(currentMonth, begins) - 1,
  }
}
