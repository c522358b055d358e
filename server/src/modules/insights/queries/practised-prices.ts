import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import type { SoldWeek } from '../domain/practised-prices.ts'
import { inDays, type Days } from './order-facts.ts'

type Asked = Days & { readonly channel: string | null; readonly most: number }

/**
 * What articles of the most sold products were sold for, by week and channel: lines of orders after all reductions, and sales of before.
 * Companies pay by lists and agreements of their own, what is given in exchange is not bought again: both are left out.
 */
export function soldWeeks(db: Queryable, { from, until, channel, most }: Asked): Promise<SoldWeek[]> {
  const days = { from, until }
  return query(
    db,
    sql`with most as materialized (
          select f.product_id from insights.product_day f
          where f.day between ${from}::date and ${until}::date and (${channel}::text is null or f.channel_code = ${channel})
          group by f.product_id having sum(f.units) > 0 order by sum(f.units) desc, f.product_id limit ${most}),
        sold as (
          select v.product_id, l.variant_id, c.code as channel, (o.placed_at at time zone 'Europe/Paris')::date as day,
            l.quantity as units, l.unit_price_minor * l.quantity * 10000.0 / (10000 + l.vat_basis_points) as paid_minor
          from orders.sales_order o
          join channels.channel c on c.id = o.channel_id
          join orders.order_line l on l.order_id = o.id and l.exception is distinct from 'cancelled' and l.given_for is null
          join catalog.variant v on v.id = l.variant_id
          join most m on m.product_id = v.product_id
          where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)}
            and not exists (select from orders.company_order k where k.order_id = o.id)
          union all
          select v.product_id, p.variant_id, p.channel_code, p.day, p.units, p.net_minor
          from insights.past_sale p
          join catalog.variant v on v.id = p.variant_id
          join most m on m.product_id = v.product_id
          where p.units > 0 and p.day between ${from}::date and ${until}::date)
        select product_id, variant_id, channel, date_trunc('week', day)::date::text as week, sum(units)::float8 as units,
          sum(paid_minor)::float8 as paid_minor
        from sold where ${channel}::text is null or channel = ${channel}
        group by 1, 2, 3, 4 having sum(paid_minor) > 0 order by 1, 2, 3, 4`,
  )
}

/** What a unit of articles is bought for: the last purchase, else what sales of before said on average; without those nobody knows. */
export function lastCosts(
  db: Queryable,
  variantIds: readonly string[],
): Promise<{ variant_id: string; cost_minor: number }[]> {
  return query(
    db,
    sql`select v.id as variant_id, coalesce(bought.cost_minor, before.cost_minor) as cost_minor
        from unnest(${variantIds}::uuid[]) as v (id)
        left join lateral (select l.unit_cost_minor::float8 as cost_minor
          from inventory.supplier_order_line l join inventory.supplier_order s on s.supplier_order_id = l.supplier_order_id
          where l.variant_id = v.id and l.unit_cost_minor is not null and s.state in ('ordered', 'received')
          order by s.ordered_at desc, s.supplier_order_id desc limit 1) bought on true
        left join lateral (select (sum(p.unit_cost_minor * p.units) / sum(p.units))::float8 as cost_minor
          from insights.past_sale p where p.variant_id = v.id and p.unit_cost_minor is not null and p.units > 0) before on true
        where coalesce(bought.cost_minor, before.cost_minor) is not null`,
  )
}

/** Products with their names and the category that comes first. */
export function namedProducts(
  db: Queryable,
  ids: readonly string[],
): Promise<
  {
    id: string
    name_fr: string
    name_en: string
    category: string | null
    category_fr: string | null
    category_en: string | null
  }[]
> {
  return query(
    db,
    sql`select p.id, p.name_fr, p.name_en, k.code as category, k.name_fr as category_fr, k.name_en as category_en
        from catalog.product p
        left join lateral (select c.code, c.name_fr, c.name_en
          from catalog.product_category g join catalog.category c on c.id = g.category_id
          where g.product_id = p.id order by g.position, c.code limit 1) k on true
        where p.id = any(${ids}::uuid[])`,
  )
}
