import type { StateTone } from '@ecluse/ui/state-badge.tsx'
import type { MessageId, Translate } from '../app/i18n.tsx'

type Known = { title: MessageId; tone: StateTone }

/** Events of an order in words. One that is not known here is shown by its code: better that than hidden. */
const known: Record<string, Known> = {
  'orders.order_placed': { title: 'event.orderPlaced', tone: 'primary' },
  'orders.order_confirmed': { title: 'event.orderConfirmed', tone: 'done' },
  'orders.order_cancelled': { title: 'event.orderCancelled', tone: 'urgent' },
  'orders.order_expired': { title: 'event.orderExpired', tone: 'neutral' },
  'orders.return_created': { title: 'event.returned', tone: 'neutral' },
  'orders.order_returned': { title: 'event.returned', tone: 'neutral' },
  'payments.payment_captured': { title: 'event.paymentCaptured', tone: 'done' },
  'payments.payment_declined': { title: 'event.paymentDeclined', tone: 'urgent' },
  'payments.payment_voided': { title: 'event.paymentVoided', tone: 'neutral' },
  'payments.refund_made': { title: 'event.refunded', tone: 'neutral' },
  'fulfillment.prepared': { title: 'event.prepared', tone: 'primary' },
  'fulfillment.preparation_undone': { title: 'event.preparationUndone', tone: 'neutral' },
  'fulfillment.handed_over': { title: 'event.handedOver', tone: 'done' },
  'fulfillment.shipped': { title: 'event.shipped', tone: 'done' },
}

export function eventTitle(type: string, t: Translate): string {
  const event = known[type]
  return event ? t(event.title) : type
}

export function eventTone(type: string): StateTone {
  return known[type]?.tone ?? 'neutral'
}
