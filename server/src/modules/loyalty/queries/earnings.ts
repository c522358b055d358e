import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type EarningRow = {
  order_id: string
  party_id: string
  version: number
  tier_percent: number
  placed_at: Date
  kept_minor: bigint
  points: bigint
  matures_at: Date | null
  active: boolean
}

/**
 * Of some orders, those that earn points; most do not, and this is all they cost. One that has not been counted yet earns when who placed
 * it was a member then, under the programme of that moment.
 */
export function earningOrders(tx: Tx, orderIds: readonly string[]): Promise<{ order_id: string; fresh: boolean }[]> {
  return query(
    tx,
    sql`with fresh as (
          insert into loyalty.earning (order_id, party_id, version, tier_percent, placed_at)
          select o.id, o.party_id, g.version, 100, o.placed_at
          from orders.sales_order o
          join customers.party p on p.id = o.party_id
          cross join lateral (select max(g.version) as version from loyalty.programme g where g.since <= o.placed_at) g
          where o.id = any(${orderIds}::uuid[]) and o.document_state = 'confirmed' and g.version is not null
            and exists (
              select from customers.party f join loyalty.membership m on m.party_id = f.id
              where (f.id = coalesce(p.survivor_id, p.id) or f.survivor_id = coalesce(p.survivor_id, p.id))
                and m.joined_at <= o.placed_at)
          on conflict do nothing returning order_id)
        select order_id, true as fresh from fresh
        union all select order_id, false from loyalty.earning where order_id = any(${orderIds}::uuid[])`,
  )
}

/** Lets an order earn whose card was shown after it was paid. @returns false when it earns already, or no programme was in force then */
export async function insertClaim(
  tx: Tx,
  claim: { orderId: string; partyId: string; placedAt: Date },
): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`insert into loyalty.earning (order_id, party_id, version, tier_percent, placed_at)
          select ${claim.orderId}::uuid, ${claim.partyId}::uuid, g.version, 100, ${claim.placedAt}::timestamptz
          from loyalty.programme g where g.since <= ${claim.placedAt} order by g.version desc limit 1
          on conflict do nothing`,
    )) === 1
  )
}

export async function updateEarnings(tx: Tx, rows: readonly EarningRow[]): Promise<void> {
  await execute(
    tx,
    sql`update loyalty.earning e
        set tier_percent = n.tier_percent, kept_minor = n.kept_minor, points = n.points, matures_at = n.matures_at, active = n.active
        from unnest(${rows.map((r) => r.order_id)}::uuid[], ${rows.map((r) => r.tier_percent)}::int[],
          ${rows.map((r) => r.kept_minor)}::bigint[], ${rows.map((r) => r.points)}::bigint[],
          ${rows.map((r) => r.matures_at)}::timestamptz[], ${rows.map((r) => r.active)}::boolean[])
          as n (order_id, tier_percent, kept_minor, points, matures_at, active)
        where e.order_id = n.order_id`,
  )
}

/** What customers bought and kept as members. */
export function purchasesOf(
  db: Queryable,
  partyIds: readonly string[],
): Promise<{ order_id: string; placed_at: Date; kept_minor: bigint }[]> {
  return query(
    db,
    sql`select order_id, placed_at, kept_minor from loyalty.earning
        where party_id = any(${partyIds}::uuid[]) order by placed_at, order_id`,
  )
}

/** Orders whose points are due to become active. */
export async function matureOrders(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ order_id: string }>(
    db,
    sql`select order_id from loyalty.earning where not active and matures_at < ${now} order by matures_at, order_id limit ${limit}`,
  )
  return rows.map((row) => row.order_id)
}

/** What the ledger says of the points of orders. */
export function bookedOf(
  db: Queryable,
  ownerIds: readonly string[],
  orderIds: readonly string[],
): Promise<{ owner_id: string; subject_id: string; cause: string; amount: bigint }[]> {
  return query(
    db,
    sql`select owner_id, subject_id, cause, sum(amount)::bigint as amount from payments.transfer
        where owner_id = any(${ownerIds}::uuid[]) and unit = 'point' and subject_id = any(${orderIds}::uuid[])
        group by owner_id, subject_id, cause`,
  )
}

/** The numbers of orders, by their ids. */
export async function numbersOf(db: Queryable, orderIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; number: string }>(
    db,
    sql`select id, number from orders.sales_order where id = any(${orderIds}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row.number]))
}

/** Every category each article is in, with those above it. */
export async function categoriesOfVariants(
  db: Queryable,
  variantIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await query<{ variant_id: string; codes: string[] }>(
    db,
    sql`with recursive above as (
          select v.id as variant_id, c.id, c.parent_id, c.code
          from catalog.variant v join catalog.product_category pc on pc.product_id = v.product_id
          join catalog.category c on c.id = pc.category_id where v.id = any(${variantIds}::uuid[])
          union select a.variant_id, c.id, c.parent_id, c.code from above a join catalog.category c on c.id = a.parent_id)
        select variant_id, array_agg(distinct code) as codes from above group by variant_id`,
  )
  return new Map(rows.map((row) => [row.variant_id, row.codes]))
}
