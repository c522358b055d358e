import sql, { type Sql } from 'sql-template-tag'
import { maybeOne, type Queryable } from '../../../../kernel/db.ts'

/** Who a customer is on a network, as they were last seen there; null: not known. `root`: who survived all merges. */
export function socialOf(root: Sql): Sql {
  return sql`(select i.value from customers.identification i
              where i.kind = 'social' and i.party_id in (select ${root} union all select m.id from customers.party m where m.survivor_id = ${root})
              order by i.recorded_at desc, i.id desc limit 1)`
}

/** @param root who survived all merges */
export async function socialNameOf(db: Queryable, root: string): Promise<string | null> {
  const row = await maybeOne<{ name: string | null }>(
    db,
    sql`select ${socialOf(sql`p.id`)} as name from customers.party p where p.id = ${root}`,
  )
  return row?.name ?? null
}
