import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type ClickRow = {
  party_id: string
  id: string
  contact_id: string
  at: Date
  user_agent: string
  /** What only machines do; null: nothing of it. */
  sign: 'head' | 'ahead' | 'trap' | null
}

/** More of one message are no news of it. */
const mostOfContact = 100

/** Notes that a link was followed, of a contact that is still known. */
export async function insertClick(db: Queryable, row: ClickRow): Promise<void> {
  await execute(
    db,
    sql`insert into engagement.link_click (party_id, id, contact_id, at, user_agent, sign)
        select ${row.party_id}, ${row.id}, ${row.contact_id}, ${row.at}, ${row.user_agent}, ${row.sign}
        from engagement.contact where party_id = ${row.party_id} and id = ${row.contact_id}
          and (select count(*) from engagement.link_click
               where party_id = ${row.party_id} and contact_id = ${row.contact_id}) < ${mostOfContact}`,
  )
}

/** Takes clicks made before a moment to be judged, each once. */
export function claimClicks(tx: Tx, before: Date, now: Date, limit: number): Promise<ClickRow[]> {
  return query(
    tx,
    sql`update engagement.link_click c set judged_at = ${now}
        from (select party_id, id from engagement.link_click where judged_at is null and at <= ${before}
              order by at, id limit ${limit}) due
        where c.party_id = due.party_id and c.id = due.id and c.judged_at is null
        returning c.party_id, c.id, c.contact_id, c.at, c.user_agent, c.sign`,
  )
}

/** All that is known to have been followed of the messages these are of. */
export function clicksOf(tx: Tx, rows: readonly ClickRow[]): Promise<ClickRow[]> {
  return query(
    tx,
    sql`select party_id, id, contact_id, at, user_agent, sign from engagement.link_click
        where party_id = any(${rows.map((row) => row.party_id)}::uuid[])
          and contact_id = any(${rows.map((row) => row.contact_id)}::uuid[])`,
  )
}

export async function deleteJudged(tx: Tx, before: Date): Promise<void> {
  await execute(tx, sql`delete from engagement.link_click where judged_at < ${before}`)
}
