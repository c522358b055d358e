import sql from 'sql-template-tag'
import { maybeOne } from '../../../kernel/db.ts'
import { actorExcept, type PersonalPart } from '../../../kernel/personal.ts'

/** How what they bought came to them. */
export const personalOfFulfillment: PersonalPart = {
  module: 'fulfillment',
  tables: [
    {
      table: 'fulfillment.fulfillment',
      read: ({ orders }) =>
        sql`select created_at, order_id, method, state, ready_at, closed_at, carrier, tracking_number, collected_by
            from fulfillment.fulfillment where order_id = any(${orders}::uuid[]) order by created_at`,
      erase: ({ orders }) =>
        sql`update fulfillment.fulfillment set tracking_number = null, collected_by = null
            where order_id = any(${orders}::uuid[]) and (tracking_number is not null or collected_by is not null)`,
    },
    {
      table: 'fulfillment.parcel',
      read: ({ orders }) =>
        sql`select order_id, state, carrier, tracking_number, tracking_url, weight_grams, note from fulfillment.parcel
            where order_id = any(${orders}::uuid[]) order by order_id, position`,
      erase: ({ orders }) =>
        sql`update fulfillment.parcel set tracking_number = null, tracking_url = null, note = null
            where order_id = any(${orders}::uuid[])`,
    },
    {
      table: 'fulfillment.collector',
      read: ({ orders }) =>
        sql`select named_at, order_id, name from fulfillment.collector where order_id = any(${orders}::uuid[]) order by named_at`,
      erase: ({ orders }) => sql`delete from fulfillment.collector where order_id = any(${orders}::uuid[])`,
    },
    {
      table: 'fulfillment.drive_visit',
      read: ({ orders }) =>
        sql`select arrived_at, order_id, vehicle, served_at from fulfillment.drive_visit
            where order_id = any(${orders}::uuid[]) order by arrived_at`,
      erase: ({ orders }) =>
        sql`update fulfillment.drive_visit set vehicle = '' where order_id = any(${orders}::uuid[]) and vehicle <> ''`,
    },
    {
      table: 'fulfillment.route_stop',
      read: ({ orders }) =>
        sql`select created_at, order_id, date, state, address, latitude, longitude, done_at, failure from fulfillment.route_stop
            where order_id = any(${orders}::uuid[]) order by created_at`,
      // A tenth of a degree is a county: enough for where vans go, too little for a door.
      erase: ({ orders }) =>
        sql`update fulfillment.route_stop set address = kernel.redact(address, '{}', true), failure = null,
              latitude = round(latitude::numeric, 1)::float8, longitude = round(longitude::numeric, 1)::float8
            where order_id = any(${orders}::uuid[])`,
    },
    {
      table: 'fulfillment.refusal',
      withheld: { actor: 'staff' },
      read: ({ orders }) =>
        sql`select refused_at, order_id, reason, quantity from fulfillment.refusal
            where order_id = any(${orders}::uuid[]) order by refused_at`,
      erase: (person) =>
        sql`update fulfillment.refusal set actor = ${actorExcept(person)}
            where order_id = any(${person.orders}::uuid[]) and actor is not null`,
    },
  ],
  async obstacles(db, { orders }) {
    const open = await maybeOne(
      db,
      sql`select 1 as found from fulfillment.fulfillment
          where order_id = any(${orders}::uuid[]) and state in ('to_prepare', 'ready') limit 1`,
    )
    return open ? ['order_open'] : []
  },
}
