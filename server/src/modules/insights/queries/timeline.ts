import {
  timelineKinds,
  type TimelineDocument,
  type TimelineEntry,
  type TimelineKind,
} from '@ecluse/contracts/customer-timeline.ts'
import type { QuoteState } from '@ecluse/contracts/quotes.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty, join, type Sql } from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

type Of<Type> = Extract<TimelineDocument, { type: Type }>

/** An entry as it is found; what its document is called is looked up for those of a page only. */
export type EntryRow = {
  kind: TimelineKind
  at: Date
  id: string
  channel_code: string | null
  actor: string | null
  member_id: string
  subject_id: string | null
  quantity: number | null
  value_minor: bigint | null
  details: Details | null
  product_name: string | null
  order_number: string | null
  quote_number: string | null
  quote_state: QuoteState | null
  reservation_code: string | null
  reservation_state: Of<'reservation'>['state'] | null
  appointment_code: string | null
  appointment_state: Of<'appointment'>['state'] | null
  starts_at: Date | null
  site_id: string | null
}

type Details = {
  detail?: string | null
  act?: string
  medium?: NonNullable<TimelineEntry['consent']>['medium']
  purpose?: NonNullable<TimelineEntry['consent']>['purpose']
  source?: string
  learnt?: NonNullable<TimelineEntry['learnt']>
  otherId?: string
  name?: string
  subject?: string
  template?: string
  state?: Of<'message'>['state']
}

export type Position = { readonly at: string; readonly kind: string; readonly id: string }

export type TimelineFilter = {
  /** Everybody who is one customer. */
  readonly members: readonly string[]
  readonly kind: TimelineKind | undefined
  readonly channel: string | undefined
  readonly before: Position | undefined
  readonly limit: number
  /** The language products are named in. */
  readonly locale: Locale
}

const others: readonly TimelineKind[] = ['message', 'consent', 'identification', 'merge']

/**
 * The latest entries of a customer, in one statement. Of each member and each kind no more rows are read than a page shows, by
 * their index; what documents are called is then looked up for the page. Entries of one moment are in the order of their kind.
 */
export function timelineRows(db: Queryable, filter: TimelineFilter): Promise<EntryRow[]> {
  const kinds = filter.kind ? [filter.kind] : timelineKinds
  const logged = kinds.filter((kind) => !others.includes(kind))
  const branches = [
    ...(logged.length > 0 ? [interactions(filter, logged)] : []),
    ...kinds.flatMap((kind) => branchOf[kind]?.(filter) ?? []),
  ]
  return query(
    db,
    sql`with member as (select unnest(${filter.members}::uuid[]) as id),
        page as (
          select * from (${join(branches, ' union all ')})
            as e (kind, at, id, channel_code, actor, member_id, subject_id, quantity, value_minor, details)
          order by at desc, kind desc, id desc limit ${filter.limit})
        select p.*, o.number as order_number, q.number as quote_number, case when c.order_id is null then q.state else 'ordered' end as quote_state, r.code as reservation_code,
               r.state as reservation_state, case when ${filter.locale} = 'fr' then v.name_fr else v.name_en end as product_name, a.code as appointment_code, a.state as appointment_state, a.starts_at, a.site_id
        from page p
        left join orders.sales_order o on o.id = p.subject_id and p.kind in ('order', 'cancellation', 'return', 'collection')
        left join orders.quote q on q.id = p.subject_id and p.kind in ('quote', 'quote_acceptance')
        left join orders.cart c on c.id = q.id
        left join orders.reservation r on r.id = p.subject_id and p.kind = 'reservation'
        left join catalog.product v on v.id = p.subject_id and p.kind = 'product_view'
        left join service.appointment a on a.id = p.subject_id and p.kind = 'appointment'
        order by p.at desc, p.kind desc, p.id desc`,
  )
}

/** What comes after a position; the index needs the time by itself. */
function after({ before }: TimelineFilter, at: Sql, kind: Sql, id: Sql): Sql {
  if (!before) return empty
  return sql`and ${at} <= ${before.at}::timestamptz
    and (${at}, ${kind}, ${id}) < (${before.at}::timestamptz, ${before.kind}::text, ${before.id}::uuid)`
}

/** By the primary key, from its end, for each member and kind. */
function interactions(filter: TimelineFilter, kinds: readonly TimelineKind[]): Sql {
  const inChannel = filter.channel === undefined ? empty : sql`and i.channel_code = ${filter.channel}`
  return sql`(select i.kind, i.at, i.id, i.channel_code, i.actor, m.id as member_id, i.subject_id, i.quantity, i.value_minor,
                case when i.detail is not null then jsonb_build_object('detail', i.detail) end as details
      from member m cross join unnest(${kinds}::text[]) as k (kind)
      cross join lateral (select * from customers.interaction i where i.party_id = m.id and i.kind = k.kind ${inChannel}
        ${after(filter, sql`i.at`, sql`i.kind`, sql`i.id`)} order by i.at desc, i.id desc limit ${filter.limit}) i)`
}

type Branch = (filter: TimelineFilter) => Sql[]

/** Messages have no channel of ours: a filter by channel leaves them out, as it does merges. */
const messages: Branch = (filter) =>
  filter.channel
    ? []
    : [
        sql`(select 'message', g.created_at, g.id, null, null, m.id, g.id, null::int, null::bigint,
               jsonb_build_object('subject', g.subject, 'template', g.template, 'state', g.state)
      from member m cross join lateral (select * from engagement.message g where g.party_id = m.id
        ${after(filter, sql`g.created_at`, sql`'message'`, sql`g.id`)}
        order by g.created_at desc, g.id desc limit ${filter.limit}) g)`,
      ]

const consents: Branch = (filter) =>
  filter.channel
    ? []
    : [
        sql`(select 'consent', c.at, c.id, null, c.content::jsonb ->> 'actor', c.party_id, null::uuid, null::int, null::bigint,
               jsonb_build_object('act', c.act, 'medium', c.medium, 'purpose', c.purpose, 'source', c.content::jsonb ->> 'source')
      from member m join customers.consent c on c.party_id = m.id
      where true ${after(filter, sql`c.at`, sql`'consent'`, sql`c.id`)} order by c.at desc, c.id desc limit ${filter.limit})`,
      ]

/** What was learned at once is one entry. */
const identifications: Branch = (filter) => {
  const inChannel = filter.channel === undefined ? empty : sql`where i.channel_code = ${filter.channel}`
  return [
    sql`(select 'identification', i.recorded_at, i.id, i.channel_code, null, i.party_id, null::uuid, null::int, null::bigint,
           jsonb_build_object('source', i.source, 'learnt', i.learnt)
      from (select i.party_id, i.recorded_at, i.source, i.channel_code, (array_agg(i.id order by i.id))[1] as id,
              jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.kind, i.value) as learnt
            from member m join customers.identification i on i.party_id = m.id and i.kind <> 'locale'
            ${inChannel} group by i.party_id, i.recorded_at, i.source, i.channel_code) i
      where true ${after(filter, sql`i.recorded_at`, sql`'identification'`, sql`i.id`)}
      order by i.recorded_at desc, i.id desc limit ${filter.limit})`,
  ]
}

/** Of all members, and of who was taken apart from them. */
const merges: Branch = (filter) =>
  filter.channel
    ? []
    : [
        sql`(select 'merge', g.at, g.id, null, g.actor, case when s.id is null then g.absorbed_id else g.survivor_id end, null::uuid,
               null::int, null::bigint,
               jsonb_build_object('act', g.act, 'source', g.rule, 'otherId', case when s.id is null then g.survivor_id else g.absorbed_id end,
                 'name', coalesce((select i.value from customers.identification i
                   where i.party_id = case when s.id is null then g.survivor_id else g.absorbed_id end and i.kind = 'name'
                   order by i.recorded_at desc, i.id desc limit 1), ''))
      from (select * from customers.merge where absorbed_id in (select id from member)
            union select * from customers.merge where survivor_id in (select id from member)) g
      left join member s on s.id = g.survivor_id
      where true ${after(filter, sql`g.at`, sql`'merge'`, sql`g.id`)} order by g.at desc, g.id desc limit ${filter.limit})`,
      ]

const branchOf: Partial<Record<TimelineKind, Branch>> = {
  message: messages,
  consent: consents,
  identification: identifications,
  merge: merges,
}

/** Which of these names are of staff or of API keys: the others are the customers' own. */
export async function namesOfStaff(db: Queryable, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const rows = await query<{ name: string }>(
    db,
    sql`select a.name from access.account a join access.staff s on s.account_id = a.id where a.name = any(${names}::text[])
        union select k.name from access.api_key k where k.name = any(${names}::text[])`,
  )
  return new Set(rows.map(({ name }) => name))
}
