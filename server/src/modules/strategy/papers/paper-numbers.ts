import type { Locale } from '@ecluse/contracts/scalars.ts'
import { intlOf } from '../../../kernel/messages.ts'

/** How figures are written on paper, as on the screens: the minus of figures, narrow spaces in French, and “k€” in one piece. */
export function paperNumbers(locale: Locale) {
  const intl = intlOf(locale)
  const write = (value: number, options: Parameters<typeof intl.formatNumber>[1]): string => {
    const signed = intl.formatNumber(value, options).replace(/^-/, '\u2212')
    return locale === 'fr' ? signed.replace(/([kM])\s€$/, '$1€').replaceAll('\u00a0', '\u202f') : signed
  }
  return {
    /** Whole euros. */
    money: (euros: number): string =>
      // Rounded before, so that nothing is written as minus zero.
      write(Math.round(euros) + 0, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }),
    /** Euros along an axis: in thousands or millions when they are many. */
    short: (euros: number): string =>
      write(euros, {
        style: 'currency',
        currency: 'EUR',
        notation: 'compact',
        minimumFractionDigits: 0,
        maximumFractionDigits: 1,
      }),
    /** A share between 0 and 1, in per cent; a dash where there is none. */
    share: (of: number | null): string =>
      of === null ? '–' : write(of, { style: 'percent', maximumFractionDigits: 1 }),
    /** Any other figure; a dash where there is none. */
    number: (of: number | null): string => (of === null ? '–' : write(of, { maximumFractionDigits: 2 })),
  }
}
