import type { z } from 'zod'
import type { orderEndpoints } from '@ecluse/contracts/orders.ts'
import { actorLabel, requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney, vatIncludedIn } from '../../kernel/money.ts'
import { eventsOf, publish } from '../../kernel/outbox.ts'
import { whereAt } from '../channels/public.ts'
import { recordMovements, type Movement } from '../inventory/public.ts'
import type { ReadModel } from '../offers/public.ts'
import { requestRefund } from '../payments/public.ts'
import { returnNumberOf } from './domain/order-number.ts'
import { isChangeOfMind, receivedAt, returnUntil } from './domain/return-window.ts'
import { refundOf } from './domain/refund.ts'
import { lockOrder } from './queries/locks.ts'
import { addReturned, selectOrderLines, type OrderLineRow, type OrderRow } from './queries/orders.ts'
import { insertReturn } from './queries/returns.ts'
import { closingsOf } from './queries/withdrawals.ts'

type Input = z.output<typeof orderEndpoints.createReturn.body>
type Result = z.output<typeof orderEndpoints.createReturn.response>

/**
 * Takes articles back in a shop, whichever channel sold them: into that shop's stock when they can be sold again, and the
 * money back to the means it was paid with.
 * @throws orders.not_found, orders.not_returnable, orders.return_late without a reason for an exception, channels.site_not_found, access.wrong_site
 */
export async function returnArticles(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  orderId: string,
  input: Input,
): Promise<Result> {
  requireSite(ctx.actor, input.siteId)
  const place = model.places().find((candidate) => candidate.siteId === input.siteId)
  if (!place) throw refuse('channels.site_not_found')
  const order = await lockOrder(tx, orderId)
  if (!order) throw refuse('orders.not_found')
  const lines = await selectOrderLines(tx, [orderId])
  const wanted = matchLines(lines, input.lines)
  const lateReason = await reasonWhenLate(ctx, tx, order, input)
  const refund = refundOf(
    order,
    lines,
    wanted.map(({ lineId, quantity }) => ({ lineId, quantity })),
  )
  const returnId = ctx.ids.next()
  const number = returnNumberOf(returnId)
  const header = { orderId, id: returnId, number, siteId: input.siteId, refundMinor: refund.totalMinor }
  await insertReturn(tx, { ...header, actor: actorLabel(ctx.actor) }, wanted, ctx.clock.now())
  await addReturned(tx, orderId, joinByLine(wanted))
  await recordMovements(ctx, tx, backOnShelf(wanted, place.id, { orderId, number }))
  const refundState =
    refund.totalMinor === 0n
      ? 'refunded'
      : await requestRefund(ctx, tx, { orderId, returnId, amountMinor: refund.totalMinor })
  const { channelCode, siteName } = await whereAt(tx, input.siteId)
  await publish(tx, ctx, [
    {
      type: 'orders.return_received',
      version: 1,
      aggregateId: orderId,
      channelCode,
      payload: {
        orderId,
        returnId,
        number,
        siteId: input.siteId,
        siteName,
        ...(lateReason === undefined ? {} : { lateReason }),
        placeId: place.id,
        refundMinor: Number(refund.totalMinor),
        vatMinor: Number(refund.lineVatMinor + vatIncludedIn(refund.feeMinor, order.delivery_vat_basis_points)),
        currency: order.currency,
        refundState,
        lines: wanted.map((one) => returnedLine(one, place.id)),
      },
    },
  ])
  return { returnId, number, refund: toMoney(refund.totalMinor, order.currency), refundState }
}

/**
 * What a change of mind needs when its time is over: a reason to make an exception.
 * @throws orders.return_late
 */
async function reasonWhenLate(ctx: Ctx, tx: Tx, order: OrderRow, input: Input): Promise<string | undefined> {
  if (!input.lines.some(({ reason }) => isChangeOfMind(reason))) return undefined
  const { placed_at: placedAt, delivery_method: method, latest_at: latestAt } = order
  const received = receivedAt({ placedAt, method, latestAt }, await eventsOf(tx, order.id))
  const until = received && returnUntil(received, ctx.config.returnDays)
  if (until === null || ctx.clock.now() <= until || (await wasDeclared(tx, order.id, input))) return undefined
  if (input.lateReason === undefined) throw refuse('orders.return_late', { until: until.toISOString() })
  return input.lateReason
}

/** Whether all that comes back was withdrawn from in time: sending it back takes its own days (L221-23). */
async function wasDeclared(tx: Tx, orderId: string, input: Input): Promise<boolean> {
  const closings = await closingsOf(tx, orderId)
  const lines = await selectOrderLines(tx, [orderId])
  const awaited = (lineId: string): number =>
    (closings.get(lineId) ?? 0) - (lines.find(({ id }) => id === lineId)?.returned_quantity ?? 0)
  return joinByLine(input.lines).every(({ lineId, quantity }) => quantity <= awaited(lineId))
}

type Wanted = Input['lines'][number] & { readonly line: OrderLineRow }

/** @throws orders.not_returnable when more comes back than was handed over */
function matchLines(lines: readonly OrderLineRow[], asked: Input['lines']): Wanted[] {
  const wanted = asked.map((one) => {
    const line = lines.find((candidate) => candidate.id === one.lineId)
    if (!line) throw refuse('orders.not_returnable', { lineId: one.lineId, returnable: 0 })
    return { ...one, line }
  })
  for (const { line } of wanted) {
    const quantity = wanted.filter((other) => other.line === line).reduce((sum, other) => sum + other.quantity, 0)
    const returnable = line.fulfilled_quantity - line.returned_quantity
    if (quantity > returnable) throw refuse('orders.not_returnable', { lineId: line.id, returnable })
  }
  return wanted
}

/** What can be sold again comes into the shop's stock. */
function backOnShelf(wanted: readonly Wanted[], placeId: string, of: { orderId: string; number: string }): Movement[] {
  return wanted
    .filter(({ disposition }) => disposition === 'restock')
    .map(({ line, quantity, reason }) => ({
      kind: 'return',
      variantId: line.variant_id,
      placeId,
      quantity: BigInt(quantity),
      reason,
      reference: of.number,
      orderId: of.orderId,
    }))
}

function returnedLine({ line, quantity, reason, disposition }: Wanted, placeId: string) {
  return { lineId: line.id, variantId: line.variant_id, placeId, quantity, reason, disposition }
}

function joinByLine(wanted: readonly { lineId: string; quantity: number }[]): { lineId: string; quantity: number }[] {
  const sums = new Map<string, number>()
  for (const { lineId, quantity } of wanted) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity)
  return [...sums].map(([lineId, quantity]) => ({ lineId, quantity }))
}
