import type { z } from 'zod'
import type { paymentMethods } from '@ecluse/contracts/order-payments.ts'
import type { orderEndpoints } from '@ecluse/contracts/orders.ts'
import sql, { empty, join, type Sql } from 'sql-template-tag'
import { one, query, type Queryable } from '../../../kernel/db.ts'
import { payloadsOf } from '../../../kernel/outbox.ts'
import type { DocumentState } from './orders.ts'

/** The code of a channel by its id. */
export async function channelCodeOf(db: Queryable, channelId: string): Promise<string> {
  return (await one<{ code: string }>(db, sql`select code from channels.channel where id = ${channelId}`)).code
}

export type ListedOrder = {
  id: string
  number: string
  placed_at: Date
  channel_code: string
  contact_name: string | null
  document_state: DocumentState
  delivery_method: 'delivery' | 'pickup' | 'carry_out'
  site_name: string | null
  item_count: number
  currency: string
  total_minor: bigint
  prepared_at: Date | null
  asked: number
  fulfilled: number
  returned: number
  /** Of those that count as returned, how many were lost on their way; told of orders nothing else is kept of. */
  lost: number
  authorised_minor: bigint
  captured_minor: bigint
  refunded_minor: bigint
  due_minor: bigint
  credited_minor: bigint
  voided: boolean
  paid_by: { method: (typeof paymentMethods)[number]; amount_minor: number }[]
}

type Query = z.output<typeof orderEndpoints.listOrders.query>
export type OrderFilter = Partial<Omit<Query, 'cursor' | 'limit'>> & {
  siteIds?: readonly string[] | null
  /** Whether orders of other sites may be found too, by those who take articles back. */
  elsewhere?: boolean
  accountId?: string
  orderIds?: readonly string[]
  /** Those of any of these parties: of one customer, however many files were merged. */
  partyIds?: readonly string[] | undefined
  before?: { placedAt: string; id: string } | undefined
  limit: number
}

/** Units of the order `o` that were lost on their way and refunded, as `lostUnits` finds them in its history. */
const lost = sql`(select coalesce(sum(units::int), 0)::int from jsonb_path_query(
  ${payloadsOf(sql`o.id`, 'orders.units_refunded')}, '$[*] ? (@.lost == true).lines[*].quantity') units)`

/** What is derived of an order, as SQL: the same rules as `domain/states.ts`, for filters. A test holds them together. */
const fulfillmentState: Record<NonNullable<Query['fulfillmentState']>, Sql> = {
  none: sql`o.document_state <> 'confirmed'`,
  to_prepare: sql`o.document_state = 'confirmed' and l.fulfilled = 0 and o.prepared_at is null and l.returned = 0`,
  ready: sql`o.document_state = 'confirmed' and l.fulfilled = 0 and o.prepared_at is not null`,
  partially_fulfilled: sql`o.document_state = 'confirmed' and l.fulfilled > 0 and l.fulfilled < l.asked`,
  fulfilled: sql`o.document_state = 'confirmed' and l.fulfilled = l.asked
    and (l.returned < l.asked or l.returned <= ${lost})`,
  returned: sql`o.document_state = 'confirmed' and l.returned = l.asked
    and l.returned > ${lost}`,
}
const paymentState: Record<NonNullable<Query['paymentState']>, Sql> = {
  refunded: sql`r.refunded > 0 and r.refunded >= p.captured`,
  partially_refunded: sql`r.refunded > 0 and r.refunded < p.captured and p.captured - r.refunded < o.total_minor`,
  paid: sql`case when r.refunded > 0 then r.refunded < p.captured and p.captured - r.refunded >= o.total_minor
    when p.due > 0 then p.captured + r.credited >= p.due
    else o.total_minor = 0 or (p.captured > 0 and p.captured >= o.total_minor) end`,
  due: sql`r.refunded = 0 and p.due > 0 and p.captured = 0 and r.credited < p.due`,
  partially_paid: sql`r.refunded = 0 and p.due > 0 and p.captured > 0 and p.captured + r.credited < p.due`,
  authorised: sql`r.refunded = 0 and p.due = 0 and o.total_minor > 0 and p.captured < o.total_minor and p.authorised + p.captured > 0`,
  voided: sql`r.refunded = 0 and p.due = 0 and o.total_minor > 0 and p.authorised + p.captured = 0 and p.voided`,
  unpaid: sql`r.refunded = 0 and p.due = 0 and o.total_minor > 0 and p.authorised + p.captured = 0 and not p.voided`,
}

/** Orders, as `o`, of parties: found by the log of what they did, for an order itself is looked up by its id. */
function ofParties(partyIds: readonly string[]): Sql {
  return sql`o.id in (select i.subject_id from customers.interaction i
    where i.party_id = any(${partyIds}::uuid[]) and i.kind = 'order')`
}

/** Orders, newest first. */
export async function listOrderRows(db: Queryable, filter: OrderFilter): Promise<ListedOrder[]> {
  const conditions = [
    sql`true`,
    filter.siteIds ? sql`(${ofSites(filter.siteIds)} or ${elsewhere(filter)})` : empty,
    filter.returnable ? sql`l.fulfilled > 0` : empty,
    filter.orderIds ? sql`o.id = any(${filter.orderIds}::uuid[])` : empty,
    filter.partyIds ? ofParties(filter.partyIds) : empty,
    filter.accountId ? sql`o.account_id = ${filter.accountId}` : empty,
    filter.channel ? sql`ch.code = ${filter.channel}` : empty,
    filter.siteId ? sql`o.site_id = ${filter.siteId}` : empty,
    filter.documentState ? sql`o.document_state = ${filter.documentState}` : empty,
    filter.deliveryMethod ? sql`o.delivery_method = ${filter.deliveryMethod}` : empty,
    filter.fulfillmentState ? sql`(${fulfillmentState[filter.fulfillmentState]})` : empty,
    filter.paymentState ? sql`(${paymentState[filter.paymentState]})` : empty,
    filter.from ? sql`o.placed_at >= ${filter.from}::timestamptz` : empty,
    filter.until ? sql`o.placed_at < ${filter.until}::timestamptz` : empty,
    filter.q ? matches(filter.q) : empty,
    filter.before
      ? sql`(o.placed_at, o.id) < (${filter.before.placedAt}::timestamptz, ${filter.before.id}::uuid)`
      : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select o.id, o.number, date_trunc('milliseconds', o.placed_at) as placed_at, ch.code as channel_code, o.contact_name,
               o.document_state, o.delivery_method, s.name as site_name, o.item_count, o.currency, o.total_minor, o.prepared_at,
               l.asked, l.fulfilled, l.returned,
               case when l.returned = l.asked then ${lost} else 0 end as lost, p.authorised as authorised_minor, p.captured as captured_minor,
               r.refunded as refunded_minor, p.due as due_minor, r.credited as credited_minor, p.voided,
               (select coalesce(json_agg(json_build_object('method', m.method, 'amount_minor', m.amount)), '[]')
                from (select method, sum(amount_minor) as amount from payments.payment
                      where order_id = o.id and state = 'captured' group by method order by method) m) as paid_by
        from orders.sales_order o
        join channels.channel ch on ch.id = o.channel_id
        left join channels.site s on s.id = o.site_id
        cross join lateral (select sum(case when exception = 'cancelled' then fulfilled_quantity else quantity end)::int as asked, sum(fulfilled_quantity)::int as fulfilled,
            sum(returned_quantity)::int as returned from orders.order_line where order_id = o.id) l
        cross join lateral (select coalesce(sum(amount_minor) filter (where state = 'authorised'), 0)::bigint as authorised,
            coalesce(sum(amount_minor) filter (where state = 'captured'), 0)::bigint as captured,
            coalesce(sum(amount_minor) filter (where state = 'due'), 0)::bigint as due,
            coalesce(bool_or(state = 'voided'), false) as voided from payments.payment where order_id = o.id) p
        cross join lateral (select coalesce(sum(amount_minor) filter (where state = 'refunded'), 0)::bigint as refunded,
            coalesce(sum(amount_minor) filter (where state = 'credited'), 0)::bigint as credited
            from payments.refund where order_id = o.id) r
        where ${join(conditions, ' and ')}
        order by o.placed_at desc, o.id desc limit ${filter.limit + 1}`,
  )
}

/** Orders, as `o`, that are fetched, sold or prepared in one of the sites: those its staff see. */
export function ofSites(siteIds: readonly string[]): Sql {
  return sql`(o.site_id = any(${siteIds}::uuid[]) or exists (select 1 from orders.order_line ol
    join inventory.place pl on pl.id = ol.place_id where ol.order_id = o.id and pl.site_id = any(${siteIds}::uuid[])))`
}

/** Some orders, as lists show them. */
export async function ordersByIds(db: Queryable, orderIds: readonly string[]): Promise<ListedOrder[]> {
  return orderIds.length === 0 ? [] : listOrderRows(db, { orderIds, limit: orderIds.length })
}

/**
 * Orders of other shops, for an article that comes back here: whoever brings it knows its number, its code or its e-mail, so
 * that only these, whole, find it. A name does not: other shops' customers are not for browsing.
 */
function elsewhere(filter: OrderFilter): Sql {
  const { q } = filter
  if (!filter.elsewhere || !q) return sql`false`
  const code = codeOf(q)
  return sql`(o.number = ${numberOf(code)} or ${hasCode(code)} or lower(o.contact_email) = ${q.toLowerCase()})`
}

/** The code of a pick-up, of the whole order or of a part of it. */
const hasCode = (code: string): Sql =>
  sql`(o.pickup_code = ${code} or exists (select from orders.order_group g where g.order_id = o.id and g.pickup_code = ${code}))`
const codeOf = (q: string): string => q.toUpperCase().replace(/[\s-]/g, '')
const numberOf = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

/** A number, a pick-up code, an e-mail, or part of a name. */
function matches(q: string): Sql {
  const code = codeOf(q)
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return sql`(o.number like ${`${numberOf(code).replace(/[\\%_]/g, '\\$&')}%`} or ${hasCode(code)}
    or lower(o.contact_email) = ${q.toLowerCase()} or public.unaccent(o.contact_name) ilike public.unaccent(${like}))`
}

export type DayRow = { date: string; channel_code: string; orders: number; revenue_minor: bigint }

/** Confirmed orders and what they brought, by day of the firm's time zone and channel. */
export async function ordersPerDay(db: Queryable, from: Date, siteIds: readonly string[] | null): Promise<DayRow[]> {
  return query(
    db,
    sql`select to_char(o.placed_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as date, ch.code as channel_code,
               count(*)::int as orders, sum(o.total_minor)::bigint as revenue_minor
        from orders.sales_order o join channels.channel ch on ch.id = o.channel_id
        where o.document_state = 'confirmed' and o.placed_at >= ${from}
          and (${siteIds}::uuid[] is null or o.site_id = any(${siteIds}::uuid[]))
        group by 1, 2 order by 1, 2`,
  )
}

/** How many orders wait for their payment. */
export async function countAwaitingPayment(db: Queryable, siteIds: readonly string[] | null): Promise<number> {
  return (
    await one<{ n: number }>(
      db,
      sql`select count(*)::int as n from orders.sales_order where document_state = 'awaiting_payment'
            and (${siteIds}::uuid[] is null or site_id = any(${siteIds}::uuid[]))`,
    )
  ).n
}
