import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { unrestricted } from './restrictions.ts'
import type { Key } from '../domain/match-parties.ts'

export type PartyRow = {
  id: string
  kind: 'person' | 'company'
  name: string
  email: string | null
  phone: string | null
  address: PostalAddress | null
  locale: Locale
  reference: string | null
  sort_name: string
  created_at: Date
  /** Whom they were merged into in the end; null for somebody who stands by themself. */
  survivor_id: string | null
}

const columns = sql`id, kind, name, email, phone, address, locale, reference, sort_name, created_at, survivor_id`

/** A party; who was merged is found as whom they were merged into. */
export function partyById(db: Queryable, id: string): Promise<PartyRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from customers.party
        where id = (select coalesce(survivor_id, id) from customers.party where id = ${id})`,
  )
}

/** Parties as each is written, whomever they were merged into. */
export function partiesByIds(db: Queryable, ids: readonly string[]): Promise<PartyRow[]> {
  return query(db, sql`select ${columns} from customers.party where id = any(${ids}::uuid[])`)
}

/** Whether a party is what was searched for, by the column that holds what it is found by: see `searchTerms`. */
export function partyFound(column: Sql, { words, digits }: { words: readonly string[]; digits: string | null }): Sql {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const byWords = patterns.length > 0 ? sql`${column} like all(${patterns}::text[])` : sql`true`
  return digits === null ? byWords : sql`(${byWords} or ${column} like ${`%${digits}%`})`
}

/** Parties by name. `words` are folded and must all be found; `digits` are looked for in the telephone. */
export function listParties(
  db: Queryable,
  filter: { words: readonly string[]; digits: string | null; after: string[] | undefined; limit: number },
): Promise<PartyRow[]> {
  const found = partyFound(sql`search`, filter)
  const later = filter.after ? sql`and (sort_name, id) > (${filter.after[0]}, ${filter.after[1]}::uuid)` : empty
  return query(
    db,
    sql`select ${columns} from customers.party where survivor_id is null and search <> '' and ${found} ${later} order by sort_name, id limit ${filter.limit}`,
  )
}

/** Parties in the order they came, for exports. */
export function partiesAfter(db: Queryable, afterId: string | null, limit: number): Promise<PartyRow[]> {
  const later = afterId === null ? empty : sql`and id > ${afterId}`
  return query(
    db,
    sql`select ${columns} from customers.party where survivor_id is null and search <> '' and ${unrestricted(sql`id`)} ${later} order by id limit ${limit}`,
  )
}

export type OwnerRow = { kind: Key['kind']; value: string; party_id: string | null; shared: boolean }

export function ownersOf(db: Queryable, keys: readonly Key[]): Promise<OwnerRow[]> {
  return query(
    db,
    sql`select k.kind, k.value, k.party_id, k.shared_at is not null as shared from customers.party_key k
        join unnest(${keys.map((k) => k.kind)}::text[], ${keys.map((k) => k.value)}::text[]) as g (kind, value) using (kind, value)`,
  )
}

/**
 * The account and the reference each party gave itself. Its row would not do: the row of who others were merged into holds theirs
 * too, and who is recognised must not depend on a merge that may be taken back.
 */
export function singlesOf(
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; account_id: string | null; reference: string | null }[]> {
  const latest = (kind: 'account' | 'reference') =>
    sql`(select i.value from customers.identification i where i.party_id = p.id and i.kind = ${kind}
         order by i.recorded_at desc, i.id desc limit 1)`
  return query(
    db,
    sql`select p.id, ${latest('account')} as account_id, ${latest('reference')} as reference
        from unnest(${ids}::uuid[]) as p (id)`,
  )
}

/** Gives keys that were locked to the parties they lead to from now on. */
export async function giveKeys(tx: Tx, taken: readonly { key: Key; partyId: string }[]): Promise<void> {
  if (taken.length === 0) return
  await execute(
    tx,
    sql`update customers.party_key k set party_id = g.party_id
        from unnest(${taken.map((t) => t.key.kind)}::text[], ${taken.map((t) => t.key.value)}::text[],
                    ${taken.map((t) => t.partyId)}::uuid[]) as g (kind, value, party_id)
        where k.kind = g.kind and k.value = g.value`,
  )
}

export async function insertParties(
  tx: Tx,
  rows: readonly { id: string; kind: 'person' | 'company'; name: string; locale: Locale }[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into customers.party (id, kind, name, locale, sort_name, search, created_at, updated_at)
        select g.id, g.kind, g.name, g.locale, '', '', ${now}, ${now}
        from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.name)}::text[],
                    ${rows.map((r) => r.locale)}::text[]) as g (id, kind, name, locale)`,
  )
}

/** Changes persons into companies or back; answers those that changed. */
export async function setKinds(
  tx: Tx,
  rows: readonly { id: string; kind: 'person' | 'company' }[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const changed = await query<{ id: string }>(
    tx,
    sql`update customers.party p set kind = g.kind
        from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.kind)}::text[]) as g (id, kind)
        where p.id = g.id and p.kind <> g.kind returning p.id`,
  )
  return new Set(changed.map((row) => row.id))
}

/** Whom an account or a card leads to; undefined when it leads to nobody. */
export async function partyOfKey(
  db: Queryable,
  kind: 'account' | 'card' | 'email' | 'social',
  value: string,
): Promise<string | undefined> {
  const row = await maybeOne<{ party_id: string }>(
    db,
    sql`select party_id from customers.party_key
        where kind = ${kind} and value = ${value} and party_id is not null and shared_at is null`,
  )
  return row?.party_id
}
