import type { ValueFit } from '@ecluse/contracts/knowledge.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { unrestricted } from './restrictions.ts'

/** Where the firm keeps its days. */
const zone = 'Europe/Paris'

/**
 * Everything that some customers bought, as JSON `[[party, [day…], [worth…]]…]`: days from 1970 on, and what each was worth in cents
 * after cancellations and returns. What was cancelled or came back whole is no purchase. Text, for a thread reads it.
 * @param rootIds customers who stand by themselves; those merged into them count as they
 */
export async function purchasesJson(db: Queryable, rootIds: readonly string[]): Promise<string> {
  const { json } = await one<{ json: string }>(
    db,
    sql`with family as (
          select id as member_id, id as root_id from unnest(${rootIds}::uuid[]) as g (id) where ${unrestricted(sql`id`)}
          union all select id, survivor_id from customers.party
          where survivor_id = any(${rootIds}::uuid[]) and ${unrestricted(sql`survivor_id`)}),
        bought as (
          select f.root_id, coalesce(i.subject_id, i.id) as order_id, min(i.at) filter (where i.kind = 'order') as at,
            sum(case when i.kind = 'order' then i.value_minor else -i.value_minor end) as worth,
            bool_or(i.kind = 'cancellation') as cancelled
          from family f join customers.interaction i on i.party_id = f.member_id
          where i.kind in ('order', 'cancellation', 'return') group by f.root_id, coalesce(i.subject_id, i.id)),
        days as (
          select root_id, (at at time zone ${zone})::date - date '1970-01-01' as day, sum(worth)::bigint as worth
          from bought where at is not null and not cancelled and worth > 0 group by 1, 2)
        select coalesce(json_agg(json_build_array(root_id, days, worths)), '[]')::text as json
        from (select root_id, json_agg(day order by day) as days, json_agg(worth order by day) as worths
              from days group by root_id) found`,
  )
  return json
}

/** Customers who stand by themselves, a page of them in the order of who they are. */
export async function rootsAfter(db: Queryable, afterId: string | null, limit: number): Promise<string[]> {
  const later = afterId === null ? empty : sql`and id > ${afterId}`
  const rows = await query<{ id: string }>(
    db,
    sql`select id from customers.party where survivor_id is null ${later} order by id limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}

/** As whom customers count, and themselves: after a merge or its undoing both have to be looked at. */
export async function rootsOf(db: Queryable, partyIds: readonly string[]): Promise<{ id: string; root_id: string }[]> {
  return query(
    db,
    sql`select id, coalesce(survivor_id, id) as root_id from customers.party where id = any(${partyIds}::uuid[])`,
  )
}

/**
 * Writes values. What was computed of a customer from a later look stays.
 * @param json rows of `ValueRow`
 * @param readAt when the purchases were read
 */
export function writeValues(
  tx: Queryable,
  json: string,
  { fitId, readAt }: { fitId: string | null; readAt: Date },
): Promise<number> {
  return execute(
    tx,
    sql`insert into customers.customer_value as v (party_id, fit_id, computed_at, as_of, purchases, first_on, last_on, spent_minor,
          recency, frequency, monetary, active, expected_purchases, expected_value_minor)
        select r.party_id, ${fitId}, ${readAt}, r.as_of, r.purchases, r.first_on, r.last_on, r.spent_minor,
          r.recency, r.frequency, r.monetary, r.active, r.expected_purchases, r.expected_value_minor
        from json_populate_recordset(null::customers.customer_value, ${json}::json) r
        on conflict (party_id) do update set (fit_id, computed_at, as_of, purchases, first_on, last_on, spent_minor,
            recency, frequency, monetary, active, expected_purchases, expected_value_minor)
          = (excluded.fit_id, excluded.computed_at, excluded.as_of, excluded.purchases, excluded.first_on, excluded.last_on,
            excluded.spent_minor, excluded.recency, excluded.frequency, excluded.monetary, excluded.active,
            excluded.expected_purchases, excluded.expected_value_minor)
          where v.computed_at <= excluded.computed_at`,
  )
}

/** Takes away what was computed of some customers, other than those kept: they have bought nothing, or count as somebody else. */
export async function dropValues(
  tx: Tx,
  { among, kept }: { among: readonly string[]; kept: readonly string[] },
): Promise<void> {
  await execute(
    tx,
    sql`delete from customers.customer_value where party_id = any(${among}::uuid[]) and not party_id = any(${kept}::uuid[])`,
  )
}

/** Takes away what was not computed again since. */
export function dropOlderValues(db: Queryable, before: Date): Promise<number> {
  return execute(db, sql`delete from customers.customer_value where computed_at < ${before}`)
}

/** Whose values were computed by another fit, for they bought while it was made. */
export async function valuedOtherwise(db: Queryable, fitId: string): Promise<string[]> {
  const rows = await query<{ party_id: string }>(
    db,
    sql`select party_id from customers.customer_value where fit_id is distinct from ${fitId}`,
  )
  return rows.map(({ party_id }) => party_id)
}

export type FitRow = { id: string; fitted_at: Date; result: ValueFit }

export function latestFit(db: Queryable): Promise<FitRow | undefined> {
  return maybeOne(
    db,
    sql`select id, fitted_at, result from customers.value_fit order by fitted_at desc, id desc limit 1`,
  )
}

export async function insertFit(
  tx: Queryable,
  { id, json, at }: { id: string; json: string; at: Date },
): Promise<void> {
  await execute(tx, sql`insert into customers.value_fit (id, fitted_at, result) values (${id}, ${at}, ${json}::jsonb)`)
}

/** The day it is for the firm, from 1970 on. */
export async function dayOf(db: Queryable, at: Date): Promise<number> {
  const { day } = await one<{ day: number }>(
    db,
    sql`select (${at}::timestamptz at time zone ${zone})::date - date '1970-01-01' as day`,
  )
  return day
}

type StoredValue = {
  party_id: string
  fit_id: string | null
  computed_at: Date
  as_of: string
  purchases: number
  first_on: string
  last_on: string
  spent_minor: bigint
  recency: number | null
  frequency: number | null
  monetary: number | null
  active: number | null
  expected_purchases: number | null
  expected_value_minor: bigint | null
}

/** What is computed of a customer, or of whom they were merged into. */
export function valueOfParty(db: Queryable, partyId: string): Promise<StoredValue | undefined> {
  return maybeOne(
    db,
    sql`select party_id, fit_id, computed_at, as_of::text, purchases, first_on::text, last_on::text, spent_minor, recency, frequency,
          monetary, active, expected_purchases, expected_value_minor from customers.customer_value
        where party_id = (select coalesce(survivor_id, id) from customers.party where id = ${partyId})`,
  )
}

export type CellRow = {
  recency: number
  frequency: number
  customers: number
  spent_minor: bigint
  expected_value_minor: bigint | null
}

/** Customers by their scores of recency and frequency. */
export function valueGrid(db: Queryable): Promise<CellRow[]> {
  return query(
    db,
    sql`select recency::int, frequency::int, count(*)::int as customers, sum(spent_minor)::bigint as spent_minor,
          sum(expected_value_minor)::bigint as expected_value_minor
        from customers.customer_value where recency is not null group by 1, 2 order by 1, 2`,
  )
}

/** Customers by tenths of the chance that they are active; those who bought once are told apart, for the model takes them to be. */
export function activeSteps(db: Queryable): Promise<{ step: number; customers: number; bought_once: number }[]> {
  return query(
    db,
    sql`select least(9, floor(active * 10))::int as step, count(*)::int as customers,
          (count(*) filter (where purchases = 1))::int as bought_once
        from customers.customer_value where active is not null group by 1 order by 1`,
  )
}

export function valueTotals(db: Queryable): Promise<{
  customers: number
  buyers: number
  expected_purchases: number | null
  expected_value_minor: bigint | null
}> {
  return one(
    db,
    sql`select (select count(*)::int from customers.party where survivor_id is null) as customers, count(*)::int as buyers,
          sum(expected_purchases) as expected_purchases, sum(expected_value_minor)::bigint as expected_value_minor
        from customers.customer_value`,
  )
}
