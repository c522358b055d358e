import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import { inDays, type Days } from './order-facts.ts'

/** Units that came back, by the reason that was given. */
export function returnReasons(db: Queryable, days: Days): Promise<{ reason: string; units: number }[]> {
  return query(
    db,
    sql`select b.reason, sum(b.quantity)::float8 as units
        from orders.order_return r join orders.return_line b on b.order_id = r.order_id and b.return_id = r.id
        where ${inDays(sql`r.created_at`, days)} group by 1 order by 2 desc, 1`,
  )
}

export type PartnerRow = {
  kind: 'company' | 'supplier'
  company_id: string | null
  name: string
  amount_minor: number
  share: number
}

/** Companies by what they ordered, with VAT, beside all orders; suppliers by what was bought of them beside all purchases. Five of each. */
export function largestPartners(db: Queryable, days: Days): Promise<PartnerRow[]> {
  return query(
    db,
    sql`with sold as (
          select k.company_id, sum(o.total_minor)::float8 as amount from orders.sales_order o
          left join orders.company_order k on k.order_id = o.id
          where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)} group by 1),
        bought as (
          select s.supplier_name, sum(l.ordered_units * l.unit_cost_minor)::float8 as amount from inventory.supplier_order s
          join inventory.supplier_order_line l on l.supplier_order_id = s.supplier_order_id
          where s.state in ('ordered', 'received') and l.unit_cost_minor is not null and ${inDays(sql`s.ordered_at`, days)} group by 1)
        (select 'company' as kind, s.company_id, c.number as name, s.amount as amount_minor,
            s.amount / (select sum(amount) from sold) as share
          from sold s join customers.company c on c.id = s.company_id where s.amount > 0 order by s.amount desc, c.number limit 5)
        union all
        (select 'supplier', null, supplier_name, amount, amount / (select sum(amount) from bought)
          from bought where amount > 0 order by amount desc, supplier_name limit 5)`,
  )
}

/** Calls that were asked for and those that were answered, by channel. */
export function callsAsked(
  db: Queryable,
  { from, until }: Days,
): Promise<{ channel: string; asked: number; answered: number }[]> {
  return query(
    db,
    sql`select channel_code as channel, sum(asked)::float8 as asked, sum(answered)::float8 as answered from insights.contact_day
        where day between ${from}::date and ${until}::date group by 1`,
  )
}

/** At which price on average an article was sold by each channel, with VAT, where it was sold at all. */
export function soldPrices(
  db: Queryable,
  days: Days,
): Promise<{ sku: string; name: string; channel: string; price_minor: number; units: number }[]> {
  return query(
    db,
    sql`select v.sku, min(l.name) as name, c.code as channel, sum(l.quantity)::float8 as units,
          (sum(l.unit_price_minor * l.quantity) / sum(l.quantity))::float8 as price_minor
        from orders.sales_order o join channels.channel c on c.id = o.channel_id
        join orders.order_line l on l.order_id = o.id and l.exception is distinct from 'cancelled'
        join catalog.variant v on v.id = l.variant_id
        where o.document_state = 'confirmed' and ${inDays(sql`o.placed_at`, days)}
        group by v.sku, c.code`,
  )
}
