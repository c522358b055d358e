import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { keptHoursJson, readKeptHour, type KeptHour, type KeptHourJson } from './kept-hours.ts'

export type CartRow = {
  id: string
  channel_code: string
  updated_at: Date
  quote_revision: number | null
  quote_number: string | null
  closed: boolean
  valid_until: Date | null
  fee_method: 'delivery' | 'pickup' | 'carry_out' | null
  fee_minor: bigint | null
}

/** What a line keeps from another time or channel: its price, and units put aside for it. */
export type KeptLine = {
  variantId: string
  quantity: number
  keptMinor: bigint | null
  keptUntil: Date | null
  keptChannel: string | null
  holdPromiseId: string | null
  holdPoolId: string | null
  holdPlaceId: string | null
  holdUntil: Date | null
}

const keptColumns = sql`l.quantity, l.kept_minor as "keptMinor", l.kept_until as "keptUntil", l.kept_channel as "keptChannel",
  l.hold_promise_id as "holdPromiseId", l.hold_pool_id as "holdPoolId", l.hold_place_id as "holdPlaceId",
  l.hold_until as "holdUntil"`

export async function insertCart(
  tx: Tx,
  cart: { id: string; channelId: string; accountId: string | null },
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.cart (id, channel_id, account_id, created_at, updated_at)
        values (${cart.id}, ${cart.channelId}, ${cart.accountId}, ${now}, ${now})`,
  )
}

/** A cart that has not become an order. */
export async function selectCart(db: Queryable, cartId: string): Promise<CartRow | undefined> {
  return maybeOne(
    db,
    sql`select c.id, ch.code as channel_code, c.updated_at, c.quote_revision, c.closed, c.valid_until, c.fee_method, c.fee_minor,
               (select number from orders.quote q where q.id = c.id) as quote_number
        from orders.cart c join channels.channel ch on ch.id = c.channel_id
        where c.id = ${cartId} and c.order_id is null and c.quote_revision is distinct from 0`,
  )
}

export async function selectCartLines(db: Queryable, cartId: string): Promise<KeptLine[]> {
  return query(
    db,
    sql`select l.variant_id as "variantId", ${keptColumns} from orders.cart_line l
        where l.cart_id = ${cartId} order by l.added_at, l.variant_id`,
  )
}

/** A cart about to be bought: what it holds, and what only a continued cart or a quote has. */
export type CartForOrder = {
  readonly id: string
  readonly version: number
  readonly originChannelCode: string | null
  readonly quote: {
    readonly number: string
    readonly revision: number
    readonly state: string
    readonly validUntil: Date
    readonly contact: { readonly name: string; readonly email: string | null; readonly phone: string | null }
  } | null
  /** Whether it waits for a company's approval (or was approved): only that places it. */
  readonly request: boolean
  readonly fee: { readonly method: string; readonly feeMinor: bigint } | null
  readonly lines: readonly KeptLine[]
  /** Hours that are kept for it. */
  readonly hours: readonly KeptHour[]
}

type CartForOrderRow = Omit<KeptLine, 'variantId'> & {
  variantId: string | null
  terms_version: number
  origin_channel_code: string | null
  quote_revision: number | null
  closed: boolean
  fee_method: string | null
  fee_minor: bigint | null
  quote_number: string | null
  quote_state: string | null
  valid_until: Date | null
  contact_name: string | null
  contact_email: string | null
  contact_phone: string | null
  hours: KeptHourJson[] | null
}

/** A cart about to be bought; undefined when it is no open cart. */
export async function cartForOrder(db: Queryable, cartId: string): Promise<CartForOrder | undefined> {
  const rows = await query<CartForOrderRow>(
    db,
    sql`select l.variant_id as "variantId", ${keptColumns}, c.terms_version, c.quote_revision, c.closed,
               (select code from channels.channel where id = c.origin_channel_id) as origin_channel_code,
               c.fee_method, c.fee_minor, q.number as quote_number, q.state as quote_state, c.valid_until,
               q.contact_name, q.contact_email, q.contact_phone, ${keptHoursJson} as hours
        from orders.cart c left join orders.cart_line l on l.cart_id = c.id
        left join orders.quote q on q.id = c.id and c.quote_revision is not null
        where c.id = ${cartId} and c.order_id is null order by l.added_at, l.variant_id`,
  )
  const [first] = rows
  if (!first) return undefined
  return {
    id: cartId,
    version: first.terms_version,
    originChannelCode: first.origin_channel_code,
    quote:
      first.quote_revision === null || first.quote_revision === 0
        ? null
        : {
            number: first.quote_number ?? '',
            revision: first.quote_revision,
            state: first.closed ? 'closed' : (first.quote_state ?? 'closed'),
            validUntil: first.valid_until ?? new Date(0),
            contact: { name: first.contact_name ?? '', email: first.contact_email, phone: first.contact_phone },
          },
    request: first.quote_revision === 0,
    fee:
      first.fee_method === null || first.fee_minor === null
        ? null
        : { method: first.fee_method, feeMinor: first.fee_minor },
    hours: (first.hours ?? []).map(readKeptHour),
    lines: rows.flatMap(({ variantId, ...line }) => (variantId === null ? [] : [{ ...line, variantId }])),
  }
}

/** Sets a line's quantity; zero removes it. @returns whether the cart is open */
export async function upsertCartLine(
  tx: Tx,
  cartId: string,
  variantId: string,
  quantity: number,
  now: Date,
): Promise<boolean> {
  const open = await execute(
    tx,
    sql`update orders.cart set updated_at = ${now} where id = ${cartId} and order_id is null`,
  )
  if (open === 0) return false
  if (quantity === 0) {
    await execute(tx, sql`delete from orders.cart_line where cart_id = ${cartId} and variant_id = ${variantId}`)
  } else {
    await execute(
      tx,
      sql`insert into orders.cart_line (cart_id, variant_id, quantity, added_at) values (${cartId}, ${variantId}, ${quantity}, ${now})
          on conflict (cart_id, variant_id) do update set quantity = excluded.quantity`,
    )
  }
  return true
}

/**
 * Carts become orders, each once, under the terms its buyer saw. @returns the orders whose cart was still open and unchanged
 */
export async function closeCarts(
  tx: Tx,
  carts: readonly { cartId: string; orderId: string; version: number }[],
): Promise<Set<string>> {
  const rows = await query<{ order_id: string }>(
    tx,
    sql`update orders.cart c set order_id = d.order_id
        from unnest(${carts.map((c) => c.cartId)}::uuid[], ${carts.map((c) => c.orderId)}::uuid[],
          ${carts.map((c) => c.version)}::int[]) as d (cart_id, order_id, version)
        where c.id = d.cart_id and c.order_id is null and c.terms_version = d.version returning c.order_id`,
  )
  return new Set(rows.map((row) => row.order_id))
}

/** Those of some carts that have not become orders. */
export async function openCarts(db: Queryable, cartIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from orders.cart where id = any(${cartIds}::uuid[]) and order_id is null`,
  )
  return new Set(rows.map((row) => row.id))
}

/** What was put aside for carts has gone over to their orders, or back. */
export async function forgetHolds(tx: Tx, cartIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`update orders.cart_line set hold_promise_id = null, hold_pool_id = null, hold_place_id = null, hold_until = null
        where cart_id = any(${cartIds}::uuid[]) and hold_promise_id is not null`,
  )
}

export async function reopenCarts(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await execute(tx, sql`update orders.cart set order_id = null where order_id = any(${orderIds}::uuid[])`)
}

/** The quote an order came from is open again. */
export async function reopenQuote(tx: Tx, orderId: string): Promise<void> {
  await execute(
    tx,
    sql`update orders.cart set order_id = null, terms_version = terms_version + 1
        where order_id = ${orderId} and quote_revision is not null`,
  )
}

/** A cart that has gone over into something else. */
export async function deleteCart(tx: Tx, cartId: string): Promise<void> {
  await execute(tx, sql`delete from orders.cart where id = ${cartId} and order_id is null`)
}

/** Carts nobody touched for a time go; quotes and reservations stay, and so does what keeps goods. @returns how many went */
export async function deleteOldCarts(tx: Tx, before: Date): Promise<number> {
  return execute(
    tx,
    sql`delete from orders.cart c where c.updated_at < ${before} and c.order_id is null
          and not exists (select 1 from orders.cart_line l where l.cart_id = c.id and l.hold_promise_id is not null)
          and c.quote_revision is null
          and not exists (select 1 from orders.reservation r where r.id = c.id)`,
  )
}
