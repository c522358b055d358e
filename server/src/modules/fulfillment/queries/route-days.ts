import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { RouteStop } from '@ecluse/contracts/windows.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { DayStop, DayVehicle, KeptRoute } from '../domain/day-plan.ts'

/** Where a depot is, and its vehicles. */
export type DepotRow = {
  place_id: string
  name: string
  site_id: string
  time_zone: string
  latitude: number | null
  longitude: number | null
  vehicles: DayVehicle[]
}

export async function selectDepot(db: Queryable, placeId: string): Promise<DepotRow | undefined> {
  return maybeOne(
    db,
    sql`select p.id as place_id, p.name, p.site_id, s.time_zone, s.latitude, s.longitude,
               coalesce((select json_agg(json_build_object('id', v.id, 'name', v.name, 'capacityKg', v.capacity_kg,
                           'from', v.shift_from, 'until', v.shift_until, 'active', v.active) order by v.name, v.id)
                         from fulfillment.delivery_vehicle v where v.place_id = p.id), '[]') as vehicles
        from inventory.place p join channels.site s on s.id = p.site_id where p.id = ${placeId}`,
  )
}

/** The routes kept of a depot's days. */
export async function selectRouteDays(
  db: Queryable,
  placeId: string,
  dates: readonly string[],
): Promise<
  { date: string; routes: KeptRoute[]; revision: number; planned_at: Date | null; progress: number | null }[]
> {
  return query(
    db,
    sql`select date::text as date, routes, revision, planned_at, progress from fulfillment.route_day
        where place_id = ${placeId} and date = any(${dates}::date[])`,
  )
}

/** The deliveries of a depot's days, as routes see them. */
export async function selectDayStops(
  db: Queryable,
  placeId: string,
  dates: readonly string[],
): Promise<(DayStop & { date: string })[]> {
  return query(
    db,
    sql`select t.id, t.date::text as date, t.latitude, t.longitude, t.weight_grams as "weightGrams",
               t.service_seconds as "serviceSeconds", w.starts_at as "startsAt", w.ends_at as "endsAt"
        from fulfillment.route_stop t join fulfillment.delivery_window w on w.id = t.window_id
        where t.place_id = ${placeId} and t.date = any(${dates}::date[]) order by t.id`,
  )
}

/** A delivery as people see it. */
export type StopRow = {
  id: string
  order_id: string | null
  order_number: string | null
  customer_name: string | null
  phone: string | null
  address: PostalAddress
  latitude: number
  longitude: number
  window_id: string
  zone_name: string
  starts_at: Date
  ends_at: Date
  service_seconds: number
  weight_grams: number
  pieces: number
  state: RouteStop['state']
  done_at: Date | null
  failure: string | null
  articles: RouteStop['articles']
}

export async function selectStops(db: Queryable, placeId: string, date: string): Promise<StopRow[]> {
  return query(
    db,
    sql`select t.id, t.order_id, o.number as order_number, o.contact_name as customer_name, o.contact_phone as phone, t.address,
               t.latitude, t.longitude, t.window_id, z.name as zone_name, w.starts_at, w.ends_at, t.service_seconds, t.weight_grams,
               t.pieces, t.state, t.done_at, t.failure,
               coalesce((select json_agg(json_build_object('name', l.name, 'sku', l.sku, 'quantity', l.quantity) order by l.position)
                         from orders.order_line l where l.order_id = t.order_id), '[]') as articles
        from fulfillment.route_stop t
        join fulfillment.delivery_window w on w.id = t.window_id
        join fulfillment.delivery_zone z on z.id = w.zone_id
        left join orders.sales_order o on o.id = t.order_id
        where t.place_id = ${placeId} and t.date = ${date}::date order by w.starts_at, t.id`,
  )
}

export type NewStop = {
  placeId: string
  id: string
  date: string
  windowId: string
  latitude: number
  longitude: number
  address: PostalAddress
  weightGrams: number
  pieces: number
  serviceSeconds: number
}

/** Writes a delivery down while its order is being placed. */
export async function insertStop(tx: Tx, stop: NewStop, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.route_stop (place_id, id, date, window_id, state, latitude, longitude, address, weight_grams,
          pieces, service_seconds, created_at)
        values (${stop.placeId}, ${stop.id}, ${stop.date}::date, ${stop.windowId}, 'reserved', ${stop.latitude}, ${stop.longitude},
          ${JSON.stringify(stop.address)}::jsonb, ${stop.weightGrams}, ${stop.pieces}, ${stop.serviceSeconds}, ${now})`,
  )
}

/** How many deliveries are written down for a window, those whose order is being placed included; one may be left out. */
export async function countInWindow(
  db: Queryable,
  placeId: string,
  windowId: string,
  without: string | null = null,
): Promise<number> {
  return (
    await one<{ n: number }>(
      db,
      sql`select count(*)::int as n from fulfillment.route_stop where place_id = ${placeId} and window_id = ${windowId}
            and id is distinct from ${without}::uuid`,
    )
  ).n
}

/** Keeps the routes of a day; the caller holds its lock. */
export async function updateRoutes(
  tx: Tx,
  placeId: string,
  date: string,
  routes: readonly KeptRoute[],
  plannedAt: Date | null = null,
): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.route_day set routes = ${JSON.stringify(routes)}::jsonb, revision = revision + 1,
          planned_at = coalesce(${plannedAt}::timestamptz, planned_at),
          progress = case when ${plannedAt}::timestamptz is null then progress end
        where place_id = ${placeId} and date = ${date}::date`,
  )
}

/** How far the drawing of routes is; `begin` asks for one, otherwise only one that was asked for is told. */
export async function updateProgress(
  db: Queryable,
  day: { placeId: string; date: string },
  progress: number,
  begin = false,
): Promise<void> {
  await execute(
    db,
    sql`update fulfillment.route_day set progress = ${progress}
        where place_id = ${day.placeId} and date = ${day.date}::date and (${begin}::boolean or progress is not null)`,
  )
}

/** The windows orders were promised: the id of the promise is that of the delivery. */
export async function windowPromisesOf(
  db: Queryable,
  orderIds: readonly string[],
): Promise<{ order_id: string; stop_id: string; window_id: string }[]> {
  return query(
    db,
    sql`select order_id, promise_id as stop_id, pool_id as window_id from orders.order_promise
        where order_id = any(${orderIds}::uuid[]) and kind = 'window'`,
  )
}

/** The order of a promise, while that order stands. */
export async function standingOrderOf(db: Queryable, stopId: string): Promise<{ order_id: string } | undefined> {
  return maybeOne(
    db,
    sql`select p.order_id from orders.order_promise p join orders.sales_order o on o.id = p.order_id
        where p.promise_id = ${stopId} and o.document_state in ('awaiting_payment', 'confirmed')`,
  )
}

/** Whether a delivery is kept for a quote, or for a purchase that waits for its approval. */
export async function isKept(db: Queryable, stopId: string): Promise<boolean> {
  const row = await maybeOne(
    db,
    sql`select 1 from orders.kept_hour k where k.kind = 'window' and k.promise_ids @> array[${stopId}::uuid]`,
  )
  return row !== undefined
}

/** Where a delivery that has not been ordered yet is brought, within what was found for it. */
export async function updateAddress(tx: Tx, stopId: string, address: PostalAddress): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.route_stop set address = ${JSON.stringify(address)}::jsonb where id = ${stopId} and state = 'reserved'`,
  )
}

/** Deliveries written down for orders that were placed. */
export async function bookStops(tx: Tx, pairs: readonly { stop_id: string; order_id: string }[]): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.route_stop t set order_id = d.order_id, state = 'booked'
        from unnest(${pairs.map((pair) => pair.stop_id)}::uuid[], ${pairs.map((pair) => pair.order_id)}::uuid[])
          as d (stop_id, order_id)
        where t.id = d.stop_id and t.state = 'reserved'`,
  )
}

export type StopDay = { id: string; place_id: string; date: string; state: RouteStop['state'] }

/** The days of deliveries. */
export async function daysOfStops(db: Queryable, stopIds: readonly string[]): Promise<StopDay[]> {
  return query(
    db,
    sql`select id, place_id, date::text as date, state from fulfillment.route_stop where id = any(${stopIds}::uuid[])
        order by place_id, date, id`,
  )
}

/** Deliveries written down a while ago whose order is not known, and that are kept for nothing. */
export async function staleReservations(db: Queryable, before: Date): Promise<{ id: string }[]> {
  return query(
    db,
    sql`select t.id from fulfillment.route_stop t
        where t.state = 'reserved' and t.created_at < ${before}
          and not exists (select 1 from orders.kept_hour k where k.kind = 'window' and k.promise_ids @> array[t.id])
        order by t.created_at limit 200`,
  )
}

/** Takes a delivery that has not left out of its day; the caller holds the day's lock. @returns whether it was there */
export async function deleteStop(tx: Tx, placeId: string, id: string): Promise<boolean> {
  const gone = await execute(
    tx,
    sql`delete from fulfillment.route_stop where place_id = ${placeId} and id = ${id} and state in ('reserved', 'booked')`,
  )
  return gone > 0
}

/** Deliveries that leave with their vehicle. */
export async function setOnTheRoad(tx: Tx, placeId: string, stopIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.route_stop set state = 'on_the_road'
        where place_id = ${placeId} and id = any(${stopIds}::uuid[]) and state = 'booked'`,
  )
}

/** How a delivery ended, or that it has not yet. */
export async function updateOutcome(
  tx: Tx,
  placeId: string,
  id: string,
  outcome: { state: RouteStop['state']; doneAt: Date | null; failure: string | null },
): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.route_stop set state = ${outcome.state}, done_at = ${outcome.doneAt}, failure = ${outcome.failure}
        where place_id = ${placeId} and id = ${id}`,
  )
}

/** The preparations of orders that have not left. */
export async function openFulfillmentsOf(db: Queryable, orderIds: readonly string[]): Promise<{ id: string }[]> {
  return query(
    db,
    sql`select id from fulfillment.fulfillment where order_id = any(${orderIds}::uuid[]) and method = 'delivery'
          and state in ('to_prepare', 'ready') order by order_id, id`,
  )
}

/** The days of coming weeks on which a depot has deliveries. */
export async function datesWithStops(db: Queryable, placeId: string, from: string): Promise<string[]> {
  const rows = await query<{ date: string }>(
    db,
    sql`select distinct date::text as date from fulfillment.route_stop
        where place_id = ${placeId} and date >= ${from}::date order by 1`,
  )
  return rows.map((row) => row.date)
}

/** Promises of windows that were kept, day by day. */
export async function selectKept(
  db: Queryable,
  filter: { from: string; until: string; placeId?: string | undefined; siteIds: readonly string[] | null; now: Date },
): Promise<{ date: string; promised: number; kept: number; late: number; failed: number; open: number }[]> {
  return query(
    db,
    sql`select t.date::text as date, count(*)::int as promised,
               count(*) filter (where t.state = 'delivered' and t.done_at between w.starts_at and w.ends_at)::int as kept,
               count(*) filter (where t.state = 'failed')::int as failed,
               count(*) filter (where t.state not in ('delivered', 'failed') and w.ends_at >= ${filter.now})::int as open,
               count(*) filter (where (t.state = 'delivered' and not t.done_at between w.starts_at and w.ends_at)
                 or (t.state not in ('delivered', 'failed') and w.ends_at < ${filter.now}))::int as late
        from fulfillment.route_stop t
        join fulfillment.delivery_window w on w.id = t.window_id
        join inventory.place p on p.id = t.place_id
        where t.date between ${filter.from}::date and ${filter.until}::date and t.state <> 'reserved'
          and (${filter.placeId ?? null}::uuid is null or t.place_id = ${filter.placeId ?? null})
          and (${filter.siteIds}::uuid[] is null or p.site_id = any(${filter.siteIds}::uuid[]))
        group by t.date order by t.date`,
  )
}
