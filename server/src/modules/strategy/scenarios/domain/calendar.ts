import { monthsBetween } from '@ecluse/contracts/objectives.ts'

/** Days of a month, on average over four years. */
export const meanMonthDays = 365.25 / 12

/** How many months one comes after another: 0 for the same. */
export const monthsAfter = (from: string, to: string): number => monthsBetween(from, to) - 1

/** How many days a month of the calendar has. */
export function daysOfMonth(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
}

/** Whether a month is told from its first day to its last. */
export const isWhole = ({ month, days }: { month: string; days: number }): boolean => days === daysOfMonth(month)
