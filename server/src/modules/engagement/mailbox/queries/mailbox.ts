import type { Purpose } from '@ecluse/contracts/consents.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

/** How far a mailbox was read; from its beginning when it was made anew since. */
export async function readUpTo(db: Queryable, name: string, uidValidity: string): Promise<number> {
  const row = await maybeOne<{ last_uid: bigint }>(
    db,
    sql`select last_uid from engagement.mailbox where name = ${name} and uid_validity = ${uidValidity}`,
  )
  return Number(row?.last_uid ?? 0n)
}

/** Notes how far a mailbox was read, never back. */
export async function noteRead(
  db: Queryable,
  { name, uidValidity, uid }: { name: string; uidValidity: string; uid: number },
): Promise<void> {
  await execute(
    db,
    sql`insert into engagement.mailbox (name, uid_validity, last_uid) values (${name}, ${uidValidity}, ${uid})
        on conflict (name) do update set uid_validity = excluded.uid_validity,
          last_uid = case when mailbox.uid_validity = excluded.uid_validity then greatest(mailbox.last_uid, excluded.last_uid)
            else excluded.last_uid end`,
  )
}

export type Answered = {
  id: string
  order_id: string
  occurrence: string
  recipient: string
  purpose: Purpose
  party_id: string | null
}

/** The e-mail that an answer or a report is about. */
export function mailById(db: Queryable, id: string): Promise<Answered | undefined> {
  return maybeOne(
    db,
    sql`select id, order_id, occurrence, recipient, purpose, party_id from engagement.message where id = ${id} and medium = 'email'`,
  )
}

/** Whoever answers a message has got it, also one of which nobody knew whether it left. @returns whether nobody knew */
export async function noteArrived(tx: Tx, { order_id, id }: Pick<Answered, 'order_id' | 'id'>): Promise<boolean> {
  const uncertain = await execute(
    tx,
    sql`update engagement.message set state = 'sent', sent_at = handed_at
        where order_id = ${order_id} and id = ${id} and state = 'unknown'`,
  )
  return uncertain === 1
}

/** Whose address it is, where one person alone has it. */
export async function partyOfAddress(db: Queryable, email: string): Promise<string | null> {
  const row = await maybeOne<{ id: string }>(
    db,
    sql`select coalesce(p.survivor_id, p.id) as id from customers.party_key k join customers.party p on p.id = k.party_id
        where k.kind = 'email' and k.value = ${email} and k.shared_at is null`,
  )
  return row?.id ?? null
}

/** Notes that an address does not exist; one that somebody lifted dies again with a newer report. */
export async function markDead(
  tx: Tx,
  dead: { address: string; at: Date; reason: string; messageId: string; partyId?: string },
): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.dead_address (address, since, reason, message_id, party_id)
        values (${dead.address}, ${dead.at}, ${dead.reason}, ${dead.messageId}, ${dead.partyId ?? null})
        on conflict (address) do update set since = excluded.since, reason = excluded.reason, message_id = excluded.message_id,
          party_id = excluded.party_id, lifted_at = null, lifted_by = null
        where dead_address.message_id is distinct from excluded.message_id`,
  )
}

/** Why nothing is sent to an address; undefined when it may be. */
export async function deadReason(db: Queryable, address: string): Promise<string | undefined> {
  const row = await maybeOne<{ reason: string }>(
    db,
    sql`select reason from engagement.dead_address where address = lower(${address}) and lifted_at is null`,
  )
  return row?.reason
}

/** Which of these addresses nothing is sent to. */
export async function deadAmong(db: Queryable, addresses: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ address: string }>(
    db,
    sql`select address from engagement.dead_address where address = any(${addresses}::text[]) and lifted_at is null`,
  )
  return new Set(rows.map(({ address }) => address))
}

export type DeadRow = { address: string; since: Date; reason: string; message_id: string | null }

/** Addresses nothing is sent to, the latest first. */
export function selectDead(
  db: Queryable,
  { after, limit }: { after: string[] | undefined; limit: number },
): Promise<DeadRow[]> {
  const later = after ? sql`and (since, address) < (${after[0]}::timestamptz, ${after[1]})` : empty
  return query(
    db,
    sql`select address, since, reason, message_id from engagement.dead_address where lifted_at is null ${later}
        order by since desc, address desc limit ${limit}`,
  )
}

/** @returns whether it was dead */
export async function liftDead(tx: Tx, address: string, now: Date, by: string | null): Promise<boolean> {
  const lifted = await execute(
    tx,
    sql`update engagement.dead_address set lifted_at = ${now}, lifted_by = ${by}
        where address = ${address} and lifted_at is null`,
  )
  return lifted === 1
}
