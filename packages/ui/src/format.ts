/**
 * How Écluse writes money, numbers and dates in French and in English. No framework: the shop's server, the shop's islands,
 * the back office and the till all use these. Making an `Intl` object costs about a hundred times using it, so each is kept.
 */
import { withFirstOfMonth } from '@ecluse/contracts/french-dates.ts'
import type { Locale, Money } from '@ecluse/contracts/scalars.ts'

/** U+202F, which French puts before ; : ! ? » and €, after «, and between thousands. */
export const narrowSpace = '\u202f'

/** Times are shown as the clocks of the shops show them unless a caller says otherwise. */
export const defaultTimeZone = 'Europe/Paris'

/** `en` is written as in Europe: day before month, 24 hours. */
const tags: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' }

const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const relativeFormats = new Map<Locale, Intl.RelativeTimeFormat>()
const listFormats = new Map<string, Intl.ListFormat>()

/**
 * An amount with its currency: “1 234,50 €”, “€1,234.50”.
 *
 * @param options.whole leaves out cents when there are none (“1 299 €”), for prices in large type.
 * @param options.signed writes a plus before a positive amount, for differences.
 */
export function formatMoney(money: Money, locale: Locale, options: { whole?: boolean; signed?: boolean } = {}): string {
  const format = numberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    trailingZeroDisplay: options.whole ? 'stripIfInteger' : 'auto',
    signDisplay: options.signed ? 'exceptZero' : 'auto',
  })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return narrow(format.format(money.amountMinor / 10 ** digits), locale)
}

/** A number with at most `digits` decimals (0 by default): “12 480”, “12,480”. */
export function formatNumber(value: number, locale: Locale, digits = 0): string {
  return narrow(numberFormat(locale, { maximumFractionDigits: digits }).format(value), locale)
}

/** A short number for tiles and plots: “12,5 k”, “12.5k”. */
export function formatCompact(value: number, locale: Locale): string {
  const format = numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  return narrow(format.format(value), locale)
}

/** A ratio as a percentage: 0.055 is “5,5 %” in French and “5.5%” in English. */
export function formatPercent(ratio: number, locale: Locale, digits = 1): string {
  return narrow(numberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(ratio), locale)
}

/** A rate kept in basis points, as VAT is: 2000 is “20 %”. */
export function formatBasisPoints(basisPoints: number, locale: Locale): string {
  return formatPercent(basisPoints / 10_000, locale, 2)
}

/** A mass kept in grams: “450 g”, “12,4 kg”. */
export function formatWeight(grams: number, locale: Locale): string {
  const kilograms = grams >= 1_000
  const format = numberFormat(locale, {
    style: 'unit',
    unit: kilograms ? 'kilogram' : 'gram',
    maximumFractionDigits: kilograms ? 1 : 0,
  })
  return narrow(format.format(kilograms ? grams / 1_000 : grams), locale)
}

/** The size of a file, in the unit people read: “12 ko”, “4,2 Mo”. Units of a thousand. */
export function formatBytes(bytes: number, locale: Locale): string {
  const large = bytes >= 1_000_000
  const format = numberFormat(locale, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  })
  return narrow(format.format(large ? bytes / 1_000_000 : Math.max(1, bytes / 1_000)), locale)
}

export type DateStyle = 'day' | 'dayLong' | 'weekday' | 'weekdayShort' | 'time' | 'dateTime' | 'full' | 'month'

const dateOptions: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  dayLong: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  weekdayShort: { weekday: 'short', day: 'numeric', month: 'short' },
  time: { hour: '2-digit', minute: '2-digit' },
  dateTime: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  month: { month: 'long', year: 'numeric' },
}

/** With the whole name of the month. */
const writtenOut: ReadonlySet<DateStyle> = new Set(['dayLong', 'weekday', 'full'])

/** A date or a time, from an ISO 8601 instant, a `Date` or milliseconds since 1970. */
export function formatDate(
  instant: string | number | Date,
  locale: Locale,
  style: DateStyle = 'day',
  timeZone: string = defaultTimeZone,
): string {
  const key = `${locale}|${style}|${timeZone}`
  let format = dateFormats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(tags[locale], { ...dateOptions[style], timeZone, hourCycle: 'h23' })
    dateFormats.set(key, format)
  }
  const written = narrow(format.format(new Date(instant)), locale)
  return writtenOut.has(style) ? withFirstOfMonth(written, locale) : written
}

const relativeSteps = [
  { unit: 'minute', seconds: 60, until: 3_600 },
  { unit: 'hour', seconds: 3_600, until: 86_400 },
  { unit: 'day', seconds: 86_400, until: 30 * 86_400 },
  { unit: 'month', seconds: 30.44 * 86_400, until: 365 * 86_400 },
  { unit: 'year', seconds: 365.25 * 86_400, until: Infinity },
] as const

/** How far an instant is from now: “il y a 5 minutes”, “dans 2 heures”, “hier”; “à l’instant” within 45 seconds. */
export function formatRelative(instant: string | number | Date, now: number | Date, locale: Locale): string {
  const seconds = (new Date(instant).getTime() - new Date(now).getTime()) / 1_000
  const distance = Math.abs(seconds)
  if (distance < 45) return locale === 'fr' ? 'à l’instant' : 'just now'
  // A distance that rounds up to the next unit is told in that unit: “1 hour”, never “60 minutes”.
  const step =
    relativeSteps.find(({ seconds: unit, until }) => Math.round(distance / unit) * unit < until) ?? relativeSteps[4]
  const count = Math.max(1, Math.round(distance / step.seconds))
  let format = relativeFormats.get(locale)
  if (!format) {
    format = new Intl.RelativeTimeFormat(tags[locale], { numeric: 'auto' })
    relativeFormats.set(locale, format)
  }
  return narrow(format.format(seconds < 0 ? -count : count, step.unit), locale)
}

/** A time span in minutes: “45 min”, “2 h”, “1 h 30”. */
export function formatMinutes(minutes: number, locale: Locale): string {
  const hours = Math.floor(minutes / 60)
  const rest = Math.round(minutes % 60)
  const gap = locale === 'fr' ? narrowSpace : ' '
  if (hours === 0) return `${rest}${gap}min`
  if (rest === 0) return `${hours}${gap}h`
  return `${hours}${gap}h${gap}${String(rest).padStart(2, '0')}`
}

/** Words joined as a sentence joins them: “Nantes, Lyon et Lille”. */
export function formatList(
  words: readonly string[],
  locale: Locale,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  const key = `${locale}|${type}`
  let format = listFormats.get(key)
  if (!format) {
    format = new Intl.ListFormat(tags[locale], { type })
    listFormats.set(key, format)
  }
  return format.format(words)
}

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${Object.values(options).join('|')}`
  let format = numberFormats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(tags[locale], options)
    numberFormats.set(key, format)
  }
  return format
}

/** CLDR writes U+00A0 in some French patterns; Écluse's typography has the narrow space everywhere; a number below zero has the minus of its figures. */
function narrow(text: string, locale: Locale): string {
  const signed = text.replace(/^-/, '\u2212')
  return locale === 'fr' ? signed.replaceAll('\u00a0', narrowSpace) : signed
}
