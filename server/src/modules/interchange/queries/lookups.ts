import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

/** Which product has each of these SKUs. */
export async function ownersOfSkus(db: Queryable, skus: readonly string[]): Promise<{ sku: string; handle: string }[]> {
  return query(
    db,
    sql`select v.sku, p.handle from catalog.variant v join catalog.product p on p.id = v.product_id
        where v.sku = any(${skus}::text[])`,
  )
}

/** Which variant has each of these GTINs. */
export async function ownersOfGtins(
  db: Queryable,
  gtins: readonly string[],
): Promise<{ gtin: string; sku: string; handle: string }[]> {
  return query(
    db,
    sql`select v.gtin, v.sku, p.handle from catalog.variant v join catalog.product p on p.id = v.product_id
        where v.gtin = any(${gtins}::text[])`,
  )
}

export type KnownTexts = {
  handle: string
  nameFr: string
  nameEn: string
  descriptionFr: string
  descriptionEn: string
}

/** The texts of products whose two languages differ: somebody translated them. */
export async function translatedTexts(db: Queryable, handles: readonly string[]): Promise<KnownTexts[]> {
  return query(
    db,
    sql`select handle, name_fr as "nameFr", name_en as "nameEn", description_fr as "descriptionFr", description_en as "descriptionEn"
        from catalog.product
        where handle = any(${handles}::text[]) and (name_fr <> name_en or description_fr <> description_en)`,
  )
}

/** Articles on sale by SKU or GTIN. */
export async function articlesByCode(
  db: Queryable,
  codes: readonly string[],
): Promise<{ id: string; sku: string; gtin: string | null }[]> {
  return query(
    db,
    sql`select id, sku, gtin from catalog.variant
        where archived_at is null and (sku = any(${codes}::text[]) or gtin = any(${codes}::text[]))`,
  )
}

/** What the movements of stock items come to; items that never moved are not there. */
export async function movedOnHand(
  db: Queryable,
  poolIds: readonly string[],
): Promise<{ poolId: string; onHand: bigint }[]> {
  return query(
    db,
    sql`select pool_id as "poolId", sum(quantity)::bigint as "onHand" from inventory.stock_movement
        where pool_id = any(${poolIds}::uuid[]) group by pool_id`,
  )
}
