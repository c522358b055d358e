import sql from 'sql-template-tag'
import { maybeOne, one, query, type Tx } from '../../../../kernel/db.ts'
import { contactColumns, type ContactKey, type ToldContact } from './contacts.ts'
import { journeyColumns, type JourneyRow } from './journeys.ts'
import { participantColumns, type ParticipantRow } from './participants.ts'

/** Journeys nobody changes, pauses or stops until the transaction ends; in the order of their ids. */
export function lockJourneys(tx: Tx, ids: readonly string[]): Promise<JourneyRow[]> {
  return query(
    tx,
    sql`select ${journeyColumns} from engagement.journey where id = any(${ids}::uuid[]) order by id for no key update`,
  )
}

export function lockJourney(tx: Tx, id: string): Promise<JourneyRow | undefined> {
  return maybeOne(tx, sql`select ${journeyColumns} from engagement.journey where id = ${id} for no key update`)
}

/** The one that steps: what is counted of a person over all journeys then needs no lock of its own. */
const turnKey = 7_301_041

/** Whether it is this transaction's turn to step; no other has it until it ends. */
export async function takeTurn(tx: Tx): Promise<boolean> {
  return (await one<{ mine: boolean }>(tx, sql`select pg_try_advisory_xact_lock(${turnKey}) as mine`)).mine
}

/** Contacts that events tell of, locked in the order of their keys. */
export function lockContacts(tx: Tx, keys: readonly ContactKey[]): Promise<ToldContact[]> {
  return query(
    tx,
    sql`select ${contactColumns}, c.sent_at, c.opened_at, c.clicked_at,
          coalesce((select max(m.sent_at) from engagement.message m
                    where m.order_id = c.party_id and m.occurrence = c.id::text), c.sent_at) as left_at
        from engagement.contact c
        join unnest(${keys.map((k) => k.party_id)}::uuid[], ${keys.map((k) => k.id)}::uuid[]) as k (party_id, id) using (party_id, id)
        order by c.party_id, c.id for update of c`,
  )
}

/** Whose goal may still be reached, among these. */
export function withGoals(tx: Tx, memberIds: readonly string[], from: Date): Promise<ParticipantRow[]> {
  return query(
    tx,
    sql`select ${participantColumns} from engagement.journey_participant p
        where p.party_id = any(${memberIds}::uuid[]) and p.goal_until >= ${from} order by p.party_id, p.id for no key update`,
  )
}
