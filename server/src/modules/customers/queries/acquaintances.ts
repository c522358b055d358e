import sql from 'sql-template-tag'
import { maybeOne, query, type Queryable } from '../../../kernel/db.ts'

/** Each of these with everybody who is one customer with them, themselves among them. */
export function familiesOf(db: Queryable, ids: readonly string[]): Promise<{ id: string; member_id: string }[]> {
  return query(
    db,
    sql`select g.id, m.id as member_id from customers.party g
        join customers.party m on m.id = coalesce(g.survivor_id, g.id) or m.survivor_id = coalesce(g.survivor_id, g.id)
        where g.id = any(${ids}::uuid[])`,
  )
}

/** Whether any order of these is known. */
export async function hasOrdered(db: Queryable, partyIds: readonly string[]): Promise<boolean> {
  const row = await maybeOne(
    db,
    sql`select 1 as found from customers.interaction where party_id = any(${partyIds}::uuid[]) and kind = 'order' limit 1`,
  )
  return row !== undefined
}

/**
 * Whether two customers have a mailbox, a telephone, an address or a device in common, or are known to live together: then they are one person,
 * or one household.
 * @param one everybody who is the one customer @param other everybody who is the other
 */
export async function haveInCommon(db: Queryable, one: readonly string[], other: readonly string[]): Promise<boolean> {
  const row = await maybeOne(
    db,
    sql`select 1 as found from customers.identification a join customers.identification b on b.kind = a.kind and b.value = a.value
        where a.party_id = any(${one}::uuid[]) and b.party_id = any(${other}::uuid[])
          and a.kind in ('email', 'phone', 'address', 'device')
        union all
        select 1 from customers.household_member a join customers.household_member b on b.household_id = a.household_id
        where a.party_id = any(${one}::uuid[]) and b.party_id = any(${other}::uuid[]) limit 1`,
  )
  return row !== undefined
}
