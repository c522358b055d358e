import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { makeRefundsName } from './jobs/names.ts'
import { insertRefunds, paymentsOf, refundsOf } from './queries/payments.ts'
import { publishRefunded } from './settle-payments.ts'

/**
 * Gives an amount back to the means it was paid with. Cash and terminal cards are given back on the spot; online cards by
 * the provider, soon after. The caller holds the order's lock, so two refunds cannot give the same money back twice.
 * @returns `refunded` when all is given back already, `pending` when the provider is still to do it
 */
export async function requestRefund(
  ctx: Ctx,
  tx: Tx,
  { orderId, returnId, amountMinor }: { orderId: string; returnId: string | null; amountMinor: bigint },
): Promise<'refunded' | 'pending'> {
  const payments = await paymentsOf(tx, [orderId])
  const earlier = await refundsOf(tx, [orderId])
  let left = amountMinor
  const refunds = payments.flatMap((payment) => {
    if (payment.state !== 'captured' && payment.state !== 'authorised') return []
    const given = earlier.filter((refund) => refund.payment_id === payment.id && refund.state !== 'failed')
    const room = payment.amount_minor - given.reduce((sum, refund) => sum + refund.amount_minor, 0n)
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
        state: payment.method === 'online_card' ? ('pending' as const) : ('refunded' as const),
        attempts: 0,
        created_at: ctx.clock.now(),
        method: payment.method,
      },
    ]
  })
  assert(left === 0n, 'no more is refunded than was paid')
  await insertRefunds(tx, refunds, ctx.clock.now())
  await publishRefunded(
    ctx,
    tx,
    refunds.filter((refund) => refund.state === 'refunded'),
  )
  if (refunds.every((refund) => refund.state === 'refunded')) return 'refunded'
  await enqueue(tx, makeRefundsName, {}, { key: makeRefundsName.name })
  return 'pending'
}
