import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { ExternalKind } from '../domain/match-parties.ts'

export type IdentificationRow = {
  partyId: string
  id: string
  kind: 'account' | 'email' | 'phone' | 'reference' | 'name' | 'locale' | 'address' | ExternalKind
  value: string
  source: string
  channelCode: string | null
  at: Date
}

/**
 * Records what is new: an identification that says what the latest one before it said already is left out, so that
 * telling the same thing again changes nothing; so is a card, a device or another's number of which one may have several. Answers the parties of which something new was recorded.
 */
export async function recordIdentifications(tx: Tx, rows: readonly IdentificationRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const recorded = await query<{ party_id: string }>(
    tx,
    sql`insert into customers.identification (party_id, id, kind, value, source, channel_code, recorded_at)
        select g.party_id, g.id, g.kind, g.value, g.source, g.channel_code, g.at
        from unnest(${rows.map((r) => r.partyId)}::uuid[], ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.kind)}::text[],
                    ${rows.map((r) => r.value)}::text[], ${rows.map((r) => r.source)}::text[],
                    ${rows.map((r) => r.channelCode)}::text[], ${rows.map((r) => r.at)}::timestamptz[])
          as g (party_id, id, kind, value, source, channel_code, at)
        where g.value is distinct from (
          select i.value from customers.identification i
          where i.party_id = g.party_id and i.kind = g.kind and i.recorded_at <= g.at
            and (i.kind not in ('device', 'card', 'social', 'marketplace') or i.value = g.value)
          order by i.recorded_at desc, i.id desc limit 1)
        returning party_id`,
  )
  return new Set(recorded.map((row) => row.party_id))
}

/**
 * Computes profiles again from what was recorded; also locks their rows for the rest of the transaction. The profile of who
 * survived merges says the latest of all that were merged; those keep theirs, which nobody is shown.
 */
export async function projectParties(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  const written = await query<{ survivor_id: string | null }>(
    tx,
    sql`with root as (
          select distinct coalesce(survivor_id, id) as id from customers.party where id = any(${ids}::uuid[])
        ), member as (
          select id as root_id, id from root
          union all select p.survivor_id, p.id from customers.party p where p.survivor_id in (select id from root)
        ), said as (
          select m.root_id, i.kind, i.value, i.recorded_at, i.id
          from member m join customers.identification i on i.party_id = m.id
        ), latest as (
          select distinct on (root_id, kind) root_id, kind, value from said order by root_id, kind, recorded_at desc, id desc
        ), profile as (
          select root_id,
                 max(value) filter (where kind = 'name') as name,
                 max(value) filter (where kind = 'email') as email,
                 max(value) filter (where kind = 'phone') as phone,
                 max(value) filter (where kind = 'address') as address,
                 max(value) filter (where kind = 'locale') as locale,
                 max(value) filter (where kind = 'account') as account_id,
                 max(value) filter (where kind = 'reference') as reference
          from latest group by root_id
        ), found as (
          select root_id, string_agg(distinct lower(unaccent(value)), ' ' order by lower(unaccent(value))) as words
          from said where kind in ('name', 'email', 'phone', 'reference', 'card') group by root_id
        )
        update customers.party p set
          name = coalesce(f.name, ''), email = f.email, phone = f.phone, address = f.address::jsonb,
          locale = coalesce(f.locale, p.locale), account_id = f.account_id, reference = f.reference,
          sort_name = left(lower(unaccent(coalesce(f.name, ''))), 200),
          search = coalesce(w.words, ''),
          updated_at = ${now}
        from profile f left join found w on w.root_id = f.root_id where p.id = f.root_id returning p.survivor_id`,
  )
  // Somebody merged them while this waited for their row: then it is the survivor's profile that must say what is new.
  const survivors = written.flatMap((row) => row.survivor_id ?? [])
  if (survivors.length > 0) await projectParties(tx, survivors, now)
}

/** The names given by the parties that e-mails lead to. */
export function namesOfEmails(db: Queryable, emails: readonly string[]): Promise<{ email: string; names: string[] }[]> {
  return query(
    db,
    sql`select k.value as email, array_agg(distinct lower(unaccent(i.value))) as names
        from customers.party_key k join customers.identification i on i.party_id = k.party_id and i.kind = 'name'
        where k.kind = 'email' and k.shared_at is null and k.value = any(${emails}::text[]) group by k.value`,
  )
}

/** How many parties each telephone or device was seen with. */
export function countHolders(
  db: Queryable,
  kind: 'phone' | 'device',
  values: readonly string[],
): Promise<{ value: string; holders: number }[]> {
  return query(
    db,
    sql`select i.value, count(distinct coalesce(p.survivor_id, p.id))::int as holders
        from customers.identification i join customers.party p on p.id = i.party_id
        where i.kind = ${kind} and i.kind in ('phone', 'device') and i.value = any(${values}::text[]) and p.search <> ''
        group by i.value`,
  )
}

/** From now on these lead nowhere by themselves. */
export async function markKeysShared(
  tx: Tx,
  rows: readonly { kind: 'email' | 'device'; value: string; people: number }[],
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update customers.party_key k set shared_at = ${now}, shared_by = g.people
        from unnest(${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.value)}::text[], ${rows.map((r) => r.people)}::int[])
          as g (kind, value, people)
        where k.kind = g.kind and k.value = g.value and k.shared_at is null`,
  )
}

export type LearntRow = {
  party_id: string
  kind: Exclude<IdentificationRow['kind'], 'locale'>
  value: string
  source: string
  channel_code: string | null
  first_at: Date
  last_at: Date
  /** The latest of its kind of all these parties. */
  current: boolean
  /** How many people had it when it ceased to lead to one. */
  shared_by: number | null
}

/** What was learned of parties: each value once for each, with where it was first said. The latest first. */
export function learntOf(db: Queryable, ids: readonly string[]): Promise<LearntRow[]> {
  return query(
    db,
    sql`with said as (
          select party_id, kind, value, source, channel_code, recorded_at, id from customers.identification
          where party_id = any(${ids}::uuid[]) and kind <> 'locale'
        ), latest as (
          select distinct on (kind) kind, value from said order by kind, recorded_at desc, id desc
        ), once as (
          select party_id, kind, value, min(recorded_at) as first_at, max(recorded_at) as last_at,
                 (array_agg(source order by recorded_at, id))[1] as source,
                 (array_agg(channel_code order by recorded_at, id))[1] as channel_code
          from said group by party_id, kind, value
        )
        select o.party_id, o.kind, o.value, o.source, o.channel_code, o.first_at, o.last_at,
               (l.value is not null) as current, k.shared_by
        from once o left join latest l on l.kind = o.kind and l.value = o.value
        left join customers.party_key k on k.kind = o.kind and k.value = o.value and k.shared_at is not null
        order by o.kind, o.last_at desc, o.value, o.party_id limit 500`,
  )
}
