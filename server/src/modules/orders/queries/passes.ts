import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type PassRow = {
  code: string
  secret: string
  cart_id: string
  expires_at: Date
  revoked_at: Date | null
  quote_number: string | null
  quote_state: string | null
  quote_token: string | null
  closed: boolean
  channel_code: string
  continues_in: string[]
  held_until: Date | null
}

/** A pass in use, by its code: neither revoked nor out of date, of a document that is still open. */
export async function selectPass(db: Queryable, code: string, now: Date): Promise<PassRow | undefined> {
  return maybeOne(
    db,
    sql`select p.*, q.number as quote_number, q.state as quote_state, q.access_token as quote_token, c.closed, ch.code as channel_code,
               array(select t.code from channels.hand_off h join channels.channel t on t.id = h.to_channel_id
                     where h.channel_id = c.channel_id and t.active order by t.position, t.code) as continues_in,
               (select min(l.hold_until) from orders.cart_line l where l.cart_id = c.id) as held_until
        from orders.pass p
        join orders.cart c on c.id = p.cart_id
        join channels.channel ch on ch.id = c.channel_id
        left join orders.quote q on q.id = c.id
        where p.code = ${code} and p.revoked_at is null and p.expires_at > ${now} and c.order_id is null`,
  )
}

/** The code of the pass in use of a document, if it has one. */
export async function passCodeOf(db: Queryable, cartId: string, now: Date): Promise<string | undefined> {
  const rows = await query<{ code: string }>(
    db,
    sql`select code from orders.pass where cart_id = ${cartId} and revoked_at is null and expires_at > ${now}
        order by created_at desc limit 1`,
  )
  return rows[0]?.code
}

/** @returns whether the code was free */
export async function insertPass(
  tx: Tx,
  pass: { code: string; secret: string; cartId: string; expiresAt: Date; actor: string | null },
  now: Date,
): Promise<boolean> {
  const written = await execute(
    tx,
    sql`insert into orders.pass (code, secret, cart_id, created_at, expires_at, actor)
        values (${pass.code}, ${pass.secret}, ${pass.cartId}, ${now}, ${pass.expiresAt}, ${pass.actor})
        on conflict (code) do nothing`,
  )
  return written === 1
}

export async function revokePassRow(tx: Tx, code: string, now: Date): Promise<void> {
  await execute(tx, sql`update orders.pass set revoked_at = ${now} where code = ${code} and revoked_at is null`)
}

export async function revokePassesOf(tx: Tx, cartId: string, now: Date): Promise<void> {
  await execute(tx, sql`update orders.pass set revoked_at = ${now} where cart_id = ${cartId} and revoked_at is null`)
}

/** Passes out of date for a time go. */
export async function deleteOldPasses(tx: Tx, before: Date): Promise<number> {
  return execute(tx, sql`delete from orders.pass where expires_at < ${before}`)
}

/** Keeps the prices of lines that keep none (any more). */
export async function keepPrices(
  tx: Tx,
  cartId: string,
  prices: readonly { variantId: string; unitMinor: bigint; channelCode: string }[],
  until: Date,
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.cart_line l set kept_minor = d.minor, kept_until = ${until}, kept_channel = d.channel
        from unnest(${prices.map((p) => p.variantId)}::uuid[], ${prices.map((p) => p.unitMinor)}::bigint[],
          ${prices.map((p) => p.channelCode)}::text[]) as d (variant_id, minor, channel)
        where l.cart_id = ${cartId} and l.variant_id = d.variant_id and (l.kept_until is null or l.kept_until <= ${now})`,
  )
}

/** The document goes on in another channel; it remembers the first. */
export async function moveCart(tx: Tx, cartId: string, channelId: string, now: Date): Promise<void> {
  await execute(
    tx,
    sql`update orders.cart set origin_channel_id = coalesce(origin_channel_id, channel_id), channel_id = ${channelId},
               updated_at = ${now}
        where id = ${cartId}`,
  )
}
