import { Temporal } from 'temporal-polyfill'
import { dayAfter, nextAllowed, type AllowedHours } from './allowed-hours.ts'
import type { PersonPlace } from './person-place.ts'

/** What is known of somebody who would be called to sell them something. */
export type CallQuestion = {
  readonly at: Date
  readonly place: PersonPlace
  /** Whether they agreed to such calls beforehand, which the firm can prove. */
  readonly consented: boolean
  /** Whether they asked, provably, to be called at just this moment: then it may be outside the hours. */
  readonly asked?: boolean | undefined
  /** When the firm called them, or tried to. */
  readonly attempts?: readonly Date[] | undefined
  /** When they said no to such a call while it lasted. */
  readonly refusals?: readonly Date[] | undefined
}

/** Whether a contact may be made now; else why not, and from when (null: never, as things stand). */
export type ContactMoment = {
  readonly allowed: boolean
  readonly reason: 'open' | 'no_consent' | 'refused_call' | 'called_enough' | 'hours'
  readonly from: Date | null
}

/** Monday to Friday, 10 to 13 and 14 to 20, not on public holidays. */
const callHours: AllowedHours = {
  weekdays: [1, 2, 3, 4, 5],
  holidays: false,
  between: [
    ['10:00', '13:00'],
    ['14:00', '20:00'],
  ],
}
const mostAttempts = 4
const attemptDays = 30
const refusalDays = 60
/** From here on only who agreed may be called (law 2025-594 of 30 June 2025, on Code de la consommation, L223-1). */
const consentFrom = new Date(Temporal.PlainDate.from('2026-08-11').toZonedDateTime('Europe/Paris').epochMilliseconds)

/**
 * Whether somebody may be called to sell them something (Code de la consommation, D223-9, of decree 2022-1313; L223-1 from 11 August
 * 2026): within the hours of their own clock, not a fifth time within thirty calendar days, not before sixty whole calendar days
 * after a refusal. Stricter than the decree in that holidays of a region are kept too. Only the hours give way to an agreement.
 */
export function callMoment({ at, place, consented, asked, attempts = [], refusals = [] }: CallQuestion): ContactMoment {
  const past = (dates: readonly Date[]) => dates.filter((date) => date <= at).map((date) => date.getTime())
  const refused = past(refusals)
  const pauseEnds = refused.length > 0 ? dayAfter(new Date(Math.max(...refused)), refusalDays + 1, place) : at
  const oldest = past(attempts).toSorted((a, b) => b - a)[mostAttempts - 1]
  const attemptsEnd = oldest === undefined ? at : dayAfter(new Date(oldest), attemptDays, place)
  const free = new Date(Math.max(at.getTime(), pauseEnds.getTime(), attemptsEnd.getTime()))
  const open = asked && free.getTime() === at.getTime() ? at : nextAllowed(free, place, callHours)
  const from = open !== null && !consented && open >= consentFrom ? null : open
  if (!consented && at >= consentFrom) return { allowed: false, reason: 'no_consent', from: null }
  if (pauseEnds > at) return { allowed: false, reason: 'refused_call', from }
  if (attemptsEnd > at) return { allowed: false, reason: 'called_enough', from }
  return from?.getTime() === at.getTime()
    ? { allowed: true, reason: 'open', from }
    : { allowed: false, reason: 'hours', from }
}
