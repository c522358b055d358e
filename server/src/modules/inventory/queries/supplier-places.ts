import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** A supplier who sends to our customers, as it is kept. */
export type SupplierPlaceRow = {
  place_id: string
  supplier_name: string
  locale: Locale
  sends_orders: boolean
}

/** The same with where it is and what it has. */
export type ListedSupplierPlace = SupplierPlaceRow & {
  place_code: string
  ships: boolean
  site_id: string
  email: string | null
  street: string
  postal_code: string
  locality: string
  country: string
  articles: number
  units: number
  promised: number
  open_orders: number
  stock_told_at: Date | null
}

/** Suppliers who send to our customers, by name: all of them, or those of some places. */
export async function selectSupplierPlaces(
  db: Queryable,
  placeIds: readonly string[] | null,
): Promise<ListedSupplierPlace[]> {
  return query(
    db,
    sql`select sp.place_id, sp.supplier_name, sp.locale, sp.sends_orders, sp.stock_told_at, p.code as place_code,
               p.ships_parcels as ships, p.site_id, su.email, s.street, s.postal_code, s.locality, s.country,
               held.articles, held.units, held.promised,
               (select count(*)::int from inventory.supplier_order o
                where o.place_id = sp.place_id and o.direct_for is not null and o.state in ('draft', 'ordered')) as open_orders
        from inventory.supplier_place sp
        join inventory.place p on p.id = sp.place_id
        join channels.site s on s.id = p.site_id
        left join inventory.supplier su on su.name = sp.supplier_name
        cross join lateral (
          select (count(*) filter (where pool.capacity > 0))::int as articles, coalesce(sum(pool.capacity), 0)::int as units,
                 coalesce(sum(pool.held + pool.committed), 0)::int as promised
          from inventory.stock_item i join promises.pool pool on pool.id = i.pool_id
          where i.place_id = sp.place_id) held
        where ${placeIds}::uuid[] is null or sp.place_id = any(${placeIds}::uuid[])
        order by sp.supplier_name`,
  )
}

/** Whether the place is that of a supplier who sends for us, and how it is written to. */
export async function selectSupplierPlace(db: Queryable, placeId: string): Promise<SupplierPlaceRow | undefined> {
  return maybeOne(
    db,
    sql`select place_id, supplier_name, locale, sends_orders from inventory.supplier_place where place_id = ${placeId}`,
  )
}

/** Adds a supplier's place. @returns false when that supplier has one */
export async function insertSupplierPlace(
  tx: Tx,
  row: SupplierPlaceRow,
  at: Date,
  by: string | null,
): Promise<boolean> {
  const added = await execute(
    tx,
    sql`insert into inventory.supplier_place (place_id, supplier_name, locale, sends_orders, changed_at, changed_by)
        values (${row.place_id}, ${row.supplier_name}, ${row.locale}, ${row.sends_orders}, ${at}, ${by})
        on conflict (supplier_name) do nothing`,
  )
  return added > 0
}

export async function updateSupplierPlace(
  tx: Tx,
  row: Omit<SupplierPlaceRow, 'supplier_name'>,
  at: Date,
  by: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_place
        set locale = ${row.locale}, sends_orders = ${row.sends_orders}, changed_at = ${at}, changed_by = ${by}
        where place_id = ${row.place_id}`,
  )
}

/**
 * Says where a supplier is written to. The row is locked from then on: of two people who declare the same supplier, one waits.
 */
export async function keepSupplierEmail(
  tx: Tx,
  name: string,
  email: string | null,
  at: Date,
  by: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.supplier (name, email, changed_at, changed_by) values (${name}, ${email}, ${at}, ${by})
        on conflict (name) do update set email = excluded.email, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
  )
}

/** Calls a supplier by another name, in all that is kept of them. @returns false when another supplier has it */
export async function renameSupplier(tx: Tx, from: string, to: string): Promise<boolean> {
  const free = await execute(
    tx,
    sql`update inventory.supplier set name = ${to}
        where name = ${from} and not exists (select from inventory.supplier other where other.name = ${to})
          and not exists (select from inventory.supplier_place other where other.supplier_name = ${to})`,
  )
  if (free === 0) return false
  await execute(tx, sql`update inventory.supplier_place set supplier_name = ${to} where supplier_name = ${from}`)
  await execute(tx, sql`update inventory.supplier_order set supplier_name = ${to} where supplier_name = ${from}`)
  return true
}

export async function noteStockTold(tx: Tx, placeId: string, at: Date): Promise<void> {
  await execute(tx, sql`update inventory.supplier_place set stock_told_at = ${at} where place_id = ${placeId}`)
}

/** Codes that begin alike, of places and of their sites. */
export async function selectCodesLike(db: Queryable, base: string): Promise<Set<string>> {
  const rows = await query<{ code: string }>(
    db,
    sql`select code from inventory.place where code like ${`${base}%`}
        union select code from channels.site where code like ${`${base}%`}`,
  )
  return new Set(rows.map(({ code }) => code))
}

/** Articles that can lie on a shelf by SKU or GTIN, with what a place has of them. */
export async function selectToldArticles(
  db: Queryable,
  placeId: string,
  codes: readonly string[],
): Promise<{ id: string; sku: string; gtin: string | null; onHand: number; serial: boolean }[]> {
  return query(
    db,
    sql`select v.id, v.sku, v.gtin, coalesce(p.capacity, 0)::int as "onHand",
               exists (select from inventory.tracked_variant t where t.variant_id = v.id and t.mode = 'serial') as serial
        from catalog.variant v
        join catalog.product pr on pr.id = v.product_id
        left join inventory.stock_item i on i.variant_id = v.id and i.place_id = ${placeId}
        left join promises.pool p on p.id = i.pool_id
        where v.archived_at is null and pr.kind <> 'digital' and (v.sku = any(${codes}::text[]) or v.gtin = any(${codes}::text[]))`,
  )
}

/** Articles of which a place has units, other than some; not those followed by serial number. */
export async function selectOtherUnits(
  db: Queryable,
  placeId: string,
  variantIds: readonly string[],
): Promise<{ variantId: string }[]> {
  return query(
    db,
    sql`select i.variant_id as "variantId" from inventory.stock_item i join promises.pool p on p.id = i.pool_id
        where i.place_id = ${placeId} and p.capacity > 0 and i.variant_id <> all(${variantIds}::uuid[])
          and not exists (select from inventory.tracked_variant t where t.variant_id = i.variant_id and t.mode = 'serial')
        order by i.variant_id`,
  )
}
