import { variantLabel } from '@ecluse/contracts/variant-label.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockLevel } from '@ecluse/contracts/inventory.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Queryable } from '../../kernel/db.ts'
import { assert } from '../../kernel/assert.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { placesOf, requirePlace } from './actors-places.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { lotRoutes } from './lots/routes.ts'
import { moveStock } from './move-stock.ts'
import { setLocations } from './set-locations.ts'
import { isVariant } from './queries/locations.ts'
import { listMovementRows } from './queries/movements.ts'
import { selectPlaces, selectStock, type StockRow } from './queries/stock.ts'
import { articleRoutes } from './article-routes.ts'
import { licenceRoutes } from './licences/routes.ts'
import { countRoutes } from './counts/routes.ts'
import { replenishmentRoutes } from './replenishment/routes.ts'
import { transferRoutes } from './transfers/routes.ts'
import { supplierOrderRoutes } from './supplier-orders/routes.ts'
import { supplierPlaceRoutes } from './supplier-places/routes.ts'
import { sourcingRoutes } from './sourcing-routes.ts'
import { verifyStock } from './verify-stock.ts'

export const inventoryRoutes: Routes = (app, services) => {
  implement(app, services, 'listPlaces', endpoints.listPlaces, async (ctx) => {
    const places = await selectPlaces(ctx.db)
    return { items: places.map(({ priority: _, ...place }) => place) }
  })

  implement(app, services, 'listStock', endpoints.listStock, async (ctx, { query }) => {
    const after = decodeCursor(query.cursor, [cursorPatterns.text, cursorPatterns.uuid])
    const rows = await selectStock(ctx.db, {
      ...query,
      placeIds: await placesOf(ctx),
      after: after ? { sku: after[0] ?? '', placeId: after[1] ?? '' } : undefined,
    })
    return pageOf(
      rows,
      query.limit,
      (row) => levelOf(row, ctx.locale),
      (row) => [row.sku, row.place_id],
    )
  })

  implement(app, services, 'listMovements', endpoints.listMovements, async (ctx, { query }) => {
    const before = decodeCursor(query.cursor, [cursorPatterns.uuid])
    const rows = await listMovementRows(ctx.db, { ...query, placeIds: await placesOf(ctx), beforeId: before?.[0] })
    return pageOf(
      rows,
      query.limit,
      (row) => ({
        id: row.id,
        at: row.moved_at.toISOString(),
        kind: row.kind,
        variantId: row.variant_id,
        sku: row.sku,
        productName: row.product_name,
        variantLabel: variantLabel(row.product_options, row.options, ctx.locale),
        placeId: row.place_id,
        placeName: row.place_name,
        quantity: Number(row.quantity),
        onHandAfter: row.on_hand_after === null ? null : Number(row.on_hand_after),
        reasonCode: row.reason_code,
        reason: row.reason,
        reference: row.reference,
        orderId: row.order_id,
        actor: row.actor,
      }),
      (row) => [row.id],
    )
  })

  implement(app, services, 'recordMovement', endpoints.recordMovement, (ctx, { body }) =>
    command(ctx, async (tx) => {
      const poolIds = await moveStock(ctx, tx, body)
      return { levels: await levelsOf(ctx, tx, poolIds) }
    }),
  )

  locationRoutes(app, services)
  sourcingRoutes(app, services)
  articleRoutes(app, services)
  lotRoutes(app, services)
  licenceRoutes(app, services)
  supplierOrderRoutes(app, services)
  supplierPlaceRoutes(app, services)
  transferRoutes(app, services)
  countRoutes(app, services)
  replenishmentRoutes(app, services)

  implement(app, services, 'verifyStock', endpoints.verifyStock, (ctx) => verifyStock(ctx.db))
}

/** Where articles lie at their places. */
const locationRoutes: Routes = (app, services) => {
  implement(app, services, 'setLocation', endpoints.setLocation, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await requirePlace(ctx, tx, params.placeId)
      if (!(await isVariant(tx, params.variantId)))
        throw refuse('inventory.article_not_found', { code: params.variantId })
      await setLocations(tx, [{ ...params, ...body }])
      const [level] = await levelsOf(ctx, tx, [poolIdOf(params.variantId, params.placeId)])
      assert(level, 'an article that was given a location lies there')
      return level
    }),
  )
}

async function levelsOf(ctx: Ctx, db: Queryable, poolIds: readonly string[]): Promise<StockLevel[]> {
  const rows = await selectStock(db, { locale: ctx.locale, poolIds, limit: poolIds.length })
  return rows.map((row) => levelOf(row, ctx.locale))
}

function levelOf(row: StockRow, locale: Locale): StockLevel {
  return {
    variantId: row.variant_id,
    placeId: row.place_id,
    placeName: row.place_name,
    productId: row.product_id,
    sku: row.sku,
    gtin: row.gtin,
    productName: row.product_name,
    variantLabel: variantLabel(row.product_options, row.options, locale),
    imageUrl: row.image_url,
    location: row.location,
    onHand: Number(row.on_hand),
    held: Number(row.held),
    committed: Number(row.committed),
    safety: Number(row.safety),
    available: Number(row.available),
    inTransit: row.in_transit,
  }
}
