import type { Site } from '@ecluse/contracts/channels.ts'
import type { SourcingRule, SourcingSettings } from '@ecluse/contracts/sourcing.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { SourcingTerms } from '../domain/sourcing-terms.ts'

export type PolicyRow = {
  version: number
  rules: SourcingRule[]
  settings: SourcingSettings
  note: string | null
  actor: string | null
  changed_at: Date
}

/** The versions of the rules, newest first. */
export async function selectPolicies(db: Queryable, limit: number): Promise<PolicyRow[]> {
  return query(db, sql`select * from inventory.sourcing_policy order by version desc limit ${limit}`)
}

/** Adds a version. @returns false when somebody else has just added it */
export async function insertPolicy(tx: Tx, row: PolicyRow): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`insert into inventory.sourcing_policy (version, rules, settings, note, actor, changed_at)
          values (${row.version}, ${JSON.stringify(row.rules)}, ${JSON.stringify(row.settings)}, ${row.note}, ${row.actor},
                  ${row.changed_at})
          on conflict (version) do nothing`,
    )) > 0
  )
}

/** A place as sourcing knows it beside its settings. */
export type SourcedPlaceRow = {
  id: string
  name: string
  siteId: string
  siteKind: Site['kind']
  latitude: number | null
  longitude: number | null
  timeZone: string
  shipsParcels: boolean
  priority: number
  closedUntil: Date | null
}

export async function selectSourcedPlaces(db: Queryable, now: Date): Promise<SourcedPlaceRow[]> {
  return query(
    db,
    sql`select p.id, p.name, p.site_id as "siteId", s.kind as "siteKind", s.latitude, s.longitude, s.time_zone as "timeZone",
               p.ships_parcels as "shipsParcels", p.priority, c.until as "closedUntil"
        from inventory.place p
        join channels.site s on s.id = p.site_id
        left join inventory.place_closure c on c.place_id = p.id and c.until > ${now}
        where not p.downloads order by p.priority, p.code`,
  )
}

/** Keeps what decisions are taken from, once. */
export async function insertSnapshot(db: Queryable, id: string, terms: SourcingTerms, now: Date): Promise<void> {
  await execute(
    db,
    sql`insert into inventory.sourcing_snapshot (id, version, terms, first_used_at)
        values (${id}, ${terms.version}, ${JSON.stringify(terms)}, ${now})
        on conflict (id) do nothing`,
  )
}

export async function selectSnapshot(db: Queryable, id: string): Promise<SourcingTerms | undefined> {
  return (
    await maybeOne<{ terms: SourcingTerms }>(db, sql`select terms from inventory.sourcing_snapshot where id = ${id}`)
  )?.terms
}

/** Notes that a place prepares nothing more until an instant. */
export async function upsertClosure(
  tx: Tx,
  closure: { placeId: string; until: Date; reason: 'too_busy' | 'closed'; actor: string | null },
): Promise<void> {
  await execute(
    tx,
    sql`insert into inventory.place_closure (place_id, until, reason, actor)
        values (${closure.placeId}, ${closure.until}, ${closure.reason}, ${closure.actor})
        on conflict (place_id) do update
          set until = greatest(place_closure.until, excluded.until), reason = excluded.reason, actor = excluded.actor`,
  )
}

/** SKUs and names of variants. */
export async function selectNames(
  db: Queryable,
  variantIds: readonly string[],
  locale: 'fr' | 'en',
): Promise<Map<string, { sku: string; name: string }>> {
  const rows = await query<{ id: string; sku: string; name: string }>(
    db,
    sql`select v.id, v.sku, case when ${locale} = 'en' and pr.name_en <> '' then pr.name_en else pr.name_fr end as name
        from catalog.variant v join catalog.product pr on pr.id = v.product_id
        where v.id = any(${variantIds}::uuid[])`,
  )
  return new Map(rows.map(({ id, ...names }) => [id, names]))
}
