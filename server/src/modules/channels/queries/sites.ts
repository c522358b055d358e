import type { Site } from '@ecluse/contracts/channels.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

type SiteRow = {
  id: string
  code: string
  kind: Site['kind']
  name: string
  street: string
  postal_code: string
  locality: string
  country: string
  latitude: number | null
  longitude: number | null
  phone: string | null
  time_zone: string
  offers_pickup: boolean
  pickup_ready_minutes: number
  opening_hours: Site['openingHours']
}

/** Sites with their hours, by name; all, or those asked for. */
export async function selectSites(db: Queryable, ids: readonly string[] | null): Promise<Site[]> {
  const rows = await query<SiteRow>(
    db,
    sql`select s.id, s.code, s.kind, s.name, s.street, s.postal_code, s.locality, s.country, s.latitude, s.longitude, s.phone,
               s.time_zone, s.offers_pickup, s.pickup_ready_minutes,
               coalesce((select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', h.opens, 'closes', h.closes)
                                          order by h.weekday, h.opens)
                         from channels.opening_hour h where h.site_id = s.id), '[]') as opening_hours
        from channels.site s
        where ${ids}::uuid[] is null or s.id = any(${ids}::uuid[])
        order by s.name, s.id`,
  )
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    kind: row.kind,
    name: row.name,
    street: row.street,
    postalCode: row.postal_code,
    locality: row.locality,
    country: row.country,
    latitude: row.latitude,
    longitude: row.longitude,
    phone: row.phone,
    timeZone: row.time_zone,
    openingHours: row.opening_hours,
    offersPickup: row.offers_pickup,
    pickupReadyMinutes: row.pickup_ready_minutes,
  }))
}

/** Adds a site, or changes the one that has its code; answers the id it has. */
export async function upsertSite(tx: Tx, site: Site, now: Date): Promise<string> {
  const rows = await query<{ id: string }>(
    tx,
    sql`insert into channels.site (id, code, kind, name, street, postal_code, locality, country, latitude, longitude, phone,
                                   time_zone, offers_pickup, pickup_ready_minutes, created_at)
        values (${site.id}, ${site.code}, ${site.kind}, ${site.name}, ${site.street}, ${site.postalCode}, ${site.locality},
                ${site.country}, ${site.latitude}, ${site.longitude}, ${site.phone}, ${site.timeZone}, ${site.offersPickup},
                ${site.pickupReadyMinutes}, ${now})
        on conflict (code) do update set
          kind = excluded.kind, name = excluded.name, street = excluded.street, postal_code = excluded.postal_code,
          locality = excluded.locality, country = excluded.country, latitude = excluded.latitude,
          longitude = excluded.longitude, phone = excluded.phone, time_zone = excluded.time_zone,
          offers_pickup = excluded.offers_pickup, pickup_ready_minutes = excluded.pickup_ready_minutes
        returning id`,
  )
  return (rows[0] as { id: string }).id
}

/** Replaces the opening hours of a site. */
export async function replaceOpeningHours(tx: Tx, siteId: string, hours: Site['openingHours']): Promise<void> {
  await execute(tx, sql`delete from channels.opening_hour where site_id = ${siteId}`)
  if (hours.length === 0) return
  await execute(
    tx,
    sql`insert into channels.opening_hour (site_id, weekday, opens, closes)
        select ${siteId}, * from unnest(${hours.map((h) => h.weekday)}::int[], ${hours.map((h) => h.opens)}::text[],
                                        ${hours.map((h) => h.closes)}::text[])`,
  )
}
