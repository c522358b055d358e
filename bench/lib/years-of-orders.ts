import pg from 'pg'
import { databaseUrl, type Stage } from './stage.ts'

/**
 * The same orders many times over, as if made in the three years before: whole, paid, delivered and booked. They are copied
 * inside the database, each copy under ids of its own that grow with its time, as real ones do.
 */
export async function makeYearsOfOrders(stage: Stage, wanted: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl(stage.database, 'bench') })
  await client.connect()
  try {
    await client.query(idOfCopy)
    const { rows } = await client.query('select count(*)::int as n from orders.sales_order')
    const there = Number(rows[0].n)
    await client.query('create temp table first_order as select id from orders.sales_order')
    const copies = Math.ceil(wanted / there) - 1
    // What is copied refers to what was copied before it: looking each reference up again took half of the time.
    await client.query("set session_replication_role = replica; set maintenance_work_mem = '512MB'")
    for (const table of copied) {
      const statement = await copyOf(client, table)
      const indexes = await dropIndexes(client, table.table)
      for (let from = 1; from <= copies; from += 50) await client.query(statement, [from, Math.min(copies, from + 49)])
      for (const index of indexes) await client.query(index)
    }
    await client.query('vacuum analyze')
    return there * (copies + 1)
  } finally {
    await client.end()
  }
}

/** The id a row has in the nth copy: a UUIDv7 whose time lies so many days back, its rest drawn from the original. */
const idOfCopy = `create function pg_temp.id_of_copy(id uuid, n int) returns uuid language sql immutable as $$
  select (lpad(to_hex(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint - n::bigint * 86400000), 12, '0')
    || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid from (select md5(id::text || n) as h) as drawn $$`

/** Each table: which column tells the order, which hold ids of the copy, and what else is different in one delivered. */
const copied: readonly { table: string; order: string; ids: readonly string[]; changed: Record<string, string> }[] = [
  {
    table: 'orders.sales_order',
    order: 'id',
    ids: ['id'],
    changed: { placed_at: 't.placed_at - make_interval(days => n)', prepared_at: 't.placed_at' },
  },
  {
    table: 'orders.order_line',
    order: 'order_id',
    ids: ['order_id', 'id', 'promise_id'],
    changed: { fulfilled_quantity: 't.quantity' },
  },
  { table: 'payments.payment', order: 'order_id', ids: ['order_id', 'id'], changed: {} },
  { table: 'payments.ledger_entry', order: 'order_id', ids: ['order_id', 'transfer_id'], changed: {} },
  {
    table: 'promises.promise',
    order: 'reference_id',
    ids: ['id', 'reference_id'],
    changed: { state: "'fulfilled'", settled_at: 't.created_at' },
  },
  {
    table: 'fulfillment.fulfillment',
    order: 'order_id',
    ids: ['order_id', 'id'],
    changed: { state: "'shipped'", closed_at: 't.created_at' },
  },
  {
    table: 'fulfillment.fulfillment_line',
    order: 'order_id',
    ids: ['order_id', 'fulfillment_id', 'line_id'],
    changed: {},
  },
  { table: 'kernel.outbox', order: 'aggregate_id', ids: ['aggregate_id', 'id'], changed: {} },
]

/** Takes off the indexes that keep no constraint, which are faster made once than kept; answers how to make them again. */
async function dropIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = $1::regclass and not indisunique`,
    [table],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

/** The statement that copies a table's rows of the first orders, for the copies from $1 to $2. */
async function copyOf(client: pg.Client, { table, order, ids, changed }: (typeof copied)[number]): Promise<string> {
  const { rows } = await client.query<{ column: string }>(
    `select attname as column from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  )
  const values = rows.map(({ column }) =>
    ids.includes(column) ? `pg_temp.id_of_copy(t.${column}, n)` : (changed[column] ?? `t.${column}`),
  )
  return `insert into ${table} (${rows.map(({ column }) => column).join(', ')}) select ${values.join(', ')}
    from ${table} t join first_order f on f.id = t.${order} cross join generate_series($1::int, $2::int) n`
}
