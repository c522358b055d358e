import type { DeliveryZone, Depot } from '@ecluse/contracts/windows.ts'
import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

const selectZones = sql`
  select z.id, z.code, z.name, z.place_id as "placeId", p.name as "placeName", p.site_id as "siteId", s.time_zone as "timeZone",
         json_build_object('latitude', z.latitude, 'longitude', z.longitude) as centre,
         z.service_minutes as "serviceMinutes", z.active,
         coalesce((select json_agg(json_build_object('prefix', a.prefix, 'coordinates', case when a.latitude is null then null
                     else json_build_object('latitude', a.latitude, 'longitude', a.longitude) end) order by a.prefix)
                   from fulfillment.zone_area a where a.zone_id = z.id), '[]') as areas,
         coalesce((select json_agg(json_build_object('weekday', t.weekday, 'from', t.starts, 'capacity', t.capacity,
                     'cutOffHours', t.cut_off_hours, 'feeMinor', t.fee_minor) order by t.weekday, t.starts)
                   from fulfillment.window_template t where t.zone_id = z.id), '[]') as template,
         coalesce((select json_agg(json_build_object('date', d.date::text, 'open', d.open, 'reason', d.reason) order by d.date)
                   from fulfillment.zone_day d where d.zone_id = z.id), '[]') as exceptions
  from fulfillment.delivery_zone z
  join inventory.place p on p.id = z.place_id
  join channels.site s on s.id = p.site_id`

export async function selectZoneList(db: Queryable): Promise<DeliveryZone[]> {
  return query(db, sql`${selectZones} order by z.name, z.code`)
}

export async function selectZone(db: Queryable, code: string): Promise<DeliveryZone | undefined> {
  return maybeOne(db, sql`${selectZones} where z.code = ${code}`)
}

/** The zone an address belongs to, and where it is taken to be: by the longest prefix of its postal code. */
export type ServingZone = {
  id: string
  code: string
  name: string
  place_id: string
  time_zone: string
  service_minutes: number
  latitude: number
  longitude: number
  depot_latitude: number
  depot_longitude: number
}

/** The zone that serves a postal code, if one does. */
export async function zoneOfPostalCode(db: Queryable, postalCode: string): Promise<ServingZone | undefined> {
  return maybeOne(
    db,
    sql`select z.id, z.code, z.name, z.place_id, s.time_zone, z.service_minutes, coalesce(a.latitude, z.latitude) as latitude,
               coalesce(a.longitude, z.longitude) as longitude, s.latitude as depot_latitude, s.longitude as depot_longitude
        from fulfillment.zone_area a
        join fulfillment.delivery_zone z on z.id = a.zone_id and z.active
        join inventory.place p on p.id = z.place_id
        join channels.site s on s.id = p.site_id and s.latitude is not null and s.longitude is not null
        where starts_with(${postalCode}, a.prefix) order by length(a.prefix) desc limit 1`,
  )
}

/** Names of the zones where windows are offered. */
export async function activeZoneNames(db: Queryable): Promise<string[]> {
  const rows = await query<{ name: string }>(
    db,
    sql`select name from fulfillment.delivery_zone where active order by name`,
  )
  return rows.map((row) => row.name)
}

/** Areas of others among those asked: each belongs to one zone. */
export async function areasOfOthers(
  db: Queryable,
  code: string,
  prefixes: readonly string[],
): Promise<{ prefix: string; zone: string }[]> {
  return query(
    db,
    sql`select a.prefix, z.name as zone from fulfillment.zone_area a join fulfillment.delivery_zone z on z.id = a.zone_id
        where a.prefix = any(${prefixes}::text[]) and z.code <> ${code} order by a.prefix limit 1`,
  )
}

export type ZoneRow = {
  id: string
  code: string
  name: string
  placeId: string
  latitude: number
  longitude: number
  serviceMinutes: number
  active: boolean
}

/** Creates a zone or changes the one of that code. @returns its id */
export async function upsertZone(tx: Tx, zone: ZoneRow, now: Date): Promise<string> {
  const rows = await query<{ id: string }>(
    tx,
    sql`insert into fulfillment.delivery_zone (id, code, name, place_id, latitude, longitude, service_minutes, active, created_at)
        values (${zone.id}, ${zone.code}, ${zone.name}, ${zone.placeId}, ${zone.latitude}, ${zone.longitude},
          ${zone.serviceMinutes}, ${zone.active}, ${now})
        on conflict (code) do update set name = excluded.name, place_id = excluded.place_id, latitude = excluded.latitude,
          longitude = excluded.longitude, service_minutes = excluded.service_minutes, active = excluded.active
        returning id`,
  )
  return rows[0]?.id ?? zone.id
}

export async function replaceAreas(
  tx: Tx,
  zoneId: string,
  areas: readonly { prefix: string; latitude: number | null; longitude: number | null }[],
): Promise<void> {
  await execute(tx, sql`delete from fulfillment.zone_area where zone_id = ${zoneId}`)
  await execute(
    tx,
    sql`insert into fulfillment.zone_area (prefix, zone_id, latitude, longitude)
        select a.prefix, ${zoneId}::uuid, a.latitude, a.longitude
        from json_to_recordset(${asJson(areas)}::json) as a (prefix text, latitude float8, longitude float8)`,
  )
}

export async function replaceTemplate(
  tx: Tx,
  zoneId: string,
  template: readonly {
    weekday: number
    from: string
    capacity: number
    cutOffHours: number
    feeMinor: number | null
  }[],
): Promise<void> {
  const rows = template.map(({ from, cutOffHours, feeMinor, ...one }) => ({
    ...one,
    starts: from,
    cut_off_hours: cutOffHours,
    fee_minor: feeMinor,
  }))
  await execute(tx, sql`delete from fulfillment.window_template where zone_id = ${zoneId}`)
  await execute(
    tx,
    sql`insert into fulfillment.window_template (zone_id, weekday, starts, capacity, cut_off_hours, fee_minor)
        select ${zoneId}::uuid, t.weekday, t.starts, t.capacity, t.cut_off_hours, t.fee_minor
        from json_to_recordset(${asJson(rows)}::json)
          as t (weekday int, starts text, capacity int, cut_off_hours int, fee_minor bigint)`,
  )
}

/** Decides on a zone's date, or goes back to its week. */
export async function putZoneDay(
  tx: Tx,
  zoneId: string,
  date: string,
  decision: { open: boolean | null; reason: string },
): Promise<void> {
  await execute(tx, sql`delete from fulfillment.zone_day where zone_id = ${zoneId} and date = ${date}::date`)
  if (decision.open === null) return
  await execute(
    tx,
    sql`insert into fulfillment.zone_day (zone_id, date, open, reason)
        values (${zoneId}, ${date}::date, ${decision.open}, ${decision.reason})`,
  )
}

/** Places deliveries leave from: those of zones, and those with vehicles. */
export async function selectDepots(db: Queryable, placeId?: string): Promise<Depot[]> {
  return query(
    db,
    sql`select p.id as "placeId", p.name, p.site_id as "siteId", s.time_zone as "timeZone",
               case when s.latitude is null or s.longitude is null then null
                    else json_build_object('latitude', s.latitude, 'longitude', s.longitude) end as coordinates,
               coalesce((select json_agg(json_build_object('id', v.id, 'name', v.name, 'capacityKg', v.capacity_kg,
                           'from', v.shift_from, 'until', v.shift_until, 'active', v.active) order by v.name, v.id)
                         from fulfillment.delivery_vehicle v where v.place_id = p.id), '[]') as vehicles
        from inventory.place p join channels.site s on s.id = p.site_id
        where ${
          placeId
            ? sql`p.id = ${placeId}`
            : sql`(exists (select from fulfillment.delivery_zone z where z.place_id = p.id)
                   or exists (select from fulfillment.delivery_vehicle v where v.place_id = p.id))`
        }
        order by p.name`,
  )
}

/** Sets the vehicles of a depot; one that is no longer named is kept, inactive, as past days were driven with it. */
export async function putVehicleRows(
  tx: Tx,
  placeId: string,
  vehicles: readonly { id: string; name: string; capacityKg: number; from: string; until: string; active: boolean }[],
): Promise<void> {
  const rows = vehicles.map(({ capacityKg, from, until, ...vehicle }) => ({
    ...vehicle,
    capacity_kg: capacityKg,
    shift_from: from,
    shift_until: until,
  }))
  await execute(
    tx,
    sql`update fulfillment.delivery_vehicle set active = false
        where place_id = ${placeId} and not id = any(${vehicles.map(({ id }) => id)}::uuid[])`,
  )
  await execute(
    tx,
    sql`insert into fulfillment.delivery_vehicle (id, place_id, name, capacity_kg, shift_from, shift_until, active)
        select v.id, ${placeId}::uuid, v.name, v.capacity_kg, v.shift_from, v.shift_until, v.active
        from json_to_recordset(${asJson(rows)}::json)
          as v (id uuid, name text, capacity_kg int, shift_from text, shift_until text, active bool)
        on conflict (id) do update set name = excluded.name, capacity_kg = excluded.capacity_kg, active = excluded.active,
          shift_from = excluded.shift_from, shift_until = excluded.shift_until
        where delivery_vehicle.place_id = excluded.place_id`,
  )
}
