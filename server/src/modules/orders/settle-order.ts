import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { vatIncludedIn } from '../../kernel/money.ts'
import { publish } from '../../kernel/outbox.ts'
import { movePayments, paymentsOf, type PaymentProvider, type ProviderAnswer } from '../payments/public.ts'
import { settlePromises } from '../promises/public.ts'
import { endOrder } from './end-order.ts'
import { orderPlaced } from './order-events.ts'
import { channelCodeOf } from './queries/list.ts'
import { lockOrder } from './queries/locks.ts'
import { promisesOfOrder } from './queries/order-promises.ts'
import {
  overdueOrders,
  selectOrderLines,
  updateDocumentState,
  type DocumentState,
  type OrderRow,
} from './queries/orders.ts'

/**
 * Asks the provider how the payment of a waiting order ended, and settles the order by it: confirmed, cancelled, or still
 * waiting. Asking again later changes nothing once it is settled.
 * @returns the order's state afterwards; undefined when there is no such order
 */
export async function settleOrder(
  ctx: Ctx,
  provider: PaymentProvider,
  orderId: string,
): Promise<DocumentState | undefined> {
  const open = (await paymentsOf(ctx.db, [orderId])).find(
    (payment) => payment.state === 'pending' || payment.state === 'challenge',
  )
  const answer: ProviderAnswer = open ? await provider.status(open.id) : { state: 'pending' }
  const voids: string[] = []
  const state = await inTransaction(ctx.db, async (tx) => {
    voids.length = 0
    const order = await lockOrder(tx, orderId)
    if (!order || order.document_state !== 'awaiting_payment' || !open) {
      // Out of time meanwhile: what the bank authorised since is let go. What pays a change of an order that stands is the change's.
      if (open && order && order.document_state !== 'confirmed' && answer.state === 'authorised') voids.push(open.id)
      return order?.document_state
    }
    if (answer.state === 'authorised') return confirm(ctx, tx, order, open.id, answer.reference)
    if (answer.state === 'declined') {
      const lines = await selectOrderLines(tx, [orderId])
      voids.push(...(await endOrder(ctx, tx, order, lines, 'cancelled', `payment ${answer.reason}`)).voidPaymentIds)
      return 'cancelled'
    }
    return order.document_state
  })
  ctx.wakeRelay()
  for (const paymentId of voids) await provider.void(paymentId)
  return state
}

/** The bank said yes: what was held is committed, and the order is placed. */
async function confirm(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  paymentId: string,
  reference: string,
): Promise<DocumentState> {
  const lines = await selectOrderLines(tx, [order.id])
  const promises = await promisesOfOrder(tx, order.id)
  const committed = await settlePromises(ctx, tx, 'commit', promises)
  assert(committed.length === promises.length, 'a waiting order holds all it was promised')
  await movePayments(
    tx,
    [{ orderId: order.id, id: paymentId }],
    ['pending', 'challenge'],
    'authorised',
    ctx.clock.now(),
    reference,
  )
  await updateDocumentState(tx, order.id, 'confirmed')
  const vatMinor = lines.reduce(
    (sum, line) => sum + line.vat_minor,
    vatIncludedIn(order.delivery_fee_minor, order.delivery_vat_basis_points),
  )
  // Whoever asks the provider, it is the buyer who bought.
  const served = promises.some(({ kind }) => kind === 'appointment')
  const placed = orderPlaced(order, lines, await channelCodeOf(tx, order.channel_id), vatMinor, served)
  await publish(tx, ctx, [{ ...placed, actor: order.actor }])
  return 'confirmed'
}

/**
 * Ends the orders whose time to be paid is over and frees their stock. A last question to the provider comes first: who
 * has paid keeps the order.
 * @returns how many ended
 */
export async function expireOrders(ctx: Ctx, provider: PaymentProvider): Promise<number> {
  let expired = 0
  for (const orderId of await overdueOrders(ctx.db, ctx.clock.now(), 200)) {
    if ((await settleOrder(ctx, provider, orderId)) !== 'awaiting_payment') continue
    const voids: string[] = []
    await inTransaction(ctx.db, async (tx) => {
      voids.length = 0
      const order = await lockOrder(tx, orderId)
      if (order?.document_state !== 'awaiting_payment') return
      const ended = await endOrder(ctx, tx, order, await selectOrderLines(tx, [orderId]), 'expired', 'not paid in time')
      voids.push(...ended.voidPaymentIds)
      expired += 1
    })
    for (const paymentId of voids) await provider.void(paymentId)
  }
  ctx.wakeRelay()
  return expired
}
