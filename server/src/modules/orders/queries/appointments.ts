import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** The appointment an order was placed with. */
export type OrderAppointmentRow = {
  order_id: string
  appointment_id: string
  service: string
  name: string
  site_id: string
  resource_id: string
  also_resource_id: string | null
  starts_at: Date
  ends_at: Date
  blocked_until: Date
  ended_at: Date | null
}

export async function insertOrderAppointments(tx: Tx, rows: readonly OrderAppointmentRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_appointment
        select r.* from json_populate_recordset(null::orders.order_appointment, ${asJson(rows)}::json) r`,
  )
}

/** Appointments of confirmed orders, with what is promised for each and for whom it is. */
export function appointmentsOfOrders(
  db: Queryable,
  orderIds: readonly string[],
): Promise<
  (OrderAppointmentRow & {
    locale: 'fr' | 'en'
    contact_name: string | null
    contact_email: string | null
    contact_phone: string | null
    promises: { promiseId: string; poolId: string }[]
  })[]
> {
  return query(
    db,
    sql`select a.*, o.locale, o.contact_name, o.contact_email, o.contact_phone,
               (select json_agg(json_build_object('promiseId', p.promise_id, 'poolId', p.pool_id))
                from orders.order_promise p where p.order_id = a.order_id and p.kind = 'appointment') as promises
        from orders.order_appointment a join orders.sales_order o on o.id = a.order_id
        where a.order_id = any(${orderIds}::uuid[]) and o.document_state = 'confirmed' and a.ended_at is null`,
  )
}

/** Takes the time of an appointment out of what its order is promised; the caller has given it back, and holds the order's lock. */
export async function deleteAppointmentPromises(tx: Tx, orderId: string): Promise<void> {
  await execute(tx, sql`delete from orders.order_promise where order_id = ${orderId} and kind = 'appointment'`)
}

/** Notes when the appointment of an order is now, and that it was given up when it is nowhere. */
export async function updateOrderAppointment(
  tx: Tx,
  row: Pick<
    OrderAppointmentRow,
    'order_id' | 'resource_id' | 'also_resource_id' | 'starts_at' | 'ends_at' | 'blocked_until' | 'ended_at'
  >,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_appointment
        set resource_id = ${row.resource_id}, also_resource_id = ${row.also_resource_id}, starts_at = ${row.starts_at},
            ends_at = ${row.ends_at}, blocked_until = ${row.blocked_until}, ended_at = ${row.ended_at}
        where order_id = ${row.order_id}`,
  )
}
