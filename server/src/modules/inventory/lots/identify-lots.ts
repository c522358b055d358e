import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { lockPools } from '../../promises/public.ts'
import { unitsOf } from '../domain/choose-lots.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { selectShelf, selectTrackingOf } from '../queries/lot-moves.ts'
import { recordMovements } from '../record-movements.ts'
import { supplierPlaces } from '../supplier-orders/direct-orders.ts'

/**
 * Names units that lie at a supplier's: nobody of ours receives them, so their lots are known when the supplier says what was
 * sent. So many units without a number are counted off, and counted in by their numbers; elsewhere, and of what is not there,
 * nothing happens.
 * @throws those of `moveLots`
 */
export async function identifyLots(
  ctx: Ctx,
  tx: Tx,
  { variantId, placeId, lots }: { variantId: string; placeId: string; lots: readonly LotUnits[] },
): Promise<void> {
  if (lots.length === 0 || !(await supplierPlaces(tx)).includes(placeId)) return
  if ((await selectTrackingOf(tx, [variantId])).length === 0) return
  const poolId = poolIdOf(variantId, placeId)
  await lockPools(tx, [poolId])
  const shelf = await selectShelf(tx, [poolId])
  const without = shelf.find(({ number }) => number === null)
  const unknown = lots.flatMap((lot) => {
    const units = lot.units - (shelf.find(({ number }) => number === lot.number)?.units ?? 0)
    return units > 0 ? [{ ...lot, units }] : []
  })
  const units = unitsOf(unknown)
  if (units === 0 || !without || without.units < units) return
  const count = { kind: 'count', variantId, placeId } as const
  await recordMovements(ctx, tx, [
    { ...count, quantity: -BigInt(units), lotIds: [{ lotId: without.lotId, units }] },
    { ...count, quantity: BigInt(units), lots: unknown },
  ])
}
