import type { z } from 'zod'
import type { Withdrawal, WithdrawalOutcome, withdrawalEndpoints } from '@ecluse/contracts/withdrawals.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { paymentsOf } from '../../payments/public.ts'
import { settlePromises } from '../../promises/public.ts'
import { cancelLine } from '../cancel-line.ts'
import { withdrawalNumberOf } from '../domain/order-number.ts'
import { isGone, refundOf, type ReturnedUnits } from '../domain/refund.ts'
import { endOrder } from '../end-order.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockOrder } from '../queries/locks.ts'
import { carriagesOf } from '../queries/order-groups.ts'
import type { OrderLineRow, OrderRow } from '../queries/orders.ts'
import { insertWithdrawal, withdrawalById, withdrawalsOf, type ReadWithdrawal } from '../queries/withdrawals.ts'
import { receiptText } from './receipt.ts'
import { viewWithdrawal } from './view-withdrawal.ts'
import { findContract, withdrawableOf, type WithdrawableLine } from './withdrawable.ts'

type Input = z.output<typeof withdrawalEndpoints.declareWithdrawal.body>

/** Who prepares orders; given by the wiring, since preparations are not this module's. */
export type PreparationDesk = {
  /** Takes lines that were cancelled out of the preparations that have them, under the order's lock. */
  drop(ctx: Ctx, tx: Tx, order: OrderRow, lineIds: readonly string[]): Promise<void>
}

type Asked = WithdrawableLine & { readonly quantity: number }

/**
 * A buyer withdraws from a contract, or from a part of it. It is written down with its receipt; what has not left is cancelled and
 * refunded at once, what has left is awaited back. The same declaration again, or twice at once, is one.
 * @returns it, and ids of the payments to void outside the transaction
 * @throws orders.contract_not_found, orders.not_withdrawable
 */
export async function declareWithdrawal(
  ctx: Ctx,
  tx: Tx,
  desk: PreparationDesk,
  input: Input,
): Promise<{ withdrawal: Withdrawal; voidPaymentIds: string[] }> {
  const order = await lockOrder(tx, (await findContract(ctx, tx, input.contract)).id)
  assert(order !== undefined, 'an order that was found is there')
  const { lines } = await withdrawableOf(ctx, tx, order)
  const wanted = sumByLine(input.lines)
  const earlier = (await withdrawalsOf(tx, order.id)).find((one) => saysTheSame(one, wanted))
  const asked = [...wanted].map(([lineId, quantity]): Asked => {
    const found = lines.find(({ line }) => line.id === lineId)
    if (!found) throw refuse('orders.not_withdrawable', { lineId, reason: 'ended', withdrawable: 0 })
    return { ...found, quantity }
  })
  const tooMuch = asked.find(({ quantity, withdrawable }) => quantity > withdrawable)
  if (tooMuch && earlier) return { withdrawal: viewWithdrawal(earlier), voidPaymentIds: [] }
  if (tooMuch) {
    const { line, refusal, withdrawable } = tooMuch
    throw refuse('orders.not_withdrawable', { lineId: line.id, reason: refusal ?? 'already', withdrawable })
  }
  const outcomes = await outcomesOf(tx, order, lines, asked)
  const id = await writeDown(ctx, tx, order, input, { lines, asked, outcomes })
  const voidPaymentIds = await stopWhatIsHere(ctx, tx, desk, order, lines, outcomes)
  const written = await withdrawalById(tx, id)
  assert(written !== undefined, 'a withdrawal that was written is there')
  return { withdrawal: viewWithdrawal(written), voidPaymentIds }
}

function sumByLine(lines: Input['lines']): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { lineId, quantity } of lines) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity)
  return sums
}

function saysTheSame({ lines }: ReadWithdrawal, wanted: ReadonlyMap<string, number>): boolean {
  return lines.length === wanted.size && lines.every(({ lineId, quantity }) => wanted.get(lineId) === quantity)
}

type Outcomes = ReadonlyMap<string, WithdrawalOutcome>

/**
 * A line that has left comes back; one that is whole and here is cancelled. A part of a line that is here is stopped by hand,
 * and so is all that is left of an order of which a part was cancelled before its money was taken.
 */
async function outcomesOf(
  tx: Tx,
  order: OrderRow,
  lines: readonly WithdrawableLine[],
  asked: readonly Asked[],
): Promise<Outcomes> {
  const here = asked.filter(({ line, quantity }) => line.fulfilled_quantity === 0 && quantity === line.quantity)
  const kept = lines.some(({ line }) => !isGone(line) && !here.some(({ line: gone }) => gone.id === line.id))
  const cancelledBefore = lines.some(({ line }) => line.exception === 'cancelled')
  const stuck =
    !kept && cancelledBefore && (await paymentsOf(tx, [order.id])).some(({ state }) => state === 'authorised')
  return new Map(
    asked.map(({ line }): [string, WithdrawalOutcome] => {
      if (line.fulfilled_quantity > 0) return [line.id, 'to_return']
      return [line.id, here.some((one) => one.line.id === line.id) && !stuck ? 'cancelled' : 'to_stop']
    }),
  )
}

/** What a declaration makes owed: what is awaited already is given back for the declarations before it. Minor units. */
async function refundFor(
  tx: Tx,
  order: OrderRow,
  lines: readonly WithdrawableLine[],
  asked: readonly Asked[],
): Promise<bigint> {
  const rows = lines.map(({ line }) => line)
  const carriages = await carriagesOf(tx, order, rows)
  const awaited = lines.map((one) => ({ lineId: one.line.id, quantity: one.awaited, byChoice: true }))
  const now = asked.map(({ line, quantity }) => ({ lineId: line.id, quantity, byChoice: true }))
  const worth = (units: readonly ReturnedUnits[]) => refundOf(carriages, rows, units).totalMinor
  return worth([...awaited, ...now]) - worth(awaited)
}

async function writeDown(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  input: Input,
  { lines, asked, outcomes }: { lines: readonly WithdrawableLine[]; asked: readonly Asked[]; outcomes: Outcomes },
): Promise<string> {
  const id = ctx.ids.next()
  const number = withdrawalNumberOf(id)
  const declaredAt = ctx.clock.now()
  const { name, email, locale } = input
  const refundMinor = await refundFor(tx, order, lines, asked)
  const told = asked.map(({ line, quantity }) => ({
    lineId: line.id,
    variantId: line.variant_id,
    name: line.name,
    variantLabel: line.variant_label,
    sku: line.sku,
    quantity,
    outcome: outcomes.get(line.id) ?? 'to_stop',
  }))
  const content = { number, orderNumber: order.number, placedAt: order.placed_at, declaredAt, name, email, lines: told }
  const receipt = receiptText(locale, content)
  await insertWithdrawal(
    tx,
    {
      order_id: order.id,
      id,
      number,
      access_token: ctx.ids.secret(),
      declared_at: declaredAt,
      locale,
      name,
      email,
      refund_minor: refundMinor,
      receipt,
    },
    asked.map(({ line, quantity, awaited }) => {
      const outcome = outcomes.get(line.id) ?? 'to_stop'
      const closing_count = outcome === 'cancelled' ? null : line.returned_quantity + awaited + quantity
      return { line_id: line.id, quantity, outcome, closing_count }
    }),
  )
  await publish(tx, ctx, [
    {
      type: 'orders.withdrawal_declared',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number,
        orderNumber: order.number,
        withdrawalId: id,
        declaredAt: declaredAt.toISOString(),
        refundMinor: Number(refundMinor),
        currency: order.currency,
        lines: told.map(({ lineId, variantId, quantity, outcome }) => ({ lineId, variantId, quantity, outcome })),
      },
    },
  ])
  return id
}

/** Cancels what has not left. @returns ids of the payments to void outside the transaction */
async function stopWhatIsHere(
  ctx: Ctx,
  tx: Tx,
  desk: PreparationDesk,
  order: OrderRow,
  lines: readonly WithdrawableLine[],
  outcomes: Outcomes,
): Promise<string[]> {
  let now: OrderLineRow[] = lines.map(({ line }) => line)
  const gone = now.filter((line) => outcomes.get(line.id) === 'cancelled')
  if (gone.length === 0) return []
  const reason = 'rétractation'
  const all = now.every((line) => isGone(line) || gone.includes(line))
  if (all) return (await endOrder(ctx, tx, order, now, 'cancelled', reason)).voidPaymentIds
  await settlePromises(
    ctx,
    tx,
    'cancel',
    gone.map((line) => ({ poolId: line.pool_id, id: line.promise_id })),
  )
  for (const line of gone) {
    await cancelLine(ctx, tx, order, now, line, reason)
    now = now.map((other) => (other.id === line.id ? { ...other, exception: 'cancelled' } : other))
  }
  await desk.drop(
    ctx,
    tx,
    order,
    gone.map((line) => line.id),
  )
  return []
}
