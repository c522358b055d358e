import pg from 'pg'

/** Ids of ours are UUIDv7: they grow with time, which is how tables of years lie on disk. */
const idAt = `create or replace function id_at(at timestamptz, what text) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid
  from (select md5(what) as h) as drawn $$`

type Size = { interactions: number; orders: number; customers: number }

/**
 * Three years of a firm, made inside the database over the shops, channels and articles that are there: customers, orders of two
 * articles each that were paid and handed over, and for each customer a log of visits, looks and orders. The orders are in the log,
 * as they are in life.
 */
export async function makeYearsOfFigures(connectionString: string, size: Size, now: Date, seed: number): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(idAt)
    await client.query("set session_replication_role = replica; set maintenance_work_mem = '256MB'")
    await client.query('select setseed($1)', [(seed % 1000) / 1000])
    await makeCustomers(client, size, now)
    await drawOrders(client, size, now)
    await makeOrders(client)
    await payAndHandOver(client)
    await makeLog(client, size, now)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

async function makeCustomers(client: pg.Client, { customers }: Size, now: Date): Promise<void> {
  await client.query(
    `insert into customers.party (id, kind, name, email, locale, sort_name, search, created_at, updated_at)
     select md5('client ' || n)::uuid, 'person', 'Client ' || n, 'client-' || n || '@exemple.fr', 'fr', '', '', $2, $2
     from generate_series(1, $1::int) n`,
    [customers, now],
  )
}

/** When, by whom, where and for how much each order is: what every table of orders is made of. */
async function drawOrders(client: pg.Client, { orders, customers }: Size, now: Date): Promise<void> {
  await client.query(
    `create unlogged table public.bench_order as
     select n, id_at(at, 'order ' || n) as id, at, md5('client ' || (1 + floor($2 * power(p, 2))::int))::uuid as party_id,
       c.id as channel_id, c.code, case when c.medium = 'store' then (select s.site_id from channels.channel_site s where s.channel_id = c.id limit 1) end as site_id,
       2000 + floor(v * 8000)::int as a, 1000 + floor(w * 4000)::int as b
     from (select n, $3::timestamptz - random() * interval '3 years' as at, random() as p, random() as q, random() as v, random() as w
           from generate_series(1, $1::int) n) as drawn
     join (select id, code, medium, row_number() over (order by code) - 1 as nth, count(*) over () as many from channels.channel where sells) c
       on c.nth = floor(q * c.many)::int`,
    [orders, customers, now],
  )
}

async function makeOrders(client: pg.Client): Promise<void> {
  await client.query(
    `insert into orders.sales_order (id, number, channel_id, party_id, access_token, document_state, locale, delivery_method, site_id, address,
       currency, subtotal_minor, delivery_fee_minor, delivery_vat_basis_points, total_minor, item_count, placed_at, promised_at)
     select id, 'B' || n, channel_id, party_id, md5(n::text), case when n % 40 = 0 then 'cancelled' else 'confirmed' end, 'fr',
       case when site_id is null then 'delivery' else 'carry_out' end, site_id, case when site_id is null then '{}'::jsonb end,
       'EUR', a + b, 0, 2000, a + b, 2, at, at + interval '3 days'
     from public.bench_order`,
  )
  await client.query(
    `insert into orders.order_line (order_id, id, position, variant_id, sku, name, variant_label, quantity, unit_price_minor, line_total_minor,
       vat_basis_points, vat_minor, price_rule, place_id, pool_id, promise_id, fulfilled_quantity)
     select o.id, md5('line ' || o.n || ' ' || l.position)::uuid, l.position, v.id, v.sku, 'Article', '', 1, l.price, l.price, 2000, l.price / 6, 'list:public',
       f.id, f.id, f.id, 1
     from public.bench_order o
     cross join lateral (values (1, o.a), (2, o.b)) as l (position, price)
     join (select id, sku, row_number() over (order by id) - 1 as nth, count(*) over () as many from catalog.variant) v
       on v.nth = (o.n * 7 + l.position * 13) % v.many
     cross join (select id from inventory.place order by id limit 1) f`,
  )
}

async function payAndHandOver(client: pg.Client): Promise<void> {
  await client.query(
    `insert into payments.payment (order_id, id, method, provider, state, amount_minor, currency, created_at, settled_at)
     select id, md5('payment ' || n)::uuid, 'online_card', 'simulated', 'captured', a + b, 'EUR', at, at from public.bench_order`,
  )
  await client.query(
    `insert into fulfillment.fulfillment (order_id, id, place_id, site_id, method, state, created_at, closed_at)
     select o.id, md5('parcel ' || o.n)::uuid, f.id, f.site_id, case when o.site_id is null then 'delivery' else 'carry_out' end,
       case when o.site_id is null then 'shipped' else 'handed_over' end, o.at, o.at + (o.n % 5) * interval '1 day'
     from public.bench_order o cross join (select id, site_id from inventory.place order by id limit 1) f`,
  )
}

/** Indexes are built once the log is full: kept up row by row they take far longer. */
async function makeLog(client: pg.Client, { interactions, orders, customers }: Size, now: Date): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'customers.interaction'::regclass and not indisprimary`,
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await client.query('alter table customers.interaction drop constraint interaction_pkey')
  await client.query(
    `insert into customers.interaction (party_id, kind, at, id, channel_code, subject_id, quantity, value_minor)
     select party_id, 'order', at, id, code, id, 2, a + b from public.bench_order`,
  )
  await client.query(
    `insert into customers.interaction (party_id, kind, at, id, channel_code)
     select md5('client ' || (1 + floor($2 * power(p, 2))::int))::uuid,
       (array['visit_anonymous','visit_signed_in','product_view','product_view','product_view','store_visit','message_sent'])[1 + floor(k * 7)::int],
       $3::timestamptz - t * interval '3 years', md5('interaction ' || n)::uuid, c.code
     from (select n, random() as p, random() as k, random() as t, random() as q from generate_series(1, $1::int) n) as drawn
     join (select code, row_number() over (order by code) - 1 as nth, count(*) over () as many from channels.channel where sells) c
       on c.nth = floor(q * c.many)::int`,
    [Math.max(0, interactions - orders), customers, now],
  )
  await client.query('alter table customers.interaction add primary key (party_id, kind, at, id)')
  for (const { definition } of indexes) await client.query(definition)
}

/** Orders of the last days are cancelled, as the outbox would tell. @returns how many */
export async function cancelSome(connectionString: string, many: number, now: Date): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `with gone as (update orders.sales_order set document_state = 'cancelled' where id in (
           select id from orders.sales_order where document_state = 'confirmed' order by placed_at desc limit $1) returning id)
       insert into kernel.outbox (aggregate_id, sequence, id, type, version, payload, occurred_at)
       select id, 1, id_at($2::timestamptz, 'event ' || id), 'orders.order_cancelled', 1, '{}', $2 from gone`,
      [many, now],
    )
    return rowCount ?? 0
  } finally {
    await client.end()
  }
}
