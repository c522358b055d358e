import type { HouseholdProposal } from '@ecluse/contracts/households.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { ProposedHousehold } from '../domain/propose-households.ts'
import { unrestricted } from './restrictions.ts'

export type HouseholdEventRow = {
  readonly party_id: string
  readonly id: string
  readonly household_id: string
  readonly act: 'joined' | 'left'
  readonly source: 'proposal' | 'staff'
  readonly actor: string | null
  readonly at: Date
}

export async function insertHouseholdEvents(tx: Tx, rows: readonly HouseholdEventRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into customers.household_event (party_id, id, household_id, act, source, actor, at)
        select party_id, id, household_id, act, source, actor, at
        from json_populate_recordset(null::customers.household_event, ${asJson(rows)}::json)`,
  )
}

/** What was said of these parties, the latest first. */
export function householdEventsOf(db: Queryable, partyIds: readonly string[]): Promise<HouseholdEventRow[]> {
  return query(
    db,
    sql`select party_id, id, household_id, act, source, actor, at from customers.household_event
        where party_id = any(${partyIds}::uuid[]) order by at desc, id desc limit 100`,
  )
}

/**
 * Computes again where these live, with all that are one customer with them: whoever stands by themselves lives where it was last said of any of
 * them; who was merged lives nowhere by themself.
 * @returns the households they lived in before, or do now
 */
export async function projectHouseholds(tx: Tx, partyIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ household_id: string }>(
    tx,
    sql`with root as (
          select distinct coalesce(survivor_id, id) as id from customers.party where id = any(${partyIds}::uuid[])
        ), member as (
          select id as root_id, id from root
          union all select p.survivor_id, p.id from customers.party p where p.survivor_id in (select id from root)
        ), latest as (
          select distinct on (m.root_id) m.root_id, e.act, e.household_id, e.at
          from member m join customers.household_event e on e.party_id = m.id order by m.root_id, e.at desc, e.id desc
        ), home as (
          select root_id, household_id, at from latest where act = 'joined'
        ), before as (
          select household_id from customers.household_member
          where party_id = any(${partyIds}::uuid[]) or party_id in (select id from member)
        ), gone as (
          delete from customers.household_member h
          where (h.party_id = any(${partyIds}::uuid[]) or h.party_id in (select id from member))
            and not exists (select from home where home.root_id = h.party_id)
        ), kept as (
          insert into customers.household_member as h (party_id, household_id, since)
          select root_id, household_id, at from home
          on conflict (party_id) do update set household_id = excluded.household_id, since = excluded.since
            where (h.household_id, h.since) is distinct from (excluded.household_id, excluded.since)
        )
        select household_id from before union select household_id from home`,
  )
  return rows.map(({ household_id }) => household_id)
}

export type HousemateRow = { household_id: string; party_id: string; name: string; since: Date }

/** Who lives in these households; who lives in one alone lives in none. */
export function peopleOfHouseholds(db: Queryable, householdIds: readonly string[]): Promise<HousemateRow[]> {
  return query(
    db,
    sql`select h.household_id, h.party_id, p.name, h.since from customers.household_member h join customers.party p on p.id = h.party_id
        where h.household_id = any(${householdIds}::uuid[])
          and exists (select from customers.household_member o where o.household_id = h.household_id and o.party_id <> h.party_id)
        order by h.household_id, h.since, h.party_id`,
  )
}

/** In which household each of these customers lives, of those who live with somebody. @param rootIds whom they were merged into */
export async function householdsOf(db: Queryable, rootIds: readonly string[]): Promise<Map<string, string>> {
  if (rootIds.length === 0) return new Map()
  const rows = await query<{ party_id: string; household_id: string }>(
    db,
    sql`select h.party_id, h.household_id from customers.household_member h where h.party_id = any(${rootIds}::uuid[])
          and exists (select from customers.household_member o where o.household_id = h.household_id and o.party_id <> h.party_id)`,
  )
  return new Map(rows.map((row) => [row.party_id, row.household_id]))
}

/** Everybody of these households, each with all that were merged into them: what was written of any of them is found by these. */
export async function membersOfHouseholds(
  db: Queryable,
  householdIds: readonly string[],
): Promise<{ household_id: string; root_id: string; member_id: string }[]> {
  if (householdIds.length === 0) return []
  return query(
    db,
    sql`select h.household_id, h.party_id as root_id, p.id as member_id
        from customers.household_member h join customers.party p on p.id = h.party_id or p.survivor_id = h.party_id
        where h.household_id = any(${householdIds}::uuid[])`,
  )
}

export type ProposalState = HouseholdProposal['state']
export type ProposalRow = {
  party_id: string
  other_id: string
  score: number
  reasons: HouseholdProposal['reasons']
  state: ProposalState
  actor: string | null
  found_at: Date
  decided_at: Date | null
  event_ids: string[]
}

/**
 * Keeps who may live together: what was decided stays, what waits is told with its newest reasons, and what is found no more leaves. Of whose
 * data may only be kept, nothing is proposed.
 */
export async function keepProposals(tx: Tx, found: readonly ProposedHousehold[], now: Date): Promise<void> {
  await execute(
    tx,
    sql`with found as (
          select a, b, score, reasons from json_to_recordset(${asJson(found)}::json) as g (a uuid, b uuid, score float8, reasons jsonb)
          where ${unrestricted(sql`a`)} and ${unrestricted(sql`b`)}
        ), gone as (
          delete from customers.household_proposal p where p.state in ('open', 'later')
            and not exists (select from found where found.a = p.party_id and found.b = p.other_id)
        )
        insert into customers.household_proposal as p (party_id, other_id, score, reasons, state, found_at)
        select a, b, score, reasons, 'open', ${now}::timestamptz from found
        on conflict (party_id, other_id) do update set score = excluded.score, reasons = excluded.reasons
          where p.state in ('open', 'later') and (p.score, p.reasons) is distinct from (excluded.score, excluded.reasons)`,
  )
}

const columns = sql`p.party_id, p.other_id, p.score, p.reasons, p.state, p.actor, p.found_at, p.decided_at, p.event_ids`

/** Proposals in one state, the likeliest first; of those that wait, none of two who live together by now, or of whom one was merged. */
export function listProposals(
  db: Queryable,
  filter: { state: ProposalState; after: readonly string[] | undefined; limit: number },
): Promise<ProposalRow[]> {
  const [score, partyId, otherId] = filter.after ?? []
  const waiting = sql`and not exists (select from customers.party m where m.id in (p.party_id, p.other_id) and m.survivor_id is not null)
    and not exists (select from customers.household_member one join customers.household_member other using (household_id)
      where one.party_id = p.party_id and other.party_id = p.other_id)`
  return query(
    db,
    sql`select ${columns} from customers.household_proposal p where p.state = ${filter.state}
        ${filter.state === 'open' || filter.state === 'later' ? waiting : empty}
        ${filter.after ? sql`and (-p.score, p.party_id, p.other_id) > (-${score}::float8, ${partyId}::uuid, ${otherId}::uuid)` : empty}
        order by -p.score, p.party_id, p.other_id limit ${filter.limit}`,
  )
}

export function proposalOf(db: Queryable, partyId: string, otherId: string): Promise<ProposalRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from customers.household_proposal p where p.party_id = ${partyId} and p.other_id = ${otherId}`,
  )
}

/** Decides a proposal if it is still in one of these states; another who decided at once is first. */
export async function decideProposal(
  tx: Tx,
  pair: { partyId: string; otherId: string; from: readonly ProposalState[]; to: ProposalState },
  by: { actor: string | null; at: Date },
): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update customers.household_proposal set state = ${pair.to}, actor = ${by.actor}, decided_at = ${by.at}
        where party_id = ${pair.partyId} and other_id = ${pair.otherId} and state = any(${pair.from}::text[])`,
  )
  return changed === 1
}

/** Notes what was said by confirming a proposal. */
export async function noteConfirmed(
  tx: Tx,
  pair: { partyId: string; otherId: string; eventIds: readonly string[] },
): Promise<void> {
  await execute(
    tx,
    sql`update customers.household_proposal set event_ids = ${pair.eventIds}::uuid[]
        where party_id = ${pair.partyId} and other_id = ${pair.otherId}`,
  )
}
