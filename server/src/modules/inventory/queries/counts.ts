import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { CountState } from '@ecluse/contracts/stock-counts.ts'
import sql, { empty, join } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { articleColumns, articleJoins, type ArticleRow } from './articles.ts'

export type CountRow = {
  id: string
  number: string
  place_id: string
  scope: 'place' | 'category' | 'articles'
  category_id: string | null
  blind: boolean
  state: CountState
  note: string | null
  opened_at: Date
  opened_by: string | null
  posted_at: Date | null
  posted_by: string | null
}

export async function insertCount(tx: Tx, row: Omit<CountRow, 'state' | 'posted_at' | 'posted_by'>): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.stock_count
          (count_id, number, place_id, scope, category_id, blind, state, note, opened_at, opened_by)
        values (${row.id}, ${row.number}, ${row.place_id}, ${row.scope}, ${row.category_id}, ${row.blind}, 'open', ${row.note},
          ${row.opened_at}, ${row.opened_by})`,
  )
}

/** Lists everything that is kept at the place; of one category and those under it, when there is one. */
export async function listArticlesOfPlace(
  tx: Tx,
  countId: string,
  placeId: string,
  categoryId: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`with recursive branch as (
          select id from catalog.category where id = ${categoryId}::uuid
          union all select c.id from catalog.category c join branch b on c.parent_id = b.id)
        insert into inventory.stock_count_line (count_id, variant_id)
        select ${countId}, i.variant_id
        from inventory.stock_item i
        join catalog.variant v on v.id = i.variant_id
        join promises.pool p on p.id = i.pool_id
        where i.place_id = ${placeId} and (v.archived_at is null or p.capacity > 0)
          and (${categoryId}::uuid is null or exists (
            select from catalog.product_category pc join branch b on b.id = pc.category_id
            where pc.product_id = v.product_id))`,
  )
}

/** Puts articles on the list that are not. */
export async function listArticles(tx: Tx, countId: string, variantIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.stock_count_line (count_id, variant_id)
        select ${countId}, v.id from unnest(${variantIds}::uuid[]) as v (id)
        on conflict do nothing`,
  )
}

/** The category of a code. */
export async function categoryOf(db: Queryable, code: string): Promise<string | undefined> {
  return (await maybeOne<{ id: string }>(db, sql`select id from catalog.category where code = ${code}`))?.id
}

/** Writes down what was counted. @returns the articles whose line said something else before */
export async function writeCounted(
  tx: Tx,
  countId: string,
  lines: readonly { variantId: string; units: number; countedBefore: number | null; countedAt: Date }[],
  by: string | null,
): Promise<number> {
  return execute(
    tx,
    sql`update inventory.stock_count_line l set counted_units = d.units, counted_at = d."countedAt", counted_by = ${by}
        from json_to_recordset(${asJson(lines)}::json)
          as d ("variantId" uuid, units int, "countedBefore" int, "countedAt" timestamptz)
        where l.count_id = ${countId} and l.variant_id = d."variantId"
          and l.counted_units is not distinct from d."countedBefore"`,
  )
}

/** Of what nobody counted, nothing is there. */
export async function zeroUncounted(tx: Tx, countId: string, at: Date, by: string | null): Promise<void> {
  await execute(
    tx,
    sql`update inventory.stock_count_line set counted_units = 0, counted_at = ${at}, counted_by = ${by}
        where count_id = ${countId} and counted_units is null`,
  )
}

export async function setCountState(
  tx: Tx,
  countId: string,
  state: CountState,
  at: Date,
  by: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.stock_count
        set state = ${state},
            finished_at = case when ${state} = 'review' then ${at}::timestamptz else finished_at end,
            posted_at = case when ${state} = 'posted' then ${at}::timestamptz end,
            posted_by = case when ${state} = 'posted' then ${by} end
        where count_id = ${countId}`,
  )
}

/** What was posted of each line. */
export async function writePosted(
  tx: Tx,
  countId: string,
  lines: readonly {
    variantId: string
    expectedUnits: number
    differenceUnits: number
    unitCostMinor: bigint | null
    reasonCode: ReasonCode | null
  }[],
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.stock_count_line l
        set expected_units = d."expectedUnits", difference_units = d."differenceUnits", unit_cost_minor = d."unitCostMinor",
            reason_code = d."reasonCode"
        from json_to_recordset(${asJson(lines)}::json)
          as d ("variantId" uuid, "expectedUnits" int, "differenceUnits" int, "unitCostMinor" bigint, "reasonCode" text)
        where l.count_id = ${countId} and l.variant_id = d."variantId"`,
  )
}

export type CountLineRow = {
  variant_id: string
  counted_units: number | null
  counted_at: Date | null
  counted_by: string | null
  /** What the journal says of the moment the line was counted, or of now. */
  expected_units: number
  difference_units: number | null
  unit_cost_minor: bigint | null
  reason_code: ReasonCode | null
}

/** The lines of a count, each with what the journal says of its moment; as posted once it is. */
export async function selectCountLines(
  db: Queryable,
  count: Pick<CountRow, 'id' | 'place_id' | 'state'>,
  locale: Locale,
): Promise<(CountLineRow & ArticleRow)[]> {
  return query(
    db,
    sql`select ${articleColumns(locale)}, l.counted_units, l.counted_at, l.counted_by, l.reason_code, l.difference_units,
               coalesce(l.expected_units, (
                 select sum(e.quantity) from inventory.stock_movement e
                 where e.pool_id = i.pool_id and (l.counted_at is null or e.moved_at <= l.counted_at)), 0)::int as expected_units,
               coalesce(l.unit_cost_minor, (
                 select s.unit_cost_minor from inventory.supplier_order_line s
                 join inventory.supplier_order o on o.supplier_order_id = s.supplier_order_id
                 where s.variant_id = l.variant_id and s.unit_cost_minor is not null and o.state in ('ordered', 'received')
                 order by o.ordered_at desc limit 1)) as unit_cost_minor
        from inventory.stock_count_line l
        join catalog.variant v on v.id = l.variant_id ${articleJoins}
        left join inventory.stock_item i on i.variant_id = l.variant_id and i.place_id = ${count.place_id}
        where l.count_id = ${count.id} order by v.sku`,
  )
}

export type CountHead = CountRow & {
  place_name: string
  category_name: string | null
  line_count: number
  counted_count: number
}

const headColumns = (locale: Locale) =>
  sql`c.count_id as id, c.number, c.place_id, p.name as place_name, c.scope, c.category_id,
      case when ${locale} = 'en' and k.name_en <> '' then k.name_en else k.name_fr end as category_name,
      c.blind, c.state, c.note, c.opened_at, c.opened_by, c.posted_at, c.posted_by, s.*`

export async function selectCount(db: Queryable, id: string, locale: Locale): Promise<CountHead | undefined> {
  return maybeOne(
    db,
    sql`select ${headColumns(locale)} from inventory.stock_count c
        join inventory.place p on p.id = c.place_id
        left join catalog.category k on k.id = c.category_id
        cross join lateral (
        select count(*)::int as line_count, count(l.counted_units)::int as counted_count
        from inventory.stock_count_line l where l.count_id = c.count_id) s where c.count_id = ${id}`,
  )
}

/** Counts, newest first. */
export async function selectCounts(
  db: Queryable,
  filter: {
    locale: Locale
    placeIds: readonly string[] | null
    state?: CountState | undefined
    placeId?: string | undefined
    beforeId?: string | undefined
    limit: number
  },
): Promise<CountHead[]> {
  const conditions = [
    sql`true`,
    filter.placeIds ? sql`c.place_id = any(${filter.placeIds}::uuid[])` : empty,
    filter.placeId ? sql`c.place_id = ${filter.placeId}` : empty,
    filter.state ? sql`c.state = ${filter.state}` : empty,
    filter.beforeId ? sql`c.count_id < ${filter.beforeId}` : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select ${headColumns(filter.locale)} from inventory.stock_count c
        join inventory.place p on p.id = c.place_id
        left join catalog.category k on k.id = c.category_id
        cross join lateral (
        select count(*)::int as line_count, count(l.counted_units)::int as counted_count
        from inventory.stock_count_line l where l.count_id = c.count_id) s
        where ${join(conditions, ' and ')} order by c.count_id desc limit ${filter.limit + 1}`,
  )
}
