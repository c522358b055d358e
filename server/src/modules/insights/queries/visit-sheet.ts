import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { type Sql } from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

export type DocumentRow = { id: string; number: string; at: Date; state: string; total_minor: bigint | null }

const named = (locale: Locale, of: Sql): Sql => (locale === 'fr' ? sql`${of}.name_fr` : sql`${of}.name_en`)

/** Quotes of a customer that can still be accepted, the latest first. */
export function openQuotes(db: Queryable, members: readonly string[], now: Date): Promise<DocumentRow[]> {
  return query(
    db,
    sql`select q.id, q.number, q.updated_at as at, q.state, q.total_minor from orders.quote q join orders.cart c on c.id = q.id
        where q.party_id = any(${members}::uuid[]) and q.state in ('draft', 'to_approve', 'approved', 'sent')
          and q.valid_until >= ${now} and c.order_id is null
        order by q.updated_at desc, q.id desc limit 5`,
  )
}

/** Orders of a customer, the latest first. */
export function latestOrders(db: Queryable, members: readonly string[]): Promise<DocumentRow[]> {
  return query(
    db,
    sql`select o.id, o.number, o.placed_at as at, o.document_state as state, o.total_minor
        from (select distinct i.subject_id, i.at from customers.interaction i
              where i.party_id = any(${members}::uuid[]) and i.kind = 'order' order by i.at desc limit 5) l
        join orders.sales_order o on o.id = l.subject_id order by o.placed_at desc, o.id desc`,
  )
}

/** What comes back from a customer and is not settled. */
export function openReturns(db: Queryable, members: readonly string[]): Promise<DocumentRow[]> {
  return query(
    db,
    sql`select r.id, r.number, r.asked_at as at, r.state, null::bigint as total_minor from orders.return_request r
        join orders.sales_order o on o.id = r.order_id
        where r.state in ('asked', 'received') and o.id in (select i.subject_id from customers.interaction i
          where i.party_id = any(${members}::uuid[]) and i.kind = 'order')
        order by r.asked_at desc, r.id desc limit 5`,
  )
}

/** Articles a customer bought, the latest first. */
export function boughtBy(
  db: Queryable,
  members: readonly string[],
  locale: Locale,
): Promise<{ name: string; quantity: number; last_at: Date }[]> {
  return query(
    db,
    sql`select ${named(locale, sql`p`)} as name, b.quantity, b.last_at
        from (select i.product_id, sum(i.quantity)::int as quantity, max(i.at) as last_at from customers.interaction i
              where i.party_id = any(${members}::uuid[]) and i.kind = 'purchase' and i.product_id is not null
              group by i.product_id order by max(i.at) desc limit 8) b
        join catalog.product p on p.id = b.product_id order by b.last_at desc, p.id`,
  )
}

/** What interests a customer, strongest first; what they said themselves before what was computed. */
export function interestsOf(
  db: Queryable,
  customerId: string,
  locale: Locale,
): Promise<{ code: string; name: string; declared: boolean }[]> {
  return query(
    db,
    sql`select c.code, ${named(locale, sql`c`)} as name, t.declared from customers.trait t join catalog.category c on c.code = t.key
        where t.party_id = ${customerId} and t.kind = 'interest' and t.counts
        order by t.declared desc, t.share desc nulls last, c.code limit 5`,
  )
}

export function sizesOf(db: Queryable, customerId: string, locale: Locale): Promise<{ name: string; value: string }[]> {
  return query(
    db,
    sql`select ${named(locale, sql`c`)} as name, t.value from customers.trait t join catalog.category c on c.code = t.key
        where t.party_id = ${customerId} and t.kind = 'size' and t.counts order by t.key, t.value limit 8`,
  )
}

/** Of each interest, the product most people bought since a moment, that the customer did not, and that is sold. */
export function offersFor(
  db: Queryable,
  {
    members,
    codes,
    since,
    locale,
  }: { members: readonly string[]; codes: readonly string[]; since: Date; locale: Locale },
): Promise<{ name: string; interest: string }[]> {
  return query(
    db,
    sql`select ${named(locale, sql`p`)} as name, ${named(locale, sql`c`)} as interest
        from unnest(${codes}::text[]) with ordinality as w (code, nth)
        join catalog.category c on c.code = w.code
        cross join lateral (
          select i.product_id from customers.interaction i join catalog.product_category pc on pc.product_id = i.product_id
          where i.kind = 'purchase' and i.at >= ${since} and pc.category_id = c.id
            and exists (select from catalog.publication u where u.product_id = i.product_id)
            and not exists (select from customers.interaction m where m.party_id = any(${members}::uuid[]) and m.kind = 'purchase'
              and m.product_id = i.product_id)
          group by i.product_id order by count(*) desc, i.product_id limit 1) best
        join catalog.product p on p.id = best.product_id order by w.nth`,
  )
}
