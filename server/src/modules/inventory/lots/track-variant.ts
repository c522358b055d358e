import type { TrackedVariant } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import { variantLabel } from '@ecluse/contracts/variant-label.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { lockPools } from '../../promises/public.ts'
import { holdStockItems } from '../queries/locks.ts'
import { insertLots, selectNamedLots } from '../queries/lot-moves.ts'
import {
  forgetLots,
  insertWithoutLot,
  poolsOfVariant,
  selectTracking,
  upsertTracking,
  type TrackedRow,
} from '../queries/lots.ts'

/**
 * Follows the lots or the serial numbers of a variant from now on, or no longer. What lies on the shelves then is of no known
 * lot. Nothing of it moves meanwhile: places where it lies are locked, and no new one comes to be.
 * @throws inventory.variant_not_found, inventory.lots_kept_back
 */
export async function setTracking(
  ctx: Ctx,
  tx: Tx,
  variantId: string,
  tracking: StockTracking | null,
): Promise<TrackedVariant> {
  const before = await oneVariant(ctx, tx, variantId)
  const sameMode = before.tracking !== null && before.tracking.mode === tracking?.mode
  if (!sameMode && (before.tracking || tracking)) {
    await holdStockItems(tx)
    const poolIds = await poolsOfVariant(tx, variantId)
    const onHand = await lockPools(tx, poolIds)
    if (before.kept_back > 0) throw refuse('inventory.lots_kept_back', { units: before.kept_back })
    if (before.tracking) await forgetLots(tx, variantId)
    if (tracking) {
      const lot = { lotId: ctx.ids.next(), variantId, number: null, serial: false, expiresOn: null }
      await insertLots(tx, [lot], ctx.clock.now())
      const [without] = await selectNamedLots(tx, [lot])
      const levels = [...onHand].map(([poolId, units]) => ({ poolId, units: Number(units) }))
      if (without) await insertWithoutLot(tx, without.lotId, levels)
    }
  }
  if (tracking) await upsertTracking(tx, variantId, tracking, ctx.clock.now())
  const payload = { variantId, mode: tracking?.mode ?? null }
  await publish(tx, ctx, [{ type: 'inventory.tracking_changed', version: 1, aggregateId: variantId, payload }])
  return trackedOf(await oneVariant(ctx, tx, variantId), ctx)
}

/** How the variants of a product are followed. */
export async function readTracking(ctx: Ctx, productId: string): Promise<TrackedVariant[]> {
  return (await selectTracking(ctx.db, { productId }, ctx.locale)).map((row) => trackedOf(row, ctx))
}

async function oneVariant(ctx: Ctx, db: Queryable, variantId: string): Promise<TrackedRow> {
  const [row] = await selectTracking(db, { variantId }, ctx.locale)
  if (!row) throw refuse('inventory.variant_not_found')
  return row
}

function trackedOf(row: TrackedRow, { locale }: Ctx): TrackedVariant {
  return {
    variantId: row.variant_id,
    sku: row.sku,
    variantLabel: variantLabel(row.product_options, row.options, locale),
    tracking: row.tracking,
    onHand: row.on_hand,
    withoutLot: row.without_lot,
  }
}
