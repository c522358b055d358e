import type { WithdrawalOutcome } from '@ecluse/contracts/withdrawals.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { ofSites } from './list.ts'

export type WithdrawalRow = {
  order_id: string
  id: string
  number: string
  access_token: string
  declared_at: Date
  locale: Locale
  name: string
  email: string
  refund_minor: bigint
  receipt: string
}

export type NewWithdrawalLine = {
  line_id: string
  quantity: number
  outcome: WithdrawalOutcome
  closing_count: number | null
}

export type ReadWithdrawal = WithdrawalRow & {
  order_number: string
  currency: string
  lines: {
    lineId: string
    name: string
    variantLabel: string
    sku: string
    quantity: number
    outcome: WithdrawalOutcome
    open: number
  }[]
}

/** Writes a declaration down; nothing ever changes it. */
export async function insertWithdrawal(tx: Tx, row: WithdrawalRow, lines: readonly NewWithdrawalLine[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.withdrawal
        select r.* from json_populate_recordset(null::orders.withdrawal, ${asJson([row])}::json) r`,
  )
  const of = { order_id: row.order_id, withdrawal_id: row.id }
  await execute(
    tx,
    sql`insert into orders.withdrawal_line
        select r.* from json_populate_recordset(null::orders.withdrawal_line, ${asJson(lines.map((line) => ({ ...of, ...line })))}::json) r`,
  )
}

/** Of each line of an order, up to how many returned units withdrawals wait for. */
export async function closingsOf(db: Queryable, orderId: string): Promise<Map<string, number>> {
  const rows = await query<{ line_id: string; closing_count: number }>(
    db,
    sql`select line_id, max(closing_count) as closing_count from orders.withdrawal_line
        where order_id = ${orderId} and closing_count is not null group by line_id`,
  )
  return new Map(rows.map((row) => [row.line_id, row.closing_count]))
}

/** What is still awaited of a line of a withdrawal, in units. */
const open = sql`case when l.closing_count is null or o.document_state <> 'confirmed' or ol.exception = 'cancelled' then 0
  else greatest(0, least(l.quantity, l.closing_count - ol.returned_quantity)) end`

const withLines = sql`select w.*, o.number as order_number, o.currency,
    (select json_agg(json_build_object('lineId', l.line_id, 'name', ol.name, 'variantLabel', ol.variant_label, 'sku', ol.sku,
       'quantity', l.quantity, 'outcome', l.outcome, 'open', ${open}) order by ol.position)
     from orders.withdrawal_line l join orders.order_line ol on ol.order_id = l.order_id and ol.id = l.line_id
     where l.order_id = w.order_id and l.withdrawal_id = w.id) as lines
  from orders.withdrawal w join orders.sales_order o on o.id = w.order_id`

export function withdrawalById(db: Queryable, id: string): Promise<ReadWithdrawal | undefined> {
  return maybeOne(db, sql`${withLines} where w.id = ${id}`)
}

/** Withdrawals of an order, newest first. */
export function withdrawalsOf(db: Queryable, orderId: string): Promise<ReadWithdrawal[]> {
  return query(db, sql`${withLines} where w.order_id = ${orderId} order by w.declared_at desc, w.id desc`)
}

/** Withdrawals, newest first. */
export function listWithdrawalRows(
  db: Queryable,
  filter: {
    q?: string | undefined
    open?: 'true' | 'false' | undefined
    siteIds: readonly string[] | null
    before: { at: string; id: string } | undefined
    limit: number
  },
): Promise<ReadWithdrawal[]> {
  const pattern = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const awaits = sql`exists (select from orders.withdrawal_line l
    join orders.order_line ol on ol.order_id = l.order_id and ol.id = l.line_id
    where l.order_id = w.order_id and l.withdrawal_id = w.id and ${open} > 0)`
  return query(
    db,
    sql`${withLines} where true
        ${filter.q ? sql`and (w.number ilike ${pattern} or o.number ilike ${pattern} or w.name ilike ${pattern})` : empty}
        ${filter.open === 'true' ? sql`and ${awaits}` : empty}
        ${filter.open === 'false' ? sql`and not ${awaits}` : empty}
        ${filter.siteIds === null ? empty : sql`and ${ofSites(filter.siteIds)}`}
        ${filter.before ? sql`and (w.declared_at, w.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)` : empty}
        order by w.declared_at desc, w.id desc limit ${filter.limit + 1}`,
  )
}

/** The order of a number, whose buyer gave this address. */
export async function orderIdOf(db: Queryable, number: string, email: string): Promise<string | undefined> {
  const row = await maybeOne<{ id: string }>(
    db,
    sql`select id from orders.sales_order where number = ${number} and lower(contact_email) = lower(${email}) limit 1`,
  )
  return row?.id
}
