import type { ReservationPolicy, ReservationState } from '@ecluse/contracts/reservations.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type ReservationRow = {
  id: string
  site_id: string
  channel_id: string
  code: string
  access_token: string
  state: ReservationState
  locale: 'fr' | 'en'
  contact_name: string
  contact_email: string | null
  contact_phone: string | null
  shelf: string | null
  ready_by: Date | null
  expires_at: Date
  remind_at: Date | null
  created_at: Date
  ready_at: Date | null
  came_at: Date | null
  ended_at: Date | null
  order_id: string | null
  actor: string | null
}

export type ReservationLineRow = {
  reservation_id: string
  variant_id: string
  position: number
  sku: string
  name: string
  variant_label: string
  image_url: string | null
  place_id: string
  quantity: number
  unit_price_minor: bigint
  bought_quantity: number | null
}

/** A reservation with the names its document shows. */
export type ReservationHead = ReservationRow & {
  site_name: string
  channel_code: string
  pass_secret: string | null
  lines: (Omit<ReservationLineRow, 'unit_price_minor' | 'reservation_id'> & {
    unit_price_minor: string
    place_name: string
  })[]
}

const head = sql`select r.*, s.name as site_name, ch.code as channel_code,
  (select p.secret from orders.pass p where p.code = r.code and p.revoked_at is null) as pass_secret,
  (select json_agg(json_build_object('variant_id', l.variant_id, 'position', l.position, 'sku', l.sku, 'name', l.name,
            'variant_label', l.variant_label, 'image_url', l.image_url, 'place_id', l.place_id, 'place_name', pl.name,
            'quantity', l.quantity, 'unit_price_minor', l.unit_price_minor::text, 'bought_quantity', l.bought_quantity)
            order by l.position)
   from orders.reservation_line l join inventory.place pl on pl.id = l.place_id where l.reservation_id = r.id) as lines
  from orders.reservation r join channels.site s on s.id = r.site_id join channels.channel ch on ch.id = r.channel_id`

export async function insertReservation(
  tx: Tx,
  row: ReservationRow,
  lines: readonly ReservationLineRow[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.reservation
        select r.* from json_populate_recordset(null::orders.reservation, ${asJson([row])}::json) r`,
  )
  await execute(
    tx,
    sql`insert into orders.reservation_line
        select l.* from json_populate_recordset(null::orders.reservation_line, ${asJson(lines)}::json) l`,
  )
}

export async function selectReservation(db: Queryable, id: string): Promise<ReservationHead | undefined> {
  return maybeOne(db, sql`${head} where r.id = ${id}`)
}

/** Which of some documents are reservations. */
export async function whichReservations(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(db, sql`select id from orders.reservation where id = any(${ids}::uuid[])`)
  return new Set(rows.map((row) => row.id))
}

/** What a person has reserved now, in all shops. */
export async function countOpen(
  db: Queryable,
  { email, phone }: { email: string | null; phone: string | null },
): Promise<{ reservations: number; units: number }> {
  return one(
    db,
    sql`select count(distinct r.id)::int as reservations, coalesce(sum(l.quantity), 0)::int as units
        from orders.reservation r join orders.reservation_line l on l.reservation_id = r.id
        where r.ended_at is null and (r.contact_email = ${email} or r.contact_phone = ${phone})`,
  )
}

export type ReservationChange = Partial<
  Pick<
    ReservationRow,
    'state' | 'shelf' | 'expires_at' | 'remind_at' | 'ready_at' | 'came_at' | 'ended_at' | 'order_id'
  >
>

/** Writes what changed of a reservation that has been read under its lock. */
export async function updateReservation(tx: Tx, row: ReservationRow, change: ReservationChange): Promise<void> {
  const next = { ...row, ...change }
  await execute(
    tx,
    sql`update orders.reservation set state = ${next.state}, shelf = ${next.shelf}, expires_at = ${next.expires_at},
               remind_at = ${next.remind_at}, ready_at = ${next.ready_at}, came_at = ${next.came_at},
               ended_at = ${next.ended_at}, order_id = ${next.order_id}
        where id = ${row.id}`,
  )
}

/** Writes how many of each article were bought: what the order has of it, at most what was reserved; nothing without one. */
export async function recordBought(tx: Tx, id: string, orderId: string | null): Promise<number> {
  const rows = await query<{ bought: number }>(
    tx,
    sql`update orders.reservation_line l
        set bought_quantity = least(l.quantity, coalesce((select sum(o.quantity)::int from orders.order_line o
                                 where o.order_id = ${orderId} and o.variant_id = l.variant_id), 0))
        where l.reservation_id = ${id} returning l.bought_quantity as bought`,
  )
  return rows.reduce((sum, { bought }) => sum + bought, 0)
}

/** Open reservations whose time is over. */
export async function overdueReservations(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from orders.reservation where ended_at is null and expires_at <= ${now} order by expires_at limit ${limit}`,
  )
  return rows.map((row) => row.id)
}

/** Takes the reservations whose customers are to be told that they end: each once, whoever else looks. */
export async function takeReminders(
  tx: Tx,
  now: Date,
): Promise<{ id: string; code: string; channel_code: string; expires_at: Date }[]> {
  return query(
    tx,
    sql`update orders.reservation r set remind_at = null
        from channels.channel ch
        where r.ended_at is null and r.state <> 'trying' and r.remind_at <= ${now} and ch.id = r.channel_id
        returning r.id, r.code, ch.code as channel_code, r.expires_at`,
  )
}

/** Keeps goods put aside until later. */
export async function prolongHolds(tx: Tx, cartId: string, until: Date): Promise<void> {
  await execute(
    tx,
    sql`update orders.cart_line set hold_until = ${until} where cart_id = ${cartId} and hold_promise_id is not null`,
  )
  await execute(
    tx,
    sql`update orders.cart_line set kept_until = ${until} where cart_id = ${cartId} and kept_until < ${until}`,
  )
  await execute(tx, sql`update orders.pass set expires_at = greatest(expires_at, ${until}) where cart_id = ${cartId}`)
}

/** The orders some reservations ended in. */
export async function reservationsOfOrders(db: Queryable, orderIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from orders.reservation where order_id = any(${orderIds}::uuid[]) and state = 'bought'`,
  )
  return rows.map((row) => row.id)
}

export type ReservationFilter = {
  q?: string | undefined
  siteId?: string | undefined
  state?: ReservationState | undefined
  open?: boolean | undefined
  siteIds: readonly string[] | null
  before: { createdAt: string; id: string } | undefined
  limit: number
}

export async function listReservationRows(db: Queryable, filter: ReservationFilter): Promise<ReservationHead[]> {
  const { q } = filter
  const like = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const plain = (q ?? '').toUpperCase().replace(/[\s-]/g, '')
  return query(
    db,
    sql`${head} where true
        ${filter.siteId ? sql`and r.site_id = ${filter.siteId}` : empty}
        ${filter.siteIds ? sql`and r.site_id = any(${filter.siteIds}::uuid[])` : empty}
        ${filter.state ? sql`and r.state = ${filter.state}` : empty}
        ${filter.open === undefined ? empty : filter.open ? sql`and r.ended_at is null` : sql`and r.ended_at is not null`}
        ${
          q
            ? sql`and (r.code = ${plain} or r.contact_email = ${q.toLowerCase()} or r.contact_phone like ${like}
                  or public.unaccent(r.contact_name) ilike public.unaccent(${like}))`
            : empty
        }
        ${filter.before ? sql`and (r.created_at, r.id) < (${filter.before.createdAt}::timestamptz, ${filter.before.id}::uuid)` : empty}
        order by r.created_at desc, r.id desc limit ${filter.limit + 1}`,
  )
}

export type ReservationFigures = {
  open: number
  bought: number
  released: number
  cancelled: number
  no_show: number
  units: number
  units_bought: number
}

export async function countOutcomes(
  db: Queryable,
  filter: { from: string; until: string; siteId: string | undefined; siteIds: readonly string[] | null },
): Promise<ReservationFigures> {
  return one(
    db,
    sql`select count(*) filter (where r.ended_at is null)::int as open,
               count(*) filter (where r.state = 'bought')::int as bought,
               count(*) filter (where r.state = 'released')::int as released,
               count(*) filter (where r.state = 'cancelled')::int as cancelled,
               count(*) filter (where r.state = 'no_show')::int as no_show,
               coalesce(sum(l.units) filter (where r.ended_at is not null), 0)::int as units,
               coalesce(sum(l.bought), 0)::int as units_bought
        from orders.reservation r
        cross join lateral (select sum(quantity) as units, sum(bought_quantity) as bought
                            from orders.reservation_line where reservation_id = r.id) l
        where r.created_at >= ${filter.from}::timestamptz and r.created_at < ${filter.until}::timestamptz
          ${filter.siteId ? sql`and r.site_id = ${filter.siteId}` : empty}
          ${filter.siteIds ? sql`and r.site_id = any(${filter.siteIds}::uuid[])` : empty}`,
  )
}

type PolicyRow = Omit<ReservationPolicy, 'siteId' | 'siteName'> & { siteId: string; siteName: string }

/** What shops allow; those that were never asked allow nothing. */
export async function selectPolicies(db: Queryable, siteId?: string): Promise<PolicyRow[]> {
  return query(
    db,
    sql`select s.id as "siteId", s.name as "siteName", coalesce(p.active, false) as active,
               coalesce(p.open_days, 1) as "openDays", coalesce(p.most_units, 4) as "mostUnits",
               coalesce(p.most_open, 2) as "mostOpen"
        from channels.site s left join orders.reservation_policy p on p.site_id = s.id
        where s.kind = 'shop' ${siteId ? sql`and s.id = ${siteId}` : empty} order by s.name, s.id`,
  )
}

export async function upsertPolicy(tx: Tx, policy: Omit<ReservationPolicy, 'siteName'>): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.reservation_policy (site_id, active, open_days, most_units, most_open)
        values (${policy.siteId}, ${policy.active}, ${policy.openDays}, ${policy.mostUnits}, ${policy.mostOpen})
        on conflict (site_id) do update set active = excluded.active, open_days = excluded.open_days,
          most_units = excluded.most_units, most_open = excluded.most_open`,
  )
}

/** Contacts of reservations long over are forgotten; what became of them is still counted. @returns how many */
export async function forgetContacts(tx: Tx, before: Date): Promise<number> {
  return execute(
    tx,
    sql`update orders.reservation set contact_name = '–', contact_email = '', contact_phone = null, actor = null
        where ended_at < ${before} and contact_name <> '–'`,
  )
}
