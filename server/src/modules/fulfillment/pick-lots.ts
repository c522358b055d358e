import type { z } from 'zod'
import type { FulfillmentLots, lotEndpoints } from '@ecluse/contracts/lots.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { companyDay, proposeLots, readLots, readPicks, supplierPlaces } from '../inventory/public.ts'
import { openFulfillment } from './advance-fulfillment.ts'
import { shareOutLots } from './parcel-lots.ts'
import { leftToLeave, putAside } from './put-aside.ts'
import { orderOf, selectFulfillment, type FulfillmentRow } from './queries/fulfillments.ts'

type Picks = z.output<typeof lotEndpoints.pickLots.body>['lines']

/**
 * Says which lots were taken from the shelf for lines of a preparation, instead of what was said before. Under the order's lock.
 * @throws fulfillment.not_found, fulfillment.wrong_state, fulfillment.line_gone, access.wrong_site and those of `pickLots`
 */
export async function pickForFulfillment(
  ctx: Ctx,
  tx: Tx,
  fulfillmentId: string,
  picks: Picks,
): Promise<FulfillmentRow> {
  const { order, row } = await openFulfillment(ctx, tx, fulfillmentId)
  if (row.state !== 'to_prepare' && row.state !== 'ready') throw refuse('fulfillment.wrong_state', { state: row.state })
  const left = await leftToLeave(tx, row)
  for (const { lineId, lots } of picks) {
    const line = left.find((one) => one.lineId === lineId)
    if (!line) throw refuse('fulfillment.line_gone')
    await putAside(ctx, tx, row, line, lots)
  }
  await shareOutLots(
    tx,
    order.id,
    picks.map(({ lineId }) => lineId),
  )
  return row
}

/** Reads a preparation that its reader may see. @throws fulfillment.not_found, access.wrong_site */
export async function readableFulfillment(ctx: Ctx, db: Queryable, fulfillmentId: string): Promise<FulfillmentRow> {
  const owner = await orderOf(db, fulfillmentId)
  const row = owner ? await selectFulfillment(db, owner.order_id, fulfillmentId) : undefined
  if (!row) throw refuse('fulfillment.not_found')
  requireSite(ctx.actor, row.site_id)
  return row
}

/** Followed lines of a preparation: what was taken for them, and what lies there; none of one that has left. */
export async function viewLots(ctx: Ctx, db: Queryable, row: FulfillmentRow): Promise<FulfillmentLots> {
  if (row.state !== 'to_prepare' && row.state !== 'ready') return { incoming: false, lines: [] }
  const left = await leftToLeave(db, row)
  const lineIds = left.map(({ lineId }) => lineId)
  const shelves = await proposeLots(db, {
    variantIds: left.map(({ variantId }) => variantId),
    placeIds: [row.place_id],
    today: companyDay(ctx.clock.now()),
    lineIds,
  })
  if (shelves.length === 0) return { incoming: false, lines: [] }
  const picks = await readPicks(db, lineIds)
  const incoming = (await supplierPlaces(db)).includes(row.place_id)
  const lotIds = picks.map(({ lotId }) => lotId)
  const lots = new Map((lotIds.length > 0 ? await readLots(db, lotIds) : []).map((lot) => [lot.lotId, lot]))
  return {
    incoming,
    lines: left.flatMap(({ lineId, variantId, sku, name, quantity }) => {
      const shelf = shelves.find((one) => one.variantId === variantId)
      if (!shelf) return []
      const picked = picks
        .filter((pick) => pick.lineId === lineId)
        .map(({ lotId, units }) => ({
          number: lots.get(lotId)?.number ?? '',
          units,
          expiresOn: lots.get(lotId)?.expiresOn ?? null,
        }))
      return [{ lineId, variantId, sku, name, quantity, tracking: shelf.tracking, picked, shelf: [...shelf.lots] }]
    }),
  }
}
