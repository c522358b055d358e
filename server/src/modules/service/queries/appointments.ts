import type { AppointmentState, ResourceKind } from '@ecluse/contracts/appointments.ts'
import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type AppointmentRow = {
  id: string
  code: string
  access_token: string
  offering_code: string
  site_id: string
  resource_id: string
  /** The place, when a person is booked with it. */
  also_resource_id?: string | null
  /** The order it was bought with. */
  order_id?: string | null
  state: AppointmentState
  starts_at: Date
  ends_at: Date
  blocked_until: Date
  seats: number
  locale: 'fr' | 'en'
  contact_name: string
  contact_email: string | null
  contact_phone: string | null
  note: string
  reservation_id: string | null
  sequence: number
  remind_at: Date | null
  created_at: Date
  updated_at: Date
  actor: string | null
}

/** An appointment with the names its page shows. */
export type AppointmentHead = AppointmentRow & {
  service_name: { fr: string; en: string }
  site_name: string
  time_zone: string
  street: string
  postal_code: string
  locality: string
  phone: string | null
  resource_name: string
  resource_kind: ResourceKind
  also_resource_name: string | null
  offer_expires_at: Date | null
}

const head = sql`select a.*, o.name as service_name, s.name as site_name, s.time_zone, s.street, s.postal_code, s.locality, s.phone,
    r.name as resource_name, r.kind as resource_kind,
    (select w.name from service.resource w where w.id = a.also_resource_id) as also_resource_name,
    (select w.expires_at from service.waiting w where w.appointment_id = a.id and w.state = 'offered') as offer_expires_at
  from service.appointment a join service.offering o on o.code = a.offering_code
  join channels.site s on s.id = a.site_id join service.resource r on r.id = a.resource_id`

export async function insertAppointment(tx: Tx, row: AppointmentRow): Promise<void> {
  await execute(
    tx,
    sql`insert into service.appointment
        select a.* from json_populate_recordset(null::service.appointment, ${asJson([row])}::json) a`,
  )
}

export async function selectAppointment(db: Queryable, id: string): Promise<AppointmentHead | undefined> {
  return maybeOne(db, sql`${head} where a.id = ${id}`)
}

export type AppointmentChange = Partial<
  Pick<
    AppointmentRow,
    | 'state'
    | 'resource_id'
    | 'also_resource_id'
    | 'starts_at'
    | 'ends_at'
    | 'blocked_until'
    | 'sequence'
    | 'remind_at'
    | 'reservation_id'
  >
>

/** Writes what changed of an appointment that has been read under its lock. */
export async function updateAppointment(
  tx: Tx,
  row: AppointmentRow,
  change: AppointmentChange,
  now: Date,
): Promise<void> {
  const next = { ...row, ...change }
  await execute(
    tx,
    sql`update service.appointment set state = ${next.state}, resource_id = ${next.resource_id}, also_resource_id = ${next.also_resource_id ?? null}, starts_at = ${next.starts_at},
               ends_at = ${next.ends_at}, blocked_until = ${next.blocked_until}, sequence = ${next.sequence},
               remind_at = ${next.remind_at}, reservation_id = ${next.reservation_id}, updated_at = ${now}
        where id = ${row.id}`,
  )
}

export async function insertPromisesOf(
  tx: Tx,
  id: string,
  promises: readonly { promiseId: string; poolId: string }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into service.appointment_promise (appointment_id, promise_id, pool_id)
        select ${id}, * from unnest(${promises.map((p) => p.promiseId)}::uuid[], ${promises.map((p) => p.poolId)}::uuid[])`,
  )
}

export async function promisesOf(db: Queryable, id: string): Promise<{ id: string; poolId: string }[]> {
  return query(
    db,
    sql`select promise_id as id, pool_id as "poolId" from service.appointment_promise where appointment_id = ${id}`,
  )
}

export async function forgetPromisesOf(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`delete from service.appointment_promise where appointment_id = ${id}`)
}

export async function listAppointmentRows(
  db: Queryable,
  { siteId, from, until }: { siteId: string; from: string; until: string },
): Promise<AppointmentHead[]> {
  return query(
    db,
    sql`${head} where a.site_id = ${siteId} and a.starts_at < ${until}::timestamptz and a.starts_at >= ${from}::timestamptz
          and a.state <> 'cancelled' order by a.starts_at, a.id limit 1000`,
  )
}

/** How many appointments a person has before them, in all shops. */
export async function countAhead(
  db: Queryable,
  { email, phone }: { email: string | null; phone: string | null },
  now: Date,
): Promise<number> {
  const row = await one<{ n: number }>(
    db,
    sql`select count(*)::int as n from service.appointment where state = 'booked' and starts_at > ${now}
          and (contact_email = ${email} or contact_phone = ${phone})`,
  )
  return row.n
}

/** Takes the appointments whose people are to be reminded: each once, whoever else looks. */
export async function takeReminders(tx: Tx, now: Date): Promise<{ id: string; code: string; sequence: number }[]> {
  return query(
    tx,
    sql`update service.appointment set remind_at = null where remind_at <= ${now} and state = 'booked' and starts_at > ${now}
        returning id, code, sequence`,
  )
}

/** Appointments that go with articles reserved to be tried. */
export async function appointmentsOfReservations(
  db: Queryable,
  reservationIds: readonly string[],
): Promise<{ id: string }[]> {
  return query(
    db,
    sql`select id from service.appointment where reservation_id = any(${reservationIds}::uuid[]) and state = 'booked'`,
  )
}

/** Appointments that were bought with orders. */
export async function appointmentsBoughtWith(db: Queryable, orderIds: readonly string[]): Promise<{ id: string }[]> {
  return query(db, sql`select id from service.appointment where order_id = any(${orderIds}::uuid[])`)
}

/** The order an appointment was bought with; its lock comes first. */
export async function orderOfAppointment(db: Queryable, id: string): Promise<string | null> {
  const row = await maybeOne<{ order_id: string | null }>(
    db,
    sql`select order_id from service.appointment where id = ${id}`,
  )
  return row?.order_id ?? null
}

/** Contacts of appointments long over are forgotten; the hours stay, to be counted. @returns how many */
export async function forgetContacts(tx: Tx, before: Date): Promise<number> {
  return execute(
    tx,
    sql`update service.appointment set contact_name = '–', contact_email = null, contact_phone = null, note = '', actor = null
        where ends_at < ${before} and contact_name <> '–'`,
  )
}
