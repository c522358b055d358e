import type { ReplenishmentFigures } from '@ecluse/contracts/replenishment.ts'

export type ProjectedDay = {
  readonly day: number
  /** What is left if nothing is ordered. */
  readonly without: number
  /** What is left if the proposal is accepted today. */
  readonly withOrder: number
}

/**
 * The stock of the days to come at the mean demand, from what is there and coming less what is promised: without an order, and
 * with the proposed one arriving after the lead time.
 */
export function projectStock(figures: ReplenishmentFigures, units: number): readonly ProjectedDay[] {
  const { position, demandPerDay, leadDays, reviewDays, coverDays } = figures
  const last = Math.max(7, Math.ceil(leadDays + reviewDays + coverDays))
  const arrives = Math.ceil(leadDays)
  const atArrival = Math.max(0, position - demandPerDay * arrives)
  return Array.from({ length: last + 1 }, (_, day) => {
    const without = Math.max(0, position - demandPerDay * day)
    const withOrder = day < arrives ? without : Math.max(0, atArrival + units - demandPerDay * (day - arrives))
    return { day, without, withOrder }
  })
}

/** In how many whole days nothing is left at the mean demand; null when nothing is ever sold. */
export function daysLeft({ position, demandPerDay }: ReplenishmentFigures): number | null {
  return demandPerDay > 0 ? Math.max(0, Math.floor(position / demandPerDay)) : null
}
