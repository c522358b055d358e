import type { Subscriber } from '../../../kernel/relay.ts'
import { serveAhead } from '../advance/serve-ahead.ts'
import { waitedForOf } from '../queries/ahead.ts'

/** Documents that announce goods. */
const documents = new Set(['inventory.supplier_order_changed', 'inventory.transfer_changed'])

/** Goods came, or will come on another day; or somebody gave up what was promised: promises made ahead are looked at again. */
export const keepAhead: Subscriber = {
  name: 'orders.keep-ahead',
  types: [
    'inventory.stock_moved',
    'inventory.supplier_order_changed',
    'inventory.transfer_changed',
    'inventory.advance_sale_changed',
    'orders.order_placed',
    'orders.order_cancelled',
    'orders.line_cancelled',
    'orders.part_cancelled',
    'orders.order_changed',
  ],
  async handle(ctx, tx, events) {
    const variantIds = new Set<string>()
    const documentIds = new Set<string>()
    for (const { type, payload, aggregateId } of events) {
      if (documents.has(type)) documentIds.add(aggregateId)
      else if (type === 'inventory.advance_sale_changed') variantIds.add(String(payload['variantId']))
      else if (type === 'inventory.stock_moved')
        for (const id of (payload['variantIds'] as string[] | undefined) ?? []) variantIds.add(id)
      else
        for (const line of payload['lines'] as { variantId: string; shipsOn?: string }[])
          // What was bought from what is there changes nothing for those who wait.
          if (type !== 'orders.order_placed' || line.shipsOn !== undefined) variantIds.add(line.variantId)
    }
    if (documentIds.size > 0) for (const id of await waitedForOf(tx, [...documentIds])) variantIds.add(id)
    if (variantIds.size > 0) await serveAhead(ctx, tx, [...variantIds])
  },
}
