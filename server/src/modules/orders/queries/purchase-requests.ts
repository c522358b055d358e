import type { ApprovalCause, CompanyPurchase } from '@ecluse/contracts/company-orders.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** What was asked for, for good: the purchase as it will be placed, and its lines as they were priced. Minor units as numbers. */
export type RequestedPurchase = {
  readonly purchase: Omit<CompanyPurchase, 'lines' | 'cartId' | 'payment'> & {
    readonly payment: 'on_account' | 'online_card'
  }
  readonly lines: readonly {
    readonly variantId: string
    readonly sku: string
    readonly name: string
    readonly variantLabel: string
    readonly imageUrl: string | null
    readonly quantity: number
    readonly unitMinor: number
    readonly vatBasisPoints: number
  }[]
  readonly feeMinor: number
  readonly feeVatMinor: number
}

export type RequestState = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired'

export type RequestRow = {
  id: string
  number: string
  company_id: string
  company_name: string
  site_id: string | null
  site_name: string | null
  member_id: string | null
  requester_name: string
  channel_code: string
  state: RequestState
  causes: ApprovalCause[]
  purchase: RequestedPurchase
  total_minor: bigint
  vat_minor: bigint
  reason: string | null
  created_at: Date
  expires_at: Date
  order_id: string | null
}

const columns = sql`r.id, r.number, r.company_id, c.name as company_name, r.site_id, s.name as site_name, r.member_id, r.requester_name,
  r.channel_code, r.state, r.causes, r.purchase, r.total_minor, r.vat_minor, r.reason,
  date_trunc('milliseconds', r.created_at) as created_at, r.expires_at, k.order_id`

export function requestById(db: Queryable, id: string): Promise<RequestRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from orders.purchase_request r join orders.cart k on k.id = r.id
        join customers.company c on c.id = r.company_id left join customers.company_site s on s.id = r.site_id where r.id = ${id}`,
  )
}

/** Requests of a company, newest first; of one member when given. */
export function listRequestRows(
  db: Queryable,
  filter: {
    companyId: string
    memberId: string | null
    state: RequestState | 'ordered' | undefined
    before: { createdAt: string; id: string } | undefined
    limit: number
  },
): Promise<RequestRow[]> {
  const { state, before } = filter
  const wanted =
    state === undefined
      ? empty
      : state === 'ordered'
        ? sql`and k.order_id is not null`
        : sql`and r.state = ${state} and k.order_id is null`
  return query(
    db,
    sql`select ${columns} from orders.purchase_request r join orders.cart k on k.id = r.id
        join customers.company c on c.id = r.company_id left join customers.company_site s on s.id = r.site_id
        where r.company_id = ${filter.companyId} ${wanted}
          ${filter.memberId === null ? empty : sql`and r.member_id = ${filter.memberId}`}
          ${before ? sql`and (date_trunc('milliseconds', r.created_at), r.id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)` : empty}
        order by r.created_at desc, r.id desc limit ${filter.limit + 1}`,
  )
}

/** Requests whose next decision is ours. */
export function requestsForStaff(db: Queryable): Promise<RequestRow[]> {
  return query(
    db,
    sql`select ${columns} from orders.purchase_request r join orders.cart k on k.id = r.id
        join customers.company c on c.id = r.company_id left join customers.company_site s on s.id = r.site_id
        where r.state = 'waiting' and k.order_id is null and (
          select a.by_staff from orders.approval_step a where a.request_id = r.id and a.state = 'waiting'
          order by a.position limit 1)
        order by r.created_at`,
  )
}

export async function insertRequest(
  tx: Tx,
  row: Omit<RequestRow, 'company_name' | 'site_name' | 'order_id' | 'reason'>,
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.purchase_request (id, number, company_id, site_id, member_id, requester_name, channel_code, state, causes,
          purchase, total_minor, vat_minor, created_at, updated_at, expires_at)
        values (${row.id}, ${row.number}, ${row.company_id}, ${row.site_id}, ${row.member_id}, ${row.requester_name},
          ${row.channel_code}, ${row.state}, ${row.causes}, ${JSON.stringify(row.purchase)}::json, ${row.total_minor},
          ${row.vat_minor}, ${row.created_at}, ${row.created_at}, ${row.expires_at})`,
  )
}

export async function updateRequest(
  tx: Tx,
  id: string,
  state: RequestState,
  reason: string | null,
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.purchase_request set state = ${state}, reason = coalesce(${reason}, reason), updated_at = ${now} where id = ${id}`,
  )
}

export type StepRow = {
  position: number
  member_id: string | null
  member_name: string | null
  by_staff: boolean
  state: 'waiting' | 'approved' | 'refused'
  decided_by: string | null
  decided_at: Date | null
  reason: string | null
}

export function stepsOf(db: Queryable, requestId: string): Promise<StepRow[]> {
  return query(
    db,
    sql`select a.position, a.member_id, m.name as member_name, a.by_staff, a.state, a.decided_by, a.decided_at, a.reason
        from orders.approval_step a left join customers.company_member m on m.id = a.member_id
        where a.request_id = ${requestId} order by a.position`,
  )
}

export async function insertSteps(
  tx: Tx,
  rows: readonly { request_id: string; position: number; member_id: string | null; by_staff: boolean; state: string }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.approval_step
        select g.* from json_populate_recordset(null::orders.approval_step, ${asJson(rows)}::json) g`,
  )
}

export async function decideStep(
  tx: Tx,
  requestId: string,
  position: number,
  decision: { state: 'approved' | 'refused'; by: string; reason: string | null },
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.approval_step
        set state = ${decision.state}, decided_by = ${decision.by}, decided_at = ${now}, reason = ${decision.reason}
        where request_id = ${requestId} and position = ${position}`,
  )
}

/** Requests whose time is over and that were not ordered. */
export async function overdueRequests(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select r.id from orders.purchase_request r join orders.cart k on k.id = r.id
        where r.state in ('waiting', 'approved') and r.expires_at <= ${now} and k.order_id is null limit ${limit}`,
  )
  return rows.map((row) => row.id)
}

/** Approved purchases on account that are to be placed. */
export async function requestsToPlace(db: Queryable, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select r.id from orders.purchase_request r join orders.cart k on k.id = r.id
        where r.state = 'approved' and k.order_id is null and r.purchase -> 'purchase' ->> 'payment' = 'on_account'
        order by r.updated_at limit ${limit}`,
  )
  return rows.map((row) => row.id)
}

/** The order a request became, if it did. */
export function orderOfRequest(
  db: Queryable,
  orderId: string,
): Promise<{ id: string; number: string; access_token: string } | undefined> {
  return maybeOne(db, sql`select id, number, access_token from orders.sales_order where id = ${orderId}`)
}
