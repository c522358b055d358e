import type { Locale, Money } from '@ecluse/contracts/scalars.ts'
import { intlOf } from '../../../kernel/messages.ts'

/** French puts a narrow no-break space before its signs; the tables of `Intl` put a wide one before some. */
function narrow(text: string, locale: Locale): string {
  return locale === 'fr' ? text.replace(/\u00a0/g, '\u202f') : text
}

/** An amount with its currency: “1 234,50 €”, “€1,234.50”. */
export function formatMoney({ amountMinor, currency }: Money, locale: Locale): string {
  return narrow(intlOf(locale).formatNumber(amountMinor / 100, { style: 'currency', currency }), locale)
}

/** A rate kept in basis points: 550 is “5,5 %”. */
export function formatRate(basisPoints: number, locale: Locale): string {
  const rate = intlOf(locale).formatNumber(basisPoints / 10_000, { style: 'percent', maximumFractionDigits: 2 })
  return narrow(rate, locale)
}

/** A day: “lundi 2 mars 2026”. */
export function formatDay(instant: string, locale: Locale, timeZone: string): string {
  return intlOf(locale).formatDate(instant, { dateStyle: 'full', timeZone })
}

/** A time of day: “14:30”. */
export function formatTime(instant: string, locale: Locale, timeZone: string): string {
  return intlOf(locale).formatDate(instant, { timeStyle: 'short', timeZone })
}

/** A day and a time: “lundi 2 mars 2026 à 14:30”. */
export function formatMoment(instant: string, locale: Locale, timeZone: string): string {
  return intlOf(locale).formatDate(instant, { dateStyle: 'full', timeStyle: 'short', timeZone })
}
