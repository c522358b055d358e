import type { Treatment, TreatmentPolicy, TreatmentReason } from '@ecluse/contracts/treatments.ts'
import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { unrestricted } from './restrictions.ts'

/** A change of treatment, and what it was decided by. */
export type Decided = {
  readonly party_id: string
  readonly treatment: Treatment
  readonly reason: TreatmentReason
  readonly expected_value_minor: string | null
  readonly active: number | null
}

/**
 * Decides the treatment of customers by what is computed of them. Two limits each way: who is below the upper and above the lower keeps
 * what they have, so that nobody goes to and fro. What staff decided stays; where nothing could be computed, everything stays.
 * @returns whose treatment changed
 */
export async function decideTreatments(
  tx: Tx,
  policy: TreatmentPolicy,
  { now, among }: { now: Date; among: readonly string[] },
): Promise<Decided[]> {
  const { enterValueMinor, leaveValueMinor, enterActive, leaveActive } = policy
  return query(
    tx,
    sql`with looked as (
          select p.id as party_id, t.treatment as before, v.expected_value_minor as worth, v.active,
            case when v.party_id is null then 'nothing_bought'
              when t.treatment = 'relational' and v.expected_value_minor < ${leaveValueMinor} then 'value_fell'
              when t.treatment = 'relational' and v.active < ${leaveActive} then 'activity_fell'
              when t.treatment = 'relational' then 'stays'
              when v.expected_value_minor >= ${enterValueMinor} and v.active >= ${enterActive} then 'potential'
              else 'below' end as reason
          from customers.party p left join customers.customer_value v on v.party_id = p.id
            left join customers.treatment t on t.party_id = p.id
          where p.survivor_id is null and p.id = any(${among}::uuid[]) and (v.expected_value_minor is not null or (v.party_id is null and t.treatment = 'relational'))
            and t.decided_by is distinct from 'staff' and ${unrestricted(sql`p.id`)}),
        decided as (
          select party_id, before, worth, active, reason, case when reason = 'potential' then 'relational' else 'transactional' end as treatment
          from looked where reason <> 'stays' and not (before is not null and before = 'transactional' and reason in ('below', 'nothing_bought'))),
        kept as (
          insert into customers.treatment as t (party_id, treatment, decided_by, reason, since, expected_value_minor, active)
          select party_id, treatment, 'rule', reason, ${now}, worth, active from decided
          on conflict (party_id) do update set treatment = excluded.treatment, decided_by = 'rule', reason = excluded.reason,
            note = null, actor = null, since = excluded.since, expected_value_minor = excluded.expected_value_minor,
            active = excluded.active where t.decided_by = 'rule' returning party_id)
        select party_id, treatment, reason, worth::text as expected_value_minor, active
        from decided join kept using (party_id) where before is not null or treatment = 'relational'`,
  )
}

/** Writes down changes the rule decided, with the limits it held them against. */
export async function insertTreatmentChanges(
  tx: Tx,
  changes: readonly (Decided & { id: string })[],
  { policy, now }: { policy: TreatmentPolicy; now: Date },
): Promise<void> {
  const { enterValueMinor, leaveValueMinor, enterActive, leaveActive } = policy
  await execute(
    tx,
    sql`insert into customers.treatment_change (party_id, id, treatment, decided_by, reason, at, expected_value_minor, active,
          limit_value_minor, limit_active)
        select party_id, id, treatment, 'rule', reason, ${now}::timestamptz, expected_value_minor, active,
          case when treatment = 'relational' then ${enterValueMinor}::bigint else ${leaveValueMinor} end,
          case when treatment = 'relational' then ${enterActive}::float8 else ${leaveActive} end
        from json_populate_recordset(null::customers.treatment_change, ${asJson(changes)}::json)`,
  )
}

export type TreatmentRow = {
  treatment: Treatment
  decided_by: 'rule' | 'staff'
  reason: TreatmentReason
  note: string | null
  actor: string | null
  since: Date
  expected_value_minor: bigint | null
  active: number | null
}

/** The treatment of a customer who stands by themself; undefined for who never had one. */
export function treatmentRow(db: Queryable, partyId: string): Promise<TreatmentRow | undefined> {
  return maybeOne(
    db,
    sql`select treatment, decided_by, reason, note, actor, since, expected_value_minor, active
        from customers.treatment where party_id = ${partyId}`,
  )
}

/** Writes what somebody decided, and that they did. */
export async function writeTreatment(
  tx: Tx,
  row: { partyId: string; id: string; treatment: Treatment; note: string; actor: string | null; at: Date },
): Promise<void> {
  await execute(
    tx,
    sql`with worth as (select expected_value_minor, active from (select 1) one
            left join customers.customer_value v on v.party_id = ${row.partyId}),
        kept as (insert into customers.treatment (party_id, treatment, decided_by, reason, note, actor, since, expected_value_minor, active)
          select ${row.partyId}, ${row.treatment}, 'staff', 'staff', ${row.note}, ${row.actor}, ${row.at}::timestamptz, expected_value_minor, active
          from worth
          on conflict (party_id) do update set treatment = excluded.treatment, decided_by = 'staff', reason = 'staff',
            note = excluded.note, actor = excluded.actor, since = excluded.since,
            expected_value_minor = excluded.expected_value_minor, active = excluded.active)
        insert into customers.treatment_change (party_id, id, treatment, decided_by, reason, note, actor, at, expected_value_minor, active)
        select ${row.partyId}, ${row.id}, ${row.treatment}, 'staff', 'staff', ${row.note}, ${row.actor}, ${row.at}::timestamptz, expected_value_minor, active
        from worth`,
  )
}

/** Leaves a customer to the rule again; false when it was the rule that decided. */
export async function releaseTreatment(tx: Tx, partyId: string): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`update customers.treatment set decided_by = 'rule', note = null, actor = null
          where party_id = ${partyId} and decided_by = 'staff'`,
    )) === 1
  )
}

export type TreatmentChangeRow = TreatmentRow & {
  id: string
  at: Date
  limit_value_minor: bigint | null
  limit_active: number | null
}

/** The last changes of a customer's treatment, newest first. */
export function treatmentChanges(db: Queryable, partyId: string): Promise<Omit<TreatmentChangeRow, 'since'>[]> {
  return query(
    db,
    sql`select id, treatment, decided_by, reason, note, actor, at, expected_value_minor, active, limit_value_minor, limit_active
        from customers.treatment_change where party_id = ${partyId} order by at desc, id desc limit 20`,
  )
}

/** Who of these is dealt with as somebody one knows; who was merged is answered as the one they count as. */
export async function relationalAmong(db: Queryable, partyIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    db,
    sql`select p.id from customers.party p
        join customers.treatment t on t.party_id = coalesce(p.survivor_id, p.id)
        where p.id = any(${partyIds}::uuid[]) and t.treatment = 'relational'`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Buyers by something they have in common, and how many of them are relational. */
export type ShareRow = {
  by: 'language' | 'region' | 'channel'
  value: string | null
  customers: number
  relational: number
}

/** Shares of treatment by language, by the beginning of the postal code and by the channel most orders came by. */
export function treatmentShares(db: Queryable): Promise<ShareRow[]> {
  return query(
    db,
    sql`with buyers as (
          select v.party_id, p.locale, case when coalesce(p.address ->> 'country', 'FR') = 'FR'
              then left(p.address ->> 'postalCode', 2) else p.address ->> 'country' end as region,
            coalesce(t.treatment = 'relational', false) as relational
          from customers.customer_value v join customers.party p on p.id = v.party_id
            left join customers.treatment t on t.party_id = v.party_id),
        channels as (
          select distinct on (party_id) party_id, channel_code from (
            select coalesce(f.root_id, i.party_id) as party_id, i.channel_code, count(*) as orders
            from customers.interaction i left join customers.party_family f on f.member_id = i.party_id
            where i.kind = 'order' group by 1, 2) by_channel
          order by party_id, orders desc, channel_code)
        select 'language' as by, locale as value, count(*)::int as customers, (count(*) filter (where relational))::int as relational
        from buyers group by locale
        union all select 'region', region, count(*)::int, (count(*) filter (where relational))::int from buyers group by region
        union all select 'channel', c.channel_code, count(*)::int, (count(*) filter (where relational))::int
        from buyers b left join channels c using (party_id) group by c.channel_code`,
  )
}

/** Customers by treatment and who decided it. */
export function treatmentCounts(
  db: Queryable,
): Promise<{ treatment: Treatment; decided_by: 'rule' | 'staff'; customers: number }[]> {
  return query(
    db,
    sql`select t.treatment, t.decided_by, count(*)::int as customers from customers.treatment t
        join customers.party p on p.id = t.party_id and p.survivor_id is null group by 1, 2`,
  )
}
