import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type WaitingRow = {
  id: string
  offering_code: string
  site_id: string
  seats: number
  /** Dates, both included. */
  from_date: string
  until_date: string
  locale: 'fr' | 'en'
  contact_name: string
  contact_email: string | null
  contact_phone: string | null
  state: 'waiting' | 'offered' | 'booked' | 'left'
  asked_at: Date
  passed: Date[]
  appointment_id: string | null
  expires_at: Date | null
  /** What gives them a line of their own; null: they wait with everybody. */
  first_by: string | null
}

export async function insertWaiting(tx: Tx, row: WaitingRow): Promise<void> {
  await execute(
    tx,
    sql`insert into service.waiting select w.* from json_populate_recordset(null::service.waiting, ${asJson([row])}::json) w`,
  )
}

/** Who waits in a shop, first come first; who has a line of their own before. */
export function lineOf(db: Queryable, siteId: string): Promise<WaitingRow[]> {
  return query(
    db,
    sql`select * from service.waiting where site_id = ${siteId} and state = 'waiting'
        order by first_by is null, asked_at, id limit 200`,
  )
}

/** How many wait for a service of a shop before somebody. */
export async function countBefore(db: Queryable, row: WaitingRow): Promise<number> {
  const { n } = await one<{ n: number }>(
    db,
    sql`select count(*)::int as n from service.waiting where site_id = ${row.site_id} and offering_code = ${row.offering_code}
          and state = 'waiting' and (first_by is null, asked_at, id) < (${row.first_by === null}, ${row.asked_at}, ${row.id}::uuid)`,
  )
  return n
}

/** Writes what became of somebody who waits; the shop's line is locked. */
export async function updateWaiting(
  tx: Tx,
  id: string,
  now: Pick<WaitingRow, 'state' | 'asked_at' | 'passed' | 'appointment_id' | 'expires_at'>,
): Promise<void> {
  await execute(
    tx,
    sql`update service.waiting set state = ${now.state}, asked_at = ${now.asked_at}, passed = ${now.passed}::timestamptz[],
               appointment_id = ${now.appointment_id}, expires_at = ${now.expires_at} where id = ${id}`,
  )
}

/** Whom an hour is held for. */
export async function waitingOf(db: Queryable, appointmentId: string): Promise<WaitingRow | undefined> {
  return maybeOne(
    db,
    sql`select * from service.waiting where appointment_id = ${appointmentId} and state = 'offered' limit 1`,
  )
}

export async function selectWaiting(db: Queryable, id: string): Promise<WaitingRow | undefined> {
  return maybeOne(db, sql`select * from service.waiting where id = ${id}`)
}

/** Hours that were held long enough. */
export function overdueOffers(db: Queryable, now: Date): Promise<{ appointment_id: string }[]> {
  return query(
    db,
    sql`select appointment_id from service.waiting where state = 'offered' and expires_at <= ${now} order by expires_at limit 200`,
  )
}

/** The shops in which somebody waits. */
export async function waitingSites(db: Queryable): Promise<string[]> {
  const rows = await query<{ site_id: string }>(
    db,
    sql`select distinct site_id from service.waiting where state = 'waiting' order by site_id`,
  )
  return rows.map((row) => row.site_id)
}

/** Those whose days are over wait no more. */
export async function endPastWaits(tx: Tx, today: string): Promise<void> {
  await execute(
    tx,
    sql`update service.waiting set state = 'left' where state = 'waiting' and until_date < ${today}::date`,
  )
}

export type ListedWaiting = WaitingRow & { service_name: { fr: string; en: string }; offered_at: Date | null }

/** Who waits in a shop or has an hour held for them, in their order. */
export function listWaitingRows(db: Queryable, siteId: string): Promise<ListedWaiting[]> {
  return query(
    db,
    sql`select w.*, o.name as service_name, case when w.state = 'offered' then a.starts_at end as offered_at
        from service.waiting w join service.offering o on o.code = w.offering_code
        left join service.appointment a on a.id = w.appointment_id
        where w.site_id = ${siteId} and w.state in ('waiting', 'offered') order by w.state, w.first_by is null, w.asked_at, w.id
        limit 500`,
  )
}

/** Contacts of those who wait no more are forgotten. @returns how many */
export async function forgetWaiting(tx: Tx, before: Date): Promise<number> {
  return execute(tx, sql`delete from service.waiting where state in ('booked', 'left') and asked_at < ${before}`)
}
