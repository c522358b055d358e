import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import { Temporal } from 'temporal-polyfill'

/** Dates are texts such as `2026-03-02`, of the calendar of Paris. */
const timeZone = 'Europe/Paris'

/**
 * Whether what happened is an act of the person (CNIL, reference framework on commercial activities, 2022): they bought, asked, answered,
 * clicked, came in under their name. What the firm or a machine did is none: a message sent or opened (pictures are fetched by
 * machines), a click that a machine made, a visit nobody signed, an order that was cancelled, which the firm may have done.
 */
const actsOfPerson = {
  order: true,
  purchase: true,
  return: true,
  collection: true,
  // The firm sends a quote; who accepts it acts.
  quote: false,
  quote_acceptance: true,
  reservation: true,
  appointment: true,
  answer: true,
  click: true,
  visit_signed_in: true,
  store_visit: true,
  call_answered: true,
  sales_visit: true,
  consent: true,
  cancellation: false,
  message_sent: false,
  message_opened: false,
  machine_open: false,
  machine_click: false,
  visit_anonymous: false,
  // Of a visit, which is told by itself.
  product_view: false,
  category_view: false,
  call_unanswered: false,
} as const satisfies Record<InteractionKind, boolean> & Record<string, boolean>

type HappeningKind = keyof typeof actsOfPerson
export const happeningKinds = Object.keys(actsOfPerson) as readonly HappeningKind[]
/** Those that are acts of the person. */
export const actKinds = happeningKinds.filter((kind) => actsOfPerson[kind])

export type Happening = { readonly kind: HappeningKind; readonly at: Date }

/** What the law makes the firm keep, whatever becomes of the customer. */
export type LegalRecord =
  /** What the accounts rest on: orders, invoices, vouchers. */
  | { readonly kind: 'accounting'; readonly at: Date }
  /** A contract made at a distance, from the day it was fulfilled. */
  | { readonly kind: 'contract'; readonly at: Date; readonly amountMinor: number }

export type Retention = {
  /** The day they were last heard of: their last act, or the day they became known. */
  readonly lastActOn: string
  /** From this day they are asked whether they want to stay; a yes is an act. */
  readonly askOn: string
  /** On this day, without an act since, all is erased that no law keeps. */
  readonly eraseOn: string
  /** The last day the records of accounts and contracts are kept, apart from the rest; null: there are none. */
  readonly recordsUntil: string | null
  readonly now: 'keep' | 'ask' | 'erase'
}

const usualMonths = 36
/** Long enough to answer a letter. */
const usualNotice = 30
const recordYears = 10
/** Contracts from 120 € on (Code de la consommation, D213-1). */
const contractFromMinor = 12_000

/**
 * How long somebody is kept: three years from their last act, or from the end of what still binds them to the firm, or from the day
 * they became known when they never acted (CNIL). Accounting records stay ten years from the end of their financial year (Code de
 * commerce, L123-22), contracts from 120 € on ten years from the day they were fulfilled (Code de la consommation, L213-1, D213-2).
 * @param boundUntil end of a subscription, a guarantee or a repair in hand, where there is one
 * @param yearEnd last day of the financial year, `month-day`
 * @param months how long after that, three years when it is not said
 * @param noticeDays how long before they are asked
 */
export function retentionOf(question: {
  now: Date
  knownSince: Date
  happenings: readonly Happening[]
  boundUntil?: Date | null | undefined
  records?: readonly LegalRecord[] | undefined
  yearEnd?: string | undefined
  months?: number | undefined
  noticeDays?: number | undefined
}): Retention {
  const { now, knownSince, happenings, boundUntil, records = [], yearEnd = '12-31' } = question
  const { months = usualMonths, noticeDays = usualNotice } = question
  const acts = happenings.filter(({ kind, at }) => actsOfPerson[kind] && at <= now)
  const lastAct = latest([knownSince, ...acts.map(({ at }) => at)].map(dayOf))
  const bound = boundUntil ? latest([lastAct, dayOf(boundUntil)]) : lastAct
  const erase = bound.add({ months })
  const ask = erase.subtract({ days: noticeDays })
  const kept = records.map((record) => keptUntil(record, yearEnd)).filter((day) => day !== null)
  const today = dayOf(now)
  const before = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(today, day) < 0
  return {
    lastActOn: lastAct.toString(),
    askOn: ask.toString(),
    eraseOn: erase.toString(),
    recordsUntil: kept.length > 0 ? latest(kept).toString() : null,
    now: before(ask) ? 'keep' : before(erase) ? 'ask' : 'erase',
  }
}

function keptUntil(record: LegalRecord, yearEnd: string): Temporal.PlainDate | null {
  const day = dayOf(record.at)
  if (record.kind === 'contract') {
    return record.amountMinor < contractFromMinor ? null : day.add({ years: recordYears })
  }
  const [month = 12, last = 31] = yearEnd.split('-').map(Number)
  // The 31st of a shorter month is its last day.
  const endIn = (year: number) => Temporal.PlainDate.from({ year, month, day: last })
  const end = Temporal.PlainDate.compare(day, endIn(day.year)) <= 0 ? endIn(day.year) : endIn(day.year + 1)
  return endIn(end.year + recordYears)
}

function dayOf(at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
}

function latest(days: readonly Temporal.PlainDate[]): Temporal.PlainDate {
  return days.reduce((one, other) => (Temporal.PlainDate.compare(one, other) < 0 ? other : one))
}
