import type { z } from 'zod'
import type { lotEndpoints } from '@ecluse/contracts/lots.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { lockPools } from '../../promises/public.ts'
import { requirePlace } from '../actors-places.ts'
import { companyDay } from '../domain/company-day.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { selectKeptBack, selectToKeepBack, setBlocked, type DueRow } from '../queries/lots.ts'
import { selectLots, selectNamedLots, type LotRow } from '../queries/lot-moves.ts'
import { recordMovements, type Movement } from '../record-movements.ts'

type Block = z.output<typeof lotEndpoints.blockLot.body>

/**
 * Recalls a lot: its units leave what can be sold wherever they lie, and what comes in of it later does so too. What was promised
 * to customers stays promised, as after a count: their orders are short.
 * @throws inventory.lot_not_found, inventory.lot_state
 */
export async function blockLot(ctx: Ctx, tx: Tx, lotId: string, { reason, note }: Block): Promise<void> {
  const lot = await requireLot(tx, lotId)
  // Pools before lots, as movements take them.
  await lockPools(tx, [...new Set((await selectToKeepBack(tx, { lotId })).map(({ poolId }) => poolId))].sort())
  const block = { at: ctx.clock.now(), by: actorLabel(ctx.actor), reason, note }
  if (!(await setBlocked(tx, lotId, block))) throw refuse('inventory.lot_state')
  // Read once more, now that nobody can move the lot without seeing that it is blocked.
  const lying = await selectToKeepBack(tx, { lotId })
  await recordMovements(ctx, tx, lying.map(keptBack(lot.number)))
  await tell(ctx, tx, lot, 'inventory.lot_blocked', { reason, units: sum(lying) })
}

/**
 * Lets a lot go: what was kept back of it may be sold again, unless it is no longer good.
 * @throws inventory.lot_not_found, inventory.lot_state
 */
export async function unblockLot(ctx: Ctx, tx: Tx, lotId: string): Promise<void> {
  const lot = await requireLot(tx, lotId)
  await lockPools(tx, [...new Set((await selectKeptBack(tx, lotId)).map(({ poolId }) => poolId))].sort())
  if (!(await setBlocked(tx, lotId, null))) throw refuse('inventory.lot_state')
  const kept = await selectKeptBack(tx, lotId)
  await recordMovements(
    ctx,
    tx,
    kept.map((row) => ({ ...keptBack(lot.number)(row), quantity: BigInt(row.units) })),
  )
  const late = await selectToKeepBack(tx, { today: companyDay(ctx.clock.now()) })
  const again = late.filter((row) => row.lotId === lotId)
  await recordMovements(ctx, tx, again.map(keptBack(lot.number, 'expired')))
  await tell(ctx, tx, lot, 'inventory.lot_unblocked', { units: sum(kept) - sum(again) })
}

/**
 * Destroys units that were kept back: they come into the journal again and go out with the reason.
 * @throws inventory.lot_not_found, inventory.lot_short, access.wrong_site
 */
export async function writeOffLot(
  ctx: Ctx,
  tx: Tx,
  lotId: string,
  { placeId, units, reasonCode }: z.output<typeof lotEndpoints.writeOffLot.body>,
): Promise<void> {
  const { variantId, number } = await requireLot(tx, lotId)
  await requirePlace(ctx, tx, placeId)
  await lockPools(tx, [poolIdOf(variantId, placeId)])
  const lotIds = [{ lotId, units }]
  const movement = { variantId, placeId, reference: number, lotIds }
  await recordMovements(ctx, tx, [
    { ...movement, kind: 'quarantine', quantity: BigInt(units) },
    { ...movement, kind: 'loss', quantity: -BigInt(units), reasonCode },
  ])
}

/**
 * Takes what may no longer be sold out of the quantity on hand, place by place. Doing it twice changes nothing.
 * @returns how many units were kept back
 */
export async function keepBackExpired(ctx: Ctx): Promise<number> {
  const today = companyDay(ctx.clock.now())
  const pools = new Set((await selectToKeepBack(ctx.db, { today })).map(({ poolId }) => poolId))
  let units = 0
  for (const poolId of pools)
    units += await inTransaction(ctx.db, async (tx) => {
      await lockPools(tx, [poolId])
      const due = await selectToKeepBack(tx, { today, poolId })
      const lots = new Map(
        (
          await selectLots(
            tx,
            due.map(({ lotId }) => lotId),
          )
        ).map((lot) => [lot.lotId, lot]),
      )
      await recordMovements(
        ctx,
        tx,
        due.map((row) => keptBack(lots.get(row.lotId)?.number ?? null, 'expired')(row)),
      )
      return sum(due)
    })
  return units
}

/**
 * Recalls a lot by the number on its label.
 * @throws inventory.lot_not_found, inventory.lot_state
 */
export async function blockNumber(
  ctx: Ctx,
  tx: Tx,
  label: { readonly variantId: string; readonly number: string },
  note: string,
): Promise<void> {
  const [lot] = await selectNamedLots(tx, [label])
  if (!lot) throw refuse('inventory.lot_not_found')
  await blockLot(ctx, tx, lot.lotId, { reason: 'recall', note })
}

async function requireLot(tx: Tx, lotId: string): Promise<LotRow> {
  const [lot] = await selectLots(tx, [lotId])
  if (!lot || lot.number === null) throw refuse('inventory.lot_not_found')
  return lot
}

const keptBack =
  (number: string | null, reasonCode: 'expired' | null = null) =>
  ({ variantId, placeId, lotId, units }: DueRow): Movement => ({
    kind: 'quarantine',
    variantId,
    placeId,
    quantity: -BigInt(units),
    reasonCode,
    reference: number,
    lotIds: [{ lotId, units }],
  })

const sum = (rows: readonly DueRow[]): number => rows.reduce((total, { units }) => total + units, 0)

async function tell(
  ctx: Ctx,
  tx: Tx,
  { lotId, number, variantId }: LotRow,
  type: string,
  more: Record<string, string | number>,
): Promise<void> {
  await publish(tx, ctx, [{ type, version: 1, aggregateId: lotId, payload: { lotId, number, variantId, ...more } }])
}
