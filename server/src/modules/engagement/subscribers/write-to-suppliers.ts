import { enqueue } from '../../../kernel/jobs.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { readDirectOrders } from '../../inventory/public.ts'
import { parseSender } from '../domain/sender.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { composeSupplierOrder } from '../mail/compose-supplier-order.ts'
import { renderHtml } from '../mail/html.ts'
import { renderText } from '../mail/plain-text.ts'
import { insertWrittenMessage } from '../queries/written-messages.ts'

/**
 * Writes to suppliers who send to our customers: what to send and to whom, once; and that it is not to be sent any more. The message is
 * kept with the customer's order, as everything that is known of its buyer.
 */
export const writeToSuppliers: Subscriber = {
  name: 'engagement.write-to-suppliers',
  types: ['inventory.supplier_order_changed'],
  async handle(ctx, tx, events) {
    const ids = (events as readonly StoredEvent<{ supplierOrderId: string }>[]).map(
      ({ payload }) => payload.supplierOrderId,
    )
    const sender = parseSender(ctx.config.mailFrom)
    let written = 0
    // What an order is by now counts: one that was given up meanwhile is not asked for.
    for (const order of await readDirectOrders(tx, [...new Set(ids)])) {
      const template = templateFor(order)
      if (!template) continue
      const mail = composeSupplierOrder(template, order, sender)
      await insertWrittenMessage(tx, {
        id: ctx.ids.next(),
        aboutId: order.orderId,
        template,
        occurrence: order.id,
        locale: order.locale,
        recipient: order.email,
        partyId: null,
        at: ctx.clock.now(),
        subject: mail.subject,
        html: renderHtml(mail, order.locale, sender.name),
        body: renderText(mail),
      })
      written += 1
    }
    if (written > 0) await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
  },
}

function templateFor({ state, sent, refused }: { state: string; sent: boolean; refused: boolean }) {
  if (state === 'ordered') return 'supplier_order'
  // Whoever refused it need not be told that it is given up.
  return state === 'cancelled' && sent && !refused ? 'supplier_order_ended' : null
}
