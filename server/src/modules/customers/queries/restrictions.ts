import type { RestrictionReason } from '@ecluse/contracts/restriction.ts'
import sql, { type Sql } from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** That a customer's data may be used: to be asked wherever something is done with many. @param id the column that says who */
export const unrestricted = (id: Sql): Sql => sql`${id} <> all(array(select root_id from customers.restricted))`

export type RestrictionRow = {
  id: string
  party_id: string
  reason: RestrictionReason
  note: string
  since: Date
  actor: string | null
  ends_at: Date | null
  told: string | null
}

/** What restricts any of these, the oldest first. */
export function restrictionsOf(db: Queryable, partyIds: readonly string[]): Promise<RestrictionRow[]> {
  return query(
    db,
    sql`select id, party_id, reason, note, since, actor, ends_at, told from customers.restriction
        where party_id = any(${partyIds}::uuid[]) and lifted_at is null order by since, id`,
  )
}

/** Whose data might only be kept at a moment, among these. */
export async function restrictedAt(
  db: Queryable,
  partyIds: readonly string[],
): Promise<{ party_id: string; since: Date; lifted_at: Date | null }[]> {
  return query(
    db,
    sql`select party_id, since, lifted_at from customers.restriction where party_id = any(${partyIds}::uuid[])`,
  )
}

/** Restricts somebody, once. */
export async function insertRestriction(tx: Tx, row: RestrictionRow): Promise<void> {
  await execute(
    tx,
    sql`insert into customers.restriction (id, party_id, reason, note, since, actor)
        values (${row.id}, ${row.party_id}, ${row.reason}, ${row.note}, ${row.since}, ${row.actor})
        on conflict (party_id) where lifted_at is null do nothing`,
  )
}

/** Says when what restricts these ends. @returns how many it is said of for the first time */
export function endRestrictions(
  tx: Tx,
  { partyIds, endsAt, told }: { partyIds: readonly string[]; endsAt: Date; told: string },
): Promise<number> {
  return execute(
    tx,
    sql`update customers.restriction set ends_at = ${endsAt}, told = ${told}
        where party_id = any(${partyIds}::uuid[]) and lifted_at is null and ends_at is null`,
  )
}

/** Lifts what was said to end by now. @returns whose */
export async function liftEnded(tx: Tx, now: Date): Promise<string[]> {
  const rows = await query<{ party_id: string }>(
    tx,
    sql`update customers.restriction set lifted_at = ${now} where ends_at <= ${now} and lifted_at is null returning party_id`,
  )
  return rows.map(({ party_id }) => party_id)
}

/** Takes away what was computed of somebody whose data may only be kept. */
export async function dropComputed(tx: Tx, partyIds: readonly string[]): Promise<void> {
  await execute(tx, sql`delete from customers.customer_value where party_id = any(${partyIds}::uuid[])`)
}
