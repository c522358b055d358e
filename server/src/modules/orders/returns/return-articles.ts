import type { z } from 'zod'
import { isChangeOfMind, type returnEndpoints } from '@ecluse/contracts/returns.ts'
import { requireSite, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import type { ReadModel } from '../../offers/public.ts'
import { viewVoucher, vouchersOfOrder } from '../../payments/public.ts'
import { receivedAt, returnUntil } from '../domain/return-window.ts'
import { lockOrder } from '../queries/locks.ts'
import { selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import type { RequestRow } from '../queries/returns.ts'
import { closingsOf } from '../queries/withdrawals.ts'
import { requireNotExcepted } from './excepted.ts'
import { closeByReturn, dropSuperseded, openRequest } from './open-requests.ts'
import { joinByLine, requireReturnable, settleReturn, type DecidedLine, type Settled } from './settle-return.ts'

type Input = z.output<typeof returnEndpoints.createReturn.body>
type Result = z.output<typeof returnEndpoints.createReturn.response>

/**
 * Takes articles back in a shop, whichever channel sold them, in one step: into that shop's stock when they can be sold again, and
 * the money back to the means it was paid with. A return that had been asked for is settled by it.
 * @throws orders.not_found, orders.not_returnable, orders.return_late or orders.return_excepted without a reason for an exception, orders.deduction_wrong,
 *   orders.return_wrong_state, channels.site_not_found, access.wrong_site
 */
export async function returnArticles(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  orderId: string,
  input: Input,
): Promise<Result> {
  const taken = await readyToTake(ctx, tx, model, orderId, input)
  const settled = await takeBack(ctx, tx, taken, { toVoucher: input.refundTo === 'voucher' })
  const { returnId, number, refundMinor, refundState, voucherId } = settled
  const given = (await vouchersOfOrder(tx, orderId)).find(({ id }) => id === voucherId)
  const voucher = given ? viewVoucher(given, ctx.clock.now()) : null
  return { returnId, number, refund: toMoney(refundMinor, taken.order.currency), refundState, voucher }
}

/** Articles on the counter, looked at and known to be returnable; the order is locked. */
export type Taken = {
  readonly order: OrderRow
  readonly lines: readonly OrderLineRow[]
  readonly decided: readonly DecidedLine[]
  readonly siteId: string
  readonly placeId: string
  readonly request: RequestRow | undefined
  readonly lateReason: string | undefined
}

/** Reads what is to be taken back, under the order's lock. @throws as `returnArticles` */
export async function readyToTake(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  orderId: string,
  input: Omit<Input, 'refundTo'>,
): Promise<Taken> {
  const placeId = placeAt(ctx, model, input.siteId)
  const order = await lockOrder(tx, orderId)
  if (!order) throw refuse('orders.not_found')
  const lines = await selectOrderLines(tx, [orderId])
  const decided = input.lines.map((one): DecidedLine => {
    const line = lines.find((candidate) => candidate.id === one.lineId)
    // A file cannot be brought back.
    if (!line || line.download_from) throw refuse('orders.not_returnable', { lineId: one.lineId, returnable: 0 })
    const { quantity, reason, disposition, condition = null, deductionMinor = 0, deductionReason = null, lots } = one
    const deducted = { deductionMinor: BigInt(deductionMinor), deductionReason }
    return { line, quantity, reason, disposition, condition, ...deducted, lots }
  })
  requireReturnable(decided)
  const request = input.requestId === undefined ? undefined : await openRequest(tx, input.requestId, orderId)
  // Staff may make an exception, and say why.
  if (!request && input.lateReason === undefined) requireNotExcepted(input.lines, lines)
  // What was asked for in time may take its time to arrive.
  const lateReason = request ? undefined : await reasonWhenLate(ctx, tx, order, input)
  return { order, lines, decided, siteId: input.siteId, placeId, request, lateReason }
}

/** Settles it, whole or against what is given for it. */
export async function takeBack(
  ctx: Ctx,
  tx: Tx,
  taken: Taken,
  how: { exchangedForMinor?: bigint; toVoucher?: boolean } = {},
): Promise<Settled> {
  const { order, lines, decided, siteId, placeId, request, lateReason } = taken
  const settled = await settleReturn(ctx, tx, order, lines, {
    returnId: request?.id ?? ctx.ids.next(),
    siteId,
    placeId,
    lines: decided,
    lateReason,
    ...how,
  })
  if (request) await closeByReturn(ctx, tx, request, siteId, decided)
  await dropSuperseded(ctx, tx, order)
  return settled
}

/**
 * The shelf of a site where what comes back is put.
 * @throws access.wrong_site, channels.site_not_found
 */
export function placeAt(ctx: Ctx, model: ReadModel, siteId: string): string {
  requireSite(ctx.actor, siteId)
  const place = model.places().find((candidate) => candidate.siteId === siteId && !candidate.downloads)
  if (!place) throw refuse('channels.site_not_found')
  return place.id
}

/** The end of the time to change one's mind about an order; null while nothing was received. */
export async function changeOfMindUntil(ctx: Ctx, tx: Parameters<typeof eventsOf>[0], order: OrderRow) {
  const { placed_at: placedAt, delivery_method: method, latest_at: latestAt } = order
  const received = receivedAt({ placedAt, method, latestAt }, await eventsOf(tx, order.id))
  return received && returnUntil(received, ctx.config.returnDays)
}

/**
 * What a change of mind needs when its time is over: a reason to make an exception.
 * @throws orders.return_late
 */
async function reasonWhenLate(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  input: Omit<Input, 'refundTo'>,
): Promise<string | undefined> {
  if (!input.lines.some(({ reason }) => isChangeOfMind(reason))) return undefined
  const until = await changeOfMindUntil(ctx, tx, order)
  if (until === null || ctx.clock.now() <= until || (await wasDeclared(tx, order.id, input))) return input.lateReason
  if (input.lateReason === undefined) throw refuse('orders.return_late', { until: until.toISOString() })
  return input.lateReason
}

/** Whether all that comes back was withdrawn from in time: sending it back takes its own days (L221-23). */
async function wasDeclared(tx: Tx, orderId: string, input: Omit<Input, 'refundTo'>): Promise<boolean> {
  const closings = await closingsOf(tx, orderId)
  const lines = await selectOrderLines(tx, [orderId])
  const awaited = (lineId: string): number =>
    (closings.get(lineId) ?? 0) - (lines.find(({ id }) => id === lineId)?.returned_quantity ?? 0)
  return joinByLine(input.lines).every(({ lineId, quantity }) => quantity <= awaited(lineId))
}
