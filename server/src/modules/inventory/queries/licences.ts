import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** The place where licences lie; undefined until the first file. */
export async function downloadPlaceId(db: Queryable): Promise<string | undefined> {
  return (await maybeOne<{ id: string }>(db, sql`select id from inventory.place where downloads`))?.id
}

/** Where the company's files are reckoned to lie: its first warehouse, or its first site. */
export async function siteForDownloads(db: Queryable): Promise<string | undefined> {
  const row = await maybeOne<{ id: string }>(
    db,
    sql`select id from channels.site order by (kind = 'warehouse') desc, kind = 'supplier', code limit 1`,
  )
  return row?.id
}

export async function markDownloads(tx: Tx, placeId: string): Promise<void> {
  await execute(tx, sql`update inventory.place set downloads = true where id = ${placeId}`)
}

/** Which of these pools are articles in stock already. */
export async function licensedPools(db: Queryable, poolIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ pool_id: string }>(
    db,
    sql`select pool_id from inventory.stock_item where pool_id = any(${poolIds}::uuid[])`,
  )
  return rows.map(({ pool_id }) => pool_id)
}

/** Which of these pools give without a limit. */
export async function unlimitedPools(db: Queryable, poolIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from promises.pool where id = any(${poolIds}::uuid[]) and overbooking > 0`,
  )
  return rows.map(({ id }) => id)
}

export type LicenceRow = { variant_id: string; capacity: bigint; available: bigint; unlimited: boolean }

/** Licences of the articles of a product, or of one article. */
export async function selectLicences(
  db: Queryable,
  { productId = null, variantId = null }: { productId?: string | null; variantId?: string | null },
): Promise<LicenceRow[]> {
  return query(
    db,
    sql`select i.variant_id, p.capacity, p.overbooking > 0 as unlimited,
               p.capacity + p.overbooking - p.safety - p.held - p.committed as available
        from inventory.stock_item i
        join inventory.place pl on pl.id = i.place_id and pl.downloads
        join promises.pool p on p.id = i.pool_id
        join catalog.variant v on v.id = i.variant_id
        where (${productId}::uuid is null or v.product_id = ${productId}::uuid)
          and (${variantId}::uuid is null or v.id = ${variantId}::uuid)
        order by v.position, v.id`,
  )
}
