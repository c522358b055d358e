import type { Category } from '@ecluse/contracts/catalog.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** A category and its place in the tree. */
export type CategoryNode = Category & { id: string; parentId: string | null }

type CategoryRow = {
  id: string
  code: string
  parent_id: string | null
  parent_code: string | null
  name_fr: string
  name_en: string
  position: number
}

/** Every category, in their order. */
export async function selectCategories(db: Queryable): Promise<CategoryNode[]> {
  const rows = await query<CategoryRow>(
    db,
    sql`select c.id, c.code, c.parent_id, p.code as parent_code, c.name_fr, c.name_en, c.position
        from catalog.category c left join catalog.category p on p.id = c.parent_id
        order by c.position, c.code`,
  )
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    parentId: row.parent_id,
    parentCode: row.parent_code,
    name: { fr: row.name_fr, en: row.name_en },
    position: row.position,
  }))
}

/** Adds a category, or changes the one that has its code; answers the id it has. */
export async function upsertCategory(tx: Tx, c: Omit<CategoryNode, 'parentCode'>): Promise<string> {
  const rows = await query<{ id: string }>(
    tx,
    sql`insert into catalog.category (id, code, parent_id, name_fr, name_en, position)
        values (${c.id}, ${c.code}, ${c.parentId}, ${c.name.fr}, ${c.name.en}, ${c.position})
        on conflict (code) do update set parent_id = excluded.parent_id, name_fr = excluded.name_fr,
          name_en = excluded.name_en, position = excluded.position
        returning id`,
  )
  return (rows[0] as { id: string }).id
}

/** Products that lie in these categories. */
export async function productsInCategories(tx: Queryable, categoryIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ product_id: string }>(
    tx,
    sql`select distinct product_id from catalog.product_category where category_id = any(${categoryIds}::uuid[])`,
  )
  return rows.map((row) => row.product_id)
}

/** Replaces the categories of products. */
export async function replaceProductCategories(
  tx: Tx,
  productIds: readonly string[],
  rows: readonly { productId: string; categoryId: string; position: number }[],
): Promise<void> {
  await execute(tx, sql`delete from catalog.product_category where product_id = any(${productIds}::uuid[])`)
  await execute(
    tx,
    sql`insert into catalog.product_category (product_id, category_id, position)
        select * from unnest(${rows.map((r) => r.productId)}::uuid[], ${rows.map((r) => r.categoryId)}::uuid[],
                             ${rows.map((r) => r.position)}::int[])`,
  )
}
