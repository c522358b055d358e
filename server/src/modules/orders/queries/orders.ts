import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { WithdrawalException } from '@ecluse/contracts/withdrawal-exceptions.ts'
import type { SubstitutionWish } from '@ecluse/contracts/substitution-wish.ts'
import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { RecordedSourcing } from '../../inventory/public.ts'
import type { GivenDelivery } from '../favours.ts'

export type DocumentState = 'awaiting_payment' | 'confirmed' | 'cancelled' | 'expired'

export type OrderRow = {
  id: string
  number: string
  channel_id: string
  party_id: string | null
  account_id: string | null
  access_token: string
  document_state: DocumentState
  locale: 'fr' | 'en'
  contact_name: string | null
  contact_email: string | null
  contact_phone: string | null
  delivery_method: 'delivery' | 'pickup' | 'carry_out' | 'download'
  site_id: string | null
  address: PostalAddress | null
  pickup_code: string | null
  promised_at: Date | null
  latest_at: Date | null
  currency: string
  subtotal_minor: bigint
  delivery_fee_minor: bigint
  delivery_vat_basis_points: number
  total_minor: bigint
  item_count: number
  expires_at: Date | null
  prepared_at: Date | null
  cancel_reason: string | null
  actor: string | null
  placed_at: Date
  /** What its places were chosen from, when rules chose them. */
  sourcing: RecordedSourcing | null
  /** The value of what was exchanged; null or absent for most orders. */
  credited_minor?: bigint | null
  /** What its buyer wants when an article is missing; undefined or null when they were not asked. */
  substitutions?: SubstitutionWish | null
  /** What of its carriage was given back, and what of it is more than standard delivery; null or absent for most orders. */
  carriage_back_minor?: bigint | null
  surcharge_minor?: bigint | null
  /** By what it is delivered without a fee; null or absent for most orders. */
  delivery_favour?: GivenDelivery | null
}

export type OrderLineRow = {
  order_id: string
  id: string
  position: number
  variant_id: string
  sku: string
  name: string
  variant_label: string
  image_url: string | null
  quantity: number
  unit_price_minor: bigint
  line_total_minor: bigint
  vat_basis_points: number
  vat_minor: bigint
  price_rule: string
  place_id: string
  pool_id: string
  promise_id: string
  fulfilled_quantity: number
  returned_quantity: number
  /** What it was sold as before its goods were there, the day its buyer was told, and when they had come. */
  ahead?: 'pre_order' | 'back_order' | null
  ships_on?: string | null
  allocated_at?: Date | null
  /** Out of the ordinary: nobody has it any more, or it was cancelled alone. */
  exception: LineException | null
  /** Units that came back for something else, and what they were worth. */
  exchanged_quantity?: number | null
  credited_minor?: bigint | null
  /** The return it was given for. */
  given_for?: string | null
  /** The part of a mixed order it is in. */
  group_no?: number | null
  /** From when on its files are given; null or absent for goods. */
  download_from?: Date | null
  /** Why nobody may withdraw from its purchase. */
  withdrawal_exception?: WithdrawalException | null
  /** What a unit would have been asked for without what was taken off its price; null or absent where nothing was. */
  regular_minor?: bigint | null
  /** The line it stands in for, of which units were missing. */
  substitute_for?: string | null
}

export type LineException = 'unsourced' | 'waiting' | 'cancelled'

export async function insertOrders(tx: Tx, rows: readonly OrderRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.sales_order select r.* from json_populate_recordset(null::orders.sales_order, ${asJson(rows)}::json) r`,
  )
}

export async function insertOrderLines(tx: Tx, rows: readonly OrderLineRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.order_line select r.* from json_populate_recordset(null::orders.order_line, ${asJson(rows)}::json) r`,
  )
}

export async function selectOrder(db: Queryable, orderId: string): Promise<OrderRow | undefined> {
  return maybeOne(db, sql`select * from orders.sales_order where id = ${orderId}`)
}

export async function selectOrderLines(db: Queryable, orderIds: readonly string[]): Promise<OrderLineRow[]> {
  return query(
    db,
    sql`select * from orders.order_line where order_id = any(${orderIds}::uuid[]) order by order_id, position`,
  )
}

/** Moves an order's document on; the caller holds its lock. */
export async function updateDocumentState(
  tx: Tx,
  orderId: string,
  state: DocumentState,
  cancelReason: string | null = null,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.sales_order set document_state = ${state}, expires_at = null, cancel_reason = coalesce(${cancelReason}, cancel_reason)
        where id = ${orderId}`,
  )
}

export async function updatePreparedAt(tx: Tx, orderId: string, at: Date | null): Promise<void> {
  await execute(tx, sql`update orders.sales_order set prepared_at = ${at} where id = ${orderId}`)
}

export async function addFulfilled(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line l set fulfilled_quantity = l.fulfilled_quantity + d.quantity
        from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.quantity)}::int[]) as d (line_id, quantity)
        where l.order_id = ${orderId} and l.id = d.line_id`,
  )
}

/** Says where a line is taken from now, and whether something is out of the ordinary; the caller holds the order's lock. */
export async function updateLine(
  tx: Tx,
  line: Pick<OrderLineRow, 'order_id' | 'id' | 'place_id' | 'pool_id' | 'promise_id' | 'exception'>,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line
        set place_id = ${line.place_id}, pool_id = ${line.pool_id}, promise_id = ${line.promise_id},
            exception = ${line.exception}
        where order_id = ${line.order_id} and id = ${line.id}`,
  )
}

/** Moves the date an order was promised for, unless it was promised in a window. @returns whether it moved */
export async function postponePromise(tx: Tx, orderId: string, to: Date): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`update orders.sales_order o set promised_at = ${to}, latest_at = ${to}
          where o.id = ${orderId} and o.latest_at < ${to}
            and not exists (select from orders.order_promise p where p.order_id = o.id and p.kind in ('window', 'bay'))`,
    )) > 0
  )
}

/** Whether an order was promised in a delivery window: the place it is driven from is then part of the promise. */
export async function promisedInWindow(db: Queryable, orderId: string): Promise<boolean> {
  return (
    (await maybeOne(
      db,
      sql`select order_id from orders.order_promise where order_id = ${orderId} and kind = 'window' limit 1`,
    )) !== undefined
  )
}

/** Orders with a line that waits for one of these articles. */
export async function ordersWaitingFor(db: Queryable, variantIds: readonly string[], limit: number): Promise<string[]> {
  const rows = await query<{ order_id: string }>(
    db,
    sql`select distinct order_id from orders.order_line
        where variant_id = any(${variantIds}::uuid[]) and exception = 'waiting' order by order_id limit ${limit}`,
  )
  return rows.map((row) => row.order_id)
}

export async function addReturned(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`update orders.order_line l set returned_quantity = l.returned_quantity + d.quantity
        from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.quantity)}::int[]) as d (line_id, quantity)
        where l.order_id = ${orderId} and l.id = d.line_id`,
  )
}

/** Notes who the buyer was recognised as, once. */
export async function updateParties(tx: Tx, pairs: readonly { orderId: string; partyId: string }[]): Promise<void> {
  await execute(
    tx,
    sql`update orders.sales_order o set party_id = d.party_id
        from unnest(${pairs.map((p) => p.orderId)}::uuid[], ${pairs.map((p) => p.partyId)}::uuid[]) as d (order_id, party_id)
        where o.id = d.order_id and o.party_id is null`,
  )
}

/** Who ordered, of the orders whose customer is known. */
export async function partiesOfOrders(db: Queryable, orderIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; party_id: string }>(
    db,
    sql`select id, party_id from orders.sales_order where id = any(${orderIds}::uuid[]) and party_id is not null`,
  )
  return new Map(rows.map((row) => [row.id, row.party_id]))
}

/** Orders whose time to be paid is over. */
export async function overdueOrders(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from orders.sales_order where document_state = 'awaiting_payment' and expires_at <= ${now}
        order by expires_at limit ${limit}`,
  )
  return rows.map((row) => row.id)
}

/** Orders with the code of the channel they were placed in. */
export function ordersInChannels(
  db: Queryable,
  orderIds: readonly string[],
): Promise<(OrderRow & { channel_code: string })[]> {
  return query(
    db,
    sql`select o.*, c.code as channel_code from orders.sales_order o join channels.channel c on c.id = o.channel_id
        where o.id = any(${orderIds}::uuid[])`,
  )
}
