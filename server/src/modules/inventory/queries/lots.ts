import type { Lot, LotSummary } from '@ecluse/contracts/lots.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import sql, { empty, join, type Sql } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { articleColumns, articleJoins, type ArticleRow } from './articles.ts'

export type TrackedRow = ArticleRow & { on_hand: number; without_lot: number; kept_back: number }

/** Variants of a product, or one, and how they are followed. */
export function selectTracking(
  db: Queryable,
  of: { productId: string } | { variantId: string },
  locale: Locale,
): Promise<TrackedRow[]> {
  return query(
    db,
    sql`select ${articleColumns(locale)},
               (select coalesce(sum(p.capacity), 0)::int from inventory.stock_item i join promises.pool p on p.id = i.pool_id
                where i.variant_id = v.id) as on_hand,
               (select coalesce(sum(b.units), 0)::int from inventory.lot l join inventory.lot_balance b on b.lot_id = l.lot_id
                where l.variant_id = v.id and l.number is null) as without_lot,
               (select coalesce(sum(b.kept_back), 0)::int from inventory.lot l join inventory.lot_balance b on b.lot_id = l.lot_id
                where l.variant_id = v.id) as kept_back
        from catalog.variant v ${articleJoins}
        where v.archived_at is null
          and ${'productId' in of ? sql`v.product_id = ${of.productId}` : sql`v.id = ${of.variantId}`}
        order by v.sku`,
  )
}

export async function poolsOfVariant(db: Queryable, variantId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select pool_id as id from inventory.stock_item where variant_id = ${variantId} order by pool_id`,
  )
  return rows.map(({ id }) => id)
}

export async function upsertTracking(tx: Tx, variantId: string, tracking: StockTracking, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.tracked_variant (variant_id, mode, with_expiry, min_days_left, since)
        values (${variantId}, ${tracking.mode}, ${tracking.withExpiry}, ${tracking.minDaysLeft}, ${now})
        on conflict (variant_id) do update set mode = excluded.mode, with_expiry = excluded.with_expiry,
          min_days_left = excluded.min_days_left, since = excluded.since`,
  )
}

/** Ends following an article: nothing is known any more of which lots lie where. Their history stays. */
export async function forgetLots(tx: Tx, variantId: string): Promise<void> {
  const ofVariant = sql`select lot_id from inventory.lot where variant_id = ${variantId}`
  await execute(tx, sql`delete from inventory.lot_pick where lot_id in (${ofVariant})`)
  await execute(tx, sql`delete from inventory.lot_balance where lot_id in (${ofVariant})`)
  await execute(
    tx,
    sql`update inventory.lot set state = 'away', aside_for = null
        where variant_id = ${variantId} and state in ('in_stock', 'in_transit')`,
  )
  await execute(tx, sql`delete from inventory.tracked_variant where variant_id = ${variantId}`)
}

/** What lies in pools already is of no known lot. */
export async function insertWithoutLot(
  tx: Tx,
  lotId: string,
  levels: readonly { poolId: string; units: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.lot_balance (pool_id, lot_id, units)
        select d.pool_id, ${lotId}, d.units
        from unnest(${levels.map((l) => l.poolId)}::uuid[], ${levels.map((l) => l.units)}::int[]) as d (pool_id, units)
        where d.units > 0`,
  )
}

export type LotHeadRow = ArticleRow & {
  lot_id: string
  number: string | null
  serial: boolean
  expires_on: string | null
  state: LotSummary['state']
  blocked_at: Date | null
  blocked_by: string | null
  block_reason: NonNullable<LotSummary['blocked']>['reason'] | null
  block_note: string | null
  on_hand: number
  kept_back: number
}

const lotColumns = (locale: Locale, placeIds: readonly string[] | null): Sql => {
  const here = placeIds ? sql`and i.place_id = any(${placeIds}::uuid[])` : empty
  const balances = sql`from inventory.lot_balance b join inventory.stock_item i on i.pool_id = b.pool_id
                       where b.lot_id = l.lot_id ${here}`
  return sql`${articleColumns(locale)}, l.lot_id, l.number, l.serial, l.expires_on, l.state, l.blocked_at, l.blocked_by,
    l.block_reason, l.block_note, (select coalesce(sum(b.units), 0)::int ${balances}) as on_hand,
    (select coalesce(sum(b.kept_back), 0)::int ${balances}) as kept_back`
}

export type LotFilter = {
  locale: Locale
  q?: string | undefined
  /** What a scanned symbol says. */
  scanned?: { gtin?: string | undefined; number?: string | undefined } | undefined
  variantId?: string | undefined
  placeIds: readonly string[] | null
  only?: 'on_hand' | 'kept_back' | 'blocked' | 'expiring' | undefined
  /** `expiring`: until this day. */
  soon: string
  beforeId?: string | undefined
  limit: number
}

/** Lots that have a number, newest first. Who works in some shops sees the numbers of all, and what lies in theirs. */
export function selectLotHeads(db: Queryable, filter: LotFilter): Promise<LotHeadRow[]> {
  const like = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const lies = (what: Sql): Sql => sql`exists (
    select from inventory.lot_balance b join inventory.stock_item i on i.pool_id = b.pool_id
    where b.lot_id = l.lot_id and ${what}
      ${filter.placeIds ? sql`and i.place_id = any(${filter.placeIds}::uuid[])` : empty})`
  const conditions = [
    sql`l.number is not null`,
    filter.variantId ? sql`l.variant_id = ${filter.variantId}` : empty,
    filter.scanned?.gtin ? sql`ltrim(v.gtin, '0') = ltrim(${filter.scanned.gtin}, '0')` : empty,
    filter.scanned?.number ? sql`upper(l.number) = upper(${filter.scanned.number})` : empty,
    filter.q && !filter.scanned
      ? sql`(l.number ilike ${like} or v.sku ilike ${like} or public.unaccent(pr.name_fr) ilike public.unaccent(${like})
             or public.unaccent(pr.name_en) ilike public.unaccent(${like}))`
      : empty,
    filter.only === 'on_hand' ? lies(sql`b.units > 0`) : empty,
    filter.only === 'kept_back' ? lies(sql`b.kept_back > 0`) : empty,
    filter.only === 'blocked' ? sql`l.blocked_at is not null` : empty,
    filter.only === 'expiring'
      ? sql`(l.expires_on - coalesce((select t.min_days_left from inventory.tracked_variant t where t.variant_id = l.variant_id), 0)
             <= ${filter.soon}::date and ${lies(sql`b.units > 0`)})`
      : empty,
    filter.beforeId ? sql`l.lot_id < ${filter.beforeId}` : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select ${lotColumns(filter.locale, filter.placeIds)}
        from inventory.lot l join catalog.variant v on v.id = l.variant_id ${articleJoins}
        where ${join(conditions, ' and ')} order by l.lot_id desc limit ${filter.limit + 1}`,
  )
}

export function selectLotHead(db: Queryable, lotId: string, locale: Locale): Promise<LotHeadRow | undefined> {
  return maybeOne(
    db,
    sql`select ${lotColumns(locale, null)}
        from inventory.lot l join catalog.variant v on v.id = l.variant_id ${articleJoins}
        where l.lot_id = ${lotId} and l.number is not null`,
  )
}

export function selectLotPlaces(db: Queryable, lotId: string): Promise<Lot['places']> {
  return query(
    db,
    sql`select i.place_id as "placeId", p.name as "placeName", b.units, b.kept_back as "keptBack"
        from inventory.lot_balance b join inventory.stock_item i on i.pool_id = b.pool_id
        join inventory.place p on p.id = i.place_id
        where b.lot_id = ${lotId} and b.units + b.kept_back > 0 order by p.name`,
  )
}

/** By which receipts of which suppliers' orders a lot came. */
export function selectLotReceipts(
  db: Queryable,
  lotId: string,
): Promise<(Omit<Lot['receipts'][number], 'at'> & { at: Date })[]> {
  return query(
    db,
    sql`select r.number, r.received_at as at, p.name as "placeName", sum(x.quantity)::int as units,
               o.supplier_order_id as "supplierOrderId", o.number as "supplierOrderNumber", o.supplier_name as "supplierName"
        from inventory.lot_movement x
        join inventory.stock_movement m on m.pool_id = x.pool_id and m.id = x.movement_id and m.kind = 'receipt'
        join inventory.receipt r on r.number = m.reference and r.undone_at is null
        join inventory.supplier_order o on o.supplier_order_id = r.supplier_order_id
        join inventory.place p on p.id = r.place_id
        where x.lot_id = ${lotId}
        group by r.receipt_id, p.name, o.supplier_order_id order by r.receipt_id`,
  )
}

/** How a lot moved, newest first. */
export function selectLotMovements(
  db: Queryable,
  lotId: string,
): Promise<(Omit<Lot['movements'][number], 'at'> & { at: Date })[]> {
  return query(
    db,
    sql`select m.id, m.moved_at as at, m.kind, p.name as "placeName", x.quantity, m.reference, m.order_id as "orderId", m.actor
        from inventory.lot_movement x
        join inventory.stock_movement m on m.pool_id = x.pool_id and m.id = x.movement_id
        join inventory.place p on p.id = m.place_id
        where x.lot_id = ${lotId} order by m.id desc limit 500`,
  )
}

/** Orders with which units of a lot left: how many, and how many came back. */
export function selectOrdersOfLot(
  db: Queryable,
  lotId: string,
  placeIds: readonly string[] | null,
): Promise<{ orderId: string; left: number; cameBack: number; at: Date }[]> {
  return query(
    db,
    sql`select m.order_id as "orderId", -(sum(x.quantity) filter (where m.kind = 'sale'))::int as left,
               coalesce(sum(x.quantity) filter (where m.kind = 'return'), 0)::int as "cameBack",
               min(m.moved_at) as at
        from inventory.lot_movement x
        join inventory.stock_movement m on m.pool_id = x.pool_id and m.id = x.movement_id
        where x.lot_id = ${lotId} and m.order_id is not null and m.kind in ('sale', 'return')
          ${placeIds ? sql`and m.place_id = any(${placeIds}::uuid[])` : empty}
        group by m.order_id having count(*) filter (where m.kind = 'sale') > 0 order by min(m.moved_at) desc`,
  )
}

/** What the buyer of an order has, lot by lot. */
export function selectLotsOfOrder(
  db: Queryable,
  orderId: string,
): Promise<
  {
    lineId: string | null
    variantId: string
    lotId: string
    number: string | null
    serial: boolean
    expiresOn: string | null
    units: number
  }[]
> {
  return query(
    db,
    sql`select x.line_id as "lineId", m.variant_id as "variantId", x.lot_id as "lotId", l.number, l.serial,
               l.expires_on as "expiresOn", -sum(x.quantity)::int as units
        from inventory.stock_movement m
        join inventory.lot_movement x on x.pool_id = m.pool_id and x.movement_id = m.id
        join inventory.lot l on l.lot_id = x.lot_id
        where m.order_id = ${orderId} and m.kind in ('sale', 'return')
        group by x.line_id, m.variant_id, x.lot_id, l.number, l.serial, l.expires_on
        having sum(x.quantity) < 0 order by l.number nulls last`,
  )
}

export type DueRow = { poolId: string; variantId: string; placeId: string; lotId: string; units: number }

/** What lies for sale and may no longer be sold on a day, or is of one lot. */
export function selectToKeepBack(
  db: Queryable,
  of: { today: string; poolId?: string } | { lotId: string },
): Promise<DueRow[]> {
  const which =
    'lotId' in of
      ? sql`b.lot_id = ${of.lotId}`
      : sql`l.expires_on - coalesce(t.min_days_left, 0) < ${of.today}::date
            ${of.poolId ? sql`and b.pool_id = ${of.poolId}` : empty}`
  return query(
    db,
    sql`select b.pool_id as "poolId", i.variant_id as "variantId", i.place_id as "placeId", b.lot_id as "lotId", b.units
        from inventory.lot_balance b join inventory.lot l on l.lot_id = b.lot_id
        join inventory.stock_item i on i.pool_id = b.pool_id
        left join inventory.tracked_variant t on t.variant_id = l.variant_id
        where b.units > 0 and ${which} order by b.pool_id, b.lot_id`,
  )
}

/** What of a lot is kept back, by place. */
export function selectKeptBack(db: Queryable, lotId: string): Promise<DueRow[]> {
  return query(
    db,
    sql`select b.pool_id as "poolId", i.variant_id as "variantId", i.place_id as "placeId", b.lot_id as "lotId",
               b.kept_back as units
        from inventory.lot_balance b join inventory.stock_item i on i.pool_id = b.pool_id
        where b.kept_back > 0 and b.lot_id = ${lotId} order by b.pool_id`,
  )
}

/** Blocks a lot, or lets it go. @returns whether it was not already */
export async function setBlocked(
  tx: Tx,
  lotId: string,
  block: { at: Date; by: string | null; reason: string; note: string | null } | null,
): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update inventory.lot set blocked_at = ${block?.at ?? null}, blocked_by = ${block?.by ?? null},
          block_reason = ${block?.reason ?? null}, block_note = ${block?.note ?? null}
        where lot_id = ${lotId} and (blocked_at is null) = ${block !== null}`,
  )
  return changed === 1
}

/** Where the lots of a followed article do not add up to what is on hand, or a serial number is not where its state says. */
export function compareLots(
  db: Queryable,
): Promise<{ variantId: string; placeId: string; quantity: string; stored: bigint; recomputed: bigint }[]> {
  return query(
    db,
    sql`with sums as (
          select b.pool_id, sum(b.units)::bigint as units, sum(b.kept_back)::bigint as kept from inventory.lot_balance b group by 1)
        select i.variant_id as "variantId", i.place_id as "placeId", 'lots' as quantity, p.capacity as stored,
               coalesce(s.units, 0) as recomputed
        from inventory.tracked_variant t join inventory.stock_item i on i.variant_id = t.variant_id
        join promises.pool p on p.id = i.pool_id left join sums s on s.pool_id = i.pool_id
        where p.capacity <> coalesce(s.units, 0)
        union all
        select i.variant_id, i.place_id, 'serials', b.units + b.kept_back, (l.state = 'in_stock')::int + (l.state = 'kept_back')::int
        from inventory.lot l join inventory.lot_balance b on b.lot_id = l.lot_id
        join inventory.stock_item i on i.pool_id = b.pool_id
        where l.serial and b.units + b.kept_back > 0
          and ((l.state = 'in_stock') <> (b.units = 1) or (l.state = 'kept_back') <> (b.kept_back = 1) or b.units + b.kept_back > 1)`,
  )
}
