import type { z } from 'zod'
import type { availabilityEndpoints } from '@ecluse/contracts/availability.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { changeSafety, lockPools, setSafety } from '../promises/public.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { ensureStockItems } from './ensure-stock-items.ts'
import { markOwnSafety, placeSafeties, poolsWithoutOwnSafety, updatePlaceSafety } from './queries/availability.ts'
import { lockPlaceSafety } from './queries/locks.ts'
import { shelvedVariants, selectPlaces } from './queries/stock.ts'
import { announceMoved } from './record-movements.ts'

type Input = z.output<typeof availabilityEndpoints.setSafetyStock.body>

/**
 * Keeps units back at a place, of one article or of every article without a number of its own. What is promised stays promised.
 * A change for the whole place is by the difference, so that what a refusal put on display stays kept back.
 * @returns how many articles it concerns
 * @throws inventory.place_not_found, inventory.variant_not_found, access.wrong_site
 */
export async function setSafetyStock(ctx: Ctx, tx: Tx, { placeId, variantId, units }: Input): Promise<number> {
  const place = (await selectPlaces(tx)).find(({ id }) => id === placeId)
  if (!place) throw refuse('inventory.place_not_found')
  requireSite(ctx.actor, place.siteId)
  if (variantId === null) return setForPlace(ctx, tx, placeId, units ?? 0)
  if (!(await shelvedVariants(tx, [variantId])).has(variantId)) throw refuse('inventory.variant_not_found')
  const poolId = poolIdOf(variantId, placeId)
  await ensureStockItems(tx, [{ poolId, variantId, placeId }])
  const level = units ?? (await placeSafeties(tx)).get(placeId) ?? 0
  await setSafety(tx, [{ poolId, safety: BigInt(level) }])
  await markOwnSafety(tx, [poolId], units !== null)
  await announceMoved(ctx, tx, [{ variantId, placeId }])
  return 1
}

async function setForPlace(ctx: Ctx, tx: Tx, placeId: string, units: number): Promise<number> {
  const before = await lockPlaceSafety(tx, placeId)
  await updatePlaceSafety(tx, placeId, units)
  const pools = before === units ? [] : await poolsWithoutOwnSafety(tx, placeId)
  if (pools.length === 0) return 0
  const poolIds = pools.map(({ poolId }) => poolId)
  await lockPools(tx, poolIds)
  await changeSafety(tx, poolIds, BigInt(units - before))
  await announceMoved(
    ctx,
    tx,
    pools.map(({ variantId }) => ({ variantId, placeId })),
  )
  return pools.length
}
