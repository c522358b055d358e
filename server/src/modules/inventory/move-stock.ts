import type { z } from 'zod'
import type { inventoryEndpoints } from '@ecluse/contracts/inventory.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { placeOf, requireOwnPlace } from './actors-places.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { shelvedVariants, selectPlaces } from './queries/stock.ts'
import { recordCounts } from './record-counts.ts'
import { recordMovements } from './record-movements.ts'
import { requireAvailable } from './require-available.ts'

type Input = z.output<typeof inventoryEndpoints.recordMovement.body>

/**
 * What people do with stock by hand: receive, count, transfer, write off. What is promised cannot be transferred or
 * written off by choice; a count says what is, whatever was promised.
 * @returns the pools that changed
 * @throws inventory.place_not_found, inventory.variant_not_found, inventory.same_place, inventory.not_enough, access.wrong_site
 */
export async function moveStock(ctx: Ctx, tx: Tx, input: Input): Promise<string[]> {
  const places = new Map((await selectPlaces(tx)).map((place) => [place.id, place]))
  const place = requireOwnPlace(ctx, places, input.placeId)
  if (!(await shelvedVariants(tx, [input.variantId])).has(input.variantId)) throw refuse('inventory.variant_not_found')
  const { variantId, placeId, reason } = input
  const reasonCode = input.reasonCode ?? null
  const poolId = poolIdOf(variantId, placeId)
  switch (input.kind) {
    case 'receipt':
      await recordMovements(ctx, tx, [
        { kind: 'receipt', variantId, placeId, quantity: BigInt(input.quantity), reasonCode, reason, lots: input.lots },
      ])
      return [poolId]
    case 'count':
      await recordCounts(ctx, tx, [
        {
          variantId,
          placeId,
          counted: input.counted,
          reasonCode: reasonCode ?? 'count_difference',
          reason,
          lots: input.lots,
        },
      ])
      return [poolId]
    case 'loss':
      await requireAvailable(tx, [{ poolId, quantity: input.quantity }])
      await recordMovements(ctx, tx, [
        { kind: 'loss', variantId, placeId, quantity: -BigInt(input.quantity), reasonCode, reason, lots: input.lots },
      ])
      return [poolId]
    case 'transfer': {
      if (input.toPlaceId === placeId) throw refuse('inventory.same_place')
      placeOf(places, input.toPlaceId)
      const toPoolId = poolIdOf(variantId, input.toPlaceId)
      await requireAvailable(tx, [{ poolId, quantity: input.quantity }], [toPoolId])
      const quantity = BigInt(input.quantity)
      await recordMovements(ctx, tx, [
        {
          kind: 'transfer_out',
          variantId,
          placeId,
          quantity: -quantity,
          reasonCode,
          reason,
          reference: places.get(input.toPlaceId)?.code ?? null,
          lots: input.lots,
        },
        {
          kind: 'transfer_in',
          variantId,
          placeId: input.toPlaceId,
          quantity,
          reasonCode,
          reason,
          reference: place.code,
          fromPlaceId: placeId,
        },
      ])
      return [poolId, toPoolId]
    }
  }
}
