import { expect, test } from 'vitest'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import { eventTypes, messageWantedBy } from './template.ts'

const event = (type: string, payload: Record<string, unknown>): StoredEvent => ({
  aggregateId: 'order',
  sequence: 1,
  id: 'event',
  type,
  version: 1,
  payload,
  channelCode: null,
  actor: null,
  occurredAt: new Date(0),
})
const wanted = (type: string, payload: Record<string, unknown> = {}) => {
  const message = messageWantedBy(event(type, payload))
  return message && [message.template, message.occurrence]
}

test('each event asks for its message, told apart by what it is about', () => {
  expect(wanted('orders.order_placed', { deliveryMethod: 'delivery' })).toEqual(['order_confirmation', ''])
  expect(wanted('orders.order_placed', { deliveryMethod: 'carry_out' })).toEqual(['receipt', ''])
  expect(wanted('fulfillment.handed_over', { method: 'carry_out', fulfillmentId: 'f' })).toEqual(['receipt', ''])
  expect(wanted('fulfillment.handed_over', { method: 'pickup', fulfillmentId: 'f' })).toEqual(['handed_over', 'f'])
  expect(wanted('fulfillment.order_ready', { method: 'pickup' })).toEqual(['pickup_ready', ''])
  expect(wanted('fulfillment.order_ready', { method: 'delivery' })).toBeNull()
  expect(wanted('fulfillment.shipped', { fulfillmentId: 'f' })).toEqual(['shipped', 'f'])
  expect(wanted('orders.return_received', { returnId: 'r' })).toEqual(['return_received', 'r'])
  expect(wanted('payments.refund_made', { refundId: 'x' })).toEqual(['refund_made', 'x'])
  expect(wanted('orders.order_cancelled', { wasConfirmed: true })).toEqual(['order_cancelled', ''])
  expect(wanted('orders.order_cancelled', { wasConfirmed: false })).toEqual(['payment_expired', ''])
  expect(wanted('orders.order_expired')).toEqual(['payment_expired', ''])
})

test('what it does not listen to asks for nothing', () => {
  expect(wanted('inventory.stock_moved')).toBeNull()
  expect(eventTypes).not.toContain('inventory.stock_moved')
})
