import type { z } from 'zod'
import type { ChangeRefusal, OrderChange, orderChangeEndpoints } from '@ecluse/contracts/order-changes.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { vatIncludedIn } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { requestRefund } from '../../payments/public.ts'
import { lowerPromises, settlePromises } from '../../promises/public.ts'
import { cancelLine } from '../cancel-line.ts'
import { endOrder } from '../end-order.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockOrder } from '../queries/locks.ts'
import type { OrderLineRow, OrderRow } from '../queries/orders.ts'
import { insertRevision, lowerLines, revisionOf, updateAddress } from '../queries/revisions.ts'
import type { ChangeDesk } from './change-desk.ts'
import { changeableOf, changerOf } from './changeable.ts'

type Input = z.output<typeof orderChangeEndpoints.changeOrder.body>
type LineChange = { readonly line: OrderLineRow; readonly to: number }

/**
 * Changes an order that is not prepared yet: its address, fewer units of a line, or a line less. What is not wanted any more is
 * promised to others and its price given back, at the price it was bought for; the carriage stays as it was agreed. Whoever
 * changes what somebody else has just changed is told so.
 * @returns ids of the payments to void outside the transaction, when nothing was left of it
 * @throws orders.not_found, orders.not_changeable, access.wrong_site
 */
export async function changeOrder(
  ctx: Ctx,
  tx: Tx,
  desk: ChangeDesk,
  orderId: string,
  input: Input,
): Promise<{ voidPaymentIds: string[] }> {
  const found = await lockOrder(tx, orderId)
  const changedBy = changerOf(ctx, found, input.token)
  const order = found as OrderRow
  const before = await revisionOf(tx, orderId)
  if (before !== input.revision) throw notChangeable('meanwhile')
  const changeable = await changeableOf(tx, desk, order)
  if (input.address && changeable.address) throw notChangeable(changeable.address)
  const changes = input.lines.map(({ lineId, quantity }): LineChange => {
    const line = changeable.lines.find(({ id }) => id === lineId)
    if (!line) throw notChangeable('ended')
    const refusal = changeable.lineRefusal(line)
    if (refusal) throw notChangeable(refusal)
    if (quantity > line.quantity) throw notChangeable('more')
    return { line, to: quantity }
  })
  const real = changes.filter(({ line, to }) => to < line.quantity)
  const told = tellChanges(order, input, real)
  if (told.length === 0) return { voidPaymentIds: [] }
  const gone = real.filter(({ to }) => to === 0).map(({ line }) => line)
  const nothingLeft = changeable.lines.every((line) => line.exception === 'cancelled' || gone.includes(line))
  const lowered = real.filter(({ to }) => to > 0)
  const refund = await lowerAll(ctx, tx, desk, order, lowered)
  if (input.address) await updateAddress(tx, orderId, input.address)
  const refundMinor = refund.minor + gone.reduce((sum, line) => sum + line.line_total_minor, 0n)
  const revision = before + 1
  const row = { order_id: orderId, revision, changed_at: ctx.clock.now(), changed_by: changedBy, changes: told }
  await insertRevision(tx, { ...row, actor: actorLabel(ctx.actor), refund_minor: refundMinor })
  await announce(ctx, tx, order, { revision, changedBy, told, refund, moneyMinor: refundMinor, real })
  if (nothingLeft && gone.length > 0)
    return endOrder(ctx, tx, order, changeable.lines, 'cancelled', changedBy === 'customer' ? 'client' : 'modification')
  await cancelGone(ctx, tx, desk, order, changeable.lines, gone)
  return { voidPaymentIds: [] }
}

const notChangeable = (reason: ChangeRefusal) => refuse('orders.not_changeable', { reason })

function tellChanges(order: OrderRow, { address }: Input, lines: readonly LineChange[]): OrderChange[] {
  const named = lines.map(({ line, to }): OrderChange => ({
    kind: 'line',
    name: [line.name, line.variant_label].filter(Boolean).join(', '),
    from: line.quantity,
    to,
  }))
  return address ? [...named, { kind: 'address', from: order.address, to: address }] : named
}

/** Fewer units: the promise, the preparation, the line, the sums of the order and the money, in this transaction. */
async function lowerAll(
  ctx: Ctx,
  tx: Tx,
  desk: ChangeDesk,
  order: OrderRow,
  lowered: readonly LineChange[],
): Promise<{ minor: bigint; vatMinor: bigint; state: string | null }> {
  if (lowered.length === 0) return { minor: 0n, vatMinor: 0n, state: null }
  const rows = lowered.map(({ line, to }) => {
    const totalMinor = line.unit_price_minor * BigInt(to)
    return {
      line,
      lineId: line.id,
      quantity: to,
      totalMinor,
      vatMinor: vatIncludedIn(totalMinor, line.vat_basis_points),
    }
  })
  const minor = rows.reduce((sum, { line, totalMinor }) => sum + line.line_total_minor - totalMinor, 0n)
  const vatMinor = rows.reduce((sum, row) => sum + row.line.vat_minor - row.vatMinor, 0n)
  const items = rows.reduce((sum, { line, quantity }) => sum + line.quantity - quantity, 0)
  await lowerPromises(
    tx,
    rows.map(({ line, quantity }) => ({ poolId: line.pool_id, id: line.promise_id, quantity: BigInt(quantity) })),
  )
  await lowerLines(tx, order.id, rows, { minor, items })
  await desk.lower(ctx, tx, order.id, rows)
  const state =
    minor === 0n ? null : await requestRefund(ctx, tx, { orderId: order.id, returnId: null, amountMinor: minor })
  return { minor, vatMinor, state }
}

async function cancelGone(
  ctx: Ctx,
  tx: Tx,
  desk: ChangeDesk,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  gone: readonly OrderLineRow[],
): Promise<void> {
  if (gone.length === 0) return
  await settlePromises(
    ctx,
    tx,
    'cancel',
    gone.map((line) => ({ poolId: line.pool_id, id: line.promise_id })),
  )
  let now = lines
  for (const line of gone) {
    await cancelLine(ctx, tx, order, now, line, 'modification')
    now = now.map((other) => (other.id === line.id ? { ...other, exception: 'cancelled' as const } : other))
  }
  const ids = gone.map((line) => line.id)
  await desk.drop(ctx, tx, order, ids)
}

async function announce(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  change: {
    revision: number
    changedBy: 'customer' | 'staff'
    told: readonly OrderChange[]
    refund: { minor: bigint; vatMinor: bigint; state: string | null }
    moneyMinor: bigint
    real: readonly LineChange[]
  },
): Promise<void> {
  const { revision, changedBy, told, refund, moneyMinor, real } = change
  await publish(tx, ctx, [
    {
      type: 'orders.order_changed',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        revision,
        changedBy,
        destinationChanged: told.some(({ kind }) => kind === 'address'),
        name: told.flatMap((one) => (one.kind === 'line' ? [`${one.name} : ${one.from} → ${one.to}`] : [])).join(' · '),
        // Of fewer units; lines that went tell theirs by themselves.
        refundMinor: Number(refund.minor),
        vatMinor: Number(refund.vatMinor),
        moneyMinor: Number(moneyMinor),
        refundState: refund.state,
        currency: order.currency,
        lines: real.map(({ line, to }) => ({
          lineId: line.id,
          variantId: line.variant_id,
          from: line.quantity,
          quantity: to,
        })),
      },
    },
  ])
}
