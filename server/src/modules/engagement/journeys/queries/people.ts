import type { JourneyParticipant } from '@ecluse/contracts/journeys.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { maybeOne, query, type Queryable } from '../../../../kernel/db.ts'
import { partyFound } from '../../../customers/public.ts'
import { participantColumns, type ParticipantRow } from './participants.ts'

export type ListedParticipant = ParticipantRow & {
  customer_id: string
  name: string
  state: JourneyParticipant['state']
  reason: JourneyParticipant['reason']
  next_at: Date | null
}

const listed = (where: Sql): Sql =>
  sql`select ${participantColumns}, p.state, p.reason, p.next_at, r.id as customer_id, r.name from engagement.journey_participant p
      join customers.party l on l.id = p.party_id join customers.party r on r.id = coalesce(l.survivor_id, l.id) where ${where}`

/** Who is or was in a journey, the latest to enter first. */
export function listParticipants(
  db: Queryable,
  filter: {
    journeyId: string
    nodeId: string | undefined
    state: string | undefined
    terms: Parameters<typeof partyFound>[1]
    afterId: string | undefined
    limit: number
  },
): Promise<ListedParticipant[]> {
  return query(
    db,
    listed(sql`p.journey_id = ${filter.journeyId} and ${partyFound(sql`r.search`, filter.terms)}
        ${filter.nodeId === undefined ? empty : sql`and p.node_id = ${filter.nodeId}`}
        ${filter.state === undefined ? empty : sql`and p.state = ${filter.state}`}
        ${filter.afterId === undefined ? empty : sql`and p.id < ${filter.afterId}`}
        order by p.id desc limit ${filter.limit}`),
  )
}

export function participantById(
  db: Queryable,
  journeyId: string,
  participantId: string,
): Promise<ListedParticipant | undefined> {
  return maybeOne(db, listed(sql`p.journey_id = ${journeyId} and p.id = ${participantId}`))
}

/** The nodes somebody left, the first first. */
export function stepsOf(
  db: Queryable,
  { party_id, id }: Pick<ParticipantRow, 'party_id' | 'id'>,
): Promise<{ visit: number; version: number; node_id: string; port: string; at: Date }[]> {
  return query(
    db,
    sql`select visit, version, node_id, port, at from engagement.journey_step
        where party_id = ${party_id} and participant_id = ${id} order by visit`,
  )
}
