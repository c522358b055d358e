import type { RefusalReason } from '@ecluse/contracts/sourcing.ts'
import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { RecordedSourcing, RefusedLine } from '../../inventory/public.ts'

export type RefusalRow = {
  order_id: string
  id: string
  fulfillment_id: string
  line_id: string
  variant_id: string
  place_id: string
  reason: RefusalReason
  /** Units that are not there, or cannot be sold. */
  quantity: number
  /** Where the line went instead; null: nobody has it. */
  to_place_id: string | null
  /** What the new place was chosen from. */
  sourcing: RecordedSourcing | null
  actor: string | null
  refused_at: Date
  /** What whoever refused says of it, in their own words. */
  note: string | null
}

export async function insertRefusal(tx: Tx, row: RefusalRow): Promise<void> {
  await execute(
    tx,
    sql`insert into fulfillment.refusal
        select r.* from json_populate_recordset(null::fulfillment.refusal, ${asJson([row])}::json) r`,
  )
}

/** What places have refused of an order, in the order they did, with the places' names. */
export async function refusalsOf(db: Queryable, orderId: string): Promise<(RefusalRow & { place_name: string })[]> {
  return query(
    db,
    sql`select r.*, p.name as place_name from fulfillment.refusal r join inventory.place p on p.id = r.place_id
        where r.order_id = ${orderId} order by r.refused_at, r.id`,
  )
}

/**
 * What places have refused of a line and may not be asked for again: until units came in there since, and for those that
 * were too busy or closed, for as long as they are.
 */
export async function standingRefusals(
  db: Queryable,
  orderId: string,
  line: { id: string },
  now: Date,
): Promise<RefusedLine[]> {
  return query(
    db,
    sql`select r.place_id as "placeId", r.variant_id as "variantId", r.reason from fulfillment.refusal r
        where r.order_id = ${orderId} and r.line_id = ${line.id}
          and case when r.reason in ('too_busy', 'closed')
              then exists (select from inventory.place_closure c where c.place_id = r.place_id and c.until > ${now})
              else not exists (select from inventory.stock_movement m where m.variant_id = r.variant_id
                     and m.place_id = r.place_id and m.quantity > 0 and m.moved_at > r.refused_at) end`,
  )
}
