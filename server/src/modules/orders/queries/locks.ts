import sql from 'sql-template-tag'
import { execute, maybeOne, type Tx } from '../../../kernel/db.ts'
import type { GrantRow } from './downloads.ts'
import type { OrderRow } from './orders.ts'
import { requestById, type RequestRow } from './purchase-requests.ts'
import type { ReservationRow } from './reservations.ts'
import { selectQuote, type QuoteRow } from './quotes.ts'

/**
 * Locks of orders, taken in this order: the order's document, then its promises, then pools. Every change to an order
 * begins here, so that two people cannot hand over and cancel the same order at once.
 */
export async function lockOrder(tx: Tx, orderId: string): Promise<OrderRow | undefined> {
  return maybeOne(tx, sql`select * from orders.sales_order where id = ${orderId} for update`)
}

/** Locks an open cart: the first of the locks, before its promises and their pools. What waits for a company's approval is none. */
export async function lockCart(
  tx: Tx,
  cartId: string,
): Promise<
  { id: string; channel_id: string; channel_code: string; quote_revision: number | null; closed: boolean } | undefined
> {
  return maybeOne(
    tx,
    sql`select c.id, c.channel_id, c.quote_revision, c.closed,
               (select code from channels.channel where id = c.channel_id) as channel_code
        from orders.cart c where c.id = ${cartId} and c.order_id is null and c.quote_revision is distinct from 0 for update`,
  )
}

/** Locks whatever document keeps something, a request too, that has not become an order. */
export async function lockDocument(tx: Tx, id: string): Promise<{ id: string; channelCode: string } | undefined> {
  return maybeOne(
    tx,
    sql`select c.id, (select code from channels.channel where id = c.channel_id) as "channelCode"
        from orders.cart c where c.id = ${id} and c.order_id is null for update`,
  )
}

/** Locks a quote and its cart, which are one document. */
export async function lockQuote(tx: Tx, quoteId: string): Promise<QuoteRow | undefined> {
  await execute(tx, sql`select id from orders.cart where id = ${quoteId} for update`)
  await execute(tx, sql`select id from orders.quote where id = ${quoteId} for update`)
  return selectQuote(tx, quoteId)
}

/** Locks a company's request and its cart, which are one document. */
export async function lockRequest(tx: Tx, requestId: string): Promise<RequestRow | undefined> {
  await execute(tx, sql`select id from orders.cart where id = ${requestId} for update`)
  return requestById(tx, requestId)
}

/** Locks a reservation; its cart is locked first, by who needs both. */
export async function lockReservation(tx: Tx, id: string): Promise<ReservationRow | undefined> {
  return maybeOne(tx, sql`select * from orders.reservation where id = ${id} for update`)
}

/** Keeps two requests of one person from being counted at once, until the transaction ends. */
export async function lockPerson(tx: Tx, keys: readonly string[]): Promise<void> {
  for (const key of [...keys].sort())
    await execute(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`reservation ${key}`}, 0))`)
}

/** Locks the right to fetch the files of a line, after its order: two downloads are counted one after the other. */
export async function lockGrant(tx: Tx, orderId: string, lineId: string): Promise<GrantRow | undefined> {
  return maybeOne(
    tx,
    sql`select * from orders.download_grant where order_id = ${orderId} and line_id = ${lineId} for update`,
  )
}
