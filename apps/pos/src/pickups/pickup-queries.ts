import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'

export type PickupState = 'to_prepare' | 'ready' | 'handed_over'

/** What a change of a pick-up makes old. */
export const touchedByPickup = ['/fulfillments', '/orders', '/offers', '/drive'] as const

/** The pick-ups of a shop in one state; a shop has at most a few dozen open at a time. */
export function openPickups(siteId: string, state: PickupState) {
  return apiQuery(endpoints.listFulfillments, {
    query: { siteId, state, method: 'pickup', limit: 200, locale: currentLocale() },
  })
}

/** The pick-ups of a shop that a number, a name or a code names, whatever their state. */
export function findPickups(siteId: string, q: string) {
  return apiQuery(endpoints.listFulfillments, {
    query: { siteId, method: 'pickup', q, limit: 50, locale: currentLocale() },
  })
}
