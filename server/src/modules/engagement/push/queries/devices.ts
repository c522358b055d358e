import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { type Sql } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type DeviceRow = {
  party_id: string
  /** The hash of its endpoint. */
  device: string
  endpoint: string
  p256dh: string
  auth: string
  /** The host of its push service. */
  service: string
  locale: Locale
}

/** Devices of one customer that are notified; beyond so many the oldest are left out. */
const mostDevices = 10

/** The push services of a customer's browsers, as one text; null: none is notified. `root`: who survived all merges. */
export function servicesOf(root: Sql): Sql {
  return sql`(select string_agg(distinct d.service, ', ' order by d.service) from engagement.push_device d
              where d.party_id in (select ${root} union all select m.id from customers.party m where m.survivor_id = ${root}))`
}

/** @param root who survived all merges */
export async function pushServices(db: Queryable, root: string): Promise<string | null> {
  const row = await maybeOne<{ services: string | null }>(
    db,
    sql`select ${servicesOf(sql`p.id`)} as services from customers.party p where p.id = ${root}`,
  )
  return row?.services ?? null
}

/** Devices of everybody who is one customer, the latest first. */
export function devicesOf(db: Queryable, memberIds: readonly string[]): Promise<DeviceRow[]> {
  return query(
    db,
    sql`select party_id, device, endpoint, p256dh, auth, service, locale from engagement.push_device
        where party_id = any(${memberIds}::uuid[]) order by since desc, device limit ${mostDevices}`,
  )
}

export function deviceHeld(db: Queryable, device: string): Promise<DeviceRow | undefined> {
  return maybeOne(
    db,
    sql`select party_id, device, endpoint, p256dh, auth, service, locale from engagement.push_device
        where device = ${device} order by since desc limit 1`,
  )
}

/** Gives a device to whoever uses it now: nobody else is notified there any more. */
export async function putDevice(tx: Tx, row: DeviceRow, now: Date): Promise<void> {
  await execute(
    tx,
    sql`delete from engagement.push_device where device = ${row.device} and party_id <> ${row.party_id}`,
  )
  await execute(
    tx,
    sql`insert into engagement.push_device (party_id, device, endpoint, p256dh, auth, service, locale, since)
        values (${row.party_id}, ${row.device}, ${row.endpoint}, ${row.p256dh}, ${row.auth}, ${row.service}, ${row.locale}, ${now})
        on conflict (party_id, device) do update set p256dh = excluded.p256dh, auth = excluded.auth, locale = excluded.locale`,
  )
}

/** Forgets a device that is not notified any more. */
export async function dropDevice(db: Queryable, device: string): Promise<void> {
  await execute(db, sql`delete from engagement.push_device where device = ${device}`)
}
