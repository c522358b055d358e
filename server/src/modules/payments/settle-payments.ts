import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { publish, type DomainEvent } from '../../kernel/outbox.ts'
import { makeRefundsName } from './jobs/names.ts'
import type { PaymentProvider } from './providers/provider.ts'
import {
  type PaymentRow,
  type RefundRow,
  authorisedPayments,
  insertRefunds,
  movePayments,
  settleRefund,
  waitingRefunds,
} from './queries/payments.ts'

const batchSize = 200

/** Takes the money of all authorised payments, oldest first. The provider is asked first, then the answer is recorded. */
export async function captureAuthorised(ctx: Ctx, provider: PaymentProvider): Promise<number> {
  let captured = 0
  for (;;) {
    const waiting = await authorisedPayments(ctx.db, batchSize)
    const taken: PaymentRow[] = []
    for (const payment of waiting) {
      try {
        await provider.capture(payment.id, payment.amount_minor)
        taken.push(payment)
      } catch (error) {
        ctx.log.error({ err: error, payment: payment.id }, 'capture failed; it will be asked again')
      }
    }
    if (taken.length > 0) await recordCaptured(ctx, taken)
    captured += taken.length
    if (waiting.length < batchSize || taken.length === 0) return captured
  }
}

/**
 * Records what was taken. An order cancelled in between had let its payment go: that money was taken all the same, and is
 * owed back.
 */
async function recordCaptured(ctx: Ctx, taken: readonly PaymentRow[]): Promise<void> {
  const now = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    const moved = await movePayments(tx, taken.map(keyOf), ['authorised'], 'captured', now)
    const known = new Set(moved.map((payment) => payment.id))
    const missed = taken.filter((payment) => !known.has(payment.id))
    const late = await movePayments(tx, missed.map(keyOf), ['voided'], 'captured', now)
    await publishCaptured(ctx, tx, [...moved, ...late])
    if (late.length === 0) return
    await insertRefunds(
      tx,
      late.map((payment) => wholeRefund(ctx, payment)),
      now,
    )
    await enqueue(tx, makeRefundsName, {}, { key: makeRefundsName.name })
  })
  ctx.wakeRelay()
}

function wholeRefund(ctx: Ctx, payment: PaymentRow): RefundRow {
  return {
    order_id: payment.order_id,
    id: ctx.ids.next(),
    payment_id: payment.id,
    return_id: null,
    amount_minor: payment.amount_minor,
    currency: payment.currency,
    state: 'pending',
    attempts: 0,
    created_at: ctx.clock.now(),
  }
}

/**
 * Says that payments were captured; for cash and terminals this is the moment of the sale itself, told of the
 * channel and the seller it was made by.
 */
export async function publishCaptured(
  ctx: Ctx,
  tx: Tx,
  payments: readonly (PaymentRow & Pick<DomainEvent, 'channelCode' | 'actor'>)[],
): Promise<void> {
  await publish(
    tx,
    ctx,
    payments.map((payment) => ({
      type: 'payments.payment_captured',
      version: 1,
      aggregateId: payment.order_id,
      patient: true,
      payload: {
        paymentId: payment.id,
        method: payment.method,
        amountMinor: Number(payment.amount_minor),
        currency: payment.currency,
        ...(payment.method === 'voucher' ? { voucherId: payment.provider_reference } : {}),
      },
      channelCode: payment.channelCode ?? null,
      actor: payment.actor,
    })),
  )
}

/** Gives back the money of refunds that wait. The refund's id is the key: asking twice refunds once. */
export async function makeRefunds(ctx: Ctx, provider: PaymentProvider): Promise<number> {
  let made = 0
  for (const refund of await waitingRefunds(ctx.db, batchSize)) {
    try {
      const { reference } = await provider.refund({
        paymentId: refund.payment_id,
        refundId: refund.id,
        amountMinor: refund.amount_minor,
      })
      await inTransaction(ctx.db, async (tx) => {
        if (!(await settleRefund(tx, refund, reference, ctx.clock.now()))) return
        await publishRefunded(ctx, tx, [{ ...refund, method: 'online_card' }])
        made += 1
      })
    } catch (error) {
      ctx.log.error({ err: error, refund: refund.id }, 'refund failed; it will be asked again')
    }
  }
  ctx.wakeRelay()
  return made
}

/** Says that money went back. */
export async function publishRefunded(
  ctx: Ctx,
  tx: Tx,
  refunds: readonly {
    order_id: string
    id: string
    payment_id: string
    return_id: string | null
    amount_minor: bigint
    currency: string
    method: string
    /** The voucher it was given back to. */
    voucherId?: string | null
  }[],
): Promise<void> {
  await publish(
    tx,
    ctx,
    refunds.map((refund) => ({
      type: 'payments.refund_made',
      version: 1,
      aggregateId: refund.order_id,
      payload: {
        refundId: refund.id,
        paymentId: refund.payment_id,
        returnId: refund.return_id,
        method: refund.method,
        amountMinor: Number(refund.amount_minor),
        currency: refund.currency,
        ...(refund.voucherId ? { voucherId: refund.voucherId } : {}),
      },
    })),
  )
}

function keyOf(payment: PaymentRow): { orderId: string; id: string } {
  return { orderId: payment.order_id, id: payment.id }
}
