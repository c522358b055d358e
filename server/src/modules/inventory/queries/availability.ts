import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** One article at one place: what lies there, and what may come. */
export type PlaceTermsRow = {
  place_id: string
  place_name: string
  site_id: string
  ships_parcels: boolean
  place_safety: number
  own_safety: boolean
  on_hand: number
  held: number
  committed: number
  safety: number
}

/** The terms of an article at every place that has, or had, or expects it. */
export async function selectPlaceTerms(db: Queryable, variantId: string): Promise<PlaceTermsRow[]> {
  return query(
    db,
    sql`select pl.id as place_id, pl.name as place_name, pl.site_id, pl.ships_parcels, pl.safety_units as place_safety,
               coalesce(i.own_safety, false) as own_safety, coalesce(p.capacity, 0)::int as on_hand, coalesce(p.held, 0)::int as held,
               coalesce(p.committed, 0)::int as committed, coalesce(p.safety, pl.safety_units)::int as safety
        from inventory.place pl
        left join inventory.stock_item i on i.place_id = pl.id and i.variant_id = ${variantId}
        left join promises.pool p on p.id = i.pool_id
        where i.pool_id is not null or exists (
          select from inventory.inbound b where b.variant_id = ${variantId} and b.place_id = pl.id)
        order by pl.priority, pl.code`,
  )
}

/** Units of an article on their way to a place. */
export type ArrivalRow = {
  place_id: string
  kind: 'supplier_order' | 'transfer'
  document_id: string
  number: string
  /** The supplier, or the place they left. */
  sender: string
  units: number
  /** `YYYY-MM-DD`; null when nobody said. */
  expected_on: string | null
}

/** What is on its way of an article, the first to come first. */
export async function selectArrivals(db: Queryable, variantId: string): Promise<ArrivalRow[]> {
  return query(
    db,
    sql`select place_id, kind, document_id, number, sender, units, expected_on::text as expected_on
        from inventory.inbound b where variant_id = ${variantId}
        order by b.expected_on nulls last, number`,
  )
}

export type VariantNamesRow = {
  variant_id: string
  product_id: string
  sku: string
  name_fr: string
  name_en: string
  options: Record<string, string>
  product_options: { code: string; values: { code: string; name: { fr: string; en: string } }[] }[]
  image_url: string | null
}

/** What an article is called, or undefined. */
export async function selectVariantNames(db: Queryable, variantId: string): Promise<VariantNamesRow | undefined> {
  return maybeOne(
    db,
    sql`select v.id as variant_id, v.product_id, v.sku, pr.name_fr, pr.name_en, v.options, pr.options as product_options, m.url as image_url
        from catalog.variant v join catalog.product pr on pr.id = v.product_id
        left join catalog.media m on m.product_id = v.product_id and m.position = coalesce(v.media_position, 0)
        where v.id = ${variantId}`,
  )
}

export type BufferRow = {
  id: string
  channel_code: string
  variant_id: string | null
  category_code: string | null
  units: number | null
  share_basis_points: number | null
}

/** Every rule by which a channel leaves goods to the others. */
export async function selectBuffers(db: Queryable): Promise<BufferRow[]> {
  return query(
    db,
    sql`select b.id, c.code as channel_code, b.variant_id, k.code as category_code, b.units, b.share_basis_points
        from inventory.channel_buffer b join channels.channel c on c.id = b.channel_id
        left join catalog.category k on k.id = b.category_id
        order by c.position, c.code, k.code nulls first, b.variant_id nulls first`,
  )
}

export type BufferScope = {
  readonly channelId: string
  readonly variantId: string | null
  readonly categoryId: string | null
}

export async function upsertBuffer(
  tx: Tx,
  row: BufferScope & { id: string; units: number | null; shareBasisPoints: number | null },
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.channel_buffer (id, channel_id, variant_id, category_id, units, share_basis_points)
        values (${row.id}, ${row.channelId}, ${row.variantId}, ${row.categoryId}, ${row.units}, ${row.shareBasisPoints})
        on conflict (channel_id, variant_id, category_id) do update
          set units = excluded.units, share_basis_points = excluded.share_basis_points`,
  )
}

export async function deleteBuffer(tx: Tx, { channelId, variantId, categoryId }: BufferScope): Promise<void> {
  await execute(
    tx,
    sql`delete from inventory.channel_buffer
        where channel_id = ${channelId} and variant_id is not distinct from ${variantId}::uuid
          and category_id is not distinct from ${categoryId}::uuid`,
  )
}

/** The id of a channel or a category by its code, or undefined. */
export async function channelIdOf(db: Queryable, code: string): Promise<string | undefined> {
  return (await maybeOne<{ id: string }>(db, sql`select id from channels.channel where code = ${code}`))?.id
}

export async function categoryIdOf(db: Queryable, code: string): Promise<string | undefined> {
  return (await maybeOne<{ id: string }>(db, sql`select id from catalog.category where code = ${code}`))?.id
}

/** Sets what a place keeps back of everything; its lock is held. */
export async function updatePlaceSafety(tx: Tx, placeId: string, units: number): Promise<void> {
  await execute(tx, sql`update inventory.place set safety_units = ${units} where id = ${placeId}`)
}

/** What places keep back of everything; those that keep nothing are absent. */
export async function placeSafeties(db: Queryable): Promise<Map<string, number>> {
  const rows = await query<{ id: string; units: number }>(
    db,
    sql`select id, safety_units as units from inventory.place where safety_units > 0`,
  )
  return new Map(rows.map(({ id, units }) => [id, units]))
}

/** Pools of a place whose articles have no number of their own. */
export async function poolsWithoutOwnSafety(
  db: Queryable,
  placeId: string,
): Promise<{ poolId: string; variantId: string }[]> {
  return query(
    db,
    sql`select pool_id as "poolId", variant_id as "variantId" from inventory.stock_item
        where place_id = ${placeId} and not own_safety order by pool_id`,
  )
}

export async function markOwnSafety(tx: Tx, poolIds: readonly string[], own: boolean): Promise<void> {
  await execute(tx, sql`update inventory.stock_item set own_safety = ${own} where pool_id = any(${poolIds}::uuid[])`)
}
