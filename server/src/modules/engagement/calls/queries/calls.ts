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
  name: string
  phone: string | null
  address: PostalAddress | null
}

/** The ids of everybody who is the customer `p`. */
const memberIds = sql`(select array_agg(m.id) from customers.party m where m.id = p.id or m.survivor_id = p.id) as member_ids`

const columns = sql`c.party_id, ${memberIds}, c.id, c.asked, c.purpose, c.about, c.script, c.state, c.not_before, c.claimed_by, c.claimed_until,
  p.name, p.phone, p.address`

/** Calls to make: by when they are due. */
export function selectCalls(
  db: Queryable,
  { after, limit }: { after: string[] | undefined; limit: number },
): Promise<CallRow[]> {
  const later = after ? sql`and (c.not_before, c.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty
  return query(
    db,
    sql`select ${columns} from engagement.call c join customers.party a on a.id = c.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id) where c.state = 'open' ${later} order by c.not_before, c.id limit ${limit}`,
  )
}

export function callById(db: Queryable, partyId: string, id: string): Promise<CallRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from engagement.call c join customers.party a on a.id = c.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id) where c.party_id = ${partyId} and c.id = ${id}`,
  )
}

type NewCall = Pick<CallRow, 'party_id' | 'id' | 'asked' | 'purpose' | 'about' | 'script' | 'not_before'> & {
  segment_id: string | null
  created_by: string | null
}

/** Puts people on the list; who is on it for a segment is not put there again. @returns how many were */
export function insertCalls(tx: Tx, rows: readonly NewCall[], now: Date): Promise<number> {
  return execute(
    tx,
    sql`insert into engagement.call (party_id, id, asked, purpose, about, script, segment_id, state, not_before, created_at, created_by)
        select party_id, id, asked, purpose, about, script, segment_id, 'open', not_before, ${now}, created_by
        from json_to_recordset(${JSON.stringify(rows)}::json) as g (party_id uuid, id uuid, asked boolean, purpose text, about text,
          script text, segment_id uuid, not_before timestamptz, created_by text)
        on conflict (party_id, segment_id) do nothing`,
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
