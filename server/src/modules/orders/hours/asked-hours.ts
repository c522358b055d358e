import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { KeptHour } from '../queries/kept-hours.ts'

type Asked = Pick<PlaceOrderBody, 'delivery' | 'appointment'>

/** The window, slot or appointment a purchase asks for, when that is the one its document keeps. */
export function keptFor(hours: readonly KeptHour[], kind: KeptHour['kind'], asked: Asked): KeptHour | undefined {
  const hour = hours.find((one) => one.kind === kind)
  return hour && isAsked(hour, asked) ? hour : undefined
}

function isAsked({ kind, poolIds, siteId, service, startsAt }: KeptHour, { delivery, appointment }: Asked): boolean {
  if (kind === 'window') return delivery.method === 'delivery' && delivery.windowId === poolIds[0]
  if (kind === 'bay') return delivery.method === 'pickup' && delivery.slotId === poolIds[0]
  return (
    appointment?.service === service &&
    appointment.siteId === siteId &&
    new Date(appointment.startsAt).getTime() === startsAt.getTime()
  )
}

/** Splits the hours a document keeps by whether its purchase asks for them. */
export function hoursFor(hours: readonly KeptHour[], asked: Asked): { used: KeptHour[]; released: KeptHour[] } {
  return {
    used: hours.filter((hour) => isAsked(hour, asked)),
    released: hours.filter((hour) => !isAsked(hour, asked)),
  }
}

/** A purchase with the hours that were agreed upon in its document, where it says nothing else: whoever pays need not know them. */
export function withAgreedHours<Body extends Asked>(body: Body, hours: readonly KeptHour[]): Body {
  return hours.reduce((asked, { kind, poolIds, siteId, service, startsAt }) => {
    const { delivery } = asked
    const [poolId] = poolIds
    if (kind === 'window' && delivery.method === 'delivery' && delivery.windowId === undefined)
      return { ...asked, delivery: { ...delivery, windowId: poolId } }
    if (kind === 'bay' && delivery.method === 'pickup' && delivery.siteId === siteId && delivery.slotId === undefined)
      return { ...asked, delivery: { ...delivery, slotId: poolId } }
    if (kind === 'appointment' && !asked.appointment && servedThere(delivery, siteId) && service !== null)
      return { ...asked, appointment: { service, siteId: siteId ?? '', startsAt: startsAt.toISOString() } }
    return asked
  }, body)
}

/** What is fetched in a shop is served in that shop. */
function servedThere(delivery: Asked['delivery'], siteId: string | null): boolean {
  return !('siteId' in delivery) || delivery.siteId === siteId
}
