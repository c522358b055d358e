import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Locks an open cart: the first of the locks, before its promises and their pools. */
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
        from orders.cart c where c.id = ${cartId} and c.order_id is null for update`,
  )
}

/** Who bought meanwhile saw other terms. */
export async function bumpTerms(tx: Tx, cartId: string): Promise<void> {
  await execute(tx, sql`update orders.cart set terms_version = terms_version + 1 where id = ${cartId}`)
}

export async function writeHolds(
  tx: Tx,
  cartId: string,
  holds: readonly { variantId: string; promiseId: string; poolId: string; placeId: string }[],
  until: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.cart_line l set hold_promise_id = d.promise_id, hold_pool_id = d.pool_id, hold_place_id = d.place_id,
               hold_until = ${until}
        from unnest(${holds.map((h) => h.variantId)}::uuid[], ${holds.map((h) => h.promiseId)}::uuid[],
          ${holds.map((h) => h.poolId)}::uuid[], ${holds.map((h) => h.placeId)}::uuid[])
          as d (variant_id, promise_id, pool_id, place_id)
        where l.cart_id = ${cartId} and l.variant_id = d.variant_id`,
  )
}

/** Carts whose goods were kept until now and no longer. */
export async function cartsWithOverdueHolds(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ cart_id: string }>(
    db,
    sql`select cart_id from orders.cart_line where hold_promise_id is not null and hold_until <= ${now}
        group by cart_id limit ${limit}`,
  )
  return rows.map((row) => row.cart_id)
}
