import type { z } from 'zod'
import type { substitutionEndpoints } from '@ecluse/contracts/substitutions.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { OfferModel } from '../offers/public.ts'
import {
  askForDearer,
  requireSettledMoney,
  selectOrderLines,
  waitingChangeOf,
  type OrderRow,
  type PlannedSubstitute,
} from '../orders/public.ts'
import { addLine, removeLine, selectFulfillment, type FulfillmentRow } from './queries/fulfillments.ts'
import { openMissing, putRight, refundUnitsOf, sellableFor, substituteLine, type Settled } from './substitute-line.ts'

type Input = z.output<typeof substitutionEndpoints.substituteLine.body>
type Asked = Omit<Settled, 'outcome'> & {
  readonly outcome: Settled['outcome'] | 'asked'
  readonly changeId: string | null
}

/**
 * An article is missing, and a dearer one stands in only if its buyer pays the difference: they are asked, by a message and a link, and it
 * is kept for them. One that is not dearer stands in at once.
 * @throws as `substituteLine`; orders.not_changeable while another change waits
 */
export async function askSubstitute(
  ctx: Ctx,
  tx: Tx,
  model: OfferModel,
  fulfillmentId: string,
  input: Input,
): Promise<Asked> {
  const { order, row, lines, line, units } = await openMissing(ctx, tx, fulfillmentId, input)
  // Whoever is asked has not said yes before.
  const sellable = sellableFor(ctx, model, order, row, { ...input, agreed: true })
  if (sellable.unitPriceMinor <= line.unit_price_minor)
    return { ...(await substituteLine(ctx, tx, model, fulfillmentId, input)), changeId: null }
  await requireSettledMoney(tx, order.id)
  const { lineId, reason, lots } = input
  await askForDearer(ctx, tx, order, lines, { fulfillmentId, lineId, units, reason, lots }, sellable)
  const changeId = (await waitingChangeOf(tx, order.id))?.id ?? null
  const now = (await selectFulfillment(tx, order.id, fulfillmentId)) ?? row
  return { outcome: 'asked', refundMinor: 0n, currency: order.currency, row: now, voidPaymentIds: [], changeId }
}

/** What its buyer paid for comes into the preparation, in place of what is missing; promises are moved already. */
export async function standIn(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  missing: PlannedSubstitute,
  addedLineId: string,
): Promise<void> {
  const found = await preparationOf(tx, order, missing)
  if (!found) return
  const { row, line, asked } = found
  await putRight(ctx, tx, order, row, line, missing.units, missing)
  await addLine(tx, order.id, row.id, { lineId: addedLineId, quantity: missing.units })
  if (missing.units === asked) await removeLine(tx, order.id, row.id, line.id)
}

/** Nothing stands in for what is missing: it is given back, unless somebody has decided about it since. @returns payments to void */
export async function refundMissing(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  missing: PlannedSubstitute,
): Promise<readonly string[]> {
  const found = await preparationOf(tx, order, missing)
  if (!found || found.row.state !== 'to_prepare' || found.asked < missing.units) return []
  const lines = await selectOrderLines(tx, [order.id])
  const settled = await refundUnitsOf(
    ctx,
    tx,
    { order, row: found.row, lines, line: found.line, units: missing.units },
    missing,
  )
  return settled.voidPaymentIds
}

async function preparationOf(tx: Tx, order: OrderRow, { fulfillmentId, lineId }: PlannedSubstitute) {
  const row: FulfillmentRow | undefined = await selectFulfillment(tx, order.id, fulfillmentId)
  const line = (await selectOrderLines(tx, [order.id])).find(({ id }) => id === lineId)
  const asked = row?.lines.find((one) => one.lineId === lineId)?.quantity
  return row && line && asked !== undefined ? { row, line, asked } : undefined
}
