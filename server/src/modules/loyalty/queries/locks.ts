import sql from 'sql-template-tag'
import { maybeOne, query, type Tx } from '../../../kernel/db.ts'
import type { EarningRow } from './earnings.ts'
import type { PartnerRow } from './partners.ts'

/**
 * Locks what orders earn, in one order: two who count the same order at once are put in a row. The first of the locks of points.
 */
export function lockEarnings(tx: Tx, orderIds: readonly string[]): Promise<EarningRow[]> {
  return query(
    tx,
    sql`select order_id, party_id, version, tier_percent, placed_at, kept_minor, points, matures_at, active
        from loyalty.earning where order_id = any(${orderIds}::uuid[]) order by order_id for update`,
  )
}

/**
 * Locks the memberships of customers and of all who are one with them, in one order: points spent at once in two places are spent one
 * after the other.
 */
export async function lockMemberships(tx: Tx, partyIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ party_id: string }>(
    tx,
    sql`with root as (
          select distinct coalesce(survivor_id, id) as id from customers.party where id = any(${partyIds}::uuid[])
        ), family as (
          select id from root union all select p.id from customers.party p where p.survivor_id in (select id from root))
        select party_id from loyalty.membership where party_id in (select id from family) order by party_id for update`,
  )
  return rows.map(({ party_id }) => party_id)
}

/** Lets one change of the programme be made at a time. */
export async function lockProgramme(tx: Tx): Promise<void> {
  await query(tx, sql`lock table loyalty.programme in share row exclusive mode`)
}

/** Locks a partner: what is done at its tills is done one after the other, and nothing once it is stopped. The last of the locks of points. */
export function lockPartner(tx: Tx, partnerId: string): Promise<PartnerRow | undefined> {
  return maybeOne(
    tx,
    sql`select id, name, contact_name, contact_email, contact_phone, sold_minor, bought_minor, person_day_earn, person_day_spend,
               day_earn, day_spend, created_at, actor, stopped_at
        from loyalty.partner where id = ${partnerId} for update`,
  )
}
