import type { SerialState } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type TrackedMovement = {
  readonly movementId: string
  readonly sku: string
  readonly tracking: 'lot' | 'serial'
  readonly withExpiry: boolean
  readonly minDaysLeft: number
}

export type LotRow = {
  readonly lotId: string
  readonly variantId: string
  readonly number: string | null
  readonly serial: boolean
  readonly expiresOn: string | null
  readonly state: SerialState | null
  readonly asideFor: string | null
  readonly blocked: boolean
}

const lotColumns = sql`l.lot_id as "lotId", l.variant_id as "variantId", l.number, l.serial, l.expires_on as "expiresOn",
  l.state, l.aside_for as "asideFor", l.blocked_at is not null as blocked`

/** Writes lots that are not known yet. */
export async function insertLots(
  tx: Tx,
  lots: readonly {
    readonly lotId: string
    readonly variantId: string
    readonly number: string | null
    readonly serial: boolean
    readonly expiresOn: string | null
  }[],
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.lot (lot_id, variant_id, number, serial, expires_on, state, created_at)
        select l."lotId", l."variantId", l.number, l.serial, l."expiresOn", case when l.serial then 'away' end, ${now}
        from json_to_recordset(${asJson(lots)}::json)
          as l ("lotId" uuid, "variantId" uuid, number text, serial boolean, "expiresOn" date)
        on conflict do nothing`,
  )
}

/** Lots by the numbers on their labels; the one without a number is asked for by null. */
export function selectNamedLots(
  db: Queryable,
  names: readonly { readonly variantId: string; readonly number: string | null }[],
): Promise<LotRow[]> {
  return query(
    db,
    sql`select ${lotColumns} from inventory.lot l
        join unnest(${names.map((n) => n.variantId)}::uuid[], ${names.map((n) => n.number)}::text[]) as n (variant_id, number)
          on n.variant_id = l.variant_id and n.number is not distinct from l.number`,
  )
}

export function selectLots(db: Queryable, lotIds: readonly string[]): Promise<LotRow[]> {
  return query(db, sql`select ${lotColumns} from inventory.lot l where l.lot_id = any(${lotIds}::uuid[])`)
}

export type ShelfRow = LotRow & {
  readonly poolId: string
  readonly units: number
  readonly keptBack: number
  readonly picks: readonly { readonly lineId: string; readonly units: number }[]
}

/** What lies of each lot in pools, and what of it was put aside. Changes nothing and locks nothing: the pools are locked. */
export function selectShelf(db: Queryable, poolIds: readonly string[]): Promise<ShelfRow[]> {
  return query(
    db,
    sql`select b.pool_id as "poolId", ${lotColumns}, b.units, b.kept_back as "keptBack",
               (select coalesce(json_agg(json_build_object('lineId', k.line_id, 'units', k.units)), '[]')
                from inventory.lot_pick k where k.pool_id = b.pool_id and k.lot_id = b.lot_id) as picks
        from inventory.lot_balance b join inventory.lot l on l.lot_id = b.lot_id
        where b.pool_id = any(${poolIds}::uuid[]) and b.units + b.kept_back > 0`,
  )
}

export type LotChange = {
  readonly poolId: string
  readonly movementId: string
  readonly lotId: string
  readonly quantity: number
  readonly keptBack: number
  readonly lineId: string | null
}

/** Moves lots: their balances and their journal. The database refuses what would leave less than nothing. */
export async function writeLotChanges(tx: Tx, changes: readonly LotChange[]): Promise<void> {
  const sums = sql`select d."poolId", d."lotId", sum(d.quantity)::int as quantity, sum(d."keptBack")::int as kept
    from json_to_recordset(${asJson(changes)}::json) as d ("poolId" uuid, "lotId" uuid, quantity int, "keptBack" int)
    group by d."poolId", d."lotId"`
  await execute(
    tx,
    sql`insert into inventory.lot_balance (pool_id, lot_id, units)
        select s."poolId", s."lotId", 0 from (${sums}) s on conflict (pool_id, lot_id) do nothing`,
  )
  await execute(
    tx,
    sql`update inventory.lot_balance b set units = b.units + s.quantity, kept_back = b.kept_back + s.kept
        from (${sums}) s where b.pool_id = s."poolId" and b.lot_id = s."lotId"`,
  )
  await execute(
    tx,
    sql`insert into inventory.lot_movement (pool_id, movement_id, lot_id, quantity, line_id)
        select d."poolId", d."movementId", d."lotId", d.quantity, d."lineId"
        from json_to_recordset(${asJson(changes)}::json)
          as d ("poolId" uuid, "movementId" uuid, "lotId" uuid, quantity int, "lineId" uuid)`,
  )
}

/**
 * Units with serial numbers go from one state to another: guarded, so that of two who take the same one wins.
 * @returns those that did
 */
export async function changeSerials(
  tx: Tx,
  changes: readonly {
    readonly lotId: string
    readonly origins: readonly SerialState[]
    readonly target: SerialState
    readonly lineId: string | null
  }[],
): Promise<Map<string, { blocked: boolean }>> {
  const rows = await query<{ lotId: string; blocked: boolean }>(
    tx,
    sql`update inventory.lot l set state = d.target, aside_for = null
        from json_to_recordset(${asJson(changes.toSorted((a, b) => (a.lotId < b.lotId ? -1 : 1)))}::json)
          as d ("lotId" uuid, origins jsonb, target text, "lineId" uuid)
        where l.lot_id = d."lotId" and d.origins ? l.state
          and (l.aside_for is null or l.aside_for is not distinct from d."lineId" or d.target <> 'sold')
        returning l.lot_id as "lotId", l.blocked_at is not null as blocked`,
  )
  return new Map(rows.map(({ lotId, blocked }) => [lotId, { blocked }]))
}

/** Which lots of an article left with an order and are still with its buyer. */
export function selectSold(
  db: Queryable,
  orderId: string,
  variantId: string,
): Promise<{ lotId: string; number: string | null; lineId: string | null; units: number }[]> {
  return query(
    db,
    sql`select x.lot_id as "lotId", l.number, x.line_id as "lineId", -sum(x.quantity)::int as units
        from inventory.stock_movement m
        join inventory.lot_movement x on x.pool_id = m.pool_id and x.movement_id = m.id
        join inventory.lot l on l.lot_id = x.lot_id
        where m.order_id = ${orderId} and m.variant_id = ${variantId} and m.kind in ('sale', 'return')
        group by x.lot_id, l.number, x.line_id having sum(x.quantity) < 0
        order by max(m.moved_at) desc, x.lot_id`,
  )
}

/** Which lots a document has moved in a pool, by a kind: those of a receipt, a transfer or a return. */
export function selectMovedBy(
  db: Queryable,
  poolId: string,
  reference: string,
  kind: string,
): Promise<{ lotId: string; units: number }[]> {
  return query(
    db,
    sql`select x.lot_id as "lotId", abs(sum(x.quantity))::int as units
        from inventory.stock_movement m
        join inventory.lot_movement x on x.pool_id = m.pool_id and x.movement_id = m.id
        where m.pool_id = ${poolId} and m.reference = ${reference} and m.kind = ${kind}
        group by x.lot_id having sum(x.quantity) <> 0 order by x.lot_id`,
  )
}

/** How some articles are followed; those that are not are left out. */
export function selectTrackingOf(
  db: Queryable,
  variantIds: readonly string[],
): Promise<({ variantId: string } & StockTracking)[]> {
  return query(
    db,
    sql`select variant_id as "variantId", mode, with_expiry as "withExpiry", min_days_left as "minDaysLeft"
        from inventory.tracked_variant where variant_id = any(${variantIds}::uuid[])`,
  )
}
