import type { Medium } from '@ecluse/contracts/consents.ts'
import { nextAllowed, type AllowedHours } from './allowed-hours.ts'
import type { ContactMoment } from './call-hours.ts'
import type { PersonPlace } from './person-place.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]

/**
 * When what sells may make somebody's telephone sound. Text messages: Monday to Saturday from 8 to 20, not on public holidays, which
 * operators ask of all who send (no law says so). What an application or a social network shows: not at night. E-mails and letters
 * wait for their reader. Calls have hours of their own.
 */
const hoursOf: Readonly<Partial<Record<Medium, AllowedHours>>> = {
  sms: { weekdays: [1, 2, 3, 4, 5, 6], holidays: false, between: [['08:00', '20:00']] },
  push: { weekdays: everyDay, holidays: true, between: [['08:00', '21:00']] },
  social: { weekdays: everyDay, holidays: true, between: [['08:00', '21:00']] },
}

/** Whether a message that sells or asks something may leave now, by the clock of who gets it; else from when. */
export function quietMoment(medium: Medium, at: Date, place: PersonPlace): ContactMoment {
  const hours = hoursOf[medium]
  const from = hours === undefined ? at : nextAllowed(at, place, hours)
  const allowed = from?.getTime() === at.getTime()
  return { allowed, reason: allowed ? 'open' : 'hours', from }
}
