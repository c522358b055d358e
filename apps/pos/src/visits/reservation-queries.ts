import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ReservationState } from '@ecluse/contracts/reservations.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'

/** What is shown at once: what is to do, and what is over. */
export const reservationViews = ['to_put_aside', 'ready', 'trying', 'over'] as const
export type ReservationView = (typeof reservationViews)[number]

/** What a change of a reservation makes old. */
export const touchedByReservation = ['/reservations', '/offers'] as const

/** The reservations of a shop in one state; a shop has at most a few dozen open at a time. */
export function reservationsOf(siteId: string, view: ReservationView) {
  const which: { open: 'false' } | { state: ReservationState } = view === 'over' ? { open: 'false' } : { state: view }
  return apiQuery(endpoints.listReservations, {
    query: { siteId, ...which, limit: view === 'over' ? 50 : 200, locale: currentLocale() },
  })
}

/** The reservations of a shop that a code, a name or an address names, whatever their state. */
export function findReservations(siteId: string, q: string) {
  return apiQuery(endpoints.listReservations, { query: { siteId, q, limit: 50, locale: currentLocale() } })
}
