import sql, { type Sql } from 'sql-template-tag'
import { query, type Db } from '../src/kernel/db.ts'

/** So many orders are told of, with so many rows of each table, of so many characters: enough to see what happened, and to read it. */
const mostOrders = 3
const mostRows = 60
const mostCharacters = 600

/** What belongs to an order, its rows in the order they happened. */
const questions: Readonly<Record<string, (orderId: string) => Sql>> = {
  'orders.sales_order': (id) =>
    sql`select to_jsonb(t) as row from orders.sales_order t where id = ${id} order by id limit ${mostRows}`,
  'orders.order_group': (id) =>
    sql`select to_jsonb(t) as row from orders.order_group t where order_id = ${id} order by no limit ${mostRows}`,
  'orders.order_line': (id) =>
    sql`select to_jsonb(t) as row from orders.order_line t where order_id = ${id} order by position limit ${mostRows}`,
  'orders.order_promise': (id) =>
    sql`select to_jsonb(t) as row from orders.order_promise t where order_id = ${id} order by promise_id limit ${mostRows}`,
  'orders.order_change': (id) =>
    sql`select to_jsonb(t) as row from orders.order_change t where order_id = ${id} order by asked_at, id limit ${mostRows}`,
  'orders.return_request': (id) =>
    sql`select to_jsonb(t) as row from orders.return_request t where order_id = ${id} order by asked_at, id limit ${mostRows}`,
  'orders.return_wish': (id) =>
    sql`select to_jsonb(t) as row from orders.return_wish t where order_id = ${id} order by request_id, position limit ${mostRows}`,
  'orders.order_return': (id) =>
    sql`select to_jsonb(t) as row from orders.order_return t where order_id = ${id} order by id limit ${mostRows}`,
  'orders.return_line': (id) =>
    sql`select to_jsonb(t) as row from orders.return_line t where order_id = ${id} order by return_id, position limit ${mostRows}`,
  'payments.payment': (id) =>
    sql`select to_jsonb(t) as row from payments.payment t where order_id = ${id} order by created_at, id limit ${mostRows}`,
  'payments.refund': (id) =>
    sql`select to_jsonb(t) as row from payments.refund t where order_id = ${id} order by created_at, id limit ${mostRows}`,
  'payments.voucher': (id) =>
    sql`select to_jsonb(t) as row from payments.voucher t where order_id = ${id} order by issued_at, id limit ${mostRows}`,
  'payments.ledger_entry': (id) =>
    sql`select to_jsonb(t) as row from payments.ledger_entry t where order_id = ${id} order by transfer_id, position limit ${mostRows}`,
  'fulfillment.fulfillment': (id) =>
    sql`select to_jsonb(t) as row from fulfillment.fulfillment t where order_id = ${id} order by created_at, id limit ${mostRows}`,
  'fulfillment.fulfillment_line': (id) =>
    sql`select to_jsonb(t) as row from fulfillment.fulfillment_line t where order_id = ${id} order by fulfillment_id, line_id limit ${mostRows}`,
  'fulfillment.parcel': (id) =>
    sql`select to_jsonb(t) as row from fulfillment.parcel t where order_id = ${id} order by position limit ${mostRows}`,
  'fulfillment.parcel_line': (id) =>
    sql`select to_jsonb(t) as row from fulfillment.parcel_line t where order_id = ${id} order by parcel_id, line_id limit ${mostRows}`,
  'service.appointment': (id) =>
    sql`select to_jsonb(t) as row from service.appointment t where order_id = ${id} order by created_at, id limit ${mostRows}`,
  'kernel.outbox': (id) =>
    sql`select to_jsonb(t) as row from kernel.outbox t where aggregate_id = ${id} order by sequence limit ${mostRows}`,
  'kernel.event_waiting': (id) =>
    sql`select to_jsonb(t) as row from kernel.event_waiting t where aggregate_id = ${id} order by sequence limit ${mostRows}`,
  'kernel.parked_event': (id) =>
    sql`select to_jsonb(t) as row from kernel.parked_event t where aggregate_id = ${id} order by subscriber, sequence limit ${mostRows}`,
}

/** What every row says, or nobody reads. */
const untold = ['order_id', 'aggregate_id', 'access_token', 'image_url', 'sourcing']

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * Everything that is known of the orders a broken rule names, and of the appointments at an hour it names, one row a line: a fault
 * that depends on who came first may not be seen again for hundreds of runs, so whoever sees it must learn all there is to learn.
 * @returns a text of many lines, empty when nothing of that is named
 */
export async function tellOrders(db: Db, broken: readonly string[]): Promise<string> {
  const named = [...new Set(broken.join(' ').match(uuid))]
  const orders = await query<{ id: string }>(
    db,
    sql`select id from orders.sales_order where id = any(${named}::uuid[]) order by array_position(${named}::uuid[], id)
        limit ${mostOrders}`,
  )
  const appointments = await query<{ row: object }>(
    db,
    sql`select to_jsonb(t) || jsonb_build_object('order', (select document_state from orders.sales_order o where o.id = t.order_id)) as row
        from service.appointment t where (resource_id, starts_at) in (
          select resource_id, starts_at from service.appointment where id = any(${named}::uuid[])) order by created_at, id limit ${mostRows}`,
  )
  const told = appointments.map(({ row }) => `  service.appointment ${tellRow(row)}`)
  for (const { id } of orders) {
    told.push(`order ${id}`)
    for (const [name, question] of Object.entries(questions)) {
      const rows = await query<{ row: object }>(db, question(id))
      told.push(...rows.map(({ row }) => `  ${name} ${tellRow(row)}`))
    }
  }
  return told.join('\n')
}

function tellRow(row: object): string {
  const known = Object.entries(row).filter(([name, value]) => value !== null && !untold.includes(name))
  return JSON.stringify(Object.fromEntries(known)).slice(0, mostCharacters)
}
