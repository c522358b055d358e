import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { identifyLots, pickLots } from '../inventory/public.ts'
import { selectOrderLines } from '../orders/public.ts'
import type { FulfillmentRow } from './queries/fulfillments.ts'

/** A line of a preparation, and how many of its units are still to leave. */
export type LeavingLine = {
  readonly lineId: string
  readonly variantId: string
  readonly sku: string
  readonly name: string
  readonly quantity: number
}

/**
 * Puts lots aside for a line where it is prepared, instead of those that were; what only a supplier has is named as it is sent.
 * @throws those of `pickLots`
 */
export async function putAside(
  ctx: Ctx,
  tx: Tx,
  row: FulfillmentRow,
  line: LeavingLine,
  lots: readonly LotUnits[],
): Promise<void> {
  const { order_id: orderId, place_id: placeId } = row
  await identifyLots(ctx, tx, { variantId: line.variantId, placeId, lots })
  await pickLots(ctx, tx, { ...line, orderId, placeId, lots })
}

/** What of the lines of a preparation has not left yet. */
export async function leftToLeave(db: Queryable, row: FulfillmentRow): Promise<LeavingLine[]> {
  const gone = new Map(
    (await selectOrderLines(db, [row.order_id])).map((line) => [line.id, line.quantity - line.fulfilled_quantity]),
  )
  return row.lines
    .map(({ lineId, variantId, sku, name, variantLabel, quantity }) => ({
      lineId,
      variantId,
      sku,
      name: [name, variantLabel].filter(Boolean).join(' · '),
      quantity: Math.min(quantity, gone.get(lineId) ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0)
}
