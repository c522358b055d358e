import type { LotUnits } from '@ecluse/contracts/lots.ts'
import {
  isChangeOfMind,
  type ReturnCondition,
  type ReturnDisposition,
  type ReturnReason,
} from '@ecluse/contracts/returns.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { vatIncludedIn } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { whereAt } from '../../channels/public.ts'
import { recordMovements, type Movement } from '../../inventory/public.ts'
import { issueVoucher, requestRefund } from '../../payments/public.ts'
import { returnNumberOf } from '../domain/order-number.ts'
import { carriageOfReturn, refundOf, sumOf } from '../domain/refund.ts'
import { carriagesOf, noteCarriageBack } from '../queries/order-groups.ts'
import { addReturned, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { insertReturn } from '../queries/returns.ts'

/** Units of a line that came back, with what was decided about them. */
export type DecidedLine = {
  readonly line: OrderLineRow
  readonly quantity: number
  readonly reason: ReturnReason
  readonly disposition: ReturnDisposition
  readonly condition: ReturnCondition | null
  /** Kept for diminished value (Code de la consommation, L221-23). */
  readonly deductionMinor: bigint
  readonly deductionReason: string | null
  /** Lots of a followed article, by the numbers on their labels. */
  readonly lots?: readonly LotUnits[] | undefined
}

export type Settled = {
  returnId: string
  number: string
  refundMinor: bigint
  refundState: 'refunded' | 'pending'
  /** Given instead of money. */
  voucherId: string | null
}

/**
 * Settles a return under its order's lock: what came back is counted, its stock moves by what was decided, its money goes
 * back to the means it was paid with, and the ledger hears of it by the event.
 * @throws orders.not_returnable, orders.deduction_wrong
 */
export async function settleReturn(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  decided: {
    readonly returnId: string
    readonly siteId: string
    readonly placeId: string
    readonly lines: readonly DecidedLine[]
    readonly lateReason?: string | undefined
    /** What is given for it in an exchange; only what goes beyond is refunded, and the carriage stays paid. */
    readonly exchangedForMinor?: bigint
    /** A voucher for whoever brings it, instead of money to who paid. */
    readonly toVoucher?: boolean
  },
): Promise<Settled> {
  const { returnId, siteId, placeId, lateReason, exchangedForMinor } = decided
  const orderId = order.id
  requireReturnable(decided.lines)
  const value = returnValueOf(lines, decided.lines)
  const exchanged = exchangedForMinor !== undefined
  const carriage = exchanged ? new Map<number | null, bigint>() : await carriageBackFor(tx, order, lines, decided.lines)
  const feeMinor = sumOf(carriage)
  const valueMinor = value.lineMinor + feeMinor
  const vatMinor = value.lineVatMinor + vatIncludedIn(feeMinor, order.delivery_vat_basis_points)
  const totalMinor = moneyBack(valueMinor, exchangedForMinor)
  const number = returnNumberOf(returnId)
  const sums = { refundMinor: totalMinor, carriageMinor: feeMinor }
  const header = { orderId, id: returnId, number, siteId, ...sums, actor: actorLabel(ctx.actor) }
  const written = decided.lines.map(({ line, ...rest }) => ({ ...rest, lineId: line.id }))
  await insertReturn(tx, header, written, ctx.clock.now())
  await addReturned(tx, orderId, joinByLine(written))
  await noteCarriageBack(tx, orderId, carriage)
  await moveStock(ctx, tx, decided.lines, placeId, { orderId, number })
  const { refundState, toVoucherId } = await giveBack(ctx, tx, order, { ...decided, number, totalMinor })
  const { channelCode, siteName } = await whereAt(tx, siteId)
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
        siteId,
        siteName,
        ...(lateReason === undefined ? {} : { lateReason }),
        ...toldDeductions(decided.lines),
        placeId,
        // What it is worth; in an exchange, `moneyBackMinor` of it is money.
        refundMinor: Number(valueMinor),
        ...(feeMinor === 0n ? {} : { carriageMinor: Number(feeMinor) }),
        ...(exchanged ? { moneyBackMinor: Number(totalMinor) } : {}),
        vatMinor: Number(vatMinor),
        currency: order.currency,
        refundState,
        ...(toVoucherId === null ? {} : { voucher: true }),
        lines: toldLines(decided.lines, placeId),
      },
    },
  ])
  return { returnId, number, refundMinor: totalMinor, refundState, voucherId: toVoucherId }
}

/** The lines of a return as events tell them. */
const toldLines = (lines: readonly DecidedLine[], placeId: string) =>
  lines.map(({ line, quantity, reason, disposition, condition }) => ({
    lineId: line.id,
    variantId: line.variant_id,
    placeId,
    quantity,
    reason,
    disposition,
    condition,
  }))

/** Money to the means it was paid with, or a voucher for whoever brings it. */
async function giveBack(
  ctx: Ctx,
  tx: Tx,
  { id: orderId, currency }: OrderRow,
  of: { returnId: string; number: string; totalMinor: bigint; toVoucher?: boolean },
): Promise<{ refundState: 'refunded' | 'pending'; toVoucherId: string | null }> {
  const { returnId, number: returnNumber, totalMinor: amountMinor, toVoucher } = of
  if (amountMinor === 0n) return { refundState: 'refunded', toVoucherId: null }
  const voucher = toVoucher ? await issueVoucher(ctx, tx, { orderId, returnId, returnNumber, currency }) : null
  const toVoucherId = voucher?.id ?? null
  return { refundState: await requestRefund(ctx, tx, { orderId, returnId, amountMinor, toVoucherId }), toVoucherId }
}

/** What was kept for diminished value and why, as events tell it; nothing when nothing was. */
function toldDeductions(lines: readonly DecidedLine[]): { deductionMinor?: number; deductionReason?: string } {
  const deductions = lines.filter(({ deductionMinor }) => deductionMinor > 0n)
  if (deductions.length === 0) return {}
  return {
    deductionMinor: Number(deductions.reduce((sum, one) => sum + one.deductionMinor, 0n)),
    deductionReason: [...new Set(deductions.map((one) => one.deductionReason))].join(' · '),
  }
}

/** What of a value is given back as money: all of it, or what goes beyond what is given for it. */
function moneyBack(valueMinor: bigint, forMinor: bigint | undefined): bigint {
  if (forMinor === undefined) return valueMinor
  return valueMinor > forMinor ? valueMinor - forMinor : 0n
}

/** @throws orders.not_returnable when more comes back than was handed over */
export function requireReturnable(decided: readonly DecidedLine[]): void {
  for (const { line } of decided) {
    const quantity = decided.filter((other) => other.line === line).reduce((sum, other) => sum + other.quantity, 0)
    const returnable = line.fulfilled_quantity - line.returned_quantity
    if (quantity > returnable) throw refuse('orders.not_returnable', { lineId: line.id, returnable })
  }
}

/**
 * What goods are given back for, and the VAT in it: each unit its part of its line, less what was kept for its diminished value.
 * @throws orders.deduction_wrong when more is kept than the articles cost, or without a reason
 */
export function returnValueOf(
  lines: readonly OrderLineRow[],
  decided: readonly DecidedLine[],
): { lineMinor: bigint; lineVatMinor: bigint } {
  let keptMinor = 0n
  let keptVatMinor = 0n
  for (const { line, quantity, deductionMinor, deductionReason } of decided) {
    if (deductionMinor === 0n) continue
    const mostMinor = line.unit_price_minor * BigInt(quantity)
    if (deductionMinor > mostMinor || !deductionReason)
      throw refuse('orders.deduction_wrong', { lineId: line.id, mostMinor: Number(mostMinor) })
    keptMinor += deductionMinor
    keptVatMinor += vatIncludedIn(deductionMinor, line.vat_basis_points)
  }
  const { lineVatMinor, totalMinor } = refundOf(
    new Map(),
    lines,
    decided.map(({ line, quantity }) => ({ lineId: line.id, quantity })),
  )
  return { lineMinor: totalMinor - keptMinor, lineVatMinor: lineVatMinor - keptVatMinor }
}

/** The carriage that goes back with articles, by part. */
async function carriageBackFor(
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  decided: readonly DecidedLine[],
): Promise<Map<number | null, bigint>> {
  const units = decided.map(({ line, quantity, reason }) => ({
    lineId: line.id,
    quantity,
    byChoice: isChangeOfMind(reason),
  }))
  return carriageOfReturn(await carriagesOf(tx, order, lines), lines, units)
}

/**
 * What can be sold again comes into stock. What cannot comes in and goes out again with what became of it, so that the journal
 * of the article tells; what is only put aside moves when somebody has looked at it.
 */
async function moveStock(
  ctx: Ctx,
  tx: Tx,
  decided: readonly DecidedLine[],
  placeId: string,
  of: { orderId: string; number: string },
): Promise<void> {
  const looked = decided.filter(({ disposition }) => disposition !== 'inspect')
  const movement = { placeId, reference: of.number, orderId: of.orderId }
  const incoming = looked.map(({ line, quantity, reason, lots }): Movement => ({
    ...movement,
    kind: 'return',
    variantId: line.variant_id,
    lineId: line.id,
    lots,
    quantity: BigInt(quantity),
    reason,
  }))
  const outgoing = looked
    .filter(({ disposition }) => disposition !== 'restock')
    .map(({ line, quantity, disposition, lots }): Movement => ({
      ...movement,
      kind: 'loss',
      variantId: line.variant_id,
      lineId: line.id,
      lots,
      quantity: -BigInt(quantity),
      reason: disposition,
    }))
  // In one go: what goes out again is what has just come in.
  await recordMovements(ctx, tx, [...incoming, ...outgoing])
}

/** The units of each line, summed. */
export function joinByLine(
  wanted: readonly { lineId: string; quantity: number }[],
): { lineId: string; quantity: number }[] {
  const sums = new Map<string, number>()
  for (const { lineId, quantity } of wanted) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity)
  return [...sums].map(([lineId, quantity]) => ({ lineId, quantity }))
}
