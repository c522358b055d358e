import sql from 'sql-template-tag'
import { execute, query, type Tx } from '../../../kernel/db.ts'
import { keyText, type Key } from '../domain/match-parties.ts'
import type { OwnerRow } from './parties.ts'

/**
 * Locks keys, making those that do not exist, always in one order: two transactions that learn of the same new address at
 * once are put in a row, and the second finds the party of the first.
 */
export function lockKeys(tx: Tx, keys: readonly Key[]): Promise<OwnerRow[]> {
  const byText = new Map(keys.map((key) => [keyText(key), key]))
  const sorted = [...byText.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key)
  return query(
    tx,
    sql`insert into customers.party_key as k (kind, value)
        select g.kind, g.value
        from unnest(${sorted.map((k) => k.kind)}::text[], ${sorted.map((k) => k.value)}::text[])
          with ordinality as g (kind, value, n) order by g.n
        on conflict (kind, value) do update set value = excluded.value
        returning k.kind, k.value, k.party_id, k.shared_at is not null as shared`,
  )
}

/** Locks a company for a change of its people or sites: two administrators cannot both be the last to leave. */
export async function lockCompany(tx: Tx, companyId: string): Promise<boolean> {
  return (await execute(tx, sql`select id from customers.company where id = ${companyId} for update`)) === 1
}

export type LockedParty = { id: string; merged_into: string | null; survivor_id: string | null }

/**
 * Locks two parties, always in one order, and answers them as they are then: two people who merge crosswise at once are put in
 * a row, and the second finds what the first did.
 */
export async function lockParties(tx: Tx, ids: readonly [string, string]): Promise<LockedParty[]> {
  const locked: LockedParty[] = []
  for (const id of [...ids].sort())
    locked.push(
      ...(await query<LockedParty>(
        tx,
        sql`select id, merged_into, survivor_id from customers.party where id = ${id} for update`,
      )),
    )
  return locked
}

/** Locks a party, so that two entries of its chain written at once follow one another. */
export async function lockParty(tx: Tx, id: string): Promise<boolean> {
  return (await execute(tx, sql`select id from customers.party where id = ${id} for update`)) === 1
}
