import type { JourneyHappening } from '@ecluse/contracts/journey-graph.ts'
import sql, { empty } from 'sql-template-tag'
import { query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import { matching } from './participants.ts'

export type Entering = {
  party_id: string
  id: string
  occasion: string
  /** When it happened. */
  at: Date
  held_out: boolean
  held_out_of_all: boolean
  member_ids: string[]
}

/**
 * Takes people into a journey, each once for what brought them; who is in it, or was too lately, as anybody they were merged with,
 * is left out.
 */
export function insertParticipants(
  tx: Tx,
  journey: { id: string; version: number; nodeId: string; again: number | null; goalUntil: Date | null },
  people: readonly Entering[],
  now: Date,
): Promise<{ id: string; held_out: boolean; held_out_of_all: boolean }[]> {
  const { id, version, nodeId, again, goalUntil } = journey
  const lately =
    again === null
      ? empty
      : sql`and (b.state = 'inside' or b.entered_at > ${new Date(now.getTime() - again * 86_400_000)} or b.entered_at >= e.at)`
  return query(
    tx,
    sql`insert into engagement.journey_participant
          (party_id, id, journey_id, occasion, version, node_id, state, reason, held_out, held_out_of_all, entered_at, since, next_at, goal_until)
        select e.party_id, e.id, ${id}::uuid, e.occasion, ${version}::int, ${nodeId}, 'inside', 'entered', e.held_out, e.held_out_of_all,
               ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz, ${goalUntil}::timestamptz
        from json_to_recordset(${JSON.stringify(people)}::json)
               as e (party_id uuid, id uuid, occasion text, at timestamptz, held_out boolean, held_out_of_all boolean, member_ids jsonb)
        where not exists (select 1 from jsonb_array_elements_text(e.member_ids) as m (id)
            join customers.restricted r on r.root_id = m.id::uuid)
          and not exists (select 1 from jsonb_array_elements_text(e.member_ids) as m (id)
            join engagement.journey_participant b on b.party_id = m.id::uuid and b.journey_id = ${id}::uuid ${lately})
        on conflict do nothing returning id, held_out, held_out_of_all`,
  )
}

/** What may bring people into a journey: what these did since a moment, each the latest of it. */
export function occasionsOf(
  db: Queryable,
  happening: JourneyHappening,
  memberIds: readonly string[],
  since: Date,
): Promise<{ party_id: string; occasion: string; at: Date }[]> {
  return query(
    db,
    sql`select i.party_id, i.id::text as occasion, i.at from customers.interaction i
        where i.party_id = any(${memberIds}::uuid[]) and i.kind = ${happening.what} and i.at >= ${since} and ${matching(happening)}
        order by i.at desc, i.id`,
  )
}

/** Members of a segment after somebody, in their order. */
export async function membersAfter(
  db: Queryable,
  segmentId: string,
  afterId: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await query<{ party_id: string }>(
    db,
    sql`select party_id from engagement.segment_member where segment_id = ${segmentId}
        ${afterId === null ? empty : sql`and party_id > ${afterId}`} order by party_id limit ${limit}`,
  )
  return rows.map((row) => row.party_id)
}

/** Journeys in which these are inside, in any of who they are. */
export async function journeysInside(db: Queryable, memberIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ journey_id: string }>(
    db,
    sql`select distinct journey_id from engagement.journey_participant
        where party_id = any(${memberIds}::uuid[]) and state in ('inside', 'merged')`,
  )
  return rows.map((row) => row.journey_id)
}

type Family = { readonly root: string; readonly memberIds: readonly string[] }
const rowsOf = (families: readonly Family[]): { root: string; member: string }[] =>
  families.flatMap(({ root, memberIds }) => memberIds.map((member) => ({ root, member })))

/** One customer goes through a journey once: of those that became one, who entered first goes on, the others wait aside. */
export function setAside(tx: Tx, families: readonly Family[]): Promise<{ journey_id: string }[]> {
  const rows = rowsOf(families)
  return query(
    tx,
    sql`update engagement.journey_participant p set state = 'merged', reason = 'merged', next_at = null
        from (select q.party_id, q.id, row_number() over (partition by f.root, q.journey_id order by q.entered_at, q.id) as nth
              from unnest(${rows.map((r) => r.root)}::uuid[], ${rows.map((r) => r.member)}::uuid[]) as f (root, member) join engagement.journey_participant q on q.party_id = f.member and q.state = 'inside') w
        where w.nth > 1 and p.party_id = w.party_id and p.id = w.id returning p.journey_id`,
  )
}

/** Who was set aside goes on where they stood, when nobody who is them is inside any more. */
export function bringBack(tx: Tx, families: readonly Family[], now: Date): Promise<{ journey_id: string }[]> {
  const rows = rowsOf(families)
  return query(
    tx,
    sql`update engagement.journey_participant p set state = 'inside', reason = 'entered', next_at = ${now}
        from (select distinct on (f.root, q.journey_id) q.party_id, q.id, f.root, q.journey_id
              from unnest(${rows.map((r) => r.root)}::uuid[], ${rows.map((r) => r.member)}::uuid[]) as f (root, member) join engagement.journey_participant q on q.party_id = f.member and q.state = 'merged'
              join engagement.journey j on j.id = q.journey_id and j.state in ('running', 'paused')
              order by f.root, q.journey_id, q.entered_at, q.id) w
        where p.party_id = w.party_id and p.id = w.id and not exists (
          select 1 from unnest(${rows.map((r) => r.root)}::uuid[], ${rows.map((r) => r.member)}::uuid[]) as f (root, member) join engagement.journey_participant o on o.party_id = f.member
          where f.root = w.root and o.journey_id = w.journey_id and o.state = 'inside')
        returning p.journey_id`,
  )
}
