import type { OrderChange } from '@ecluse/contracts/order-changes.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { vatIncludedIn } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { poolIdOf } from '../../inventory/public.ts'
import type { Sellable } from '../../offers/public.ts'
import { paymentsOf, requestRefund } from '../../payments/public.ts'
import { takePromises } from '../../promises/public.ts'
import { substitutePriceOf } from '../domain/substitute-price.ts'
import { creditOrder } from '../queries/exchanges.ts'
import { channelCodeOf } from '../queries/list.ts'
import { insertOrderLines, updateLine, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { insertRevision, promiseKindsOf, revisionOf } from '../queries/revisions.ts'
import { creditLine, lowerLine } from '../queries/substitutions.ts'

/** Units of a line that are missing. Their promise is given up already. */
type Missing = { readonly line: OrderLineRow; readonly units: number }

/**
 * Whether the money of an order lies still, so that a part of it can be given back: it was taken, and is not a company's limit.
 * @throws fulfillment.money_underway
 */
export async function requireSettledMoney(tx: Tx, orderId: string): Promise<void> {
  const payments = await paymentsOf(tx, [orderId])
  const kinds = await promiseKindsOf(tx, orderId)
  const underway = payments.some(({ state }) => state === 'authorised' || state === 'due')
  if (underway || kinds.has('credit') || kinds.has('spending')) throw refuse('fulfillment.money_underway')
}

/**
 * Another article stands in for units that are missing, under the order's lock: promised at the same place, a line of the same
 * order, at no more than what was ordered. What it costs less is given back.
 * @returns the new line, and what is given back in minor units
 * @throws orders.out_of_stock
 */
export async function substituteUnits(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  missing: Missing,
  sellable: Sellable,
): Promise<{ added: OrderLineRow; refundMinor: bigint }> {
  const { line, units } = missing
  const added = lineFor(ctx, order, lines, missing, sellable)
  const { refusals } = await takePromises(ctx, tx, [
    {
      referenceId: order.id,
      as: 'committed',
      expiresAt: null,
      lines: [{ promiseId: added.promise_id, poolId: added.pool_id, quantity: BigInt(units) }],
    },
  ])
  if (refusals[0])
    throw refuse('orders.out_of_stock', {
      variantId: sellable.variantId,
      available: Number(refusals[0].available),
    })
  const gone = await takeOff(tx, order, missing)
  await insertOrderLines(tx, [added])
  const totalMinor = await creditOrder(tx, order.id, {
    creditedMinor: gone.creditedMinor,
    addedMinor: added.line_total_minor,
    // A line that ends is counted no more: as many come as go.
    items: units === line.quantity ? 0 : units,
  })
  const refundMinor = gone.minor - added.line_total_minor
  const refundState = await giveBack(ctx, tx, order, refundMinor)
  await revise(ctx, tx, order, refundMinor, { name: titleOf(line), quantity: units, instead: titleOf(added) })
  await tell(ctx, tx, order, 'orders.line_substituted', {
    lineId: added.id,
    forLineId: line.id,
    name: `${titleOf(line)} → ${titleOf(added)}`,
    missing: titleOf(line),
    refundMinor: Number(refundMinor),
    vatMinor: Number(gone.vatMinor - added.vat_minor),
    refundState,
    totalMinor: Number(totalMinor),
    lines: [{ lineId: added.id, variantId: added.variant_id, quantity: units }],
  })
  return { added, refundMinor }
}

/**
 * Some units of a line are missing and nothing stands in for them: the line is shorter, and their price is given back.
 * @returns what is given back, in minor units
 */
export async function shortenLine(ctx: Ctx, tx: Tx, order: OrderRow, missing: Missing): Promise<bigint> {
  const { line, units } = missing
  const { minor, vatMinor } = await takeOff(tx, order, missing)
  const refundState = await giveBack(ctx, tx, order, minor)
  await revise(ctx, tx, order, minor, { name: titleOf(line), quantity: units, instead: null })
  await tell(ctx, tx, order, 'orders.line_shortened', {
    lineId: line.id,
    name: `${titleOf(line)} : ${line.quantity} → ${line.quantity - units}`,
    refundMinor: Number(minor),
    vatMinor: Number(vatMinor),
    refundState,
    totalMinor: Number(order.total_minor - minor),
    lines: [{ lineId: line.id, variantId: line.variant_id, quantity: units }],
  })
  return minor
}

/** Notes in the history of an order what was decided about articles that are missing. */
export async function revise(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  refundMinor: bigint,
  change: Omit<Extract<OrderChange, { kind: 'substitute' }>, 'kind'>,
): Promise<void> {
  await insertRevision(tx, {
    order_id: order.id,
    revision: (await revisionOf(tx, order.id)) + 1,
    changed_at: ctx.clock.now(),
    changed_by: 'staff',
    actor: actorLabel(ctx.actor),
    changes: [{ kind: 'substitute', ...change }],
    refund_minor: refundMinor,
  })
}

/** What people call an article of an order. */
export function titleOf({ name, variant_label: label }: Pick<OrderLineRow, 'name' | 'variant_label'>): string {
  return [name, label].filter(Boolean).join(', ')
}

/** What is missing is not owed any more: a part makes the line shorter, all of it ends the line and is credited. */
async function takeOff(
  tx: Tx,
  order: OrderRow,
  { line, units }: Missing,
): Promise<{ minor: bigint; vatMinor: bigint; creditedMinor: bigint }> {
  const left = line.quantity - units
  if (left === 0) {
    await updateLine(tx, { ...line, exception: 'cancelled' })
    await creditLine(tx, order.id, line.id, line.line_total_minor)
    return { minor: line.line_total_minor, vatMinor: line.vat_minor, creditedMinor: line.line_total_minor }
  }
  const totalMinor = line.unit_price_minor * BigInt(left)
  const vatMinor = vatIncludedIn(totalMinor, line.vat_basis_points)
  const minor = line.line_total_minor - totalMinor
  await lowerLine(tx, order.id, { lineId: line.id, quantity: left, totalMinor, vatMinor }, { minor, units })
  return { minor, vatMinor: line.vat_minor - vatMinor, creditedMinor: 0n }
}

function lineFor(
  ctx: Ctx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  { line, units }: Missing,
  sellable: Sellable,
): OrderLineRow {
  const unitMinor = substitutePriceOf(line.unit_price_minor, sellable.unitPriceMinor)
  const totalMinor = unitMinor * BigInt(units)
  return {
    order_id: order.id,
    id: ctx.ids.next(),
    position: Math.max(...lines.map(({ position }) => position)) + 1,
    variant_id: sellable.variantId,
    sku: sellable.sku,
    name: sellable.name[order.locale] || sellable.name.fr,
    variant_label: sellable.label[order.locale],
    image_url: sellable.imageUrl,
    quantity: units,
    unit_price_minor: unitMinor,
    line_total_minor: totalMinor,
    vat_basis_points: sellable.vatBasisPoints,
    vat_minor: vatIncludedIn(totalMinor, sellable.vatBasisPoints),
    price_rule: 'substitute',
    place_id: line.place_id,
    pool_id: poolIdOf(sellable.variantId, line.place_id),
    promise_id: ctx.ids.next(),
    fulfilled_quantity: 0,
    returned_quantity: 0,
    exception: null,
    group_no: line.group_no ?? null,
    substitute_for: line.id,
  }
}

async function giveBack(ctx: Ctx, tx: Tx, order: OrderRow, amountMinor: bigint) {
  return amountMinor === 0n ? null : requestRefund(ctx, tx, { orderId: order.id, returnId: null, amountMinor })
}

async function tell(ctx: Ctx, tx: Tx, order: OrderRow, type: string, details: Record<string, unknown>): Promise<void> {
  const channelCode = await channelCodeOf(tx, order.channel_id)
  const payload = { orderId: order.id, number: order.number, currency: order.currency, ...details }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: order.id, channelCode, payload }])
}
