import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type Picked = {
  readonly lineId: string
  readonly poolId: string
  readonly lotId: string
  readonly units: number
}

/** What was put aside for lines of orders. */
export function selectPicks(db: Queryable, lineIds: readonly string[]): Promise<Picked[]> {
  return query(
    db,
    sql`select line_id as "lineId", pool_id as "poolId", lot_id as "lotId", units from inventory.lot_pick
        where line_id = any(${lineIds}::uuid[]) order by line_id, picked_at, lot_id`,
  )
}

/** What was put aside has left. */
export async function spendPicks(
  tx: Tx,
  spent: readonly { lineId: string; lotId: string; units: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`with d as (select * from json_to_recordset(${asJson(spent)}::json) as d ("lineId" uuid, "lotId" uuid, units int)),
          gone as (delete from inventory.lot_pick k using d
                   where k.line_id = d."lineId" and k.lot_id = d."lotId" and k.units <= d.units)
        update inventory.lot_pick k set units = k.units - d.units from d
        where k.line_id = d."lineId" and k.lot_id = d."lotId" and k.units > d.units`,
  )
}

/** Orders of some of which something is put aside. */
export async function ordersWithPicks(db: Queryable, orderIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select distinct order_id as id from inventory.lot_pick where order_id = any(${orderIds}::uuid[])`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Puts lots back on the shelf that were put aside for lines of an order.
 * @param kept lines whose lots stay aside, each where it is prepared; of the others nothing does
 */
export async function deletePicks(
  tx: Tx,
  orderId: string,
  kept: readonly { readonly lineId: string; readonly poolId: string }[],
): Promise<void> {
  await execute(
    tx,
    sql`with kept as (select * from unnest(${kept.map((k) => k.lineId)}::uuid[], ${kept.map((k) => k.poolId)}::uuid[]) as k (line_id, pool_id)),
          gone as (delete from inventory.lot_pick p
                   where p.order_id = ${orderId}
                     and not exists (select from kept where kept.line_id = p.line_id and kept.pool_id = p.pool_id)
                   returning p.line_id, p.lot_id)
        update inventory.lot l set aside_for = null from gone
        where l.lot_id = gone.lot_id and l.aside_for = gone.line_id`,
  )
}

/** Puts what was put aside for a line back on the shelf. */
export async function deletePicksOfLine(tx: Tx, orderId: string, lineId: string): Promise<void> {
  await execute(tx, sql`delete from inventory.lot_pick where order_id = ${orderId} and line_id = ${lineId}`)
  await execute(tx, sql`update inventory.lot set aside_for = null where aside_for = ${lineId}`)
}

export async function insertPicks(
  tx: Tx,
  picks: readonly (Picked & { readonly orderId: string })[],
  at: Date,
  by: string | null,
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.lot_pick (order_id, line_id, pool_id, lot_id, units, picked_at, picked_by)
        select p."orderId", p."lineId", p."poolId", p."lotId", p.units, ${at}, ${by}
        from json_to_recordset(${asJson(picks)}::json)
          as p ("orderId" uuid, "lineId" uuid, "poolId" uuid, "lotId" uuid, units int)`,
  )
}

/** Puts units with serial numbers aside for a line: guarded, so that of two who take the same one wins. @returns those it got */
export async function setAside(tx: Tx, lotIds: readonly string[], lineId: string): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    tx,
    sql`update inventory.lot set aside_for = ${lineId}
        where lot_id = any(${lotIds}::uuid[]) and state = 'in_stock' and (aside_for is null or aside_for = ${lineId})
        returning lot_id as id`,
  )
  return new Set(rows.map(({ id }) => id))
}
