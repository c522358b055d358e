import type { PaymentTerms } from '@ecluse/contracts/credit.ts'
import { Temporal } from 'temporal-polyfill'

const daysOf: Readonly<Record<PaymentTerms, number>> = {
  net_30: 30,
  net_45: 45,
  net_60: 60,
  end_of_month: 0,
  net_30_end_of_month: 30,
  net_45_end_of_month: 45,
}

/**
 * The day by which something is to be paid: the days are counted first, then the month runs out (Code de commerce, L441-10).
 * @param from day of the invoice, or of the order until there is one, `2026-11-22`
 */
export function dueDate(from: string, terms: PaymentTerms): string {
  const day = Temporal.PlainDate.from(from).add({ days: daysOf[terms] })
  return (terms.endsWith('end_of_month') ? day.with({ day: day.daysInMonth }) : day).toString()
}

/** How many days late something is on a day; zero or less when it is not. */
export function daysLate(dueOn: string, today: string): number {
  return Temporal.PlainDate.from(dueOn).until(today, { largestUnit: 'days' }).days
}
