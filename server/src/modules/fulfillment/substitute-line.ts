import type { z } from 'zod'
import type { Substitutes, substitutionEndpoints } from '@ecluse/contracts/substitutions.ts'
import { actorLabel, requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { applyRefusal } from '../inventory/public.ts'
import { offersLike, type OfferModel } from '../offers/public.ts'
import {
  cancelLine,
  requireSettledMoney,
  reviseOrder,
  selectOrder,
  selectOrderLines,
  shortenLine,
  soldToAll,
  substitutePriceOf,
  substituteUnits,
  titleOf,
  waitingChangeOf,
  type OrderLineRow,
  type OrderRow,
} from '../orders/public.ts'
import { lowerPromises, settlePromises } from '../promises/public.ts'
import { openFulfillment } from './advance-fulfillment.ts'
import { dropLines } from './drop-lines.ts'
import { addLine, orderOf, removeLine, selectFulfillment, type FulfillmentRow } from './queries/fulfillments.ts'
import { keepInPreparation } from './queries/parcels.ts'
import { insertRefusal } from './queries/refusals.ts'

type Input = z.output<typeof substitutionEndpoints.substituteLine.body>

/** What became of articles that were missing, or of what stood in for them. */
export type Settled = {
  readonly outcome: 'substituted' | 'refunded' | 'order_cancelled'
  readonly refundMinor: bigint
  readonly currency: string
  readonly row: FulfillmentRow
  /** Payments to void outside the transaction. */
  readonly voidPaymentIds: readonly string[]
}

/** How many articles are proposed to stand in. */
const mostProposed = 12

/**
 * What may stand in for an article of a preparation, and what its buyer said about that.
 * @throws fulfillment.not_found, fulfillment.line_not_found, access.wrong_site
 */
export async function proposeSubstitutes(
  ctx: Ctx,
  model: OfferModel,
  { fulfillmentId, lineId }: { fulfillmentId: string; lineId: string },
): Promise<Substitutes> {
  const owner = await orderOf(ctx.db, fulfillmentId)
  const order = owner && (await selectOrder(ctx.db, owner.order_id))
  const row = order && (await selectFulfillment(ctx.db, order.id, fulfillmentId))
  if (!order || !row) throw refuse('fulfillment.not_found')
  requireSite(ctx.actor, row.site_id)
  const line = (await selectOrderLines(ctx.db, [order.id])).find(({ id }) => id === lineId)
  if (!line || !row.lines.some((one) => one.lineId === lineId)) throw refuse('fulfillment.line_not_found')
  const found = offersLike(model, {
    channelCode: row.channel_code,
    variantId: line.variant_id,
    placeId: line.place_id,
    unitPriceMinor: line.unit_price_minor,
    units: 1,
    at: ctx.clock.now(),
    limit: mostProposed,
  })
  const money = (minor: bigint) => toMoney(minor, order.currency)
  return {
    wish: order.substitutions ?? null,
    phone: order.contact_phone,
    ordered: money(line.unit_price_minor),
    items: found.map(({ sellable, available }) => ({
      variantId: sellable.variantId,
      sku: sellable.sku,
      gtin: sellable.gtin,
      name: sellable.name[ctx.locale] || sellable.name.fr,
      variantLabel: sellable.label[ctx.locale],
      imageUrl: sellable.imageUrl,
      available,
      price: money(sellable.unitPriceMinor),
      charged: money(substitutePriceOf(line.unit_price_minor, sellable.unitPriceMinor)),
    })),
  }
}

/**
 * Articles of a pick-up are missing when it is picked. In one transaction their promise is given up, the reason puts the right
 * quantity right, and another article stands in for them, or their price is given back. The buyer is told.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.line_not_found, fulfillment.substitute_not_wanted,
 *   fulfillment.money_underway, orders.not_sold, orders.out_of_stock, access.wrong_site
 */
export async function substituteLine(
  ctx: Ctx,
  tx: Tx,
  model: OfferModel,
  fulfillmentId: string,
  input: Input,
): Promise<Settled> {
  const missing = await openMissing(ctx, tx, fulfillmentId, input)
  const { order, row, lines, line, units } = missing
  // Its buyer is being asked about a dearer one.
  if (await isAsked(tx, order, line.id)) throw refuse('fulfillment.substitute_asked')
  const sellable = input.variantId === null ? null : sellableFor(ctx, model, order, row, input)
  await requireSettledMoney(tx, order.id)
  if (!sellable) return refundUnitsOf(ctx, tx, missing, input)
  await giveUp(ctx, tx, missing, input)
  const { added, refundMinor } = await substituteUnits(ctx, tx, order, lines, { line, units }, sellable)
  await addLine(tx, order.id, row.id, { lineId: added.id, quantity: units })
  if (units === line.quantity) await removeLine(tx, order.id, row.id, line.id)
  return settled(tx, order, row, { outcome: 'substituted', refundMinor, voidPaymentIds: [] })
}

/** Units of a line that are missing in a preparation, under the order's lock. */
type Missing = {
  readonly order: OrderRow
  readonly row: FulfillmentRow
  readonly lines: readonly OrderLineRow[]
  readonly line: OrderLineRow
  readonly units: number
}

/** @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.line_not_found, access.wrong_site */
export async function openMissing(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
  input: Pick<Input, 'lineId' | 'quantity'>,
): Promise<Missing> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  const open = row.state === 'to_prepare' && row.method === 'pickup' && order.document_state === 'confirmed'
  if (!open) throw refuse('fulfillment.wrong_state', { state: row.state })
  const lines = await selectOrderLines(tx, [order.id])
  const line = lines.find(({ id }) => id === input.lineId)
  const asked = row.lines.find(({ lineId }) => lineId === input.lineId)
  if (!line || !asked || line.exception !== null) throw refuse('fulfillment.line_not_found')
  return { order, row, lines, line, units: Math.min(input.quantity ?? asked.quantity, asked.quantity) }
}

/** Nothing stands in: what is missing is given up, and its price given back. */
export async function refundUnitsOf(ctx: Ctx, tx: Tx, missing: Missing, why: Why): Promise<Settled> {
  const { order, row, lines, line, units } = missing
  await giveUp(ctx, tx, missing, why)
  if (units < line.quantity) {
    const refundMinor = await shortenLine(ctx, tx, order, { line, units })
    return settled(tx, order, row, { outcome: 'refunded', refundMinor, voidPaymentIds: [] })
  }
  await reviseOrder(ctx, tx, order, line.line_total_minor, { name: titleOf(line), quantity: units, instead: null })
  return letGo(ctx, tx, order, row, { lines, line, reason: 'épuisé' })
}

/** Whether the buyer of an order is being asked about a dearer article for one of its lines. */
async function isAsked(tx: Tx, order: OrderRow, lineId: string): Promise<boolean> {
  return (await waitingChangeOf(tx, order.id))?.plan.substitute?.lineId === lineId
}

/**
 * The buyer does not want what stands in: it goes back to the shelf it was promised from, and its price is given back.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.no_substitute, fulfillment.money_underway, access.wrong_site
 */
export async function refuseSubstitute(ctx: Ctx, tx: Tx, fulfillmentId: string, lineId: string): Promise<Settled> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  const open = row.state === 'to_prepare' || row.state === 'ready'
  if (!open || order.document_state !== 'confirmed') throw refuse('fulfillment.wrong_state', { state: row.state })
  const lines = await selectOrderLines(tx, [order.id])
  const line = lines.find(({ id }) => id === lineId)
  const stands = line?.substitute_for && line.exception === null && line.fulfilled_quantity === 0
  if (!line || !stands) throw refuse('fulfillment.no_substitute')
  await requireSettledMoney(tx, order.id)
  await settlePromises(ctx, tx, 'cancel', [{ poolId: line.pool_id, id: line.promise_id }])
  await reviseOrder(ctx, tx, order, line.line_total_minor, {
    name: titleOf(line),
    quantity: line.quantity,
    instead: null,
  })
  return letGo(ctx, tx, order, row, { lines, line, reason: 'remplacement refusé' })
}

/** The article chosen, when its buyer has not said no. */
export function sellableFor(ctx: Ctx, model: OfferModel, order: OrderRow, row: FulfillmentRow, input: Input) {
  const wish = order.substitutions ?? 'ask'
  if (wish === 'refuse' || (wish === 'ask' && !input.agreed))
    throw refuse('fulfillment.substitute_not_wanted', { wish })
  const variantId = input.variantId ?? ''
  return soldToAll(model, row.channel_code, variantId, ctx.clock.now())
}

/** Why units are missing, and which. */
type Why = Pick<Input, 'reason' | 'lots'>

/** What is missing is promised no more, and the right quantity is put right. */
async function giveUp(ctx: Ctx, tx: Tx, { order, row, line, units }: Missing, why: Why): Promise<void> {
  const promise = { poolId: line.pool_id, id: line.promise_id }
  const left = line.quantity - units
  if (left === 0) await settlePromises(ctx, tx, 'cancel', [promise])
  else await lowerPromises(tx, [{ ...promise, quantity: BigInt(left) }])
  await putRight(ctx, tx, order, row, line, units, why)
}

/** What is missing leaves its preparation, and the right quantity is put right; it is promised no more already. */
export async function putRight(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  line: OrderLineRow,
  units: number,
  { reason, lots }: Why,
): Promise<void> {
  const asked = row.lines.find(({ lineId }) => lineId === line.id)?.quantity ?? units
  if (units < asked) await keepInPreparation(tx, order.id, row.id, { lineId: line.id, quantity: asked - units })
  const { variant_id: variantId, place_id: placeId } = line
  const about = { orderId: order.id, orderNumber: order.number }
  await applyRefusal(ctx, tx, { variantId, placeId, reason, units, lots, ...about })
  await insertRefusal(tx, {
    order_id: order.id,
    id: ctx.ids.next(),
    fulfillment_id: row.id,
    line_id: line.id,
    variant_id: variantId,
    place_id: placeId,
    reason,
    quantity: units,
    to_place_id: null,
    sourcing: null,
    actor: actorLabel(ctx.actor),
    refused_at: ctx.clock.now(),
    note: null,
  })
}

/** A whole line goes, and its price is given back; the last one takes the order with it. */
async function letGo(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  { lines, line, reason }: { lines: readonly OrderLineRow[]; line: OrderLineRow; reason: string },
): Promise<Settled> {
  const { ended, voidPaymentIds } = await cancelLine(ctx, tx, order, lines, line, reason)
  if (!ended) await dropLines(ctx, tx, order, [line.id])
  const outcome = ended ? ('order_cancelled' as const) : ('refunded' as const)
  return settled(tx, order, row, { outcome, refundMinor: line.line_total_minor, voidPaymentIds })
}

async function settled(
  tx: Tx,
  order: OrderRow,
  row: FulfillmentRow,
  result: Omit<Settled, 'row' | 'currency'>,
): Promise<Settled> {
  const now = (await selectFulfillment(tx, order.id, row.id)) ?? row
  return { ...result, currency: order.currency, row: now }
}
