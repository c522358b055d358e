import sql from 'sql-template-tag'
import { maybeOne, query } from '../../../kernel/db.ts'
import { actorExcept, isTheirContact, type PersonalPart } from '../../../kernel/personal.ts'

/** Appointments, hours people wait for, and what they say of their orders. */
export const personalOfService: PersonalPart = {
  module: 'service',
  tables: [
    {
      table: 'service.appointment',
      withheld: { access_token: 'secret', actor: 'staff' },
      read: ({ appointments }) =>
        sql`select created_at, code, offering_code, state, starts_at, ends_at, seats, locale, contact_name, contact_email, contact_phone,
                   note, party_id
            from service.appointment where id = any(${appointments}::uuid[]) order by created_at`,
      erase: (person, { secret }) =>
        sql`update service.appointment set access_token = encode(sha256(convert_to(id::text || ${secret}, 'UTF8')), 'hex'), contact_name = '–', contact_email = null, contact_phone = null, note = '', party_id = null,
              actor = ${actorExcept(person)} where id = any(${person.appointments}::uuid[])`,
    },
    {
      table: 'service.advised',
      withheld: { account_id: 'staff', actor: 'staff' },
      read: ({ parties }) =>
        sql`select v.party_id, v.at, v.reason from service.advised v where v.party_id = any(${parties}::uuid[]) order by v.at`,
      erase: ({ parties }) => sql`delete from service.advised where party_id = any(${parties}::uuid[])`,
    },
    {
      table: 'service.rating',
      read: ({ orders }) =>
        sql`select o.number, r.rated_at, r.changed_at, r.score, r.comment from service.rating r join orders.sales_order o on o.id = r.order_id
            where r.order_id = any(${orders}::uuid[]) order by r.rated_at`,
      erase: ({ orders }) => sql`update service.rating set comment = '' where order_id = any(${orders}::uuid[])`,
    },
    {
      table: 'service.waiting',
      read: (person) =>
        sql`select w.asked_at, w.offering_code, w.seats, w.from_date, w.until_date, w.state, w.contact_name, w.contact_email, w.contact_phone
            from service.waiting w where ${isTheirContact(person)} order by w.asked_at`,
      erase: (person) => sql`delete from service.waiting w where ${isTheirContact(person)}`,
    },
  ],
  async locate(db, person) {
    const rows = await query<{ id: string; contact_name: string }>(
      db,
      sql`select id, contact_name from service.appointment
          where party_id = any(${person.parties}::uuid[]) or order_id = any(${person.orders}::uuid[]) or ${isTheirContact(person)}`,
    )
    return { appointments: rows.map(({ id }) => id), names: rows.map((row) => row.contact_name) }
  },
  async obstacles(db, { appointments }, now) {
    const coming = await maybeOne(
      db,
      sql`select 1 as found from service.appointment
          where id = any(${appointments}::uuid[]) and state in ('offered', 'booked') and ends_at > ${now} limit 1`,
    )
    return coming ? ['appointment_coming'] : []
  },
}
