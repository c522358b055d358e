import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type CartRow = { id: string; channel_code: string; updated_at: Date }

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
    sql`select c.id, ch.code as channel_code, c.updated_at from orders.cart c join channels.channel ch on ch.id = c.channel_id
        where c.id = ${cartId} and c.order_id is null`,
  )
}

export async function selectCartLines(
  db: Queryable,
  cartId: string,
): Promise<{ variantId: string; quantity: number }[]> {
  return query(
    db,
    sql`select variant_id as "variantId", quantity from orders.cart_line where cart_id = ${cartId} order by added_at, variant_id`,
  )
}

/** The lines of a cart about to be bought; undefined when it is no open cart. */
export async function cartForOrder(
  db: Queryable,
  cartId: string,
): Promise<{ variantId: string; quantity: number }[] | undefined> {
  const rows = await query<{ variantId: string | null; quantity: number }>(
    db,
    sql`select l.variant_id as "variantId", l.quantity from orders.cart c left join orders.cart_line l on l.cart_id = c.id
        where c.id = ${cartId} and c.order_id is null order by l.added_at, l.variant_id`,
  )
  if (rows.length === 0) return undefined
  return rows.flatMap(({ variantId, quantity }) => (variantId === null ? [] : [{ variantId, quantity }]))
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

/** Carts become orders, each once. @returns the orders whose cart was still open */
export async function closeCarts(tx: Tx, carts: readonly { cartId: string; orderId: string }[]): Promise<Set<string>> {
  const rows = await query<{ order_id: string }>(
    tx,
    sql`update orders.cart c set order_id = d.order_id
        from unnest(${carts.map((c) => c.cartId)}::uuid[], ${carts.map((c) => c.orderId)}::uuid[]) as d (cart_id, order_id)
        where c.id = d.cart_id and c.order_id is null returning c.order_id`,
  )
  return new Set(rows.map((row) => row.order_id))
}

export async function reopenCarts(tx: Tx, orderIds: readonly string[]): Promise<void> {
  await execute(tx, sql`update orders.cart set order_id = null where order_id = any(${orderIds}::uuid[])`)
}

/** Carts nobody touched for a time go. @returns how many went */
export async function deleteOldCarts(tx: Tx, before: Date): Promise<number> {
  return execute(tx, sql`delete from orders.cart where updated_at < ${before} and order_id is null`)
}
