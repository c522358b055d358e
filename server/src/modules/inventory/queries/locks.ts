import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Tx } from '../../../kernel/db.ts'
import type { CountRow } from './counts.ts'
import type { SupplierOrderRow } from './supplier-orders.ts'
import type { TransferRow } from './transfers.ts'

/**
 * Locks of stock documents: a document first, then pools in the order of their ids (`promises/queries/locks.ts`), then lots in the
 * order of theirs.
 */

export async function lockSupplierOrder(tx: Tx, id: string): Promise<SupplierOrderRow | undefined> {
  return maybeOne(
    tx,
    sql`select supplier_order_id as id, number, supplier_name, place_id, state, ordered_at, received_at, note, created_at, created_by
        from inventory.supplier_order where supplier_order_id = ${id} for update`,
  )
}

/** Locks a place and says how many units of everything it keeps back: before the pools of what lies there. */
export async function lockPlaceSafety(tx: Tx, placeId: string): Promise<number> {
  const row = await maybeOne<{ units: number }>(
    tx,
    sql`select safety_units as units from inventory.place where id = ${placeId} for update`,
  )
  return row?.units ?? 0
}

export async function lockTransfer(tx: Tx, id: string): Promise<TransferRow | undefined> {
  return maybeOne(
    tx,
    sql`select transfer_id as id, number, from_place_id, to_place_id, state, note, requested_at, requested_by, sent_at, sent_by,
               received_at, received_by, expected_on::text as expected_on
        from inventory.transfer where transfer_id = ${id} for update`,
  )
}

export async function lockCount(tx: Tx, id: string): Promise<CountRow | undefined> {
  return maybeOne(
    tx,
    sql`select count_id as id, number, place_id, scope, category_id, blind, state, note, opened_at, opened_by, posted_at, posted_by
        from inventory.stock_count where count_id = ${id} for update`,
  )
}

/** Keeps articles from coming to lie at new places until the transaction ends; pools of those there are already are locked apart. */
export async function holdStockItems(tx: Tx): Promise<void> {
  await execute(tx, sql`lock table inventory.stock_item in share mode`)
}

/** Makes sure that lots are not blocked while they move; says which are. */
export async function shareLots(tx: Tx, lotIds: readonly string[]): Promise<Map<string, { blocked: boolean }>> {
  const rows = await query<{ lotId: string; blocked: boolean }>(
    tx,
    sql`select lot_id as "lotId", blocked_at is not null as blocked from inventory.lot
        where lot_id = any(${lotIds}::uuid[]) order by lot_id for share`,
  )
  return new Map(rows.map(({ lotId, blocked }) => [lotId, { blocked }]))
}
