import type { z } from 'zod'
import type { inventoryEndpoints } from '@ecluse/contracts/inventory.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { ensurePools, lockPools, readPools } from '../promises/public.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { existingVariants, selectPlaces, type PlaceRow } from './queries/stock.ts'
import { recordCounts } from './record-counts.ts'
import { recordMovements } from './record-movements.ts'

type Input = z.output<typeof inventoryEndpoints.recordMovement.body>

/**
 * What people do with stock by hand: receive, count, transfer, write off. What is promised cannot be transferred or
 * written off by choice; a count says what is, whatever was promised.
 * @returns the pools that changed
 * @throws inventory.place_not_found, inventory.variant_not_found, inventory.same_place, inventory.not_enough, access.wrong_site
 */
export async function moveStock(ctx: Ctx, tx: Tx, input: Input): Promise<string[]> {
  const places = new Map((await selectPlaces(tx)).map((place) => [place.id, place]))
  const place = placeOf(places, input.placeId)
  requireSite(ctx.actor, place.siteId)
  if (!(await existingVariants(tx, [input.variantId])).has(input.variantId)) throw refuse('inventory.variant_not_found')
  const { variantId, placeId, reason } = input
  const poolId = poolIdOf(variantId, placeId)
  switch (input.kind) {
    case 'receipt':
      await recordMovements(ctx, tx, [
        { kind: 'receipt', variantId, placeId, quantity: BigInt(input.quantity), reason },
      ])
      return [poolId]
    case 'count':
      await recordCounts(ctx, tx, [{ variantId, placeId, counted: input.counted, reason }])
      return [poolId]
    case 'loss':
      await requireAvailable(tx, [poolId], poolId, input.quantity)
      await recordMovements(ctx, tx, [{ kind: 'loss', variantId, placeId, quantity: -BigInt(input.quantity), reason }])
      return [poolId]
    case 'transfer': {
      if (input.toPlaceId === placeId) throw refuse('inventory.same_place')
      placeOf(places, input.toPlaceId)
      const toPoolId = poolIdOf(variantId, input.toPlaceId)
      await requireAvailable(tx, [poolId, toPoolId], poolId, input.quantity)
      const quantity = BigInt(input.quantity)
      await recordMovements(ctx, tx, [
        {
          kind: 'transfer_out',
          variantId,
          placeId,
          quantity: -quantity,
          reason,
          reference: places.get(input.toPlaceId)?.code ?? null,
        },
        { kind: 'transfer_in', variantId, placeId: input.toPlaceId, quantity, reason, reference: place.code },
      ])
      return [poolId, toPoolId]
    }
  }
}

function placeOf(places: ReadonlyMap<string, PlaceRow>, placeId: string): PlaceRow {
  const place = places.get(placeId)
  if (!place) throw refuse('inventory.place_not_found')
  return place
}

/** Locks the pools and makes sure one has that many units nobody was promised. */
async function requireAvailable(tx: Tx, lock: readonly string[], poolId: string, quantity: number): Promise<void> {
  await ensurePools(tx, 'stock', [...lock].sort())
  await lockPools(tx, lock)
  const [pool] = await readPools(tx, [poolId])
  // The safety margin binds promises to customers, not the people who move stock.
  const free = (pool?.available ?? 0n) + (pool?.safety ?? 0n)
  if (free < BigInt(quantity)) throw refuse('inventory.not_enough', { available: Number(free > 0n ? free : 0n) })
}
