import type { ReadScreen } from '@ecluse/contracts/customer-reads.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, query, type Queryable } from '../../../kernel/db.ts'

export type Reader = { readonly id: string; readonly kind: 'staff' | 'api_key'; readonly name: string }
export type ReadRow = {
  quarter_at: Date
  reader_id: string
  reader_kind: Reader['kind']
  reader_name: string
  screens: ReadScreen[]
}

/** Notes a reading of everybody who is one customer; none when there is nobody. */
export async function insertRead(
  db: Queryable,
  reader: Reader,
  read: { customerId: string; screen: ReadScreen; quarterAt: Date },
): Promise<void> {
  await execute(
    db,
    sql`with root as (select coalesce(survivor_id, id) as id from customers.party where id = ${read.customerId})
        insert into customers.customer_read (party_id, quarter_at, reader_id, reader_kind, reader_name, read_as, screens)
        select m.id, ${read.quarterAt}, ${reader.id}, ${reader.kind}, ${reader.name}, m.read_as, array[${read.screen}::text]
        from (select id, id as read_as from root
              union all select p.id, p.survivor_id from customers.party p where p.survivor_id in (select id from root)
              order by id) m
        on conflict (party_id, quarter_at, reader_id) do update
          set screens = (select array_agg(distinct s order by s) from unnest(customer_read.screens || excluded.screens) s),
              read_as = excluded.read_as
          where not customer_read.screens @> excluded.screens or customer_read.read_as <> excluded.read_as`,
  )
}

/** Who read the data of everybody who is one customer: each reader and quarter of an hour once. */
export function readsOf(
  db: Queryable,
  members: readonly string[],
  { before, limit }: { before: readonly string[] | undefined; limit: number },
): Promise<ReadRow[]> {
  const [at, readerId] = before ?? []
  return query(
    db,
    sql`select r.quarter_at, r.reader_id, min(r.reader_kind) as reader_kind, min(r.reader_name) as reader_name,
               array_agg(distinct s order by s) as screens
        from customers.customer_read r cross join unnest(r.screens) s
        where r.party_id = any(${members}::uuid[])
          ${before ? sql`and (r.quarter_at, r.reader_id) < (${at}::timestamptz, ${readerId})` : empty}
        group by r.quarter_at, r.reader_id order by r.quarter_at desc, r.reader_id desc limit ${limit}`,
  )
}

export type ReadFilter = {
  readonly readerId: string | undefined
  readonly from: string | undefined
  readonly until: string | undefined
  readonly before: readonly string[] | undefined
  readonly limit: number
}

/** Who read whom: of customers who were one, whom they were shown as. */
export function listReads(
  db: Queryable,
  { readerId, from, until, before, limit }: ReadFilter,
): Promise<(ReadRow & { party_id: string; name: string })[]> {
  const [at, partyId, reader] = before ?? []
  return query(
    db,
    sql`select r.quarter_at, r.reader_id, r.reader_kind, r.reader_name, r.screens, r.party_id,
               coalesce(nullif(p.name, ''), p.email, p.phone, '') as name
        from customers.customer_read r left join customers.party p on p.id = r.party_id
        where r.read_as = r.party_id
          ${readerId === undefined ? empty : sql`and r.reader_id = ${readerId}`}
          ${from === undefined ? empty : sql`and r.quarter_at >= ${from}::timestamptz`}
          ${until === undefined ? empty : sql`and r.quarter_at < ${until}::timestamptz`}
          ${before ? sql`and (r.quarter_at, r.party_id, r.reader_id) < (${at}::timestamptz, ${partyId}::uuid, ${reader})` : empty}
        order by r.quarter_at desc, r.party_id desc, r.reader_id desc limit ${limit}`,
  )
}

/** Deletes what is older than it is kept. @returns how many rows */
export function deleteReadsBefore(db: Queryable, before: Date): Promise<number> {
  return execute(db, sql`delete from customers.customer_read where quarter_at < ${before}`)
}
