import type { Subscriber } from '../../../kernel/relay.ts'
import { listChannels } from '../../channels/public.ts'
import { whichReservations } from '../queries/reservations.ts'
import { receiveByPass, settleBought, undoBought } from '../reservations/settle-reservation.ts'

/**
 * What becomes of reserved articles is told by the sale: a cart that became an order was bought, a pass opened at a till means
 * that its customer is there, an order that came to nothing bought nothing.
 */
export const settleReservations: Subscriber = {
  name: 'orders.settle-reservations',
  types: ['orders.document_continued', 'orders.document_passed', 'orders.order_expired', 'orders.order_cancelled'],
  async handle(ctx, tx, events) {
    const named = events.flatMap(({ payload }) =>
      typeof payload['documentId'] === 'string' ? [payload['documentId']] : [],
    )
    const known = named.length === 0 ? new Set<string>() : await whichReservations(tx, named)
    for (const { type, aggregateId, payload } of events) {
      const documentId = String(payload['documentId'])
      if (type === 'orders.document_continued') {
        if (known.has(documentId)) await settleBought(ctx, tx, documentId, aggregateId)
      } else if (type === 'orders.document_passed') {
        if (known.has(documentId) && (await isTill(tx, String(payload['toChannel']))))
          await receiveByPass(ctx, tx, documentId)
      } else if (type === 'orders.order_expired' || payload['wasConfirmed'] === false) {
        await undoBought(tx, [aggregateId])
      }
    }
  },
}

async function isTill(tx: Parameters<typeof listChannels>[0], code: string): Promise<boolean> {
  return (await listChannels(tx)).some((channel) => channel.code === code && channel.medium === 'store')
}
