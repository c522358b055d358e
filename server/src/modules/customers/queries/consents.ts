import type { ConsentPurpose, Medium } from '@ecluse/contracts/consents.ts'
import sql, { empty } from 'sql-template-tag'
import type { ChainLink } from '../../../kernel/chain.ts'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type ConsentRow = ChainLink & {
  party_id: string
  sequence: number
  id: string
  act: 'asked' | 'granted' | 'withdrawn' | 'preferred'
  medium: Medium | null
  purpose: ConsentPurpose | null
  at: Date
}

const columns = sql`party_id, sequence, id, act, medium, purpose, at, content, previous, hash, signature, key_id`

/** The chains of parties, each from its first entry. */
export function consentsOf(db: Queryable, partyIds: readonly string[]): Promise<ConsentRow[]> {
  return query(
    db,
    sql`select ${columns} from customers.consent where party_id = any(${partyIds}::uuid[]) order by party_id, sequence`,
  )
}

/** The end of a party's chain. */
export function lastConsent(db: Queryable, partyId: string): Promise<{ sequence: number; hash: Buffer } | undefined> {
  return maybeOne(
    db,
    sql`select sequence, hash from customers.consent where party_id = ${partyId} order by sequence desc limit 1`,
  )
}

export async function insertConsent(tx: Tx, row: ConsentRow, address: string | null): Promise<void> {
  await execute(
    tx,
    sql`insert into customers.consent (${columns}, address)
        values (${row.party_id}, ${row.sequence}, ${row.id}, ${row.act}, ${row.medium}, ${row.purpose}, ${row.at}, ${row.content},
                ${row.previous}, ${row.hash}, ${row.signature}, ${row.key_id}, ${address})`,
  )
}

/** A question that waits for its answer: whom it was sent to. */
export function askedConsent(
  db: Queryable,
  partyId: string,
  id: string,
): Promise<{ address: string | null; at: Date } | undefined> {
  return maybeOne(
    db,
    sql`select address, at from customers.consent where party_id = ${partyId} and id = ${id} and act = 'asked'`,
  )
}

/** Parties that have a chain, in the order of their ids: to check them all. */
export async function partiesWithConsents(db: Queryable, after: string | null, limit: number): Promise<string[]> {
  const rows = await query<{ party_id: string }>(
    db,
    sql`select distinct party_id from customers.consent ${after === null ? empty : sql`where party_id > ${after}`}
        order by party_id limit ${limit}`,
  )
  return rows.map((row) => row.party_id)
}

/** What a party was learned to be reached by; not those merged with it. */
export function addressesOf(
  db: Queryable,
  partyIds: readonly string[],
): Promise<{ party_id: string; kind: 'email' | 'phone' | 'address'; value: string }[]> {
  return query(
    db,
    sql`select distinct party_id, kind, value from customers.identification
        where party_id = any(${partyIds}::uuid[]) and kind in ('email', 'phone', 'address') order by party_id, kind, value`,
  )
}

export type OppositionRow = { fingerprint: Buffer; medium: Medium; purpose: ConsentPurpose }

/** Puts addresses on the list of oppositions, or takes them off it. */
export async function setOppositions(
  tx: Tx,
  rows: readonly OppositionRow[],
  { at, source, opposed }: { at: Date; source: string; opposed: boolean },
): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    opposed
      ? sql`insert into customers.opposition (fingerprint, medium, purpose, at, source)
            select g.fingerprint, g.medium, g.purpose, ${at}, ${source}
            from unnest(${rows.map((r) => r.fingerprint)}::bytea[], ${rows.map((r) => r.medium)}::text[],
                        ${rows.map((r) => r.purpose)}::text[]) as g (fingerprint, medium, purpose)
            order by 1, 2, 3
            on conflict (fingerprint, medium, purpose) do update
              set at = excluded.at, source = excluded.source, lifted_at = null
              where opposition.lifted_at is not null`
      : sql`update customers.opposition o set lifted_at = ${at}
            from unnest(${rows.map((r) => r.fingerprint)}::bytea[], ${rows.map((r) => r.medium)}::text[],
                        ${rows.map((r) => r.purpose)}::text[]) as g (fingerprint, medium, purpose)
            where o.fingerprint = g.fingerprint and o.medium = g.medium and o.purpose = g.purpose and o.lifted_at is null`,
  )
}

/** Whether any of these addresses was on the list at a moment. */
export async function isOpposed(
  db: Queryable,
  fingerprints: readonly Buffer[],
  { medium, purpose, at }: { medium: string; purpose: string; at: Date },
): Promise<boolean> {
  const row = await maybeOne(
    db,
    sql`select 1 as found from customers.opposition
        where fingerprint = any(${fingerprints}::bytea[]) and medium = ${medium} and purpose = ${purpose} and at <= ${at}
          and (lifted_at is null or lifted_at > ${at}) limit 1`,
  )
  return row !== undefined
}

/** Everything on the list of oppositions, past and present, about any of these addresses. */
export function oppositionsAgainst(
  db: Queryable,
  fingerprints: readonly Buffer[],
): Promise<{ fingerprint: Buffer; medium: string; purpose: string; at: Date; lifted_at: Date | null }[]> {
  if (fingerprints.length === 0) return Promise.resolve([])
  return query(
    db,
    sql`select fingerprint, medium, purpose, at, lifted_at from customers.opposition
        where fingerprint = any(${fingerprints}::bytea[])`,
  )
}
