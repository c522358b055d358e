import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { lockPools } from '../../promises/public.ts'
import { companyDay } from '../domain/company-day.ts'
import { isSellable, unitsOf } from '../domain/choose-lots.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { selectShelf, selectTrackingOf } from '../queries/lot-moves.ts'
import { deletePicks, deletePicksOfLine, insertPicks, ordersWithPicks, setAside } from '../queries/lot-picks.ts'

export type PickedLine = {
  readonly orderId: string
  readonly lineId: string
  readonly variantId: string
  readonly sku: string
  readonly placeId: string
  /** How many units are still to leave from there. */
  readonly quantity: number
  readonly lots: readonly LotUnits[]
}

/**
 * Puts lots aside for a line of an order, instead of those that were. They leave with it; until then nobody else is offered them.
 * The caller holds the order's lock.
 * @throws inventory.lot_short, inventory.lots_add_up, inventory.serial_state, inventory.lot_blocked, inventory.lot_expired
 */
export async function pickLots(ctx: Ctx, tx: Tx, line: PickedLine): Promise<void> {
  const { orderId, lineId, variantId, sku, placeId, quantity, lots } = line
  const poolId = poolIdOf(variantId, placeId)
  await lockPools(tx, [poolId])
  await deletePicksOfLine(tx, orderId, lineId)
  if (lots.length === 0) return
  const named = unitsOf(lots)
  if (named > quantity) throw refuse('inventory.lots_add_up', { sku, units: quantity, named })
  const [tracking] = await selectTrackingOf(tx, [variantId])
  const terms = { today: companyDay(ctx.clock.now()), minDaysLeft: tracking?.minDaysLeft ?? 0 }
  const shelf = new Map((await selectShelf(tx, [poolId])).map((row) => [row.number, row]))
  const picks = lots.map(({ number, units }) => {
    const row = shelf.get(number)
    const available = row ? row.units - unitsOf(row.picks) : 0
    if (row?.serial && row.units > 0 && available < units)
      throw refuse('inventory.serial_state', { number, state: 'aside' })
    if (!row || available < units) throw refuse('inventory.lot_short', { number, available })
    if (row.blocked) throw refuse('inventory.lot_blocked', { number })
    if (!isSellable(row, terms)) throw refuse('inventory.lot_expired', { number, expiresOn: row.expiresOn ?? '' })
    return { orderId, lineId, poolId, lotId: row.lotId, units, serial: row.serial, number }
  })
  const serials = picks.filter(({ serial }) => serial)
  const got = await setAside(
    tx,
    serials.map(({ lotId }) => lotId),
    lineId,
  )
  const missed = serials.find(({ lotId }) => !got.has(lotId))
  if (missed) throw refuse('inventory.serial_state', { number: missed.number, state: 'aside' })
  await insertPicks(tx, picks, ctx.clock.now(), actorLabel(ctx.actor))
}

/**
 * Puts back on the shelf what was put aside for lines of orders that are not prepared there any more.
 * @param openOf what is still prepared of an order, and where; the order's lock is taken by it
 */
export async function releasePicks(
  tx: Tx,
  orderIds: readonly string[],
  openOf: (orderId: string) => Promise<readonly { lineId: string; variantId: string; placeId: string }[]>,
): Promise<void> {
  for (const orderId of await ordersWithPicks(tx, orderIds)) {
    const open = await openOf(orderId)
    await deletePicks(
      tx,
      orderId,
      open.map(({ lineId, variantId, placeId }) => ({ lineId, poolId: poolIdOf(variantId, placeId) })),
    )
  }
}
