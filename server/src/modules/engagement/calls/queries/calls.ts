import type { CallOutcome } from '@ecluse/contracts/calls.ts'
import type { Purpose } from '@ecluse/contracts/consents.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type CallRow = {
  party_id: string
  /** Everybody who is this one customer. */
  member_ids: string[]
  id: string
  asked: boolean
  purpose: Purpose
  about: string
  script: string
  state: 'open' | 'done' | 'given_up'
  not_before: Date
  claimed_by: string | null
  claimed_until: Date | null
  /** Whether the customer said when they wish it. */
  wished: boolean
  name: string
  phone: string | null
  address: PostalAddress | null
  created_at: Date
  /** What gives them a line of their own; null: they are called in turn. */
  first_by: string | null
}

/** The ids of everybody who is the customer `p`. */
const memberIds = sql`(select array_agg(m.id) from customers.party m where m.id = p.id or m.survivor_id = p.id) as member_ids`

/** What gives the customer `p` a line of their own. */
const firstBy = (now: Date): Sql => sql`(select min(e.source || ': ' || e.reason) from loyalty.entitlement e
  where e.benefit = 'own_line' and (e.until is null or e.until > ${now})
    and (e.party_id = p.id or e.party_id in (select m.id from customers.party m where m.survivor_id = p.id)))`

const columnsAt = (
  now: Date,
): Sql => sql`c.party_id, ${memberIds}, c.id, c.asked, c.purpose, c.about, c.script, c.state, c.not_before, c.claimed_by, c.claimed_until,
  p.name, coalesce(c.request ->> 'phone', p.phone) as phone, p.address, c.request is not null as wished, c.created_at, ${firstBy(now)} as first_by`

/** Calls to make: who has a line of their own first, then by when they are due. */
export function selectCalls(
  db: Queryable,
  { after, limit, now }: { after: string[] | undefined; limit: number; now: Date },
): Promise<CallRow[]> {
  const later = after
    ? sql`where (f.first_by is null, f.not_before, f.id) > (${after[0]}::boolean, ${after[1]}::timestamptz, ${after[2]}::uuid)`
    : empty
  return query(
    db,
    sql`select f.* from (
          select ${columnsAt(now)} from engagement.call c join customers.party a on a.id = c.party_id
          join customers.party p on p.id = coalesce(a.survivor_id, a.id) where c.state = 'open') f
        ${later} order by f.first_by is null, f.not_before, f.id limit ${limit}`,
  )
}

export function callById(
  db: Queryable,
  { partyId, id, now }: { partyId: string; id: string; now: Date },
): Promise<CallRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columnsAt(now)} from engagement.call c join customers.party a on a.id = c.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id) where c.party_id = ${partyId} and c.id = ${id}`,
  )
}

type NewCall = Pick<CallRow, 'party_id' | 'id' | 'asked' | 'purpose' | 'about' | 'script' | 'not_before'> & {
  segment_id: string | null
  created_by: string | null
  /** What they read and wished when they asked for it themself. */
  request?: Readonly<Record<string, string | null>>
}

/** Puts people on the list; who is on it for a segment, or by the same id, is not put there again. @returns how many were */
export function insertCalls(tx: Tx, rows: readonly NewCall[], now: Date): Promise<number> {
  return execute(
    tx,
    sql`insert into engagement.call (party_id, id, asked, purpose, about, script, segment_id, state, not_before, created_at, created_by, request)
        select party_id, id, asked, purpose, about, script, segment_id, 'open', not_before, ${now}, created_by, request
        from json_to_recordset(${JSON.stringify(rows)}::json) as g (party_id uuid, id uuid, asked boolean, purpose text, about text,
          script text, segment_id uuid, not_before timestamptz, created_by text, request jsonb)
        on conflict do nothing`,
  )
}

/** Takes an open call that nobody is on. @returns whether it could be */
export async function claimCall(
  tx: Tx,
  { partyId, id, by, now, until }: { partyId: string; id: string; by: string; now: Date; until: Date },
): Promise<boolean> {
  const taken = await execute(
    tx,
    sql`update engagement.call set claimed_by = ${by}, claimed_until = ${until}
        where party_id = ${partyId} and id = ${id} and state = 'open'
          and (claimed_until is null or claimed_until <= ${now} or claimed_by = ${by})`,
  )
  return taken === 1
}

/** Closes a call, or puts it off; only while it is open and whoever tells is on it. @returns whether it was so */
export async function settleCall(
  tx: Tx,
  call: {
    partyId: string
    id: string
    by: string
    outcome: CallOutcome
    state: CallRow['state']
    notBefore: Date | null
    asked: boolean
    now: Date
  },
): Promise<boolean> {
  const settled = await execute(
    tx,
    sql`update engagement.call set state = ${call.state}, outcome = ${call.outcome}, claimed_by = null, claimed_until = null,
          not_before = coalesce(${call.notBefore}::timestamptz, not_before), asked = asked or ${call.asked},
          closed_at = ${call.state === 'open' ? null : call.now}::timestamptz
        where party_id = ${call.partyId} and id = ${call.id} and state = 'open' and claimed_by = ${call.by}`,
  )
  return settled === 1
}

type NewAttempt = {
  partyId: string
  id: string
  callId: string
  at: Date
  outcome: CallOutcome
  note: string
  actor: string
}

export async function insertAttempt(tx: Tx, one: NewAttempt): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.call_attempt (party_id, id, call_id, at, outcome, note, actor)
        values (${one.partyId}, ${one.id}, ${one.callId}, ${one.at}, ${one.outcome}, ${one.note}, ${one.actor})`,
  )
}

export type AttemptRow = {
  root_id: string
  call_id: string
  at: Date
  outcome: CallOutcome
  note: string
  actor: string | null
}

/** Every call that was made to these customers, to any of those who are one today, in their order. */
export function attemptsOf(db: Queryable, partyIds: readonly string[]): Promise<AttemptRow[]> {
  return query(db, attempts(partyIds))
}

const attempts = (partyIds: readonly string[]): Sql =>
  sql`select distinct w.id as root_id, t.call_id, t.at, t.outcome, t.note, t.actor, t.id
      from unnest(${partyIds}::uuid[]) as w (id)
      join customers.party a on a.id = w.id
      join customers.party m on coalesce(m.survivor_id, m.id) = coalesce(a.survivor_id, a.id)
      join engagement.call_attempt t on t.party_id = m.id order by t.at, t.id`

/** The call somebody asked for and was not called for yet. */
export async function openAskedCall(tx: Tx, partyId: string): Promise<string | undefined> {
  const row = await maybeOne<{ id: string }>(
    tx,
    sql`select id from engagement.call where party_id = ${partyId} and state = 'open' and asked and request is not null limit 1`,
  )
  return row?.id
}

/** Renews a call that was asked for again: about what, and when. */
export async function renewCall(
  tx: Tx,
  { party_id, id, about, not_before, request }: Pick<NewCall, 'party_id' | 'id' | 'about' | 'not_before' | 'request'>,
): Promise<void> {
  await execute(
    tx,
    sql`update engagement.call set about = ${about}, not_before = ${not_before}, request = ${JSON.stringify(request)}::jsonb
        where party_id = ${party_id} and id = ${id} and state = 'open'`,
  )
}

/** Who of these asked to be called since a moment, and did not refuse a call after. */
export async function whoAskedForCalls(db: Queryable, memberIds: readonly string[], since: Date): Promise<Set<string>> {
  const rows = await query<{ party_id: string }>(
    db,
    sql`select distinct c.party_id from engagement.call c
        where c.party_id = any(${memberIds}::uuid[]) and c.asked and c.created_at > ${since} and c.outcome is distinct from 'refused'`,
  )
  return new Set(rows.map(({ party_id }) => party_id))
}

/** The members of a segment who have a telephone; at most so many. */
export function membersToCall(
  db: Queryable,
  segmentId: string,
  limit: number,
): Promise<{ id: string; phone: string | null; member_ids: string[] }[]> {
  return query(
    db,
    sql`select p.id, p.phone, ${memberIds} from engagement.segment_member s join customers.party p on p.id = s.party_id
        where s.segment_id = ${segmentId} order by p.id limit ${limit}`,
  )
}
