import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

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
