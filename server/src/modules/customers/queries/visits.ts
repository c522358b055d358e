import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Kinds that are of visits of the online shop. */
const ofVisits = ['visit_signed_in', 'visit_anonymous', 'product_view', 'category_view'] as const

/**
 * What parties looked at since: `visit_signed_in` or `visit_anonymous` while a visit of that kind goes on, the ids of products,
 * `category` and the codes of categories. A visit goes on while anything was looked at.
 */
export function seenLately(
  tx: Tx,
  partyIds: readonly string[],
  since: Date,
): Promise<{ party_id: string; what: string }[]> {
  return query(
    tx,
    sql`with lately as (
          select i.party_id, i.kind, i.product_id, i.detail from customers.interaction i
          where i.party_id = any(${partyIds}::uuid[]) and i.kind = any(${ofVisits}::text[]) and i.at >= ${since})
        select party_id, case kind when 'product_view' then product_id::text when 'category_view' then 'category ' || detail
          else kind end as what from lately
        union
        select l.party_id, v.kind from lately l cross join lateral (
          select i.kind from customers.interaction i where i.party_id = l.party_id
            and i.kind in ('visit_signed_in', 'visit_anonymous') order by i.at desc limit 1) v`,
  )
}

/** Forgets what was looked at before a moment. */
export function deleteVisitsBefore(db: Queryable, before: Date): Promise<number> {
  return execute(db, sql`delete from customers.interaction where kind = any(${ofVisits}::text[]) and at < ${before}`)
}

/**
 * Forgets devices that nobody is known by and of which nothing is left: who was known since before a moment, has no other identifier,
 * and was merged with nobody. Answers how many. Its cookie is long gone: nobody comes back by it meanwhile.
 */
export async function deleteForgottenDevices(tx: Tx, before: Date): Promise<number> {
  const forgotten = await query<{ id: string }>(
    tx,
    sql`select p.id from customers.party p
        where p.created_at < ${before} and p.sort_name = '' and p.account_id is null and p.email is null and p.phone is null
          and p.reference is null and p.address is null and p.survivor_id is null and p.merged_into is null
          and not exists (select 1 from customers.party m where m.survivor_id = p.id)
          and not exists (select 1 from customers.interaction i where i.party_id = p.id)
          and not exists (select 1 from customers.consent c where c.party_id = p.id)
          and not exists (select 1 from customers.merge m where m.absorbed_id = p.id)
          and exists (select 1 from customers.party_key k where k.party_id = p.id and k.kind = 'device')
          and not exists (select 1 from customers.party_key k where k.party_id = p.id and k.kind <> 'device')
        limit 10000`,
  )
  const ids = forgotten.map(({ id }) => id)
  await execute(tx, sql`delete from customers.identification where party_id = any(${ids}::uuid[])`)
  await execute(tx, sql`delete from customers.party_key where party_id = any(${ids}::uuid[]) and kind = 'device'`)
  return execute(tx, sql`delete from customers.party where id = any(${ids}::uuid[])`)
}
