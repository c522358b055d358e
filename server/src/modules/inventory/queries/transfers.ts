import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { TransferState } from '@ecluse/contracts/transfers.ts'
import sql, { empty, join } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { articleColumns, articleJoins, type ArticleRow } from './articles.ts'

export type TransferRow = {
  id: string
  number: string
  from_place_id: string
  to_place_id: string
  state: TransferState
  note: string | null
  requested_at: Date
  requested_by: string | null
  sent_at: Date | null
  sent_by: string | null
  received_at: Date | null
  received_by: string | null
  /** `YYYY-MM-DD`. */
  expected_on: string | null
}

export async function insertTransfer(
  tx: Tx,
  row: Pick<TransferRow, 'id' | 'number' | 'from_place_id' | 'to_place_id' | 'note' | 'requested_at' | 'requested_by'>,
  lines: readonly { variantId: string; requestedUnits: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.transfer
          (transfer_id, number, from_place_id, to_place_id, state, note, requested_at, requested_by)
        values (${row.id}, ${row.number}, ${row.from_place_id}, ${row.to_place_id}, 'requested', ${row.note},
          ${row.requested_at}, ${row.requested_by})`,
  )
  await execute(
    tx,
    sql`insert into inventory.transfer_line (transfer_id, variant_id, requested_units)
        select ${row.id}, l."variantId", l."requestedUnits"
        from json_to_recordset(${asJson(lines)}::json) as l ("variantId" uuid, "requestedUnits" int)`,
  )
}

/** Goods have left. */
export async function markSent(
  tx: Tx,
  id: string,
  lines: readonly { variantId: string; units: number }[],
  at: Date,
  by: string | null,
  expectedOn: string,
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.transfer set state = 'sent', sent_at = ${at}, sent_by = ${by}, expected_on = ${expectedOn} where transfer_id = ${id}`,
  )
  await execute(
    tx,
    sql`update inventory.transfer_line l set sent_units = coalesce(d.units, 0)
        from inventory.transfer_line k
        left join unnest(${lines.map((l) => l.variantId)}::uuid[], ${lines.map((l) => l.units)}::int[]) as d (variant_id, units)
          on d.variant_id = k.variant_id
        where k.transfer_id = ${id} and l.transfer_id = k.transfer_id and l.variant_id = k.variant_id`,
  )
}

/** Goods have arrived. */
export async function markReceived(
  tx: Tx,
  id: string,
  lines: readonly { variantId: string; units: number; reasonCode: ReasonCode | null }[],
  at: Date,
  by: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.transfer set state = 'received', received_at = ${at}, received_by = ${by} where transfer_id = ${id}`,
  )
  await execute(
    tx,
    sql`update inventory.transfer_line l set received_units = d.units, reason_code = d."reasonCode"
        from json_to_recordset(${asJson(lines)}::json) as d ("variantId" uuid, units int, "reasonCode" text)
        where l.transfer_id = ${id} and l.variant_id = d."variantId"`,
  )
}

/** Says when goods in transit arrive. */
export async function updateArrival(tx: Tx, id: string, expectedOn: string | null): Promise<void> {
  await execute(tx, sql`update inventory.transfer set expected_on = ${expectedOn} where transfer_id = ${id}`)
}

export async function markCancelled(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`update inventory.transfer set state = 'cancelled' where transfer_id = ${id}`)
}

export type TransferLineRow = {
  variant_id: string
  sku: string
  requested_units: number
  sent_units: number | null
  received_units: number | null
}

export async function selectTransferLines(db: Queryable, id: string): Promise<TransferLineRow[]> {
  return query(
    db,
    sql`select l.variant_id, v.sku, l.requested_units, l.sent_units, l.received_units
        from inventory.transfer_line l join catalog.variant v on v.id = l.variant_id
        where l.transfer_id = ${id} order by l.variant_id`,
  )
}

export type TransferHead = TransferRow & { from_place_name: string; to_place_name: string }

const headColumns = sql`t.transfer_id as id, t.number, t.from_place_id, f.name as from_place_name, t.to_place_id,
  d.name as to_place_name, t.state, t.note, t.requested_at, t.requested_by, t.sent_at, t.sent_by, t.received_at, t.received_by, t.expected_on::text as expected_on`

export async function selectTransfer(db: Queryable, id: string): Promise<TransferHead | undefined> {
  return maybeOne(
    db,
    sql`select ${headColumns} from inventory.transfer t
        join inventory.place f on f.id = t.from_place_id
        join inventory.place d on d.id = t.to_place_id where t.transfer_id = ${id}`,
  )
}

export async function selectNamedTransferLines(
  db: Queryable,
  id: string,
  locale: Locale,
): Promise<(ArticleRow & TransferLineRow & { reason_code: ReasonCode | null })[]> {
  return query(
    db,
    sql`select ${articleColumns(locale)}, l.requested_units, l.sent_units, l.received_units, l.reason_code
        from inventory.transfer_line l
        join catalog.variant v on v.id = l.variant_id ${articleJoins}
        where l.transfer_id = ${id} order by v.sku`,
  )
}

export type TransferSummaryRow = TransferHead & {
  requested_units: number
  sent_units: number
  received_units: number
}

/** Transfers, newest first. */
export async function selectTransfers(
  db: Queryable,
  filter: {
    placeIds: readonly string[] | null
    q?: string | undefined
    state?: TransferState | undefined
    placeId?: string | undefined
    beforeId?: string | undefined
    limit: number
  },
): Promise<TransferSummaryRow[]> {
  const like = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    sql`true`,
    filter.placeIds
      ? sql`(t.from_place_id = any(${filter.placeIds}::uuid[]) or t.to_place_id = any(${filter.placeIds}::uuid[]))`
      : empty,
    filter.placeId ? sql`${filter.placeId}::uuid in (t.from_place_id, t.to_place_id)` : empty,
    filter.state ? sql`t.state = ${filter.state}` : empty,
    filter.q
      ? sql`(t.number ilike ${like} or exists (
             select from inventory.transfer_line q join catalog.variant v on v.id = q.variant_id
             where q.transfer_id = t.transfer_id and lower(v.sku) = lower(${filter.q})))`
      : empty,
    filter.beforeId ? sql`t.transfer_id < ${filter.beforeId}` : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select ${headColumns}, s.*
        from inventory.transfer t
        join inventory.place f on f.id = t.from_place_id
        join inventory.place d on d.id = t.to_place_id
        cross join lateral (
          select sum(l.requested_units)::int as requested_units, coalesce(sum(l.sent_units), 0)::int as sent_units,
                 coalesce(sum(l.received_units), 0)::int as received_units
          from inventory.transfer_line l where l.transfer_id = t.transfer_id) s
        where ${join(conditions, ' and ')}
        order by t.transfer_id desc limit ${filter.limit + 1}`,
  )
}
