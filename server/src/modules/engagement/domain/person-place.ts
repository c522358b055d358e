import frenchHolidays from '@socialgouv/jours-feries'
import { Temporal } from 'temporal-polyfill'

/** Where somebody lives, as far as the clock and the calendar go. */
export type PersonPlace = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly postalCode: string
}

/** The part of France a postal code is of, as the first three digits say; the country codes some of them have of their own. */
const overseasByCountry: Readonly<Record<string, string>> = {
  GP: '971',
  MQ: '972',
  GF: '973',
  RE: '974',
  PM: '975',
  YT: '976',
  BL: '977',
  MF: '978',
  TF: '984',
  WF: '986',
  PF: '987',
  NC: '988',
}
/** Saint-Barthélemy and Saint-Martin have the codes of Guadeloupe in the post, their own in the official list of territories. */
const byWholeCode: Readonly<Record<string, string>> = { '97133': '977', '97150': '978' }

/** The zones of each; French Polynesia has three, which a postal code does not tell for sure. */
const overseasZones: Readonly<Record<string, readonly string[]>> = {
  '971': ['America/Guadeloupe'],
  '972': ['America/Martinique'],
  '973': ['America/Cayenne'],
  '974': ['Indian/Reunion'],
  '975': ['America/Miquelon'],
  '976': ['Indian/Mayotte'],
  '977': ['America/St_Barthelemy'],
  '978': ['America/Marigot'],
  '984': ['Indian/Kerguelen'],
  '986': ['Pacific/Wallis'],
  '987': ['Pacific/Tahiti', 'Pacific/Marquesas', 'Pacific/Gambier'],
  '988': ['Pacific/Noumea'],
}

/** Which overseas territory of France somebody lives in, by three digits; null: none. */
function territoryOf({ country, postalCode }: PersonPlace): string | null {
  const own = overseasByCountry[country]
  if (own !== undefined) return own
  const code = postalCode.replace(/\s/g, '')
  if (country !== 'FR') return null
  return byWholeCode[code] ?? (Object.hasOwn(overseasZones, code.slice(0, 3)) ? code.slice(0, 3) : null)
}

/**
 * The time zones (IANA) somebody may live in: one where the postal code tells, all of the country elsewhere, so that whoever asks can
 * keep to the hours of each. That of Paris for a country nobody knows.
 */
export function zonesOf(place: PersonPlace): readonly string[] {
  const territory = territoryOf(place)
  if (territory !== null) return overseasZones[territory] ?? ['Europe/Paris']
  if (place.country === 'FR' || place.country === 'MC') return ['Europe/Paris']
  const zones = zonesOfCountry(place.country)
  return zones.length === 0 ? ['Europe/Paris'] : zones
}

function zonesOfCountry(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return []
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[]; timeZones?: string[] }
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

/** Days of a single territory, `month-day`: the end of slavery (Code du travail, L3422-2) and feasts of the Pacific territories. */
const ownDays: Readonly<Record<string, readonly string[]>> = {
  '971': ['05-27'],
  '972': ['05-22'],
  '973': ['06-10'],
  '974': ['12-20'],
  '976': ['04-27'],
  '977': ['05-27', '10-09'],
  '978': ['05-27', '05-28'],
  '986': ['04-28', '06-29', '07-29'],
  // The day of autonomy gave way to Matari’i i ni’a in 2025: both are kept.
  '987': ['03-05', '06-29', '11-20'],
  '988': ['09-24'],
}

/**
 * Whether a date is a public holiday where somebody lives: those of all France (Code du travail, L3133-1), of Alsace and Moselle
 * (L3134-13), of the overseas territories. Abroad, those of France, for want of better.
 * @param date `2026-07-14`
 */
export function isHoliday(date: string, place: PersonPlace): boolean {
  const { year } = Temporal.PlainDate.from(date)
  const territory = territoryOf(place)
  const monthDay = date.slice(5)
  if (territory !== null && ownDays[territory]?.includes(monthDay)) return true
  const alsace = (place.country === 'FR' && /^(57|67|68)/.test(place.postalCode)) || territory === '987'
  return daysOfYear(year, alsace).has(date)
}

const years = new Map<string, ReadonlySet<string>>()

/** Good Friday and the day after Christmas too, where `alsace`. */
function daysOfYear(year: number, alsace: boolean): ReadonlySet<string> {
  const key = `${year} ${alsace}`
  const known = years.get(key)
  if (known !== undefined) return known
  const days = new Set(
    Object.values(frenchHolidays(year, { alsace })).map((at) =>
      new Temporal.PlainDate(at.getFullYear(), at.getMonth() + 1, at.getDate()).toString(),
    ),
  )
  years.set(key, days)
  return days
}
