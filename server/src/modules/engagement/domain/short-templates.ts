import type { Template } from './template.ts'

/**
 * Messages that say enough in a line with a link. What must be kept on a durable medium stays an e-mail whatever is wished: the
 * confirmation of a sale and of a withdrawal, receipts, quotes (Code de la consommation, L221-13); so does what proves a mailbox.
 */
const short: ReadonlySet<string> = new Set<Template | 'points_ending'>([
  'points_ending',
  'pickup_ready',
  'pickup_waiting',
  'pickup_expired',
  'shipped',
  'handed_over',
  'order_delayed',
  'order_postponed',
  'change_asked',
  'substitute_asked',
  'return_received',
  'return_asked',
  'return_arrived',
  'return_expired',
  'refund_made',
  'reservation_made',
  'reservation_ready',
  'reservation_ending',
  'reservation_cancelled',
  'reservation_expired',
  'appointment_booked',
  'appointment_moved',
  'appointment_cancelled',
  'appointment_reminder',
  'appointment_offered',
])

/** Whether a message may go as a text message to whoever wishes that. */
export function mayBeShort(template: string): boolean {
  return short.has(template)
}
