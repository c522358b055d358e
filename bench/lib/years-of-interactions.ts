import type { Db } from '../../server/src/kernel/db.ts'

/** Where customers live, and what the interactions are, by their shares. */
const postalCodes = ['44000', '35000', '75011', '69003', '13001', '33000', '59000', '67000']

/** The nth customer's id: like every id of ours a UUIDv7, which grows with the time it was made. */
const idOfCustomer = `create function id_of_customer(n int) returns uuid language sql immutable as $$
  select (lpad(to_hex(1700000000000 + n::bigint * 90000), 12, '0') || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid
  from (select md5('client ' || n) as h) as drawn $$`

/**
 * Customers, and three years of what they did: a few do much and many do little. Made inside the database, indexes last.
 * @returns ten thousand of the customers
 */
export async function makeYearsOfInteractions(
  db: Db,
  { customers, interactions }: { customers: number; interactions: number },
  now: Date,
): Promise<string[]> {
  await db.query(idOfCustomer)
  await db.query(
    `insert into customers.party (id, kind, name, email, locale, address, sort_name, search, created_at, updated_at)
     select id_of_customer(n), 'person', 'Client ' || n, case when n % 7 > 0 then 'client-' || n || '@exemple.fr' end,
            case when n % 11 = 0 then 'en' else 'fr' end,
            json_build_object('postalCode', ($2::text[])[1 + n % ${postalCodes.length}])::jsonb, '', '',
            $3::timestamptz - interval '3 years' + n * interval '3 years' / $1, $3
     from generate_series(1, $1::int) n`,
    [customers, postalCodes, now],
  )
  const { rows: indexes } = await db.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'customers.interaction'::regclass and not indisprimary`,
  )
  for (const { name } of indexes) await db.query(`drop index ${name}`)
  await db.query('alter table customers.interaction drop constraint interaction_pkey')
  // The square of a number drawn between 0 and 1: a fifth of the customers does nearly half of everything.
  await db.query(
    `insert into customers.interaction (party_id, kind, at, id, channel_code, quantity, value_minor)
     select id_of_customer(1 + floor($1 * power(r.a, 2))::int),
            (array['purchase','purchase','purchase','order','order','collection','return','cancellation'])[1 + floor(r.b * 8)::int],
            $3::timestamptz - r.c * interval '3 years', md5('interaction ' || n)::uuid,
            (array['web','web','nantes','telephone'])[1 + floor(r.d * 4)::int], 1, 500 + floor(r.e * 20000)::int
     from generate_series(1, $2::int) n cross join lateral (select random() a, random() b, random() c, random() d, random() e, n as row_no) r`,
    [customers, interactions, now],
  )
  await db.query("set maintenance_work_mem = '512MB'")
  await db.query('alter table customers.interaction add primary key (party_id, kind, at, id)')
  for (const { definition } of indexes) await db.query(definition)
  await db.query('vacuum analyze customers.party')
  await db.query('vacuum analyze customers.interaction')
  const { rows } = await db.query<{ id: string }>('select id from customers.party order by id limit 10000')
  return rows.map(({ id }) => id)
}
