import sql from 'sql-template-tag'
import { query, type Tx } from '../../../../kernel/db.ts'
import type { ContactKey } from './contacts.ts'

/** A contact counted as sent of whose message nobody knows whether it left, unless the person themself showed that it came. */
const inDoubt = sql`m.state = 'unknown' and c.state = 'sent' and c.delivered_at is null and c.opened_at is null and c.clicked_at is null`

/** Some of those in doubt. */
export function doubtfulContacts(tx: Tx, limit: number): Promise<(ContactKey & { journey_id: string })[]> {
  return query(
    tx,
    sql`select c.party_id, c.id, c.journey_id from engagement.message m
        join engagement.contact c on c.party_id = m.order_id and c.id::text = m.occurrence
        where ${inDoubt} order by c.party_id, c.id limit ${limit}`,
  )
}

/** Marks those that are in doubt still; answers the nodes they are of. */
export function markDoubtful(tx: Tx, keys: readonly ContactKey[]): Promise<{ journey_id: string; node_id: string }[]> {
  return query(
    tx,
    sql`update engagement.contact c set state = 'unknown', reason = m.error from engagement.message m
        where m.order_id = c.party_id and m.occurrence = c.id::text and ${inDoubt}
          and (c.party_id, c.id) in (select * from unnest(${keys.map((k) => k.party_id)}::uuid[], ${keys.map((k) => k.id)}::uuid[]))
        returning c.journey_id, c.node_id`,
  )
}
