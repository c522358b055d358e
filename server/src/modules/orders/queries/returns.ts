import type {
  InspectionDisposition,
  ReturnCondition,
  ReturnDisposition,
  ReturnReason,
  ReturnState,
} from '@ecluse/contracts/returns.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { ofSites } from './list.ts'

export type NewReturnLine = {
  readonly lineId: string
  readonly quantity: number
  readonly reason: ReturnReason
  readonly disposition: ReturnDisposition
  readonly condition: ReturnCondition | null
  readonly deductionMinor: bigint
  readonly deductionReason: string | null
}

export async function insertReturn(
  tx: Tx,
  header: {
    orderId: string
    id: string
    number: string
    siteId: string
    refundMinor: bigint
    carriageMinor: bigint
    actor: string | null
  },
  lines: readonly NewReturnLine[],
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_return (order_id, id, number, site_id, refund_minor, carriage_minor, actor, created_at)
        values (${header.orderId}, ${header.id}, ${header.number}, ${header.siteId}, ${header.refundMinor},
          nullif(${header.carriageMinor}::bigint, 0), ${header.actor}, ${now})`,
  )
  const rows = lines.map((line, index) => ({
    order_id: header.orderId,
    return_id: header.id,
    position: index + 1,
    line_id: line.lineId,
    quantity: line.quantity,
    reason: line.reason,
    disposition: line.disposition,
    condition: line.condition,
    deduction_minor: line.deductionMinor === 0n ? null : line.deductionMinor,
    deduction_reason: line.deductionMinor === 0n ? null : line.deductionReason,
  }))
  await execute(
    tx,
    sql`insert into orders.return_line
        select r.* from json_populate_recordset(null::orders.return_line, ${asJson(rows)}::json) r`,
  )
}

export type RequestRow = {
  order_id: string
  id: string
  number: string
  state: ReturnState
  asked_by: 'customer' | 'staff'
  asked_at: Date
  expires_at: Date
  refund_due_at: Date | null
  site_id: string | null
  received_at: Date | null
  closed_at: Date | null
  end_reason: string | null
  actor: string | null
}

export type RequestLineRow = {
  position: number
  line_id: string
  quantity: number
  reason: ReturnReason
  comment: string | null
  condition: ReturnCondition | null
  disposition: InspectionDisposition | null
  deduction_minor: bigint | null
  deduction_reason: string | null
  note: string | null
}

export async function insertRequest(tx: Tx, row: RequestRow): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.return_request
        select r.* from json_populate_recordset(null::orders.return_request, ${asJson([row])}::json) r`,
  )
}

/** Writes the lines of a request, in place of those it has. */
export async function replaceRequestLines(
  tx: Tx,
  request: { order_id: string; id: string },
  lines: readonly RequestLineRow[],
): Promise<void> {
  await execute(
    tx,
    sql`delete from orders.return_request_line where order_id = ${request.order_id} and request_id = ${request.id}`,
  )
  const rows = lines.map((line) => ({ ...line, order_id: request.order_id, request_id: request.id }))
  await execute(
    tx,
    sql`insert into orders.return_request_line
        select r.* from json_populate_recordset(null::orders.return_request_line, ${asJson(rows)}::json) r`,
  )
}

export async function selectRequestLines(
  db: Queryable,
  request: { order_id: string; id: string },
): Promise<RequestLineRow[]> {
  return query(
    db,
    sql`select position, line_id, quantity, reason, comment, condition, disposition, deduction_minor, deduction_reason, note
        from orders.return_request_line where order_id = ${request.order_id} and request_id = ${request.id} order by position`,
  )
}

/** Moves a request on; the caller holds its order's lock. */
export async function updateRequest(tx: Tx, row: RequestRow): Promise<void> {
  await execute(
    tx,
    sql`update orders.return_request
        set state = ${row.state}, site_id = ${row.site_id}, received_at = ${row.received_at}, closed_at = ${row.closed_at},
            end_reason = ${row.end_reason}
        where order_id = ${row.order_id} and id = ${row.id}`,
  )
}

/** A request and its order, by the request alone. */
export async function selectRequest(db: Queryable, id: string): Promise<RequestRow | undefined> {
  return maybeOne(db, sql`select * from orders.return_request where id = ${id}`)
}

/** Requests of an order that are not decided, oldest first, with how many units of which lines each is about. */
export async function openRequestsOf(
  db: Queryable,
  orderId: string,
): Promise<(RequestRow & { lines: { lineId: string; quantity: number }[] })[]> {
  return query(
    db,
    sql`select r.*, (select json_agg(json_build_object('lineId', l.line_id, 'quantity', l.quantity) order by l.position)
                     from orders.return_request_line l where l.order_id = r.order_id and l.request_id = r.id) as lines
        from orders.return_request r where r.order_id = ${orderId} and r.state in ('asked', 'received') order by r.asked_at, r.id`,
  )
}

/** Requests whose goods did not come in time. */
export async function overdueRequests(db: Queryable, now: Date, limit: number): Promise<RequestRow[]> {
  return query(
    db,
    sql`select * from orders.return_request where state = 'asked' and expires_at <= ${now} order by expires_at limit ${limit}`,
  )
}

export type ReadRequest = RequestRow & {
  order_number: string
  currency: string
  customer_name: string | null
  site_name: string | null
  refund_minor: bigint | null
  lines: (Omit<RequestLineRow, 'deduction_minor'> & {
    variant_id: string
    sku: string
    name: string
    variant_label: string
    image_url: string | null
    unit_price_minor: number
    deduction_minor: number | null
  })[]
}

const readRequests = sql`select r.*, date_trunc('milliseconds', r.asked_at) as asked_at, o.number as order_number, o.currency,
    o.contact_name as customer_name, s.name as site_name, d.refund_minor,
    (select json_agg(json_build_object('position', l.position, 'line_id', l.line_id, 'quantity', l.quantity, 'reason', l.reason,
       'comment', l.comment, 'condition', l.condition, 'disposition', l.disposition, 'deduction_minor', l.deduction_minor,
       'deduction_reason', l.deduction_reason, 'note', l.note, 'variant_id', ol.variant_id, 'sku', ol.sku, 'name', ol.name,
       'variant_label', ol.variant_label, 'image_url', ol.image_url, 'unit_price_minor', ol.unit_price_minor) order by l.position)
     from orders.return_request_line l join orders.order_line ol on ol.order_id = l.order_id and ol.id = l.line_id
     where l.order_id = r.order_id and l.request_id = r.id) as lines
  from orders.return_request r
  join orders.sales_order o on o.id = r.order_id
  left join orders.order_return d on d.order_id = r.order_id and d.id = r.id
  left join channels.site s on s.id = r.site_id`

/** A request with all it shows. */
export function requestById(db: Queryable, id: string): Promise<ReadRequest | undefined> {
  return maybeOne(db, sql`${readRequests} where r.id = ${id}`)
}

/** Requests, newest first. Whoever works in some shops sees theirs, and any they have the number of. */
export function listRequestRows(
  db: Queryable,
  filter: {
    q?: string | undefined
    state?: ReturnState | 'open' | undefined
    orderId?: string | undefined
    siteIds: readonly string[] | null
    before: { at: string; id: string } | undefined
    limit: number
  },
): Promise<ReadRequest[]> {
  const pattern = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const number = (filter.q ?? '').toUpperCase()
  return query(
    db,
    sql`${readRequests} where true
        ${filter.q ? sql`and (r.number ilike ${pattern} or o.number ilike ${pattern} or public.unaccent(o.contact_name) ilike public.unaccent(${pattern}))` : empty}
        ${filter.state === 'open' ? sql`and r.state in ('asked', 'received')` : empty}
        ${filter.state !== undefined && filter.state !== 'open' ? sql`and r.state = ${filter.state}` : empty}
        ${filter.orderId ? sql`and r.order_id = ${filter.orderId}` : empty}
        ${filter.siteIds === null ? empty : sql`and (${ofSites(filter.siteIds)} or r.site_id = any(${filter.siteIds}::uuid[]) or r.number = ${number})`}
        ${filter.before ? sql`and (date_trunc('milliseconds', r.asked_at), r.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)` : empty}
        order by date_trunc('milliseconds', r.asked_at) desc, r.id desc limit ${filter.limit + 1}`,
  )
}
