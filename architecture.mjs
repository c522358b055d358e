/**
 * The declared module graph of the server, and how every table spreads over a growing database.
 *
 * The checks (`npm run check`) are generated from this file: an import, a join or a write that is not declared here is refused.
 * Change it in the commit that needs it, with a decision record in `docs/adr/`.
 */

/** Which modules each module may call (through their `public.ts`). Everything else goes by event, through the outbox. */
export const modules = {
  access: ['channels'],
  channels: [],
  catalog: ['channels'],
  customers: [],
  pricing: ['channels', 'catalog'],
  promises: [],
  inventory: ['channels', 'catalog', 'promises'],
  offers: ['channels', 'catalog', 'pricing', 'inventory', 'promises'],
  payments: [],
  orders: ['catalog', 'pricing', 'inventory', 'offers', 'promises', 'customers', 'payments', 'channels'],
  fulfillment: ['channels', 'catalog', 'orders', 'inventory', 'offers', 'promises', 'payments'],
  engagement: ['customers', 'catalog', 'orders', 'channels'],
  interchange: ['channels', 'catalog', 'pricing', 'inventory', 'customers', 'offers'],
}

/** Folders outside the modules, and what they may import. `kernel` knows no domain; `wiring` is the one meeting place; `engine` only computes. */
export const layers = {
  kernel: { mayImport: ['contracts'] },
  modules: { mayImport: ['kernel', 'contracts', 'engine'] },
  engine: { mayImport: [] },
  demo: { mayImport: ['kernel', 'contracts', 'modules'] },
  evaluate: { path: '^server/src/evaluate/', mayImport: ['kernel', 'contracts', 'modules', 'engine'] },
  wiring: { mayImport: ['kernel', 'contracts', 'modules', 'engine', 'demo', 'storefront', 'ui'] },
  simulation: { mayImport: ['kernel', 'contracts', 'modules', 'demo', 'wiring'] },
}

const local = { kind: 'local' }
const reference = { kind: 'reference' }
const by = (group, column) => ({ kind: 'key', column, group })

/**
 * How every table lies over several databases (Citus): *local* (small, of one installation), *reference* (copied to each, read
 * everywhere) or by a *key*: rows of one group with the same key lie together. The schema test holds what this asks of keys.
 */
export const spread = {
  'access.account': local,
  'access.api_key': local,
  'access.attempt': local,
  'access.credential': local,
  'access.session': local,
  'access.staff': local,
  'access.staff_site': local,
  'catalog.category': reference,
  'catalog.media': reference,
  'catalog.product': reference,
  'catalog.product_category': reference,
  'catalog.publication': reference,
  'catalog.search_document': reference,
  'catalog.search_word': reference,
  'catalog.variant': reference,
  'channels.channel': reference,
  'channels.channel_site': reference,
  'channels.hand_off': reference,
  'channels.opening_hour': reference,
  'channels.site': reference,
  'customers.identification': by('party', 'party_id'),
  'customers.party': by('party', 'id'),
  'customers.party_key': by('party_key', 'value'),
  'engagement.message': by('order', 'order_id'),
  'fulfillment.delivery_vehicle': reference,
  'fulfillment.delivery_window': reference,
  'fulfillment.delivery_zone': reference,
  'fulfillment.fulfillment': by('order', 'order_id'),
  'fulfillment.fulfillment_line': by('order', 'order_id'),
  'fulfillment.parcel': by('order', 'order_id'),
  'fulfillment.parcel_line': by('order', 'order_id'),
  'fulfillment.refusal': by('order', 'order_id'),
  'fulfillment.route_day': by('depot', 'place_id'),
  'fulfillment.route_stop': by('depot', 'place_id'),
  'fulfillment.window_template': reference,
  'fulfillment.zone_area': reference,
  'fulfillment.zone_day': reference,
  'interchange.event_feed': local,
  'interchange.event_page': local,
  'interchange.import_issue': local,
  'interchange.import_run': local,
  'interchange.webhook': local,
  'interchange.webhook_delivery': local,
  'inventory.place': reference,
  'inventory.place_closure': reference,
  'inventory.receipt': reference,
  'inventory.receipt_line': reference,
  'inventory.sourcing_policy': reference,
  'inventory.sourcing_snapshot': reference,
  'inventory.stock_item': by('pool', 'pool_id'),
  'inventory.stock_movement': by('pool', 'pool_id'),
  'inventory.supplier_order': reference,
  'inventory.supplier_order_line': reference,
  'kernel.event_waiting': by('aggregate', 'aggregate_id'),
  'kernel.idempotency_key': by('idempotency', 'key'),
  'kernel.outbox': by('aggregate', 'aggregate_id'),
  'kernel.parked_event': by('aggregate', 'aggregate_id'),
  'kernel.setting': reference,
  'orders.cart': by('cart', 'id'),
  'orders.cart_line': by('cart', 'cart_id'),
  'orders.order_line': by('order', 'order_id'),
  'orders.order_promise': by('order', 'order_id'),
  'orders.order_return': by('order', 'order_id'),
  'orders.pass': by('pass', 'code'),
  'orders.quote': by('cart', 'id'),
  'orders.quote_revision': by('cart', 'quote_id'),
  'orders.return_line': by('order', 'order_id'),
  'orders.sales_order': by('order', 'id'),
  'orders.withdrawal': by('order', 'order_id'),
  'orders.withdrawal_line': by('order', 'order_id'),
  'payments.ledger_entry': by('order', 'order_id'),
  'payments.payment': by('order', 'order_id'),
  'payments.refund': by('order', 'order_id'),
  'payments.test_authorisation': local,
  'pricing.channel_price_list': reference,
  'pricing.delivery_fee': reference,
  'pricing.price': reference,
  'pricing.price_list': reference,
  'promises.pool': by('pool', 'id'),
  'promises.promise': by('pool', 'pool_id'),
}
