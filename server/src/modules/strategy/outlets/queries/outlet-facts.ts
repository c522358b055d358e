import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../../kernel/db.ts'

type AreaSalesRow = {
  country: string | null
  postal_code: string | null
  locality: string | null
  orders: number
  sales_minor: bigint
}

/** What was bought since through all channels, by where its buyers live today; the row without a postal code is of those nobody knows. */
export function salesByArea(db: Queryable, since: Date): Promise<AreaSalesRow[]> {
  return query(
    db,
    sql`select w.country, w.postal_code, mode() within group (order by w.locality) as locality, count(*)::int as orders,
          sum(o.total_minor)::bigint as sales_minor
        from orders.sales_order o
        left join customers.party p on p.id = o.party_id
        left join customers.location w on w.party_id = coalesce(p.survivor_id, p.id) and w.postal_code is not null
        where o.placed_at >= ${since} and o.document_state = 'confirmed'
        group by w.country, w.postal_code order by sales_minor desc, w.country, w.postal_code`,
  )
}

type CompanySiteRow = { name: string; company: string; country: string | null; postal_code: string | null }

/** Sites of companies that buy from the firm, those longest known first: who may sell on. */
export function companySites(db: Queryable, most: number): Promise<CompanySiteRow[]> {
  return query(
    db,
    sql`select s.name, c.name as company, s.address->>'country' as country, s.address->>'postalCode' as postal_code
        from customers.company_site s join customers.company c on c.id = s.company_id
        where s.active and c.active order by s.created_at, s.id limit ${most}`,
  )
}
