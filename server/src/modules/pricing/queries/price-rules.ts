import type { PriceScope } from '@ecluse/contracts/price-lists.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { farthest, type ListRule } from '../domain/list-price.ts'

/** An entry of a list as stored, its scope and channel by id. */
export type PriceRuleRow = {
  id: string
  price_list_id: string
  variant_id: string | null
  product_id: string | null
  category_id: string | null
  channel_id: string | null
  min_quantity: number
  amount_minor: bigint | null
  percent_basis_points: number | null
  valid_from: string | null
  valid_until: string | null
  changed_at: Date
  changed_by: string | null
}

/**
 * The entries of a list that are about some articles on a day in a channel, with how far each is from its article; prices set
 * for the article itself among them.
 * @param day `YYYY-MM-DD`
 */
export async function selectRulesFor(
  db: Queryable,
  listCode: string,
  variantIds: readonly string[],
  at: { readonly channelCode: string; readonly day: string; readonly now: Date },
): Promise<(ListRule & { variantId: string; includesVat: boolean })[]> {
  return query(
    db,
    sql`with recursive wanted as (
          select v.id as variant_id, v.product_id from catalog.variant v where v.id = any(${variantIds}::uuid[])
        ), up (variant_id, category_id, distance) as (
          select w.variant_id, pc.category_id, 2 from wanted w
          join catalog.product_category pc on pc.product_id = w.product_id
          union
          select up.variant_id, c.parent_id, up.distance + 1 from up
          join catalog.category c on c.id = up.category_id where c.parent_id is not null
        ), list as (select id, includes_vat from pricing.price_list where code = ${listCode}
        ), near (variant_id, rule_id, distance) as (
          select w.variant_id, r.id, 0 from wanted w join pricing.price_rule r on r.variant_id = w.variant_id
          union all
          select w.variant_id, r.id, 1 from wanted w join pricing.price_rule r on r.product_id = w.product_id
          union all
          select up.variant_id, r.id, min(up.distance) from up join pricing.price_rule r on r.category_id = up.category_id
          group by 1, 2
          union all
          select w.variant_id, r.id, ${farthest} from wanted w, pricing.price_rule r, list
          where r.price_list_id = list.id and num_nonnulls(r.variant_id, r.product_id, r.category_id) = 0
        )
        select n.variant_id as "variantId", r.id, n.distance::int as distance, r.min_quantity as "minQuantity",
               r.amount_minor as "amountMinor", r.percent_basis_points as "percentBasisPoints",
               list.includes_vat as "includesVat"
        from near n join pricing.price_rule r on r.id = n.rule_id join list on list.id = r.price_list_id
        left join channels.channel c on c.id = r.channel_id
        where (r.channel_id is null or c.code = ${at.channelCode})
          and coalesce(r.valid_from <= ${at.day}::date, true) and coalesce(r.valid_until >= ${at.day}::date, true)
        union all
        select p.variant_id, null, 0, 1, p.amount_minor, null, list.includes_vat
        from pricing.price p join list on list.id = p.price_list_id
        where p.variant_id = any(${variantIds}::uuid[])
          and coalesce(p.valid_from <= ${at.now}, true) and coalesce(p.valid_until > ${at.now}, true)`,
  )
}

export type NamedRule = PriceRuleRow & {
  scope: PriceScope
  code: string | null
  name: string | null
  channel_code: string | null
}

const named = (locale: Locale) => sql`
  select r.id, r.price_list_id, r.variant_id, r.product_id, r.category_id, r.channel_id, r.min_quantity, r.amount_minor,
         r.percent_basis_points, r.valid_from::text as valid_from, r.valid_until::text as valid_until, r.changed_at, r.changed_by,
         c.code as channel_code,
         case when r.variant_id is not null then 'variant' when r.product_id is not null then 'product'
              when r.category_id is not null then 'category' else 'all' end as scope,
         coalesce(v.sku, p.handle, k.code) as code,
         coalesce(case when ${locale} = 'en' then nullif(coalesce(p.name_en, vp.name_en, k.name_en), '') end,
                  p.name_fr, vp.name_fr, k.name_fr) as name
  from pricing.price_rule r
  left join catalog.variant v on v.id = r.variant_id
  left join catalog.product vp on vp.id = v.product_id
  left join catalog.product p on p.id = r.product_id
  left join catalog.category k on k.id = r.category_id
  left join channels.channel c on c.id = r.channel_id`

/** The entries of a list, the newest first. */
export async function selectRules(
  db: Queryable,
  listId: string,
  locale: Locale,
  page: { readonly q?: string | undefined; readonly beforeId?: string | undefined; readonly limit: number },
): Promise<NamedRule[]> {
  const like = `%${(page.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return query(
    db,
    sql`select * from (${named(locale)} where r.price_list_id = ${listId}
          ${page.beforeId ? sql`and r.id < ${page.beforeId}` : empty}) as e
        where ${page.q ? sql`(e.code ilike ${like} or e.name ilike ${like})` : sql`true`}
        order by e.id desc limit ${page.limit}`,
  )
}

export function ruleById(db: Queryable, listId: string, id: string, locale: Locale): Promise<NamedRule | undefined> {
  return maybeOne(db, sql`${named(locale)} where r.price_list_id = ${listId} and r.id = ${id}`)
}

/** Writes entries: those of an id that is there are changed. */
export async function upsertRules(tx: Tx, rows: readonly PriceRuleRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into pricing.price_rule
        select r.id, r.price_list_id, r.variant_id, r.product_id, r.category_id, r.channel_id, r.min_quantity, r.amount_minor,
               r.percent_basis_points, r.valid_from, r.valid_until, r.changed_at, r.changed_by
        from json_populate_recordset(null::pricing.price_rule, ${asJson(rows)}::json) r
        on conflict (id) do update set variant_id = excluded.variant_id, product_id = excluded.product_id,
          category_id = excluded.category_id, channel_id = excluded.channel_id, min_quantity = excluded.min_quantity,
          amount_minor = excluded.amount_minor, percent_basis_points = excluded.percent_basis_points,
          valid_from = excluded.valid_from, valid_until = excluded.valid_until, changed_at = excluded.changed_at,
          changed_by = excluded.changed_by`,
  )
}

/** @returns how many were removed */
export function deleteRules(tx: Tx, listId: string, ids: readonly string[]): Promise<number> {
  return execute(tx, sql`delete from pricing.price_rule where price_list_id = ${listId} and id = any(${ids}::uuid[])`)
}

/** The ids of what entries are about, by their codes; SKUs as they are written. */
export async function idsOfScopes(
  db: Queryable,
  codes: {
    readonly variant: readonly string[]
    readonly product: readonly string[]
    readonly category: readonly string[]
  },
): Promise<{ scope: PriceScope; code: string; id: string }[]> {
  return query(
    db,
    sql`select 'variant' as scope, sku as code, id from catalog.variant where sku = any(${codes.variant}::text[])
        union all
        select 'product', handle, id from catalog.product where handle = any(${codes.product}::text[])
        union all
        select 'category', code, id from catalog.category where code = any(${codes.category}::text[])`,
  )
}

/** Articles an entry is about: how many, and the first of them by SKU. */
export async function articlesOf(
  db: Queryable,
  about: Pick<PriceRuleRow, 'variant_id' | 'product_id' | 'category_id'>,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`with recursive below (id) as (
          select ${about.category_id}::uuid
          union
          select c.id from catalog.category c join below on c.parent_id = below.id
        )
        select v.id from catalog.variant v
        where ${
          about.variant_id
            ? sql`v.id = ${about.variant_id}`
            : about.product_id
              ? sql`v.product_id = ${about.product_id}`
              : about.category_id
                ? sql`exists (select from catalog.product_category pc join below on below.id = pc.category_id
                              where pc.product_id = v.product_id)`
                : sql`true`
        }
        order by v.sku`,
  )
  return rows.map(({ id }) => id)
}
