import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { job, type Job } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { waitedForOf } from '../queries/ahead.ts'
import { serveAhead } from './serve-ahead.ts'

/** Goods came, or will come on another day; or somebody gave up what was promised: promises made ahead are looked at again. */
export const keepAhead: Subscriber = {
  name: 'orders.keep-ahead',
  types: [
    'inventory.stock_moved',
    'inventory.supplier_order_changed',
    'inventory.advance_sale_changed',
    'orders.order_placed',
    'orders.order_cancelled',
    'orders.line_cancelled',
  ],
  async handle(ctx, tx, events) {
    const variantIds = new Set<string>()
    const supplierOrderIds = new Set<string>()
    for (const { type, payload, aggregateId } of events) {
      if (type === 'inventory.supplier_order_changed') supplierOrderIds.add(aggregateId)
      else if (type === 'inventory.advance_sale_changed') variantIds.add(String(payload['variantId']))
      else if (type === 'inventory.stock_moved')
        for (const id of (payload['variantIds'] as string[] | undefined) ?? []) variantIds.add(id)
      else
        for (const line of payload['lines'] as { variantId: string; shipsOn?: string }[])
          // What was bought from what is there changes nothing for those who wait.
          if (type !== 'orders.order_placed' || line.shipsOn !== undefined) variantIds.add(line.variantId)
    }
    if (supplierOrderIds.size > 0) for (const id of await waitedForOf(tx, [...supplierOrderIds])) variantIds.add(id)
    if (variantIds.size > 0) await serveAhead(ctx, tx, [...variantIds])
  },
}

/** A day of release comes, or a day passes on which something should have come: every hour. */
export const serveAheadHourly: Job = job({
  name: 'orders.serve-ahead',
  payload: z.object({}),
  schedule: '7 * * * *',
  async run(ctx) {
    await inTransaction(ctx.db, (tx) => serveAhead(ctx, tx, null))
    ctx.wakeRelay()
  },
})
