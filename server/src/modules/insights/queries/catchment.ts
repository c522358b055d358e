import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

export type AreaRow = {
  country: string | null
  postal_code: string | null
  locality: string | null
  orders: number
  customers: number
  sales_minor: bigint
}

/** What was bought in a shop or collected there since, by where its buyers live today; the first where nobody knows has no postal code. */
export function salesByHome(db: Queryable, siteId: string, since: Date): Promise<AreaRow[]> {
  return query(
    db,
    sql`select w.country, w.postal_code, mode() within group (order by w.locality) as locality, count(*)::int as orders,
          count(distinct w.party_id)::int as customers, sum(o.total_minor)::bigint as sales_minor
        from orders.sales_order o
        left join customers.party p on p.id = o.party_id
        left join customers.location w on w.party_id = coalesce(p.survivor_id, p.id) and w.postal_code is not null
        where o.site_id = ${siteId} and o.placed_at >= ${since} and o.document_state = 'confirmed'
        group by w.country, w.postal_code order by sales_minor desc, w.country, w.postal_code`,
  )
}

export function siteById(
  db: Queryable,
  siteId: string,
): Promise<{ latitude: number | null; longitude: number | null }[]> {
  return query(db, sql`select latitude, longitude from channels.site where id = ${siteId} and kind = 'shop'`)
}
