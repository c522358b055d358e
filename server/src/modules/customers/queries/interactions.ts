import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import sql from 'sql-template-tag'
import { asJson, maybeOne, query, type Tx } from '../../../kernel/db.ts'
import { unrestricted } from './restrictions.ts'

export type InteractionRow = {
  party_id: string
  kind: InteractionKind
  at: Date
  id: string
  channel_code: string | null
  subject_id: string | null
  product_id: string | null
  quantity: number | null
  value_minor: bigint | null
  actor: string | null
  detail: string | null
}

/** Adds to the log what is not in it yet; answers whose log grew. */
export async function insertInteractions(tx: Tx, rows: readonly InteractionRow[]): Promise<Set<string>> {
  const added = await query<{ party_id: string }>(
    tx,
    sql`insert into customers.interaction
          (party_id, kind, at, id, channel_code, subject_id, product_id, quantity, value_minor, actor, detail)
        select party_id, kind, at, id, channel_code, subject_id, product_id, quantity, value_minor, actor, detail
        from json_populate_recordset(null::customers.interaction, ${asJson(rows)}::json)
        on conflict do nothing returning party_id`,
  )
  return new Set(added.map((row) => row.party_id))
}

/** Whether no visit of a channel is known between two moments, and one may be noted. */
export async function isFirstVisit(
  tx: Tx,
  asked: { partyId: string; channelCode: string | null; from: Date; until: Date },
): Promise<boolean> {
  const row = await maybeOne(
    tx,
    sql`select 1 as found from customers.party p
        where p.id = ${asked.partyId} and ${unrestricted(sql`coalesce(p.survivor_id, p.id)`)}
          and not exists (select from customers.interaction
            where party_id = ${asked.partyId} and kind = 'store_visit' and at >= ${asked.from} and at < ${asked.until}
              and channel_code is not distinct from ${asked.channelCode})`,
  )
  return row !== undefined
}
