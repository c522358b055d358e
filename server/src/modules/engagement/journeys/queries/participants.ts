import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { JourneyHappening } from '@ecluse/contracts/journey-graph.ts'
import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql, { empty, join, type Sql } from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import { unrestricted } from '../../../customers/public.ts'
import { servicesOf } from '../../push/queries/devices.ts'
import { socialOf } from '../../social/queries/social-names.ts'

export type ParticipantRow = {
  party_id: string
  id: string
  journey_id: string
  version: number
  node_id: string
  visit: number
  held_out: boolean
  held_out_of_all: boolean
  entered_at: Date
  since: Date
  cells: Record<string, string>
  goal_until: Date | null
  goal_at: Date | null
  value_minor: bigint
  contacts: number
  cost_micro: bigint
}

export const participantColumns = sql`p.party_id, p.id, p.journey_id, p.version, p.node_id, p.visit, p.held_out, p.held_out_of_all, p.entered_at, p.since,
  p.cells, p.goal_until, p.goal_at, p.value_minor, p.contacts, p.cost_micro`

/** Journeys that run and have somebody whose moment has come. */
export async function journeysDue(tx: Tx, now: Date): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    sql`select j.id from engagement.journey j where j.state = 'running' and exists (
          select 1 from engagement.journey_participant one
          where one.journey_id = j.id and one.state = 'inside' and one.next_at <= ${now})`,
  )
  return rows.map(({ id }) => id)
}

export function runningJourneys(db: Queryable): Promise<{ id: string; priority: number }[]> {
  return query(db, sql`select id, priority from engagement.journey where state = 'running'`)
}

/** Who is to be looked at, of these journeys: those of the most important first. */
export function dueParticipants(
  db: Queryable,
  journeys: readonly { id: string; priority: number }[],
  now: Date,
  limit: number,
  only: readonly string[] | null = null,
): Promise<ParticipantRow[]> {
  return query(
    db,
    sql`select ${participantColumns} from unnest(${journeys.map((j) => j.id)}::uuid[], ${journeys.map((j) => j.priority)}::int[]) as j (id, priority)
        cross join lateral (select * from engagement.journey_participant one
          where one.journey_id = j.id and one.state = 'inside' and one.next_at <= ${now}
          ${only === null ? empty : sql`and one.id = any(${only}::uuid[])`}
          order by one.next_at limit ${limit}) p
        order by j.priority desc, p.next_at, p.id limit ${limit}`,
  )
}

/** When somebody is next to be looked at, of the journeys that run. */
export async function nextLook(db: Queryable): Promise<Date | null> {
  const [row] = await query<{ at: Date | null }>(
    db,
    sql`select min(p.next_at) as at from (select id from engagement.journey where state = 'running') j
        cross join lateral (select next_at from engagement.journey_participant one
          where one.journey_id = j.id and one.state = 'inside' order by next_at limit 1) p`,
  )
  return row?.at ?? null
}

export type PersonRow = {
  party_id: string
  root_id: string
  member_ids: string[]
  locale: Locale
  name: string
  kind: string
  email: string | null
  phone: string | null
  address: PostalAddress | null
  /** The push services of their browsers; null: none is notified. */
  push: string | null
  /** Who they are on a network; null: not known. */
  social: string | null
  /** Whether their data may only be kept. */
  restricted: boolean
}

/** Parties as the customers they count as, with everybody merged into each. */
export function peopleOf(db: Queryable, partyIds: readonly string[]): Promise<PersonRow[]> {
  return query(
    db,
    sql`select g.id as party_id, r.id as root_id, r.locale, r.name, r.kind, r.email, r.phone, r.address, ${servicesOf(sql`r.id`)} as push, ${socialOf(sql`r.id`)} as social,
          not ${unrestricted(sql`r.id`)} as restricted,
          array(select r.id::text union all select m.id::text from customers.party m where m.survivor_id = r.id) as member_ids
        from unnest(${partyIds}::uuid[]) as g (id) join customers.party p on p.id = g.id
        join customers.party r on r.id = coalesce(p.survivor_id, p.id)`,
  )
}

/** Of whom something is asked, by everybody they are, between two moments. */
export type Asked = {
  readonly id: string
  readonly memberIds: readonly string[]
  readonly since: Date
  readonly until: Date
}

/** When each first did something, and what it was worth in all; who did not is left out. */
export function happened(
  db: Queryable,
  happening: Omit<JourneyHappening, 'what'> & { what: InteractionKind },
  asked: readonly Asked[],
): Promise<{ id: string; at: Date; value: bigint }[]> {
  const rows = asked.flatMap(({ id, memberIds, since, until }) =>
    memberIds.map((member) => ({ id, member, since, until })),
  )
  return query(
    db,
    sql`select w.id, min(i.at) as at, coalesce(sum(i.value_minor), 0)::bigint as value
        from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.member)}::uuid[],
                    ${rows.map((r) => r.since)}::timestamptz[], ${rows.map((r) => r.until)}::timestamptz[])
               as w (id, member, since, until)
        join customers.interaction i on i.party_id = w.member and i.kind = ${happening.what} and i.at >= w.since and i.at <= w.until
        where ${matching(happening)} group by w.id`,
  )
}

/** What an interaction `i` must be to count. */
export function matching({ channelCodes, productIds, categoryCodes }: Omit<JourneyHappening, 'what'>): Sql {
  return join(
    [
      sql`true`,
      ...(channelCodes ? [sql`i.channel_code = any(${channelCodes}::text[])`] : []),
      ...(productIds ? [sql`i.product_id = any(${productIds}::uuid[])`] : []),
      ...(categoryCodes
        ? [
            sql`i.product_id in (with recursive under as (
                  select id from catalog.category where code = any(${categoryCodes}::text[])
                  union select c.id from catalog.category c join under u on c.parent_id = u.id)
                select pc.product_id from catalog.product_category pc join under u on u.id = pc.category_id)`,
          ]
        : []),
    ],
    ' and ',
  )
}

/** When each last ordered, of those who did. */
export function lastOrders(
  db: Queryable,
  members: readonly { root: string; member: string }[],
): Promise<{ root: string; at: Date }[]> {
  return query(
    db,
    sql`select w.root, max(i.at) as at
        from unnest(${members.map((m) => m.root)}::uuid[], ${members.map((m) => m.member)}::uuid[]) as w (root, member)
        join customers.interaction i on i.kind = 'order' and i.party_id = w.member group by w.root`,
  )
}

/** How often each did something, at each hour of where they live, since a moment. */
export function actsByHour(
  db: Queryable,
  members: readonly { root: string; member: string; zone: string }[],
  kinds: readonly InteractionKind[],
  since: Date,
): Promise<{ root: string; hour: number; n: number }[]> {
  return query(
    db,
    sql`select w.root, extract(hour from i.at at time zone w.zone)::int as hour, count(*)::int as n
        from unnest(${members.map((m) => m.root)}::uuid[], ${members.map((m) => m.member)}::uuid[],
                    ${members.map((m) => m.zone)}::text[]) as w (root, member, zone)
        join customers.interaction i on i.party_id = w.member and i.kind = any(${kinds}::text[]) and i.at >= ${since}
        group by 1, 2`,
  )
}

export type Moved = {
  party_id: string
  id: string
  visit: number
  version: number
  node_id: string
  state: 'inside' | 'done' | 'goal' | 'stopped'
  reason: string
  since: Date
  next_at: Date | null
  hears: string[]
  cells: Record<string, string>
  contacts: number
  cost_micro: bigint
  new_visit: number
}

/** Writes where people are now; answers who was still where they were thought to be. */
export async function movePeople(tx: Tx, rows: readonly Moved[]): Promise<Set<string>> {
  const moved = await query<{ id: string }>(
    tx,
    sql`update engagement.journey_participant p set node_id = m.node_id, visit = m.new_visit, state = m.state, reason = m.reason,
          since = m.since, next_at = m.next_at, hears = array(select jsonb_array_elements_text(m.hears)), cells = m.cells,
          contacts = m.contacts, cost_micro = m.cost_micro
        from json_to_recordset(${asJson(rows)}::json) as m (party_id uuid, id uuid, visit int, version int, node_id text, state text,
          reason text, since timestamptz, next_at timestamptz, hears jsonb, cells jsonb, contacts int, cost_micro bigint,
          new_visit int)
        where p.party_id = m.party_id and p.id = m.id and p.visit = m.visit and p.version = m.version and p.state = 'inside'
        returning p.id`,
  )
  return new Set(moved.map(({ id }) => id))
}

/** Notes the nodes that were left: each visit once. */
export async function insertSteps(
  tx: Tx,
  rows: readonly {
    party_id: string
    participant_id: string
    visit: number
    journey_id: string
    version: number
    node_id: string
    port: string
  }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into engagement.journey_step (party_id, participant_id, visit, journey_id, version, node_id, port, at)
        select party_id, participant_id, visit, journey_id, version, node_id, port, ${at}::timestamptz
        from json_to_recordset(${asJson(rows)}::json) as s (party_id uuid, participant_id uuid, visit int, journey_id uuid,
          version int, node_id text, port text)`,
  )
}

/** Has those looked at who wait for what just happened, or whose goal it may be. */
export async function wakeWho(
  tx: Tx,
  memberIds: readonly string[],
  kinds: readonly string[],
  now: Date,
): Promise<number> {
  return execute(
    tx,
    sql`update engagement.journey_participant set next_at = ${now}
        where party_id = any(${memberIds}::uuid[]) and state = 'inside' and next_at > ${now} and hears && ${kinds}::text[]`,
  )
}

/** Has those of these looked at, wherever they wait, whose data may only be kept; answers how many. */
export async function wakeRestricted(tx: Tx, partyIds: readonly string[], now: Date): Promise<number> {
  return execute(
    tx,
    sql`update engagement.journey_participant p set next_at = ${now}
        from customers.restricted r join customers.party m on coalesce(m.survivor_id, m.id) = r.root_id
        where r.root_id in (select coalesce(g.survivor_id, g.id) from customers.party g where g.id = any(${partyIds}::uuid[]))
          and p.party_id = m.id and p.state = 'inside' and p.next_at > ${now}`,
  )
}

/** Journeys whose goal may still be reached by any of these. */
export async function journeysWithGoals(tx: Tx, memberIds: readonly string[], from: Date): Promise<string[]> {
  const rows = await query<{ journey_id: string }>(
    tx,
    sql`select distinct journey_id from engagement.journey_participant
        where party_id = any(${memberIds}::uuid[]) and goal_until >= ${from}`,
  )
  return rows.map((row) => row.journey_id)
}

export async function writeGoals(
  tx: Tx,
  rows: readonly { party_id: string; id: string; goal_at: Date; value_minor: bigint }[],
): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`update engagement.journey_participant p set goal_at = g.goal_at, value_minor = g.value_minor
        from json_to_recordset(${asJson(rows)}::json) as g (party_id uuid, id uuid, goal_at timestamptz, value_minor bigint)
        where p.party_id = g.party_id and p.id = g.id`,
  )
}

/** Everybody inside leaves, and who waits aside for the end of a merge does not come back; answers how many were inside. */
export async function stopEverybody(tx: Tx, journeyId: string): Promise<number> {
  const leave = (state: 'inside' | 'merged') =>
    execute(
      tx,
      sql`update engagement.journey_participant set state = 'stopped', reason = 'stopped', next_at = null
          where journey_id = ${journeyId} and state = ${state}`,
    )
  await leave('merged')
  return leave('inside')
}

/** Takes those out who cannot be stepped, where they still stand; answers who they were. */
export function stopThese(
  tx: Tx,
  rows: readonly Pick<ParticipantRow, 'party_id' | 'id' | 'visit'>[],
): Promise<{ journey_id: string }[]> {
  return query(
    tx,
    sql`update engagement.journey_participant p set state = 'stopped', reason = 'broken', next_at = null
        from json_to_recordset(${asJson(rows)}::json) as b (party_id uuid, id uuid, visit int)
        where p.party_id = b.party_id and p.id = b.id and p.visit = b.visit and p.state = 'inside' returning p.journey_id`,
  )
}

/** Lets somebody go on who could not be stepped, where they stand; not while they are inside as anybody they were merged with. */
export async function goOnAgain(tx: Tx, journeyId: string, id: string, now: Date): Promise<boolean> {
  const n = await execute(
    tx,
    sql`update engagement.journey_participant p set state = 'inside', reason = 'entered', next_at = ${now}
        where p.journey_id = ${journeyId} and p.id = ${id} and p.state = 'stopped' and p.reason = 'broken'
          and not exists (select 1 from customers.party me
            join customers.party m on coalesce(m.survivor_id, m.id) = coalesce(me.survivor_id, me.id)
            join engagement.journey_participant o on o.party_id = m.id and o.journey_id = p.journey_id and o.state = 'inside'
            where me.id = p.party_id)`,
  )
  return n > 0
}

/** Puts those inside into another version, where they stand or where they are said to go on. */
export async function moveIntoVersion(
  tx: Tx,
  journeyId: string,
  version: number,
  nodes: readonly { from: string; to: string }[],
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update engagement.journey_participant p set version = ${version}, node_id = n.toward, next_at = ${now}, reason = 'moved',
          since = case when n.origin = n.toward then p.since else ${now} end
        from unnest(${nodes.map((n) => n.from)}::text[], ${nodes.map((n) => n.to)}::text[]) as n (origin, toward)
        where p.journey_id = ${journeyId} and p.state = 'inside' and p.node_id = n.origin`,
  )
}

/** Nodes at which people stand. */
export async function nodesWithPeople(tx: Tx, journeyId: string): Promise<string[]> {
  const rows = await query<{ node_id: string }>(
    tx,
    sql`select distinct node_id from engagement.journey_participant where journey_id = ${journeyId} and state = 'inside'`,
  )
  return rows.map((row) => row.node_id)
}

export function insideByNode(db: Queryable, journeyId: string): Promise<{ node_id: string; n: number }[]> {
  return query(
    db,
    sql`select node_id, count(*)::int as n from engagement.journey_participant
        where journey_id = ${journeyId} and state = 'inside' group by node_id`,
  )
}

type GivenBack = ParticipantRow & { contacts_before: number; cost_before: bigint }

/** Takes contacts that never left off what their people were sent and cost; answers what it was before too. */
export function giveBack(
  tx: Tx,
  contacts: readonly { party_id: string; participant_id: string; cost_micro: bigint }[],
): Promise<GivenBack[]> {
  return query(
    tx,
    sql`update engagement.journey_participant p set contacts = p.contacts - w.n, cost_micro = p.cost_micro - w.cost
        from (select g.party_id, g.participant_id, count(*)::int as n, sum(g.cost_micro)::bigint as cost
              from json_to_recordset(${asJson(contacts)}::json) as g (party_id uuid, participant_id uuid, cost_micro bigint)
              group by g.party_id, g.participant_id) w
        where p.party_id = w.party_id and p.id = w.participant_id
        returning ${participantColumns}, p.contacts + w.n as contacts_before, p.cost_micro + w.cost as cost_before`,
  )
}
