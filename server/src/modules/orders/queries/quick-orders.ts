import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type FoundArticle = { code: string; variant_id: string; sku: string }

/** The articles that codes name: a SKU in any case, or a GTIN with any zeros before it. `codes` are folded. */
export function articlesByCodes(db: Queryable, codes: readonly string[]): Promise<FoundArticle[]> {
  return query(
    db,
    sql`select c.code, v.id as variant_id, v.sku
        from unnest(${codes}::text[]) as c (code) join catalog.variant v on lower(v.sku) = c.code
        where v.archived_at is null
        union
        select c.code, v.id, v.sku
        from unnest(${codes}::text[]) as c (code)
        join lateral unnest(array[c.code, lpad(c.code, 8, '0'), lpad(c.code, 12, '0'), lpad(c.code, 13, '0'),
          lpad(c.code, 14, '0')]) as g (gtin) on c.code ~ '^[0-9]{1,14}$'
        join catalog.variant v on v.gtin = g.gtin where v.archived_at is null`,
  )
}

export type Suggested = { code: string; sku: string; name_fr: string; name_en: string }

/** SKUs that begin as unknown codes do, the most alike first, three for each. `codes` are folded. */
export function suggestedSkus(db: Queryable, codes: readonly string[]): Promise<Suggested[]> {
  return query(
    db,
    sql`select c.code, s.sku, s.name_fr, s.name_en
        from unnest(${codes}::text[]) as c (code)
        cross join lateral (
          select v.sku, p.name_fr, p.name_en from catalog.variant v join catalog.product p on p.id = v.product_id
          where lower(v.sku) ~>=~ left(c.code, greatest(2, least(5, length(c.code) - 2)))
            and lower(v.sku) ~<~ (left(c.code, greatest(2, least(5, length(c.code) - 2))) || chr(1114109))
            and v.archived_at is null
          order by public.similarity(lower(v.sku), c.code) desc, v.sku limit 3) s`,
  )
}

/** Puts many articles into an open cart, beside what is in it. @returns whether the cart is open */
export async function addLines(
  tx: Tx,
  cartId: string,
  lines: readonly { variantId: string; quantity: number }[],
  now: Date,
): Promise<boolean> {
  const open = await execute(
    tx,
    sql`update orders.cart set updated_at = ${now} where id = ${cartId} and order_id is null and quote_revision is null`,
  )
  if (open === 0) return false
  await execute(
    tx,
    sql`insert into orders.cart_line as l (cart_id, variant_id, quantity, added_at)
        select ${cartId}, d.variant_id, least(9999, sum(d.quantity))::int, ${now}::timestamptz + min(d.position) * interval '1 millisecond'
        from unnest(${lines.map((line) => line.variantId)}::uuid[], ${lines.map((line) => line.quantity)}::int[])
          with ordinality as d (variant_id, quantity, position) group by d.variant_id
        on conflict (cart_id, variant_id) do update set quantity = least(9999, l.quantity + excluded.quantity)`,
  )
  return true
}

export type SavedListRow = {
  id: string
  name: string
  lines: { sku: string; quantity: number }[]
  created_by: string
  updated_at: Date
}

export function savedLists(db: Queryable, companyId: string): Promise<SavedListRow[]> {
  return query(
    db,
    sql`select id, name, lines, created_by, updated_at from orders.saved_list where company_id = ${companyId} order by name, id`,
  )
}

/** Keeps a list in place of one of the same name. */
export async function replaceList(
  tx: Tx,
  list: { id: string; companyId: string; name: string; lines: readonly object[]; by: string },
  now: Date,
): Promise<void> {
  await execute(tx, sql`delete from orders.saved_list where company_id = ${list.companyId} and name = ${list.name}`)
  await execute(
    tx,
    sql`insert into orders.saved_list (id, company_id, name, lines, created_by, updated_at)
        values (${list.id}, ${list.companyId}, ${list.name}, ${JSON.stringify(list.lines)}::json, ${list.by}, ${now})`,
  )
}

export async function deleteList(tx: Tx, companyId: string, listId: string): Promise<void> {
  await execute(tx, sql`delete from orders.saved_list where company_id = ${companyId} and id = ${listId}`)
}

/** The articles of products. */
export async function variantsOfProducts(db: Queryable, productIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from catalog.variant where product_id = any(${productIds}::uuid[]) order by product_id, id`,
  )
  return rows.map(({ id }) => id)
}
