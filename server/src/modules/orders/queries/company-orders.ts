import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type CompanyOrderRow = {
  order_id: string
  company_id: string
  site_id: string | null
  member_id: string | null
  buyer_name: string
  purchase_reference: string | null
  buyer_reference: string | null
  request_id: string | null
  placed_at: Date
  due_on: string | null
  cost_centre: string | null
}

export async function insertCompanyOrders(tx: Tx, rows: readonly CompanyOrderRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.company_order
        select r.* from json_populate_recordset(null::orders.company_order, ${asJson(rows)}::json) r`,
  )
}

export function companyOrder(db: Queryable, orderId: string): Promise<CompanyOrderRow | undefined> {
  return maybeOne(
    db,
    sql`select order_id, company_id, site_id, member_id, buyer_name, purchase_reference, buyer_reference, request_id, placed_at, due_on,
               cost_centre
        from orders.company_order where order_id = ${orderId}`,
  )
}

export type ListedCompanyOrder = {
  order_id: string
  site_id: string | null
  site_name: string | null
  buyer_name: string
  purchase_reference: string | null
  due_on: string | null
  access_token: string
  placed_at: Date
}

/** Orders of a company, newest first; of one member when given. */
export function listCompanyOrderRows(
  db: Queryable,
  filter: {
    companyId: string
    memberId: string | null
    before: { placedAt: string; id: string } | undefined
    limit: number
  },
): Promise<ListedCompanyOrder[]> {
  const later = filter.before
    ? sql`and (date_trunc('milliseconds', co.placed_at), co.order_id) < (${filter.before.placedAt}::timestamptz, ${filter.before.id}::uuid)`
    : empty
  return query(
    db,
    sql`select co.order_id, co.site_id, s.name as site_name, co.buyer_name, co.purchase_reference, co.due_on, o.access_token,
               date_trunc('milliseconds', co.placed_at) as placed_at
        from orders.company_order co join orders.sales_order o on o.id = co.order_id
        left join customers.company_site s on s.id = co.site_id
        where co.company_id = ${filter.companyId}
          ${filter.memberId === null ? empty : sql`and co.member_id = ${filter.memberId}`} ${later}
        order by co.placed_at desc, co.order_id desc limit ${filter.limit + 1}`,
  )
}

/** Orders on account of companies that were not settled yet, as far as their due date is known. */
export function ordersOnAccount(
  db: Queryable,
  companyId: string | null,
): Promise<
  {
    orderId: string
    companyId: string
    companyName: string
    number: string
    placedAt: Date
    purchaseReference: string | null
    dueOn: string
    totalMinor: bigint
    receivable: bigint
  }[]
> {
  return query(
    db,
    sql`select co.order_id as "orderId", co.company_id as "companyId", c.name as "companyName", o.number, co.placed_at as "placedAt",
               co.purchase_reference as "purchaseReference", co.due_on as "dueOn", o.total_minor as "totalMinor",
               (select coalesce(sum(e.amount_minor), 0)::bigint from payments.ledger_entry e
                where e.order_id = co.order_id and e.account = 'receivable') as receivable
        from orders.company_order co join orders.sales_order o on o.id = co.order_id
        join customers.company c on c.id = co.company_id
        where co.due_on is not null and (${companyId}::uuid is null or co.company_id = ${companyId}::uuid)
          and exists (select 1 from payments.payment p where p.order_id = co.order_id and p.state = 'due')
        order by co.due_on, co.order_id`,
  )
}

/** What an order takes of its company's credit: its promise in the credit pool. */
export function creditPromise(
  db: Queryable,
  orderId: string,
): Promise<{ promise_id: string; pool_id: string; quantity: number } | undefined> {
  return maybeOne(
    db,
    sql`select promise_id, pool_id, quantity from orders.order_promise where order_id = ${orderId} and kind = 'credit'`,
  )
}

/** Credit granted to single orders beside the company's limit, and still used, in minor units. */
export async function grantedBeside(db: Queryable, companyId: string, poolId: string): Promise<bigint> {
  const row = await maybeOne<{ sum: bigint }>(
    db,
    sql`select coalesce(sum(l.committed), 0)::bigint as sum from orders.company_order co
        join orders.order_promise p on p.order_id = co.order_id and p.kind = 'credit' and p.pool_id <> ${poolId}
        join promises.pool l on l.id = p.pool_id where co.company_id = ${companyId}`,
  )
  return row?.sum ?? 0n
}

export async function deleteOrderPromise(tx: Tx, orderId: string, promiseId: string): Promise<void> {
  await execute(tx, sql`delete from orders.order_promise where order_id = ${orderId} and promise_id = ${promiseId}`)
}

export async function shrinkOrderPromise(tx: Tx, orderId: string, promiseId: string, quantity: bigint): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_promise set quantity = ${quantity} where order_id = ${orderId} and promise_id = ${promiseId}`,
  )
}

/** Those of some orders that take of their company's credit, in the order of their ids. */
export async function creditOrders(db: Queryable, orderIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ order_id: string }>(
    db,
    sql`select order_id from orders.order_promise where order_id = any(${orderIds}::uuid[]) and kind = 'credit' order by order_id`,
  )
  return rows.map((row) => row.order_id)
}
