import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import sql, { empty, join } from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** A product's options as the catalogue stores them. */
export type ProductOptions = { code: string; values: { code: string; name: LocalizedText }[] }[]

export type PlaceRow = {
  id: string
  code: string
  name: string
  siteId: string
  shipsParcels: boolean
  offersPickup: boolean
  priority: number
}

/** The places where goods lie. */
export async function selectPlaces(db: Queryable): Promise<PlaceRow[]> {
  return query(
    db,
    sql`select id, code, name, site_id as "siteId", ships_parcels as "shipsParcels", offers_pickup as "offersPickup", priority
        from inventory.place where not downloads order by priority, code`,
  )
}

/** The same, and the place where licences lie. */
export async function selectSellingPlaces(db: Queryable): Promise<(PlaceRow & { downloads: boolean })[]> {
  return query(
    db,
    sql`select id, code, name, site_id as "siteId", ships_parcels as "shipsParcels", offers_pickup as "offersPickup", priority,
               downloads
        from inventory.place order by priority, code`,
  )
}

export async function upsertPlace(tx: Tx, place: PlaceRow): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.place (id, code, name, site_id, ships_parcels, offers_pickup, priority)
        values (${place.id}, ${place.code}, ${place.name}, ${place.siteId}, ${place.shipsParcels}, ${place.offersPickup}, ${place.priority})
        on conflict (code) do update set name = excluded.name, site_id = excluded.site_id,
          ships_parcels = excluded.ships_parcels, offers_pickup = excluded.offers_pickup, priority = excluded.priority`,
  )
}

/** What each article at each place can still promise; of all articles, or of some. */
export async function selectAvailability(
  db: Queryable,
  variantIds?: readonly string[],
): Promise<{ variantId: string; placeId: string; available: number; onHand: number }[]> {
  return query(
    db,
    sql`select i.variant_id as "variantId", i.place_id as "placeId", p.capacity::int as "onHand",
               (p.capacity + p.overbooking - p.safety - p.held - p.committed)::int as available
        from inventory.stock_item i join promises.pool p on p.id = i.pool_id
        ${variantIds ? sql`where i.variant_id = any(${variantIds}::uuid[])` : empty}`,
  )
}

/** Which of these variants exist. */
export async function existingVariants(db: Queryable, variantIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from catalog.variant where id = any(${variantIds}::uuid[])`,
  )
  return new Set(rows.map((row) => row.id))
}

/** Which of these variants can lie on a shelf: files have licences, not units. */
export async function shelvedVariants(db: Queryable, variantIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    db,
    sql`select v.id from catalog.variant v join catalog.product pr on pr.id = v.product_id
        where v.id = any(${variantIds}::uuid[]) and pr.kind <> 'digital'`,
  )
  return new Set(rows.map((row) => row.id))
}

export type StockRow = {
  pool_id: string
  variant_id: string
  place_id: string
  place_name: string
  product_id: string
  sku: string
  gtin: string | null
  product_name: string
  options: Record<string, string>
  product_options: ProductOptions
  image_url: string | null
  location: string | null
  on_hand: bigint
  held: bigint
  committed: bigint
  safety: bigint
  available: bigint
  in_transit: number
}

export type StockFilter = {
  locale: 'fr' | 'en'
  placeIds?: readonly string[] | null
  q?: string | undefined
  siteId?: string | undefined
  placeId?: string | undefined
  variantId?: string | undefined
  productId?: string | undefined
  poolIds?: readonly string[] | undefined
  only?: 'out' | 'low' | 'held' | undefined
  after?: { sku: string; placeId: string } | undefined
  limit: number
}

/** Stock by article and place, every term of what is available, by SKU. */
export async function selectStock(db: Queryable, filter: StockFilter): Promise<StockRow[]> {
  const available = sql`(p.capacity + p.overbooking - p.safety - p.held - p.committed)`
  const like = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    sql`v.archived_at is null`,
    sql`not pl.downloads`,
    filter.placeIds ? sql`i.place_id = any(${filter.placeIds}::uuid[])` : empty,
    filter.siteId ? sql`pl.site_id = ${filter.siteId}` : empty,
    filter.placeId ? sql`i.place_id = ${filter.placeId}` : empty,
    filter.variantId ? sql`i.variant_id = ${filter.variantId}` : empty,
    filter.productId ? sql`v.product_id = ${filter.productId}` : empty,
    filter.poolIds ? sql`i.pool_id = any(${filter.poolIds}::uuid[])` : empty,
    filter.q
      ? sql`(v.sku ilike ${like} or v.gtin like ${like} or public.unaccent(pr.name_fr) ilike public.unaccent(${like})
             or public.unaccent(pr.name_en) ilike public.unaccent(${like}))`
      : empty,
    filter.only === 'out' ? sql`${available} <= 0` : empty,
    filter.only === 'low' ? sql`${available} between 1 and 3` : empty,
    filter.only === 'held' ? sql`p.held + p.committed > 0` : empty,
    filter.after ? sql`(v.sku, i.place_id) > (${filter.after.sku}, ${filter.after.placeId}::uuid)` : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select i.pool_id, i.variant_id, i.place_id, pl.name as place_name, v.product_id, v.sku, v.gtin,
               case when ${filter.locale} = 'en' and pr.name_en <> '' then pr.name_en else pr.name_fr end as product_name,
               v.options, pr.options as product_options, m.url as image_url, i.location, p.capacity as on_hand, p.held, p.committed, p.safety, ${available} as available,
               (select coalesce(sum(tl.sent_units), 0)::int from inventory.transfer_line tl
                join inventory.transfer t on t.transfer_id = tl.transfer_id
                where tl.variant_id = i.variant_id and t.to_place_id = i.place_id and t.state = 'sent') as in_transit
        from inventory.stock_item i
        join promises.pool p on p.id = i.pool_id
        join catalog.variant v on v.id = i.variant_id
        join catalog.product pr on pr.id = v.product_id
        join inventory.place pl on pl.id = i.place_id
        left join catalog.media m on m.product_id = v.product_id and m.position = coalesce(v.media_position, 0)
        where ${join(conditions, ' and ')}
        order by v.sku, i.place_id limit ${filter.limit + 1}`,
  )
}

/** Where the stored quantity on hand differs from the sum of the movements: nowhere, if all is well. */
export async function compareOnHand(
  db: Queryable,
): Promise<{ poolId: string; variantId: string; placeId: string; stored: bigint; recomputed: bigint }[]> {
  return query(
    db,
    sql`select i.pool_id as "poolId", i.variant_id as "variantId", i.place_id as "placeId",
               p.capacity as stored, coalesce(m.total, 0)::bigint as recomputed
        from inventory.stock_item i
        join promises.pool p on p.id = i.pool_id
        left join (select pool_id, sum(quantity) as total from inventory.stock_movement group by pool_id) m
          on m.pool_id = i.pool_id
        where p.capacity <> coalesce(m.total, 0)`,
  )
}

/** Articles and places of pools, for those that are stock. */
export async function itemsOfPools(
  db: Queryable,
  poolIds: readonly string[],
): Promise<{ poolId: string; variantId: string; placeId: string }[]> {
  return query(
    db,
    sql`select pool_id as "poolId", variant_id as "variantId", place_id as "placeId" from inventory.stock_item
        where pool_id = any(${poolIds}::uuid[])`,
  )
}

/** How many articles at places there are. */
export async function countItems(db: Queryable): Promise<number> {
  const rows = await query<{ n: number }>(db, sql`select count(*)::int as n from inventory.stock_item`)
  return rows[0]?.n ?? 0
}
