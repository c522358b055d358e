import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { unrestricted } from '../../customers/public.ts'

export type MembershipRow = {
  party_id: string
  card_number: string
  joined_at: Date
  channel_code: string | null
  actor: string | null
  tier: string | null
}

/** Makes a party a member. @returns false when it is one */
export async function insertMembership(tx: Tx, row: MembershipRow): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`insert into loyalty.membership (party_id, card_number, joined_at, channel_code, actor, tier)
          values (${row.party_id}, ${row.card_number}, ${row.joined_at}, ${row.channel_code}, ${row.actor}, ${row.tier})
          on conflict do nothing`,
    )) === 1
  )
}

/** The memberships of some parties, the oldest first. */
export function membershipsOf(db: Queryable, partyIds: readonly string[]): Promise<MembershipRow[]> {
  return query(
    db,
    sql`select party_id, card_number, joined_at, channel_code, actor, tier from loyalty.membership
        where party_id = any(${partyIds}::uuid[]) order by joined_at, party_id`,
  )
}

export async function updateTier(tx: Tx, partyIds: readonly string[], tier: string | null): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`update loyalty.membership set tier = ${tier}
          where party_id = any(${partyIds}::uuid[]) and tier is distinct from ${tier}`,
    )) > 0
  )
}

export type ListedMember = {
  party_id: string
  name: string
  email: string | null
  card_number: string
  joined_at: Date
  tier: string | null
  active: bigint
  pending: bigint
}

/** Members, the latest to join first; who was merged is counted with whom they were merged into, once. */
export function listMembers(
  db: Queryable,
  filter: { tier: string | undefined; after: string[] | undefined; limit: number },
): Promise<ListedMember[]> {
  const { tier, after, limit } = filter
  const inTier = tier === undefined ? empty : sql`and m.tier = ${tier}`
  const later = after ? sql`and (m.joined_at, m.party_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty
  return query(
    db,
    sql`select m.party_id, r.name, r.email, m.card_number, m.joined_at, m.tier, b.active, b.pending
        from loyalty.membership m
        join customers.party p on p.id = m.party_id
        join customers.party r on r.id = coalesce(p.survivor_id, p.id)
        cross join lateral (
          select coalesce(sum(case when t.to_account = 'points' then t.amount when t.from_account = 'points' then -t.amount end), 0)::bigint as active,
                 coalesce(sum(case when t.to_account = 'points_pending' then t.amount
                                   when t.from_account = 'points_pending' then -t.amount end), 0)::bigint as pending
          from payments.transfer t
          where t.unit = 'point' and t.owner_id in
            (select f.id from customers.party f where f.id = r.id union all select f.id from customers.party f where f.survivor_id = r.id)) b
        where not exists (
          select 1 from loyalty.membership o join customers.party q on q.id = o.party_id
          where coalesce(q.survivor_id, q.id) = r.id and (o.joined_at, o.party_id) < (m.joined_at, m.party_id)
            and (q.survivor_id is not null or p.survivor_id is not null))
          ${inTier} ${later}
        order by m.joined_at desc, m.party_id desc limit ${limit}`,
  )
}

export function countMembers(db: Queryable): Promise<{ members: number } | undefined> {
  return maybeOne(db, sql`select count(*)::int as members from loyalty.membership`)
}

/** Owners of points that ended between two instants. */
export async function endingOwners(db: Queryable, after: Date, until: Date): Promise<string[]> {
  const rows = await query<{ owner_id: string }>(
    db,
    sql`select distinct owner_id from payments.transfer
        where expires_at > ${after} and expires_at <= ${until} and unit = 'point' order by owner_id`,
  )
  return rows.map(({ owner_id }) => owner_id)
}

/** Those of some parties whose data may be used. */
export async function unrestrictedAmong(db: Queryable, partyIds: readonly string[]): Promise<string[]> {
  if (partyIds.length === 0) return []
  const rows = await query<{ id: string }>(
    db,
    sql`select id from customers.party
        where id = any(${partyIds}::uuid[]) and ${unrestricted(sql`coalesce(survivor_id, id)`)} order by id`,
  )
  return rows.map(({ id }) => id)
}

/** Members in the order of their ids. */
export async function membersAfter(db: Queryable, after: string | null, limit: number): Promise<string[]> {
  const later = after === null ? empty : sql`where party_id > ${after}::uuid`
  const rows = await query<{ party_id: string }>(
    db,
    sql`select party_id from loyalty.membership ${later} order by party_id limit ${limit}`,
  )
  return rows.map(({ party_id }) => party_id)
}
