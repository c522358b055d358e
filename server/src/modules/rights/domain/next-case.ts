import { Temporal } from 'temporal-polyfill'
import type { RetentionState } from '@ecluse/contracts/retention.ts'

/** What is known of a case, days as texts of the calendar of Paris. */
export type CaseQuestion = {
  readonly today: string
  /** When they are due, by their last act. */
  readonly eraseOn: string
  /** Whether anything is done at all. */
  readonly on: boolean
  /** Whether there is an address to tell them at. */
  readonly usable: boolean
  readonly noticeDays: number
  /** When they were told, since their last act. */
  readonly announcedOn: string | null
  /** Whether something binds them to the firm. */
  readonly bound: boolean
}

export type NextCase = {
  readonly state: Exclude<RetentionState, 'kept'>
  readonly eraseOn: string
  /** Whether they are told now. */
  readonly announce: boolean
}

/**
 * What becomes of somebody who was not heard of. Whoever can be told is told first, and has the whole notice from that day, however late
 * the firm is; whoever cannot is erased on their day. Nobody is told of an erasure that something prevents.
 */
export function nextCase({ today, eraseOn, on, usable, noticeDays, announcedOn, bound }: CaseQuestion): NextCase {
  const told = announcedOn ?? (usable ? today : null)
  const due = told === null ? eraseOn : later(eraseOn, plus(told, noticeDays))
  if (!on) return { state: 'planned', eraseOn: due, announce: false }
  if (bound) return { state: 'held', eraseOn: due, announce: false }
  if (usable && announcedOn === null) return { state: 'announced', eraseOn: due, announce: true }
  if (today < due) return { state: announcedOn === null ? 'waiting' : 'announced', eraseOn: due, announce: false }
  return { state: 'erasing', eraseOn: due, announce: false }
}

const plus = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()
const later = (one: string, other: string): string => (one < other ? other : one)
