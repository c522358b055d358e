import type { z } from 'zod'
import type { groupEndpoints } from '@ecluse/contracts/groups.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { vatIncludedIn } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { requestRefund } from '../../payments/public.ts'
import { settlePromises } from '../../promises/public.ts'
import type { ChangeDesk } from '../changes/change-desk.ts'
import { changerOf } from '../changes/changeable.ts'
import { carriageOfReturn, isGone, keptOf, sumOf } from '../domain/refund.ts'
import { endOrder } from '../end-order.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockOrder } from '../queries/locks.ts'
import { dropLinesOf } from '../queries/order-changes.ts'
import { creditOrder } from '../queries/exchanges.ts'
import {
  cancelGroup,
  carriagesOf,
  dropCarriage,
  selectOrderGroups,
  type OrderGroupRow,
} from '../queries/order-groups.ts'
import { selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { freeTime } from './end-emptied-parts.ts'
import { isUntouched } from './view-group.ts'

type Input = z.output<typeof groupEndpoints.cancelPart.body>
type Part = { readonly order: OrderRow; readonly group: OrderGroupRow; readonly lines: readonly OrderLineRow[] }

/**
 * Cancels one part of an order that goes several ways, while nothing of it is prepared: its goods and its time are promised to others, its
 * articles and its carriage given back, and the other parts go on. The last part takes the order with it.
 * @returns ids of the payments to void outside the transaction, when the whole order ended
 * @throws orders.not_found, orders.part_not_cancellable, access.wrong_site
 */
export async function cancelPart(
  ctx: Ctx,
  tx: Tx,
  desk: ChangeDesk,
  { orderId, no }: { orderId: string; no: number },
  { token, reason }: Input,
): Promise<{ voidPaymentIds: string[] }> {
  const found = await lockOrder(tx, orderId)
  const by = changerOf(ctx, found, token)
  if (!found) throw refuse('orders.not_found')
  if (by === 'staff' && !reason) throw refuse('orders.part_not_cancellable', { reason: 'no_reason' })
  const part = await untouchedPart(tx, desk, found, no)
  const mine = part.lines.filter((line) => line.group_no === no && line.exception !== 'cancelled')
  const others = part.lines.filter((line) => line.group_no !== no && !isGone(line))
  const why = reason || 'customer'
  const ended = others.length === 0 ? await endOrder(ctx, tx, found, part.lines, 'cancelled', why) : undefined
  await cancelGroup(tx, orderId, no, why, ctx.clock.now())
  if (ended) return ended
  await releasePart(ctx, tx, part, mine)
  await giveBackPart(ctx, tx, part, mine, by, why)
  await desk.drop(
    ctx,
    tx,
    found,
    mine.map(({ id }) => id),
  )
  return { voidPaymentIds: [] }
}

/** @throws orders.not_found, orders.part_not_cancellable */
async function untouchedPart(tx: Tx, desk: ChangeDesk, order: OrderRow, no: number): Promise<Part> {
  const group = (await selectOrderGroups(tx, [order.id])).find((one) => one.no === no)
  if (!group) throw refuse('orders.not_found')
  if (order.document_state !== 'confirmed' || group.cancelled_at)
    throw refuse('orders.part_not_cancellable', { reason: 'ended' })
  const lines = await selectOrderLines(tx, [order.id])
  const mine = lines.filter((line) => line.group_no === no)
  const started = await desk.started(tx, order.id)
  if (!isUntouched(mine, group.ready_at) || mine.some(({ id }) => started.has(id)))
    throw refuse('orders.part_not_cancellable', { reason: 'started' })
  return { order, group, lines }
}

/** Its goods, and its time, are free again. */
async function releasePart(ctx: Ctx, tx: Tx, { order, group }: Part, mine: readonly OrderLineRow[]): Promise<void> {
  const promises = mine.map((line) => ({ poolId: line.pool_id, id: line.promise_id }))
  await settlePromises(ctx, tx, 'cancel', promises)
  await freeTime(ctx, tx, order, group)
}

/** What it cost goes back and is out of the total, with its carriage; with what is left of all carriage when nothing else is kept. */
async function giveBackPart(
  ctx: Ctx,
  tx: Tx,
  { order, group, lines }: Part,
  mine: readonly OrderLineRow[],
  by: 'customer' | 'staff',
  reason: string,
): Promise<void> {
  const ids = new Set(mine.map(({ id }) => id))
  const gone = mine.map((line) => ({ lineId: line.id, quantity: keptOf(line) }))
  const carriage = carriageOfReturn(await carriagesOf(tx, order, lines), lines, gone)
  const feeMinor = sumOf(carriage)
  const goodsMinor = mine.reduce((sum, line) => sum + line.line_total_minor - (line.credited_minor ?? 0n), 0n)
  const vatMinor = mine.reduce((sum, line) => sum + line.vat_minor, 0n)
  const refundMinor = goodsMinor + feeMinor
  await dropLinesOf(tx, order.id, [...ids])
  await dropCarriage(tx, order.id, carriage)
  const items = -mine.reduce((sum, { quantity }) => sum + quantity, 0)
  const totalMinor = await creditOrder(tx, order.id, { creditedMinor: goodsMinor, feeMinor, items })
  const refundState =
    refundMinor === 0n
      ? null
      : await requestRefund(ctx, tx, { orderId: order.id, returnId: null, amountMinor: refundMinor })
  await publish(tx, ctx, [
    {
      type: 'orders.part_cancelled',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        groupNo: group.no,
        by,
        reason,
        refundMinor: Number(refundMinor),
        carriageMinor: Number(feeMinor),
        vatMinor: Number(vatMinor + vatIncludedIn(feeMinor, order.delivery_vat_basis_points)),
        refundState,
        totalMinor: Number(totalMinor),
        currency: order.currency,
        timed: group.timed,
        promiseId: group.promise_id,
        lines: mine.map((line) => ({ lineId: line.id, variantId: line.variant_id, quantity: line.quantity })),
      },
    },
  ])
}
