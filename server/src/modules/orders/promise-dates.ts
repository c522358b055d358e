import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { readyAt } from '../channels/public.ts'
import type { DeliveryTerms, ReadModel } from '../offers/public.ts'

/** When an order is promised: ready for a pick-up by the shop's opening hours, or between two days for a delivery. */
export function promiseDates(
  model: ReadModel,
  terms: DeliveryTerms,
  delivery: Pick<PlaceOrderBody['delivery'], 'method'> & { siteId?: string },
  now: Date,
): { promisedAt: Date | null; latestAt: Date | null } {
  if (delivery.method === 'carry_out' || delivery.method === 'download') return { promisedAt: null, latestAt: null }
  if (delivery.method === 'pickup') {
    const site = delivery.siteId === undefined ? undefined : model.site(delivery.siteId)
    if (!site) return { promisedAt: null, latestAt: null }
    const ready = readyAt(
      { openingHours: site.openingHours, timeZone: site.timeZone, minutes: site.pickupReadyMinutes },
      now,
    )
    return { promisedAt: ready, latestAt: ready }
  }
  return { promisedAt: workingDaysLater(now, terms.leadDaysMin), latestAt: workingDaysLater(now, terms.leadDaysMax) }
}

/** The same hour so many working days later; Saturdays and Sundays do not count. */
export function workingDaysLater(from: Date, days: number): Date {
  const date = new Date(from)
  let left = days
  while (left > 0) {
    date.setUTCDate(date.getUTCDate() + 1)
    const weekday = date.getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return date
}

/** When the last of some places lets go of what is asked of it from a moment on: a supplier takes days, own places none. */
export function letGoAt(model: ReadModel, placeIds: readonly string[], from: Date): Date {
  const { leadDays } = model.sourcing()
  if (leadDays.size === 0) return from
  const days = Math.max(0, ...placeIds.map((placeId) => leadDays.get(placeId) ?? 0))
  return days === 0 ? from : new Date(from.getTime() + days * 86_400_000)
}
