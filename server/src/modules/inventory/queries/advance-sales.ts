import sql, { empty } from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type AdvanceSaleRow = {
  variant_id: string
  channel_code: string
  kind: 'pre_order' | 'back_order'
  place_id: string
  basis: 'inbound' | 'stated'
  limit_units: number | null
  ships_on: string | null
  delay_days: number | null
}

/** What may be sold before it is there, of all articles or of one. */
export async function selectAdvanceSales(db: Queryable, variantId?: string): Promise<AdvanceSaleRow[]> {
  return query(
    db,
    sql`select s.variant_id, c.code as channel_code, s.kind, s.place_id, s.basis, s.limit_units, s.ships_on::text as ships_on,
               s.delay_days
        from inventory.advance_sale s join channels.channel c on c.id = s.channel_id
        ${variantId ? sql`where s.variant_id = ${variantId}` : empty}
        order by s.variant_id, s.kind desc, c.position, c.code`,
  )
}

/** Replaces what may be sold ahead of an article. */
export async function replaceAdvanceSales(
  tx: Tx,
  variantId: string,
  rows: readonly Omit<AdvanceSaleRow, 'variant_id'>[],
): Promise<void> {
  await execute(tx, sql`delete from inventory.advance_sale where variant_id = ${variantId}`)
  await execute(
    tx,
    sql`insert into inventory.advance_sale (variant_id, channel_id, kind, place_id, basis, limit_units, ships_on, delay_days)
        select ${variantId}, c.id, r.kind, r.place_id, r.basis, r.limit_units, r.ships_on, r.delay_days
        from json_to_recordset(${asJson(rows)}::json) as r (channel_code text, kind text, place_id uuid, basis text,
          limit_units int, ships_on date, delay_days int)
        join channels.channel c on c.code = r.channel_code`,
  )
}

/** What is on its way to places, dated, of articles that may be sold ahead there; or of one article. */
export async function selectDatedArrivals(
  db: Queryable,
  variantId?: string,
): Promise<{ variant_id: string; place_id: string; on: string; units: number }[]> {
  return query(
    db,
    sql`select b.variant_id, b.place_id, b.expected_on::text as on, sum(b.units)::int as units
        from inventory.inbound b
        where b.expected_on is not null
          and ${
            variantId
              ? sql`b.variant_id = ${variantId}`
              : sql`exists (select from inventory.advance_sale s where s.variant_id = b.variant_id and s.place_id = b.place_id)`
          }
        group by 1, 2, 3 order by 3`,
  )
}

/** How many units of articles may be promised before they are there, at each place where they may. */
export async function selectAdvanceLevels(
  db: Queryable,
  variantIds: readonly string[],
): Promise<{ variantId: string; placeId: string; advance: bigint }[]> {
  return query(
    db,
    sql`select s.variant_id as "variantId", s.place_id as "placeId",
               max(case when s.basis = 'stated' then s.limit_units
                        else least(coalesce(s.limit_units, i.units), i.units) end)::bigint as advance
        from inventory.advance_sale s
        cross join lateral (
          select coalesce(sum(b.units), 0)::int as units from inventory.inbound b
          where b.variant_id = s.variant_id and b.place_id = s.place_id) i
        where s.variant_id = any(${variantIds}::uuid[])
        group by 1, 2`,
  )
}

/** Articles of an order to a supplier that may be sold ahead where it goes. */
export async function advanceVariantsOf(db: Queryable, supplierOrderId: string): Promise<string[]> {
  const rows = await query<{ variant_id: string }>(
    db,
    sql`select distinct l.variant_id from inventory.supplier_order_line l
        join inventory.supplier_order o using (supplier_order_id)
        join inventory.advance_sale s on s.variant_id = l.variant_id and s.place_id = o.place_id
        where l.supplier_order_id = ${supplierOrderId}`,
  )
  return rows.map((row) => row.variant_id)
}

/** Articles of a transfer that may be sold ahead where it goes. */
export async function advanceVariantsTo(db: Queryable, transferId: string): Promise<string[]> {
  const rows = await query<{ variant_id: string }>(
    db,
    sql`select distinct l.variant_id from inventory.transfer_line l
        join inventory.transfer t using (transfer_id)
        join inventory.advance_sale s on s.variant_id = l.variant_id and s.place_id = t.to_place_id
        where l.transfer_id = ${transferId}`,
  )
  return rows.map((row) => row.variant_id)
}

/** Writes down on which days the lines of an order to a supplier are expected now. */
export async function updateExpected(
  tx: Tx,
  supplierOrderId: string,
  lines: readonly { readonly variantId: string; readonly expectedOn: string | null }[],
): Promise<number> {
  return execute(
    tx,
    sql`update inventory.supplier_order_line l set expected_on = d.expected_on
        from unnest(${lines.map((line) => line.variantId)}::uuid[], ${lines.map((line) => line.expectedOn)}::date[])
          as d (variant_id, expected_on)
        where l.supplier_order_id = ${supplierOrderId} and l.variant_id = d.variant_id`,
  )
}
