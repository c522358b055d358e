import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

type Waiting = { order_id: string; id: string; ready_at: Date }

/** Pick-ups ready since then of which nobody was reminded yet. Drive visits and home deliveries have their own ways. */
export async function pickupsToRemind(db: Queryable, readyBefore: Date, limit: number): Promise<Waiting[]> {
  return query(
    db,
    sql`select order_id, id, ready_at from fulfillment.fulfillment
        where state = 'ready' and method = 'pickup' and ready_at <= ${readyBefore} and reminded_at is null
        order by ready_at limit ${limit}`,
  )
}

/** Pick-ups ready since then, whose buyers were reminded long enough ago. */
export async function pickupsToExpire(
  db: Queryable,
  readyBefore: Date,
  remindedBefore: Date,
  limit: number,
): Promise<Waiting[]> {
  return query(
    db,
    sql`select order_id, id, ready_at from fulfillment.fulfillment
        where state = 'ready' and method = 'pickup' and ready_at <= ${readyBefore} and reminded_at <= ${remindedBefore}
        order by ready_at limit ${limit}`,
  )
}

/** @returns whether nobody had been told before */
export async function markReminded(tx: Tx, orderId: string, id: string, now: Date): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update fulfillment.fulfillment set reminded_at = ${now}
        where order_id = ${orderId} and id = ${id} and state = 'ready' and reminded_at is null`,
  )
  return changed === 1
}

/** A preparation that is ready anew is told of anew. */
export async function forgetReminder(tx: Tx, orderId: string, id: string): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.fulfillment set reminded_at = null
        where order_id = ${orderId} and id = ${id} and reminded_at is not null`,
  )
}

export async function recordCollector(tx: Tx, orderId: string, id: string, name: string): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.fulfillment set collected_by = ${name} where order_id = ${orderId} and id = ${id}`,
  )
}

/** Writes whom the buyer named; nobody any more with null. */
export async function putCollector(tx: Tx, orderId: string, name: string | null, now: Date): Promise<void> {
  if (name === null) await execute(tx, sql`delete from fulfillment.collector where order_id = ${orderId}`)
  else
    await execute(
      tx,
      sql`insert into fulfillment.collector (order_id, name, named_at) values (${orderId}, ${name}, ${now})
          on conflict (order_id) do update set name = excluded.name, named_at = excluded.named_at`,
    )
}

export async function collectorOf(db: Queryable, orderId: string): Promise<string | null> {
  const rows = await query<{ name: string }>(
    db,
    sql`select name from fulfillment.collector where order_id = ${orderId}`,
  )
  return rows[0]?.name ?? null
}
