import type { ReplenishmentFigures } from '@ecluse/contracts/replenishment.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty, join } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { articleColumns, articleJoins, type ArticleRow } from './articles.ts'

export type RuleRow = {
  placeId: string
  source: 'transfer' | 'supplier'
  fromPlaceId: string | null
  leadDays: number
  leadDeviationDays: number
  reviewDays: number
  serviceBasisPoints: number
  coverDays: number
}

export async function selectRules(db: Queryable): Promise<RuleRow[]> {
  return query(
    db,
    sql`select place_id as "placeId", source, from_place_id as "fromPlaceId", lead_days::float8 as "leadDays",
               lead_deviation_days::float8 as "leadDeviationDays", review_days::float8 as "reviewDays",
               service_basis_points as "serviceBasisPoints", cover_days::float8 as "coverDays"
        from inventory.replenishment_rule`,
  )
}

export async function upsertRule(tx: Tx, rule: RuleRow, at: Date, by: string | null): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.replenishment_rule (place_id, source, from_place_id, lead_days, lead_deviation_days, review_days,
          service_basis_points, cover_days, changed_at, changed_by)
        values (${rule.placeId}, ${rule.source}, ${rule.fromPlaceId}, ${rule.leadDays}, ${rule.leadDeviationDays},
          ${rule.reviewDays}, ${rule.serviceBasisPoints}, ${rule.coverDays}, ${at}, ${by})
        on conflict (place_id) do update set source = excluded.source, from_place_id = excluded.from_place_id,
          lead_days = excluded.lead_days, lead_deviation_days = excluded.lead_deviation_days,
          review_days = excluded.review_days, service_basis_points = excluded.service_basis_points,
          cover_days = excluded.cover_days, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
  )
}

export async function upsertLimit(
  tx: Tx,
  limit: {
    variantId: string
    placeId: string
    minUnits: number | null
    maxUnits: number | null
    packUnits: number
  },
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.replenishment_limit (variant_id, place_id, min_units, max_units, pack_units)
        values (${limit.variantId}, ${limit.placeId}, ${limit.minUnits}, ${limit.maxUnits}, ${limit.packUnits})
        on conflict (variant_id, place_id) do update
          set min_units = excluded.min_units, max_units = excluded.max_units, pack_units = excluded.pack_units`,
  )
}

export type KnownRow = {
  variantId: string
  onHand: number
  promised: number
  inbound: number
  soldUnits: number
  soldSquares: number
  firstMoved: Date | null
  minUnits: number | null
  maxUnits: number | null
  packUnits: number
  supplierName: string
}

/**
 * What is known of every article of a place: what is there, what is coming, and what left since a moment, day by day. Goods sent
 * to other places count as demand of the place they left.
 */
export async function selectKnown(db: Queryable, placeId: string, since: Date): Promise<KnownRow[]> {
  return query(
    db,
    sql`with sold as (
          select pool_id, sum(units)::int as units, sum(units * units)::int as squares
          from (
            select m.pool_id, (m.moved_at at time zone 'Europe/Paris')::date as day, -sum(m.quantity) as units
            from inventory.stock_movement m
            where m.place_id = ${placeId} and m.kind in ('sale', 'transfer_out') and m.moved_at >= ${since}
            group by 1, 2) days
          group by pool_id),
        coming as (
          select l.variant_id, sum(greatest(l.ordered_units - l.received_units, 0))::int as units
          from inventory.supplier_order_line l
          join inventory.supplier_order o on o.supplier_order_id = l.supplier_order_id
          where o.place_id = ${placeId} and o.state = 'ordered' group by 1),
        moving as (
          select l.variant_id, sum(coalesce(l.sent_units, l.requested_units))::int as units
          from inventory.transfer_line l
          join inventory.transfer t on t.transfer_id = l.transfer_id
          where t.to_place_id = ${placeId} and t.state in ('requested', 'sent') group by 1)
        select i.variant_id as "variantId", p.capacity::int as "onHand", (p.held + p.committed)::int as promised,
               coalesce(c.units, 0) + coalesce(g.units, 0) as inbound,
               coalesce(s.units, 0) as "soldUnits", coalesce(s.squares, 0) as "soldSquares",
               (select min(f.moved_at) from inventory.stock_movement f where f.pool_id = i.pool_id) as "firstMoved",
               k.min_units as "minUnits", k.max_units as "maxUnits", coalesce(k.pack_units, 1) as "packUnits",
               coalesce((
                 select o.supplier_name from inventory.supplier_order_line l
                 join inventory.supplier_order o on o.supplier_order_id = l.supplier_order_id
                 where l.variant_id = i.variant_id and o.state <> 'cancelled' order by o.created_at desc limit 1),
                 pr.brand, '?') as "supplierName"
        from inventory.stock_item i
        join promises.pool p on p.id = i.pool_id
        join catalog.variant v on v.id = i.variant_id
        join catalog.product pr on pr.id = v.product_id
        left join sold s on s.pool_id = i.pool_id
        left join coming c on c.variant_id = i.variant_id
        left join moving g on g.variant_id = i.variant_id
        left join inventory.replenishment_limit k on k.variant_id = i.variant_id and k.place_id = i.place_id
        where i.place_id = ${placeId} and v.archived_at is null
        order by i.variant_id`,
  )
}

/** Units of articles at a place that nobody was promised, less what is already asked of it by other places. */
export async function selectFree(db: Queryable, placeId: string): Promise<Map<string, number>> {
  const rows = await query<{ variantId: string; units: number }>(
    db,
    sql`select i.variant_id as "variantId",
               (p.capacity - p.held - p.committed - p.safety - coalesce((
                 select sum(l.requested_units) from inventory.transfer_line l
                 join inventory.transfer t on t.transfer_id = l.transfer_id
                 where l.variant_id = i.variant_id and t.from_place_id = i.place_id and t.state = 'requested'), 0))::int as units
        from inventory.stock_item i join promises.pool p on p.id = i.pool_id
        where i.place_id = ${placeId}`,
  )
  return new Map(rows.map(({ variantId, units }) => [variantId, units]))
}

export type ProposalRow = {
  variantId: string
  placeId: string
  source: 'transfer' | 'supplier'
  fromPlaceId: string | null
  supplierName: string | null
  units: number
  figures: ReplenishmentFigures
}

/** Replaces what is proposed for a place. */
export async function replaceProposals(tx: Tx, placeId: string, rows: readonly ProposalRow[], at: Date): Promise<void> {
  await execute(tx, sql`delete from inventory.replenishment_proposal where place_id = ${placeId}`)
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into inventory.replenishment_proposal
          (variant_id, place_id, source, from_place_id, supplier_name, units, figures, computed_at)
        select r."variantId", r."placeId", r.source, r."fromPlaceId", r."supplierName", r.units, r.figures, ${at}::timestamptz
        from json_to_recordset(${asJson(rows)}::json) as r ("variantId" uuid, "placeId" uuid, source text, "fromPlaceId" uuid,
          "supplierName" text, units int, figures jsonb)`,
  )
}

/** Takes proposals away, to make documents of them. @returns those that were still there */
export async function takeProposals(
  tx: Tx,
  keys: readonly { variantId: string; placeId: string }[],
): Promise<Omit<ProposalRow, 'units'>[]> {
  return query(
    tx,
    sql`delete from inventory.replenishment_proposal p
        using unnest(${keys.map((k) => k.variantId)}::uuid[], ${keys.map((k) => k.placeId)}::uuid[]) as k (variant_id, place_id)
        where p.variant_id = k.variant_id and p.place_id = k.place_id
        returning p.variant_id as "variantId", p.place_id as "placeId", p.source, p.from_place_id as "fromPlaceId",
          p.supplier_name as "supplierName", p.figures`,
  )
}

/** The last cost of purchase of articles. */
export async function lastCosts(db: Queryable, variantIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await query<{ variantId: string; cost: bigint }>(
    db,
    sql`select distinct on (l.variant_id) l.variant_id as "variantId", l.unit_cost_minor as cost
        from inventory.supplier_order_line l
        join inventory.supplier_order o on o.supplier_order_id = l.supplier_order_id
        where l.variant_id = any(${variantIds}::uuid[]) and l.unit_cost_minor is not null and o.state <> 'cancelled'
        order by l.variant_id, o.created_at desc`,
  )
  return new Map(rows.map(({ variantId, cost }) => [variantId, Number(cost)]))
}

export type ListedProposal = ArticleRow & {
  place_id: string
  place_name: string
  source: 'transfer' | 'supplier'
  from_place_id: string | null
  from_place_name: string | null
  supplier_name: string | null
  units: number
  figures: ReplenishmentFigures
  computed_at: Date
}

/** What is proposed, by SKU. */
export async function selectProposals(
  db: Queryable,
  filter: {
    locale: Locale
    placeIds: readonly string[] | null
    placeId?: string | undefined
    source?: 'transfer' | 'supplier' | undefined
    after?: { sku: string; placeId: string } | undefined
    limit: number
  },
): Promise<ListedProposal[]> {
  const conditions = [
    sql`true`,
    filter.placeIds ? sql`r.place_id = any(${filter.placeIds}::uuid[])` : empty,
    filter.placeId ? sql`r.place_id = ${filter.placeId}` : empty,
    filter.source ? sql`r.source = ${filter.source}` : empty,
    filter.after ? sql`(v.sku, r.place_id) > (${filter.after.sku}, ${filter.after.placeId}::uuid)` : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select ${articleColumns(filter.locale)}, r.place_id, d.name as place_name, r.source, r.from_place_id,
               f.name as from_place_name, r.supplier_name, r.units, r.figures, r.computed_at
        from inventory.replenishment_proposal r
        join catalog.variant v on v.id = r.variant_id ${articleJoins}
        join inventory.place d on d.id = r.place_id
        left join inventory.place f on f.id = r.from_place_id
        where ${join(conditions, ' and ')}
        order by v.sku, r.place_id limit ${filter.limit + 1}`,
  )
}

export type RunRow = { started_at: Date; finished_at: Date | null; done: number; total: number }

export async function selectRun(db: Queryable): Promise<RunRow | undefined> {
  return maybeOne(db, sql`select started_at, finished_at, done, total from inventory.replenishment_run`)
}

/** Notes how far the computation is. */
export async function upsertRun(db: Queryable, run: RunRow): Promise<void> {
  await execute(
    db,
    sql`insert into inventory.replenishment_run (one, started_at, finished_at, done, total)
        values (true, ${run.started_at}, ${run.finished_at}, ${run.done}, ${run.total})
        on conflict (one) do update set started_at = excluded.started_at, finished_at = excluded.finished_at,
          done = excluded.done, total = excluded.total`,
  )
}
