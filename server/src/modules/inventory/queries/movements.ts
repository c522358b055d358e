import sql, { empty, join } from 'sql-template-tag'
import type { movementKinds } from '@ecluse/contracts/movement-kinds.ts'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import { query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { TrackedMovement } from './lot-moves.ts'
import type { ProductOptions } from './stock.ts'

export type MovementRow = {
  readonly poolId: string
  readonly id: string
  readonly variantId: string
  readonly placeId: string
  readonly kind: (typeof movementKinds)[number]
  readonly quantity: bigint
  readonly reasonCode: ReasonCode | null
  readonly reason: string | null
  readonly reference: string | null
  readonly orderId: string | null
}

/** Writes movements. @returns those of articles whose lots are followed */
export async function insertMovements(
  tx: Tx,
  rows: readonly MovementRow[],
  actor: string | null,
  now: Date,
): Promise<TrackedMovement[]> {
  return query(
    tx,
    sql`with written as (insert into inventory.stock_movement
          (pool_id, id, variant_id, place_id, kind, quantity, reason, reference, order_id, reason_code, actor, moved_at)
        select m.*, ${actor}::text, ${now}::timestamptz
        from unnest(${rows.map((r) => r.poolId)}::uuid[], ${rows.map((r) => r.id)}::uuid[],
          ${rows.map((r) => r.variantId)}::uuid[], ${rows.map((r) => r.placeId)}::uuid[], ${rows.map((r) => r.kind)}::text[],
          ${rows.map((r) => r.quantity)}::bigint[], ${rows.map((r) => r.reason)}::text[],
          ${rows.map((r) => r.reference)}::text[], ${rows.map((r) => r.orderId)}::uuid[],
          ${rows.map((r) => r.reasonCode)}::text[]) as m returning id, variant_id)
        select w.id as "movementId", v.sku, t.mode as tracking, t.with_expiry as "withExpiry", t.min_days_left as "minDaysLeft"
        from written w join inventory.tracked_variant t on t.variant_id = w.variant_id
        join catalog.variant v on v.id = w.variant_id`,
  )
}

/** Writes down which articles lie at which places. @returns those that did not before */
export async function insertStockItems(
  tx: Tx,
  items: readonly { poolId: string; variantId: string; placeId: string }[],
): Promise<{ poolId: string; placeId: string }[]> {
  return query(
    tx,
    sql`insert into inventory.stock_item (pool_id, variant_id, place_id)
        select i.* from unnest(${items.map((i) => i.poolId)}::uuid[], ${items.map((i) => i.variantId)}::uuid[],
          ${items.map((i) => i.placeId)}::uuid[]) as i
        on conflict (pool_id) do nothing returning pool_id as "poolId", place_id as "placeId"`,
  )
}

export type ListedMovement = {
  id: string
  moved_at: Date
  kind: MovementRow['kind']
  variant_id: string
  sku: string
  product_name: string
  options: Record<string, string>
  product_options: ProductOptions
  place_id: string
  place_name: string
  quantity: bigint
  on_hand_after: bigint | null
  reason_code: ReasonCode | null
  reason: string | null
  reference: string | null
  order_id: string | null
  actor: string | null
}

/** The journal, newest first. The running balance is given when one article at one place is asked. */
export async function listMovementRows(
  db: Queryable,
  filter: {
    locale: 'fr' | 'en'
    placeIds: readonly string[] | null
    variantId?: string | undefined
    placeId?: string | undefined
    orderId?: string | undefined
    kind?: string | undefined
    reasonCode?: ReasonCode | undefined
    beforeId?: string | undefined
    limit: number
  },
): Promise<ListedMovement[]> {
  const balance =
    filter.variantId && filter.placeId
      ? sql`(select sum(e.quantity)::bigint from inventory.stock_movement e where e.pool_id = m.pool_id and e.id <= m.id)`
      : sql`null::bigint`
  const conditions = [
    sql`true`,
    filter.placeIds ? sql`m.place_id = any(${filter.placeIds}::uuid[])` : empty,
    filter.placeId ? sql`m.place_id = ${filter.placeId}` : empty,
    filter.variantId ? sql`m.variant_id = ${filter.variantId}` : empty,
    filter.orderId ? sql`m.order_id = ${filter.orderId}` : empty,
    filter.kind ? sql`m.kind = ${filter.kind}` : empty,
    filter.reasonCode ? sql`m.reason_code = ${filter.reasonCode}` : empty,
    filter.beforeId ? sql`m.id < ${filter.beforeId}` : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select m.id, m.moved_at, m.kind, m.variant_id, v.sku,
               case when ${filter.locale} = 'en' and p.name_en <> '' then p.name_en else p.name_fr end as product_name,
               v.options, p.options as product_options, m.place_id, pl.name as place_name, m.quantity, ${balance} as on_hand_after,
               m.reason_code, m.reason, m.reference, m.order_id, m.actor
        from inventory.stock_movement m
        join catalog.variant v on v.id = m.variant_id
        join catalog.product p on p.id = v.product_id
        join inventory.place pl on pl.id = m.place_id
        where ${join(conditions, ' and ')}
        order by m.id desc limit ${filter.limit + 1}`,
  )
}
