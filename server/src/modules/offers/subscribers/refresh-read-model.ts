import type { Subscriber } from '../../../kernel/relay.ts'
import { noChanges, writeMessages } from '../domain/change-message.ts'
import { notifyChanges } from '../queries/notify.ts'

const productEvents = ['catalog.product_changed', 'pricing.price_changed']
const stockEvents = ['inventory.stock_moved']
/** Whatever takes stock, or frees it. */
const orderEvents = [
  'orders.order_placed',
  'orders.order_reserved',
  'orders.order_cancelled',
  'orders.order_expired',
  'orders.order_changed',
  'orders.change_asked',
  'orders.change_dropped',
  'orders.cart_held',
  'orders.hold_released',
  'orders.hold_expired',
  'orders.quote_revised',
  'orders.quote_refused',
  'orders.quote_expired',
  'fulfillment.line_refused',
  'fulfillment.line_served',
]
const termEvents = [
  'catalog.category_changed',
  'channels.channel_changed',
  'channels.site_changed',
  'inventory.place_changed',
  'inventory.sourcing_changed',
  'inventory.channel_buffer_changed',
  'inventory.advance_sale_changed',
  'inventory.supplier_order_changed',
  'inventory.transfer_changed',
  'inventory.place_closed',
  'pricing.channel_terms_changed',
]

/** The relay runs in one process: it tells all of them what to read again. */
export const refreshReadModel: Subscriber = {
  name: 'refresh-read-model',
  types: [...productEvents, ...stockEvents, ...orderEvents, ...termEvents],
  async handle(_ctx, tx, events) {
    const changes = noChanges()
    for (const { type, aggregateId, payload } of events) {
      if (productEvents.includes(type)) changes.productIds.add(aggregateId)
      else if (stockEvents.includes(type)) for (const id of movedVariants(payload)) changes.variantIds.add(id)
      else if (orderEvents.includes(type))
        for (const line of payload['lines'] as { variantId: string }[]) changes.variantIds.add(line.variantId)
      else changes.terms = true
    }
    await notifyChanges(tx, writeMessages(changes))
  },
}

/** Version 1 told of one article, and may still wait in an outbox. */
function movedVariants(payload: Readonly<Record<string, unknown>>): string[] {
  const { variantIds, variantId } = payload as { variantIds?: string[]; variantId?: string }
  return variantIds ?? (variantId === undefined ? [] : [variantId])
}
