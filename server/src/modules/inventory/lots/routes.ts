import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { readGs1 } from '@ecluse/contracts/gs1.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Tx } from '../../../kernel/db.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { placesOf } from '../actors-places.ts'
import { companyDay } from '../domain/company-day.ts'
import { selectLotHeads, selectLotsOfOrder } from '../queries/lots.ts'
import { selectPlaces } from '../queries/stock.ts'
import { blockLot, unblockLot, writeOffLot } from './keep-back.ts'
import { proposeLots } from './propose-lots.ts'
import { lotSummaryOf, readLot } from './read-lots.ts'
import { readTracking, setTracking } from './track-variant.ts'

/** So many days ahead a lot is about to be good no longer. */
const soonDays = 30

/** Lots and serial numbers. */
export const lotRoutes: Routes = (app, services) => {
  implement(app, services, 'listTracking', endpoints.listTracking, async (ctx, { params }) => ({
    items: await readTracking(ctx, params.productId),
  }))

  implement(app, services, 'setTracking', endpoints.setTracking, (ctx, { params, body }) =>
    command(ctx, (tx) => setTracking(ctx, tx, params.variantId, body.tracking)),
  )

  implement(app, services, 'listLots', endpoints.listLots, async (ctx, { query }) => {
    const before = decodeCursor(query.cursor, [cursorPatterns.uuid])
    const own = await placesOf(ctx)
    const now = ctx.clock.now()
    const rows = await selectLotHeads(ctx.db, {
      ...query,
      locale: ctx.locale,
      scanned: scannedOf(query.q, now),
      placeIds: query.placeId ? [query.placeId].filter((id) => own === null || own.includes(id)) : own,
      soon: companyDay(new Date(now.getTime() + soonDays * 86_400_000)),
      beforeId: before?.[0],
    })
    return pageOf(
      rows,
      query.limit,
      (row) => lotSummaryOf(row, ctx.locale),
      (row) => [row.lot_id],
    )
  })

  implement(app, services, 'getLot', endpoints.getLot, (ctx, { params }) => readLot(ctx, ctx.db, params.lotId))

  implement(app, services, 'listShelfLots', endpoints.listShelfLots, async (ctx, { query }) => {
    const own = await placesOf(ctx)
    const placeIds = (await selectPlaces(ctx.db))
      .filter(({ id, siteId }) => id === query.placeId || siteId === query.siteId)
      .map(({ id }) => id)
      .filter((id) => own === null || own.includes(id))
    const today = companyDay(ctx.clock.now())
    const items = await proposeLots(ctx.db, { variantIds: query.variantIds.split(','), placeIds, today })
    return { items: items.map((item) => ({ ...item, lots: [...item.lots] })) }
  })

  implement(app, services, 'blockLot', endpoints.blockLot, (ctx, { params, body }) =>
    acted(ctx, params.lotId, (tx) => blockLot(ctx, tx, params.lotId, body)),
  )

  implement(app, services, 'unblockLot', endpoints.unblockLot, (ctx, { params }) =>
    acted(ctx, params.lotId, (tx) => unblockLot(ctx, tx, params.lotId)),
  )

  implement(app, services, 'writeOffLot', endpoints.writeOffLot, (ctx, { params, body }) =>
    acted(ctx, params.lotId, (tx) => writeOffLot(ctx, tx, params.lotId, body)),
  )

  implement(app, services, 'listOrderLots', endpoints.listOrderLots, async (ctx, { params }) => ({
    items: await selectLotsOfOrder(ctx.db, params.orderId),
  }))
}

/** Does something with a lot in one transaction, and answers the lot as it is then. */
function acted(ctx: Ctx, lotId: string, act: (tx: Tx) => Promise<void>) {
  return command(ctx, async (tx) => {
    await act(tx)
    return readLot(ctx, tx, lotId)
  })
}

/** What a scanned symbol asks for; undefined when it is none. */
function scannedOf(q: string | undefined, now: Date): { gtin?: string; number?: string } | undefined {
  const read = q ? readGs1(q, now) : null
  if (!read) return undefined
  const number = read.serialNumber ?? read.batchOrLotNumber
  return { ...(read.gtin ? { gtin: read.gtin } : {}), ...(number ? { number } : {}) }
}
