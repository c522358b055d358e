import type { Entitlement } from '@ecluse/contracts/entitlements.ts'
import type { LoyaltyBenefit } from '@ecluse/contracts/loyalty.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type EntitlementRow = {
  party_id: string
  benefit: LoyaltyBenefit
  source: Entitlement['source']
  reason: string
  until: Date | null
}

/** What some parties are entitled to at a moment, each with those who are one customer with them. */
export function entitlementsAt(
  db: Queryable,
  partyIds: readonly string[],
  now: Date,
): Promise<(EntitlementRow & { asked_id: string })[]> {
  return query(
    db,
    sql`with family as (
          select g.id as asked_id, m.id as member_id from unnest(${partyIds}::uuid[]) as g (id)
          join customers.party p on p.id = g.id
          join customers.party m on coalesce(m.survivor_id, m.id) = coalesce(p.survivor_id, p.id)
            and (m.id = coalesce(p.survivor_id, p.id) or m.survivor_id = coalesce(p.survivor_id, p.id)))
        select f.asked_id, e.party_id, e.benefit, e.source, e.reason, e.until
        from family f join loyalty.entitlement e on e.party_id = f.member_id
        where e.until is null or e.until > ${now} order by f.asked_id, e.benefit, e.source`,
  )
}

export type GrantRow = {
  id: string
  party_id: string
  benefit: LoyaltyBenefit
  note: string
  since: Date
  until: Date | null
  actor: string | null
}

export async function insertGrant(tx: Tx, row: GrantRow): Promise<void> {
  await execute(
    tx,
    sql`insert into loyalty.entitlement_grant (id, party_id, benefit, note, since, until, actor)
        values (${row.id}, ${row.party_id}, ${row.benefit}, ${row.note}, ${row.since}, ${row.until}, ${row.actor})`,
  )
}

/** What was granted by hand to some parties and holds at a moment. */
export function grantsOf(db: Queryable, partyIds: readonly string[], now: Date): Promise<GrantRow[]> {
  return query(
    db,
    sql`select id, party_id, benefit, note, since, until, actor from loyalty.entitlement_grant
        where party_id = any(${partyIds}::uuid[]) and ended_at is null and (until is null or until > ${now}) order by since, id`,
  )
}

/** @returns how many there were to end */
export function endGrant(
  tx: Tx,
  { id, partyIds, now, by }: { id: string; partyIds: readonly string[]; now: Date; by: string | null },
): Promise<number> {
  return execute(
    tx,
    sql`update loyalty.entitlement_grant set ended_at = ${now}, ended_by = ${by}
        where id = ${id} and party_id = any(${partyIds}::uuid[]) and ended_at is null`,
  )
}

/**
 * Accounts of those who are entitled to something, of all who are one customer with them. None is read where nothing gives it.
 * @param byTreatment whether a way of dealing with customers gives it
 */
export async function accountsWith(
  db: Queryable,
  { benefit, byTreatment, now }: { benefit: LoyaltyBenefit; byTreatment: boolean; now: Date },
): Promise<string[]> {
  const rows = await query<{ account_id: string }>(
    db,
    sql`with offered as (
          select ${byTreatment}::boolean
            or exists (select from loyalty.entitlement_grant g where g.benefit = ${benefit} and g.ended_at is null)
            or coalesce((select p.rule::text like ${`%"${benefit}"%`} from loyalty.programme p order by p.version desc limit 1), false) as yes)
        select distinct k.value as account_id
        from loyalty.entitlement e
        join customers.party p on p.id = e.party_id
        join customers.party m on m.id = coalesce(p.survivor_id, p.id) or m.survivor_id = coalesce(p.survivor_id, p.id)
        join customers.party_key k on k.party_id = m.id and k.kind = 'account'
        where (select yes from offered) and e.benefit = ${benefit} and (e.until is null or e.until > ${now})`,
  )
  return rows.map(({ account_id }) => account_id)
}
