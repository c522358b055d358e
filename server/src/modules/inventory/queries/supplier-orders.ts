import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { SupplierOrderInput, SupplierOrderState } from '@ecluse/contracts/supplier-orders.ts'
import sql, { empty, join } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { articleColumns, articleJoins, type ArticleRow } from './articles.ts'

export type SupplierOrderRow = {
  id: string
  number: string
  supplier_name: string
  place_id: string
  state: SupplierOrderState
  ordered_at: Date | null
  received_at: Date | null
  note: string | null
  created_at: Date
  created_by: string | null
}

/** Writes the head of a draft, or writes it anew. */
export async function upsertDraft(
  tx: Tx,
  row: Pick<SupplierOrderRow, 'id' | 'number' | 'supplier_name' | 'place_id' | 'note' | 'created_at' | 'created_by'>,
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.supplier_order
          (supplier_order_id, number, supplier_name, place_id, state, note, created_at, created_by)
        values (${row.id}, ${row.number}, ${row.supplier_name}, ${row.place_id}, 'draft', ${row.note}, ${row.created_at},
          ${row.created_by})
        on conflict (supplier_order_id) do update
          set supplier_name = excluded.supplier_name, place_id = excluded.place_id, note = excluded.note`,
  )
}

/** Replaces the lines of a draft. */
export async function replaceLines(tx: Tx, id: string, lines: SupplierOrderInput['lines']): Promise<void> {
  await execute(tx, sql`delete from inventory.supplier_order_line where supplier_order_id = ${id}`)
  await execute(
    tx,
    sql`insert into inventory.supplier_order_line (supplier_order_id, variant_id, ordered_units, expected_on, unit_cost_minor)
        select ${id}, l."variantId", l."orderedUnits", l."expectedOn", l."unitCostMinor"
        from json_to_recordset(${asJson(lines)}::json)
          as l ("variantId" uuid, "orderedUnits" int, "expectedOn" date, "unitCostMinor" bigint)`,
  )
}

/** Puts an order into a state; the moments it passed are kept. */
export async function setState(
  tx: Tx,
  id: string,
  state: SupplierOrderState,
  moments: { orderedAt: Date | null; receivedAt: Date | null },
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_order
        set state = ${state}, ordered_at = ${moments.orderedAt}, received_at = ${moments.receivedAt}
        where supplier_order_id = ${id}`,
  )
}

export type LineRow = {
  variant_id: string
  ordered_units: number
  received_units: number
  expected_on: string | null
  unit_cost_minor: bigint | null
}

export async function selectOrderLines(db: Queryable, id: string): Promise<(LineRow & { sku: string })[]> {
  return query(
    db,
    sql`select l.variant_id, l.ordered_units, l.received_units, l.expected_on, l.unit_cost_minor, v.sku
        from inventory.supplier_order_line l join catalog.variant v on v.id = l.variant_id
        where l.supplier_order_id = ${id}`,
  )
}

/** Adds to what was received of lines; takes away when negative. */
export async function addReceived(
  tx: Tx,
  id: string,
  lines: readonly { variantId: string; units: number }[],
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_order_line l set received_units = l.received_units + d.units
        from unnest(${lines.map((l) => l.variantId)}::uuid[], ${lines.map((l) => l.units)}::int[]) as d (variant_id, units)
        where l.supplier_order_id = ${id} and l.variant_id = d.variant_id`,
  )
}

export async function insertReceipt(
  tx: Tx,
  receipt: {
    id: string
    number: string
    orderId: string
    placeId: string
    note: string | null
    at: Date
    by: string | null
    lines: readonly { variantId: string; units: number; reasonCode: ReasonCode | null }[]
  },
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.receipt (receipt_id, number, supplier_order_id, place_id, note, received_at, received_by)
        values (${receipt.id}, ${receipt.number}, ${receipt.orderId}, ${receipt.placeId}, ${receipt.note}, ${receipt.at}, ${receipt.by})`,
  )
  await execute(
    tx,
    sql`insert into inventory.receipt_line (receipt_id, variant_id, units, reason_code)
        select ${receipt.id}, l."variantId", l.units, l."reasonCode"
        from json_to_recordset(${asJson(receipt.lines)}::json) as l ("variantId" uuid, units int, "reasonCode" text)`,
  )
}

/** The order a receipt belongs to. */
export async function orderOfReceipt(db: Queryable, receiptId: string): Promise<string | undefined> {
  const row = await maybeOne<{ id: string }>(
    db,
    sql`select supplier_order_id as id from inventory.receipt where receipt_id = ${receiptId}`,
  )
  return row?.id
}

/** Marks a receipt as undone. @returns false when it was already */
export async function markUndone(tx: Tx, receiptId: string, at: Date, by: string | null): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`update inventory.receipt set undone_at = ${at}, undone_by = ${by}
          where receipt_id = ${receiptId} and undone_at is null`,
    )) > 0
  )
}

export type ReceiptRow = {
  id: string
  number: string
  note: string | null
  received_at: Date
  received_by: string | null
  undone_at: Date | null
  undone_by: string | null
  lines: { variantId: string; units: number; reasonCode: ReasonCode | null }[]
}

/** What was received of an order, newest first. */
export async function selectReceipts(db: Queryable, orderId: string): Promise<ReceiptRow[]> {
  return query(
    db,
    sql`select r.receipt_id as id, r.number, r.note, r.received_at, r.received_by, r.undone_at, r.undone_by,
               (select json_agg(json_build_object('variantId', l.variant_id, 'units', l.units, 'reasonCode', l.reason_code)
                  order by l.variant_id)
                from inventory.receipt_line l where l.receipt_id = r.receipt_id) as lines
        from inventory.receipt r where r.supplier_order_id = ${orderId} order by r.receipt_id desc`,
  )
}

export type MovedLotRow = {
  /** Number of the receipt, or of the customer's order the supplier sent it for. */
  reference: string
  variantId: string
  lotId: string
  number: string
  expiresOn: string | null
  units: number
}

/** Which lots came with the receipts of an order, or went to a customer with it. */
export function selectLotsOfDocument(
  db: Queryable,
  poolIds: readonly string[],
  of: { readonly receipts: readonly string[] } | { readonly orderId: string },
): Promise<MovedLotRow[]> {
  const moved =
    'orderId' in of
      ? sql`m.order_id = ${of.orderId} and m.kind = 'sale'`
      : sql`m.reference = any(${of.receipts}::text[]) and m.kind = 'receipt' and m.quantity > 0`
  return query(
    db,
    sql`select coalesce(m.reference, '') as reference, m.variant_id as "variantId", x.lot_id as "lotId", l.number,
               l.expires_on as "expiresOn", abs(sum(x.quantity))::int as units
        from inventory.stock_movement m
        join inventory.lot_movement x on x.pool_id = m.pool_id and x.movement_id = m.id
        join inventory.lot l on l.lot_id = x.lot_id and l.number is not null
        where m.pool_id = any(${poolIds}::uuid[]) and ${moved}
        group by m.reference, m.variant_id, x.lot_id, l.number, l.expires_on order by l.number`,
  )
}

/** Where the supplier sends it, when that is to a customer. */
type DirectRow = { direct_for: string | null; direct_order_id: string | null; ship_to: PostalAddress | null }

export type SupplierOrderHead = SupplierOrderRow & { place_name: string }

export async function selectOrder(
  db: Queryable,
  id: string,
): Promise<(SupplierOrderHead & DirectRow & { supplier_reference: string | null }) | undefined> {
  return maybeOne(
    db,
    sql`select o.supplier_order_id as id, o.number, o.supplier_name, o.place_id, p.name as place_name, o.state, o.ordered_at,
               o.received_at, o.note, o.created_at, o.created_by, o.supplier_reference,
               o.direct_for, o.direct_order_id, o.ship_to
        from inventory.supplier_order o join inventory.place p on p.id = o.place_id
        where o.supplier_order_id = ${id}`,
  )
}

export async function selectNamedLines(
  db: Queryable,
  id: string,
  locale: Locale,
): Promise<(ArticleRow & Omit<LineRow, 'variant_id'>)[]> {
  return query(
    db,
    sql`select ${articleColumns(locale)}, l.ordered_units, l.received_units, l.expected_on, l.unit_cost_minor
        from inventory.supplier_order_line l
        join catalog.variant v on v.id = l.variant_id ${articleJoins}
        where l.supplier_order_id = ${id} order by v.sku`,
  )
}

export type SummaryRow = SupplierOrderHead & {
  ordered_units: number
  received_units: number
  expected_units: number
  expected_on: string | null
  cost_minor: bigint | null
}

/** Orders to suppliers, newest first. */
export async function selectOrders(
  db: Queryable,
  filter: {
    placeIds: readonly string[] | null
    q?: string | undefined
    state?: SupplierOrderState | undefined
    placeId?: string | undefined
    beforeId?: string | undefined
    limit: number
  },
): Promise<SummaryRow[]> {
  const like = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    sql`true`,
    filter.placeIds ? sql`o.place_id = any(${filter.placeIds}::uuid[])` : empty,
    filter.placeId ? sql`o.place_id = ${filter.placeId}` : empty,
    filter.state ? sql`o.state = ${filter.state}` : empty,
    filter.q
      ? sql`(o.number ilike ${like} or public.unaccent(o.supplier_name) ilike public.unaccent(${like}) or exists (
             select from inventory.supplier_order_line q join catalog.variant v on v.id = q.variant_id
             where q.supplier_order_id = o.supplier_order_id and lower(v.sku) = lower(${filter.q})))`
      : empty,
    filter.beforeId ? sql`o.supplier_order_id < ${filter.beforeId}` : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select o.supplier_order_id as id, o.number, o.supplier_name, o.place_id, p.name as place_name, o.state, o.ordered_at,
               o.received_at, o.note, o.created_at, o.created_by, s.*
        from inventory.supplier_order o
        join inventory.place p on p.id = o.place_id
        cross join lateral (
          select sum(l.ordered_units)::int as ordered_units, sum(l.received_units)::int as received_units,
                 sum(case when o.state = 'ordered' then greatest(l.ordered_units - l.received_units, 0) else 0 end)::int
                   as expected_units,
                 min(l.expected_on) filter (where o.state in ('draft', 'ordered') and l.received_units < l.ordered_units)
                   as expected_on,
                 case when bool_and(l.unit_cost_minor is not null)
                   then sum(l.unit_cost_minor * l.ordered_units)::bigint end as cost_minor
          from inventory.supplier_order_line l where l.supplier_order_id = o.supplier_order_id) s
        where ${join(conditions, ' and ')}
        order by o.supplier_order_id desc limit ${filter.limit + 1}`,
  )
}

/** Notes that the supplier sends a draft's goods to a customer. */
export async function markDirect(
  tx: Tx,
  id: string,
  direct: { readonly preparationId: string; readonly orderId: string; readonly shipTo: PostalAddress },
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_order set direct_for = ${direct.preparationId}, direct_order_id = ${direct.orderId},
          ship_to = ${JSON.stringify(direct.shipTo)}::json
        where supplier_order_id = ${id}`,
  )
}

/** Orders that are under way for some preparations. */
export function openDirectOrders(
  db: Queryable,
  preparationIds: readonly string[],
): Promise<{ id: string; direct_for: string }[]> {
  return query(
    db,
    sql`select supplier_order_id as id, direct_for from inventory.supplier_order
        where direct_for = any(${preparationIds}::uuid[]) and state in ('draft', 'ordered') order by supplier_order_id`,
  )
}

/** All of an order has gone to its customer. */
export async function receiveDirect(tx: Tx, id: string): Promise<void> {
  await execute(
    tx,
    sql`update inventory.supplier_order_line set received_units = ordered_units where supplier_order_id = ${id}`,
  )
}

/** Those of some orders that suppliers send to customers, and where their suppliers are written to. */
export function selectDirectOrders(
  db: Queryable,
  ids: readonly string[],
): Promise<
  {
    id: string
    number: string
    state: SupplierOrderState
    sent: boolean
    refused: boolean
    orderId: string
    supplierName: string
    email: string
    locale: Locale
    shipTo: PostalAddress
  }[]
> {
  return query(
    db,
    sql`select o.supplier_order_id as id, o.number, o.state, o.ordered_at is not null as sent, o.direct_order_id as "orderId",
               not exists (select from inventory.supplier_order_line l where l.supplier_order_id = o.supplier_order_id
                 and 'refused' is distinct from (
                   select said ->> 'outcome' from inventory.supplier_document d, json_array_elements(d.content -> 'lines') said
                   where d.supplier_order_id = o.supplier_order_id and d.kind = 'order_response'
                     and (said ->> 'variantId')::uuid = l.variant_id
                   order by d.received_at desc limit 1)) as refused,
               o.supplier_name as "supplierName", su.email, coalesce(sp.locale, 'fr') as locale, o.ship_to as "shipTo"
        from inventory.supplier_order o
        join inventory.supplier su on su.name = o.supplier_name
        left join inventory.supplier_place sp on sp.place_id = o.place_id
        where o.supplier_order_id = any(${ids}::uuid[]) and o.direct_order_id is not null and o.ship_to is not null
          and su.email is not null
        order by o.supplier_order_id`,
  )
}
