import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { makeRefundsName } from './jobs/names.ts'
import { insertRefunds, paymentsOf, refundsOf, type PaymentRow } from './queries/payments.ts'
import { creditVouchers } from './queries/vouchers.ts'
import { publishRefunded } from './settle-payments.ts'

/**
 * Gives an amount back to the means it was paid with, or to a voucher instead. Cash and terminal cards are given back on the spot; online cards by
 * the provider, soon after; what was transferred, by hand. What is still owed for an order on account is credited first. The caller holds the order's lock, so two refunds cannot give the same money back twice.
 * @returns `refunded` when all is given back already, `pending` when the provider is still to do it
 */
export async function requestRefund(
  ctx: Ctx,
  tx: Tx,
  {
    orderId,
    returnId,
    amountMinor,
    toVoucherId = null,
  }: { orderId: string; returnId: string | null; amountMinor: bigint; toVoucherId?: string | null },
): Promise<'refunded' | 'pending'> {
  const payments = await paymentsOf(tx, [orderId])
  const earlier = await refundsOf(tx, [orderId])
  // Only transfers pay what is due; a card or cash paid for what came to the order since.
  const transferredMinor = payments
    .filter((payment) => payment.state === 'captured' && payment.method === 'bank_transfer')
    .reduce((sum, payment) => sum + payment.amount_minor, 0n)
  let left = amountMinor
  const refunds = payments.flatMap((payment) => {
    if (payment.state !== 'captured' && payment.state !== 'authorised' && payment.state !== 'due') return []
    const given = earlier.filter((refund) => refund.payment_id === payment.id && refund.state !== 'failed')
    const paid = payment.state === 'due' ? transferredMinor : 0n
    const room = payment.amount_minor - paid - given.reduce((sum, refund) => sum + refund.amount_minor, 0n)
    const amount = left < room ? left : room
    if (amount <= 0n) return []
    left -= amount
    return [
      {
        order_id: orderId,
        id: ctx.ids.next(),
        payment_id: payment.id,
        return_id: returnId,
        amount_minor: amount,
        currency: payment.currency,
        state: toVoucherId && payment.state !== 'due' ? ('refunded' as const) : refundStateOf(payment),
        attempts: 0,
        created_at: ctx.clock.now(),
        method: toVoucherId ? ('voucher' as const) : payment.method,
        // What was paid by a voucher goes back to it.
        voucherId: toVoucherId ?? (payment.method === 'voucher' ? payment.provider_reference : null),
      },
    ]
  })
  assert(left === 0n, 'no more is refunded than was paid')
  await insertRefunds(tx, refunds, ctx.clock.now())
  await creditVouchers(
    tx,
    refunds.flatMap(({ voucherId, state, amount_minor: minor }) =>
      voucherId && state === 'refunded' ? [{ id: voucherId, minor }] : [],
    ),
  )
  await publishRefunded(
    ctx,
    tx,
    refunds.filter((refund) => refund.state === 'refunded'),
  )
  if (refunds.every((refund) => refund.state !== 'pending')) return 'refunded'
  await enqueue(tx, makeRefundsName, {}, { key: makeRefundsName.name })
  return 'pending'
}

function refundStateOf({ method, state }: Pick<PaymentRow, 'method' | 'state'>): 'pending' | 'refunded' | 'credited' {
  if (state === 'due') return 'credited'
  return method === 'online_card' ? 'pending' : 'refunded'
}
