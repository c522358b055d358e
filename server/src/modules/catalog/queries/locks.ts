import sql from 'sql-template-tag'
import { query, type Tx } from '../../../kernel/db.ts'

/**
 * Locks of this module, taken in this order: categories, then products by id. A product's lock covers its variants,
 * pictures, publications and prices, and the sequence of its events.
 */

/** Locks the whole tree, so that two moves cannot close a circle between them. */
export async function lockCategories(tx: Tx): Promise<void> {
  await query(tx, sql`select id from catalog.category order by id for update`)
}

/** A product that exists, as far as a writer must know it. */
export type LockedProduct = { id: string; handle: string; content_hash: Buffer; revision: number }

/** Locks the products with these handles or ids. */
export async function lockProductsNamed(
  tx: Tx,
  handles: readonly string[],
  ids: readonly string[],
): Promise<LockedProduct[]> {
  return query(
    tx,
    sql`select id, handle, content_hash, revision from catalog.product
        where handle = any(${handles}::text[]) or id = any(${ids}::uuid[]) order by id for update`,
  )
}

/** Locks the next products by id, so that nobody writes them meanwhile. */
export async function lockProductsAfter(tx: Tx, afterId: string, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    sql`select id from catalog.product where id > ${afterId} order by id limit ${limit} for update`,
  )
  return rows.map(({ id }) => id)
}

/** Locks the products these variants belong to; answers which variant belongs to which. */
export async function lockProductsOfVariants(tx: Tx, variantIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; product_id: string }>(
    tx,
    sql`select id, product_id from catalog.variant where id = any(${variantIds}::uuid[])`,
  )
  const productIds = [...new Set(rows.map((row) => row.product_id))]
  await query(tx, sql`select id from catalog.product where id = any(${productIds}::uuid[]) order by id for update`)
  return new Map(rows.map((row) => [row.id, row.product_id]))
}
