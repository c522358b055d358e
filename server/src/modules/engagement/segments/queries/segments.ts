import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { asJson, execute, maybeOne, one, query, queryOnce, type Queryable, type Tx } from '../../../../kernel/db.ts'
import type { Window } from '../domain/rule.ts'
import { hoursBefore } from '../domain/hours-before.ts'
import { segmentSql } from './segment-sql.ts'

export type SegmentRow = {
  id: string
  name: string
  description: string
  rule: SegmentRule
  revision: number
  counted_at: Date | null
  member_count: number
  checked_until: Date
  created_at: Date
  created_by: string | null
  updated_at: Date
}

export const segmentColumns = sql`id, name, description, rule, revision, counted_at, member_count, checked_until, created_at, created_by, updated_at`

export function selectSegments(db: Queryable): Promise<SegmentRow[]> {
  return query(db, sql`select ${segmentColumns} from engagement.segment order by id`)
}

export function segmentById(db: Queryable, id: string): Promise<SegmentRow | undefined> {
  return maybeOne(db, sql`select ${segmentColumns} from engagement.segment where id = ${id}`)
}

export async function insertSegment(
  tx: Tx,
  row: Omit<SegmentRow, 'counted_at' | 'member_count' | 'revision'>,
): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.segment (id, name, description, rule, checked_until, created_at, created_by, updated_at)
        values (${row.id}, ${row.name}, ${row.description}, ${JSON.stringify(row.rule)}::jsonb, ${row.checked_until},
                ${row.created_at}, ${row.created_by}, ${row.updated_at})`,
  )
}

/** Writes what was changed; a new rule is counted again. */
export async function updateSegmentRow(
  tx: Tx,
  row: Pick<SegmentRow, 'id' | 'name' | 'description' | 'rule' | 'updated_at'> & { counted: boolean },
): Promise<void> {
  await execute(
    tx,
    sql`update engagement.segment set name = ${row.name}, description = ${row.description},
          rule = ${JSON.stringify(row.rule)}::jsonb, revision = revision + 1, updated_at = ${row.updated_at},
          counted_at = case when ${row.counted}::boolean then counted_at end
        where id = ${row.id}`,
  )
}

export async function deleteSegmentRows(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`delete from engagement.segment_member where segment_id = ${id}`)
  await execute(tx, sql`delete from engagement.segment_change where segment_id = ${id}`)
  await execute(tx, sql`delete from engagement.segment where id = ${id}`)
}

/**
 * How a million customers are counted fastest: in the order of who they are, as the indexes have them, rather than in tables of
 * hashes that fall out of the processor's cache; by one process, for the shop needs the others; and nothing is compiled that runs once.
 */
export async function countInOrder(tx: Tx): Promise<void> {
  await execute(
    tx,
    sql`select set_config('work_mem', '192MB', true), set_config('jit', 'off', true), set_config('enable_hashagg', 'off', true),
          set_config('max_parallel_workers_per_gather', '0', true)`,
  )
}

/** How many a rule finds now, of how many customers. */
export async function countOf(tx: Tx, rule: SegmentRule, now: Date): Promise<{ count: number; of: number }> {
  const [[found], all] = await Promise.all([
    queryOnce<{ n: number }>(tx, sql`select count(*)::int as n from (${segmentSql(rule, now)}) found`),
    one<{ n: number }>(tx, sql`select count(*)::int as n from customers.party where survivor_id is null`),
  ])
  return { count: found?.n ?? 0, of: all.n }
}

/** Makes the members of a segment those its rule finds, all of them; answers how many they are. */
export async function fillMembers(tx: Tx, { id, rule }: Pick<SegmentRow, 'id' | 'rule'>, now: Date): Promise<number> {
  await execute(tx, sql`delete from engagement.segment_member where segment_id = ${id}`)
  const [filled] = await queryOnce<{ n: number }>(
    tx,
    sql`with filled as (insert into engagement.segment_member (party_id, segment_id, since)
          select party_id, ${id}::uuid, ${now}::timestamptz from (${segmentSql(rule, now)}) found returning 1)
        select count(*)::int as n from filled`,
  )
  return filled?.n ?? 0
}

export type Moved = { party_id: string; entered: boolean }

/** Makes some customers members or not, or all when none are named, as the rule has it now; answers who came and who left. */
export function moveMembers(
  tx: Tx,
  { id, rule }: Pick<SegmentRow, 'id' | 'rule'>,
  now: Date,
  among?: readonly string[],
): Promise<Moved[]> {
  const scope = among ? sql`and m.party_id = any(${among}::uuid[])` : empty
  return queryOnce(
    tx,
    sql`with truth as materialized (${segmentSql(rule, now, among)}),
        came as (insert into engagement.segment_member (party_id, segment_id, since)
          select party_id, ${id}::uuid, ${now}::timestamptz from truth on conflict do nothing returning party_id),
        gone as (delete from engagement.segment_member m
          where m.segment_id = ${id} ${scope}
            and not exists (select 1 from truth t where t.party_id = m.party_id) returning m.party_id)
        select party_id, true as entered from came union all select party_id, false from gone`,
  )
}

/** Notes that all members were found, and how many they are. */
export async function markCounted(tx: Tx, id: string, at: Date, memberCount: number): Promise<void> {
  await execute(
    tx,
    sql`update engagement.segment set counted_at = ${at}, checked_until = ${at}, member_count = ${memberCount} where id = ${id}`,
  )
}

/** Notes that everything that left a window up to then was looked at. */
export async function markChecked(tx: Tx, id: string, until: Date): Promise<void> {
  await execute(
    tx,
    sql`update engagement.segment set checked_until = greatest(checked_until, ${until}) where id = ${id}`,
  )
}

/** Writes down who came and who left, and counts the members on. */
export async function insertChanges(
  tx: Tx,
  segmentId: string,
  moved: readonly (Moved & { id: string })[],
  at: Date,
): Promise<void> {
  if (moved.length === 0) return
  const balance = moved.reduce((sum, { entered }) => sum + (entered ? 1 : -1), 0)
  await execute(
    tx,
    sql`insert into engagement.segment_change (party_id, id, segment_id, entered, at)
        select party_id, id, ${segmentId}::uuid, entered, ${at}::timestamptz
        from json_to_recordset(${asJson(moved)}::json) as m (party_id uuid, id uuid, entered boolean)`,
  )
  await execute(tx, sql`update engagement.segment set member_count = member_count + ${balance} where id = ${segmentId}`)
}

/** Whose interaction, or first appearance, left a window after `from` and until `until`. */
export async function leftWindow(db: Queryable, { what, days }: Window, from: Date, until: Date): Promise<string[]> {
  const after = hoursBefore(from, 24 * days)
  const to = hoursBefore(until, 24 * days)
  const rows = await query<{ party_id: string }>(
    db,
    what === 'known'
      ? sql`select id as party_id from customers.party where created_at > ${after} and created_at <= ${to}`
      : sql`select distinct party_id from customers.interaction where kind = ${what} and at > ${after} and at <= ${to}`,
  )
  return rows.map(({ party_id }) => party_id)
}

/** Customers with everybody merged into them or they were merged into: what one does may move another. */
export async function wholeFamilies(db: Queryable, partyIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`with root as (select distinct coalesce(survivor_id, id) as id from customers.party where id = any(${partyIds}::uuid[]))
        select id from root union select p.id from customers.party p join root r on p.survivor_id = r.id
        union select unnest(${partyIds}::uuid[])`,
  )
  return rows.map(({ id }) => id)
}

type Page = { segmentId: string; after: string[] | undefined; limit: number }

export function selectMembers(
  db: Queryable,
  { segmentId, after, limit }: Page,
): Promise<{ party_id: string; name: string; email: string | null; since: Date }[]> {
  const later: Sql = after ? sql`and m.party_id > ${after[0]}::uuid` : empty
  return query(
    db,
    sql`select m.party_id, p.name, p.email, m.since from engagement.segment_member m join customers.party p on p.id = m.party_id
        where m.segment_id = ${segmentId} ${later} order by m.party_id limit ${limit}`,
  )
}

export function selectChanges(
  db: Queryable,
  { segmentId, after, limit }: Page,
): Promise<{ id: string; party_id: string; name: string; entered: boolean; at: Date }[]> {
  const earlier: Sql = after ? sql`and (c.at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty
  return query(
    db,
    sql`select c.id, c.party_id, p.name, c.entered, c.at from engagement.segment_change c
        join customers.party p on p.id = c.party_id
        where c.segment_id = ${segmentId} ${earlier} order by c.at desc, c.id desc limit ${limit}`,
  )
}
