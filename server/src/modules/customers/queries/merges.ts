import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { Branch } from '../domain/merge-tree.ts'

export type MergeRow = {
  absorbed_id: string
  id: string
  act: 'merged' | 'unmerged'
  survivor_id: string
  rule: 'staff' | 'exact' | 'device'
  note: string | null
  actor: string | null
  at: Date
}

/** Whom these parties were merged into in the end: themselves when they were not. Those that do not exist are left out. */
export async function survivorsOf(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; survivor_id: string }>(
    db,
    sql`select id, coalesce(survivor_id, id) as survivor_id from customers.party where id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row.survivor_id]))
}

/** Everybody who is one customer today, from any of them: what was written of each is found by these. */
export async function membersOf(db: Queryable, partyId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`with root as (select coalesce(survivor_id, id) as id from customers.party where id = ${partyId})
        select id from root union all select p.id from customers.party p where p.survivor_id in (select id from root)
        order by id`,
  )
  return rows.map(({ id }) => id)
}

/** Who was merged under a survivor, each with whom they were merged into. */
export function branchesOf(db: Queryable, survivorId: string): Promise<Branch[]> {
  return query(
    db,
    sql`select id, merged_into as into from customers.party where survivor_id = ${survivorId} order by id`,
  )
}

/** Whether a party is nobody yet: a device, and what it did. */
export async function nameless(db: Queryable, id: string): Promise<boolean> {
  const row = await maybeOne<{ nameless: boolean }>(
    db,
    sql`select sort_name = '' and survivor_id is null and account_id is null and reference is null and email is null
          and phone is null as nameless from customers.party where id = ${id}`,
  )
  return row?.nameless ?? false
}

/** Puts a party, and all that were merged into it, under another. */
export async function putUnder(tx: Tx, absorbedId: string, survivorId: string): Promise<void> {
  await execute(
    tx,
    sql`update customers.party set survivor_id = ${survivorId},
          merged_into = case when id = ${absorbedId} then ${survivorId} else merged_into end
        where id = ${absorbedId} or survivor_id = ${absorbedId}`,
  )
}

/** Lets a party stand by itself again, with those that came by it. */
export async function takeOut(tx: Tx, id: string, under: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`update customers.party set survivor_id = case when id = ${id} then null else ${id}::uuid end,
          merged_into = case when id = ${id} then null else merged_into end
        where id = ${id} or id = any(${under}::uuid[])`,
  )
}

export async function insertMerge(tx: Tx, row: MergeRow): Promise<void> {
  await execute(
    tx,
    sql`insert into customers.merge (absorbed_id, id, act, survivor_id, rule, note, actor, at)
        values (${row.absorbed_id}, ${row.id}, ${row.act}, ${row.survivor_id}, ${row.rule}, ${row.note}, ${row.actor}, ${row.at})`,
  )
}

/** What was merged and taken apart of these parties, the latest first. */
export function mergesOf(db: Queryable, ids: readonly string[]): Promise<(MergeRow & { name: string })[]> {
  return query(
    db,
    sql`select m.absorbed_id, m.id, m.act, m.survivor_id, m.rule, m.note, m.actor, m.at,
               coalesce((select i.value from customers.identification i where i.party_id = m.absorbed_id and i.kind = 'name'
                         order by i.recorded_at desc, i.id desc limit 1), '') as name
        from customers.merge m
        where m.absorbed_id = any(${ids}::uuid[]) or m.survivor_id = any(${ids}::uuid[]) order by m.id desc limit 200`,
  )
}
