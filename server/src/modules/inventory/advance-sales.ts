import type { AdvanceSale } from '@ecluse/contracts/availability.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { lockPools, setAdvance } from '../promises/public.ts'
import type { AdvanceRule, AdvanceRules } from './domain/advance-promise.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { ensureStockItems } from './ensure-stock-items.ts'
import {
  advanceVariantsOf,
  advanceVariantsTo,
  replaceAdvanceSales,
  selectAdvanceLevels,
  selectAdvanceSales,
  selectDatedArrivals,
  type AdvanceSaleRow,
} from './queries/advance-sales.ts'
import { channelIdOf } from './queries/availability.ts'
import { shelvedVariants, selectPlaces } from './queries/stock.ts'
import type { TransferRow } from './queries/transfers.ts'

type AtPlace = { readonly variantId: string; readonly placeId: string }

/** What may be sold ahead of an article, channel by channel. */
export async function readAdvanceSales(db: Queryable, variantId: string): Promise<AdvanceSale[]> {
  return (await selectAdvanceSales(db, variantId)).map((row) => ({
    channelCode: row.channel_code,
    kind: row.kind,
    placeId: row.place_id,
    basis: row.basis,
    limitUnits: row.limit_units,
    shipsOn: row.ships_on,
    delayDays: row.delay_days,
  }))
}

/**
 * Says in which channels an article is sold before its release, or when nothing is left; everything said before is replaced. What
 * is promised stays promised.
 * @throws inventory.variant_not_found, inventory.place_not_found, channels.not_found
 */
export async function setAdvanceSales(
  ctx: Ctx,
  tx: Tx,
  variantId: string,
  sales: readonly AdvanceSale[],
): Promise<void> {
  if (!(await shelvedVariants(tx, [variantId])).has(variantId)) throw refuse('inventory.variant_not_found')
  const places = new Set((await selectPlaces(tx)).map(({ id }) => id))
  for (const { channelCode, placeId } of sales) {
    if (!places.has(placeId)) throw refuse('inventory.place_not_found')
    if ((await channelIdOf(tx, channelCode)) === undefined) throw refuse('channels.not_found', { code: channelCode })
  }
  const before = await selectAdvanceSales(tx, variantId)
  await replaceAdvanceSales(tx, variantId, sales.map(rowOf))
  const placeIds = new Set([...before.map((row) => row.place_id), ...sales.map((sale) => sale.placeId)])
  const items = [...placeIds].map((placeId) => ({ variantId, placeId, poolId: poolIdOf(variantId, placeId) }))
  await ensureStockItems(tx, items)
  await syncAdvance(tx, items)
  await publish(tx, ctx, [
    {
      type: 'inventory.advance_sale_changed',
      version: 1,
      // Each change is an event of its own.
      aggregateId: ctx.ids.next(),
      payload: { variantId, channelCodes: sales.map(({ channelCode }) => channelCode) },
    },
  ])
}

function rowOf(sale: AdvanceSale): Omit<AdvanceSaleRow, 'variant_id'> {
  return {
    channel_code: sale.channelCode,
    kind: sale.kind,
    place_id: sale.placeId,
    basis: sale.basis,
    limit_units: sale.limitUnits,
    ships_on: sale.shipsOn,
    delay_days: sale.delayDays,
  }
}

/**
 * Lets pools promise ahead as much as is to come, or was allowed. The pools are locked first, so that of two orders to suppliers that
 * change at once the second counts what the first has changed.
 */
async function syncAdvance(tx: Tx, items: readonly AtPlace[]): Promise<void> {
  if (items.length === 0) return
  const poolIds = items.map(({ variantId, placeId }) => poolIdOf(variantId, placeId))
  await lockPools(tx, poolIds)
  const levels = await selectAdvanceLevels(tx, [...new Set(items.map(({ variantId }) => variantId))])
  const known = new Map(levels.map((level) => [poolIdOf(level.variantId, level.placeId), level.advance]))
  await setAdvance(
    tx,
    poolIds.map((poolId) => ({ poolId, advance: known.get(poolId) ?? 0n })),
  )
}

/** An order to a supplier was sent, came in part, or will not come: as much less or more can be promised ahead. */
export async function syncAdvanceOf(tx: Tx, supplierOrderId: string, placeId: string): Promise<void> {
  const variantIds = await advanceVariantsOf(tx, supplierOrderId)
  await syncAdvance(
    tx,
    variantIds.map((variantId) => ({ variantId, placeId })),
  )
}

/** The pools that a transfer changes what can be promised ahead of, where it goes. */
export async function advancePoolsOf(
  tx: Tx,
  { id, to_place_id: placeId }: Pick<TransferRow, 'id' | 'to_place_id'>,
): Promise<string[]> {
  return (await advanceVariantsTo(tx, id)).map((variantId) => poolIdOf(variantId, placeId))
}

/** A transfer has left, or has arrived: as much more or less can be promised ahead where it goes. */
export async function syncAdvanceAt(
  tx: Tx,
  { id, to_place_id: placeId }: Pick<TransferRow, 'id' | 'to_place_id'>,
): Promise<void> {
  const variantIds = await advanceVariantsTo(tx, id)
  await syncAdvance(
    tx,
    variantIds.map((variantId) => ({ variantId, placeId })),
  )
}

/** The rules by channel code and article, as decisions use them. Channels that sell nothing ahead are absent. */
export async function loadAdvanceSales(db: Queryable): Promise<Map<string, Map<string, AdvanceRules>>> {
  const sales = await selectAdvanceSales(db)
  const byChannel = new Map<string, Map<string, AdvanceRules>>()
  if (sales.length === 0) return byChannel
  const arrivals = await selectDatedArrivals(db)
  for (const row of sales) {
    const rules = byChannel.get(row.channel_code) ?? new Map<string, AdvanceRules>()
    byChannel.set(row.channel_code, rules)
    const rule = ruleOf(row, arrivals)
    const known = rules.get(row.variant_id) ?? { preOrder: null, backOrder: null }
    rules.set(row.variant_id, row.kind === 'pre_order' ? { ...known, preOrder: rule } : { ...known, backOrder: rule })
  }
  return byChannel
}

function ruleOf(row: AdvanceSaleRow, arrivals: Awaited<ReturnType<typeof selectDatedArrivals>>): AdvanceRule {
  return {
    kind: row.kind,
    placeId: row.place_id,
    basis: row.basis,
    limitUnits: row.limit_units,
    shipsOn: row.ships_on,
    delayDays: row.delay_days,
    arrivals: arrivals
      .filter((one) => one.variant_id === row.variant_id && one.place_id === row.place_id)
      .map(({ on, units }) => ({ on, units })),
  }
}
