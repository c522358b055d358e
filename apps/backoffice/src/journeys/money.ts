import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatMoney, formatNumber } from '@ecluse/ui/format.ts'

const microsOfEuro = 1_000_000
const microsOfCent = 10_000

/** Millionths of a euro: in euros and cents from ten cents on, with all that counts of a cent below. */
export function formatMicro(micro: number, locale: Locale, signed = false): string {
  if (micro === 0 || Math.abs(micro) >= 10 * microsOfCent) {
    return formatMoney({ amountMinor: Math.round(micro / microsOfCent), currency: 'EUR' }, locale, { signed })
  }
  const euros = formatNumber(Math.abs(micro) / microsOfEuro, locale, 4)
  const sign = micro < 0 ? '−' : signed ? '+' : ''
  return locale === 'fr' ? `${sign}${euros}\u202f€` : `${sign}€${euros}`
}

/** Cents, which may be parts of cents where they are means. */
export function formatCents(minor: number, locale: Locale, signed = false): string {
  return formatMoney({ amountMinor: Math.round(minor), currency: 'EUR' }, locale, { signed })
}

/** A difference of numbers, with its sign: “+1.25”. */
export function formatSigned(value: number, locale: Locale, digits = 2): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value, locale, digits)}`
}
