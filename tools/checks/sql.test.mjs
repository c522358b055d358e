import { expect, test } from 'vitest'
import { run } from './sql.mjs'
import { planted, smallArchitecture } from './test/planted.mjs'

const query = (statement) => `import sql from 'sql-template-tag'\nexport const q = (a, b) => sql\`${statement}\`\n`

async function rulesIn(path, text) {
  const { failures } = await run(planted({ 'architecture.mjs': smallArchitecture, [path]: text }))
  return failures.map((failure) => failure.replace(/^\S+ /, '').replace(/: .*$/, ''))
}

const ordersQuery = (statement) => rulesIn('server/src/modules/orders/queries/a.ts', query(statement))

test.each([
  [
    'its own tables',
    'insert into orders.line (id, at) select unnest(${a}::uuid[]), ${b} from orders.sales_order o where o.id = ${a}',
  ],
  ['a declared read', 'select o.id from orders.sales_order o join catalog.variant v on v.id = o.variant_id'],
  [
    'its own names',
    'with placed as (update orders.line set n = 1 returning id), other (id) as (values (1)) select * from placed, other',
  ],
  ['functions', 'select * from unnest(${a}::int[]) as t (n), lateral generate_series(1, n) s, orders.find(${b})'],
  [
    'words that look like tables',
    "select extract(epoch from l.at), substring(l.x from 2), l.y is distinct from ${a} from orders.line l where x = 'from payments.payment'",
  ],
  [
    'an upsert',
    'insert into orders.line (id) values (${a}) on conflict (id) do update set n = excluded.n -- into payments.payment',
  ],
  [
    'a delete with lists',
    'delete from orders.line l using orders.sales_order o where o.id = l.order_id returning l.id, l.n',
  ],
  ['a condition put in', 'select id from orders.line where true ${a} order by id, n limit ${b}'],
  ['the catalogue of the database', 'select relname from pg_class join information_schema.tables t on true'],
])('%s pass', async (_, statement) => {
  expect(await ordersQuery(statement)).toEqual([])
})

test.each([
  ['foreign-write', 'update catalog.variant set n = 1'],
  ['foreign-write', 'insert into payments.payment (id) values (${a})'],
  ['foreign-write', 'with x as (delete from catalog.variant where id = ${a} returning id) select id from x'],
  ['foreign-write', 'truncate table kernel.outbox'],
  ['foreign-write', 'merge into catalog.variant v using orders.line l on l.id = v.id when matched then delete'],
  ['foreign-read', 'select id from payments.payment'],
  ['foreign-read', 'select o.id from orders.sales_order o, payments.payment p'],
  ['foreign-read', 'select (select max(at) from kernel.outbox)'],
  ['foreign-read', 'update orders.line l set n = p.n from payments.payment p where p.id = l.id'],
  ['unknown-schema', 'select id from loyalty.card'],
  ['unqualified', 'select id from sales_order'],
  ['dynamic-table', 'select id from ${a} where true'],
  ['lock', 'select id from orders.line where id = ${a} for update'],
  ['lock', 'select pg_advisory_xact_lock(1) from orders.line'],
  ['ambient', 'update orders.line set at = now()'],
])('%s: a plant is found', async (rule, statement) => {
  expect(await ordersQuery(statement)).toEqual([rule])
})

test('a statement in a plain string is read too', async () => {
  const text = "export const f = (tx) => tx.query('delete from payments.payment')\n"
  expect(await rulesIn('server/src/modules/orders/a.ts', text)).toEqual(['foreign-write'])
})

test('the line of the fault is told, after values that were put in', async () => {
  const text = query(
    '\n  select id from orders.line\n  where id = ${a.b}\n    and n in (select n from payments.payment)',
  )
  const { failures } = await run(
    planted({ 'architecture.mjs': smallArchitecture, 'server/src/modules/orders/a.ts': text }),
  )
  expect(failures).toEqual([expect.stringMatching(/^server\/src\/modules\/orders\/a\.ts:5 foreign-read/)])
})

test('locks live in locks.ts; the kernel owns its schema; tests look everywhere; others write nowhere', async () => {
  const lock = query('select id from orders.line where id = ${a} order by id for update')
  expect(await rulesIn('server/src/modules/orders/queries/locks.ts', lock)).toEqual([])
  expect(await rulesIn('server/src/kernel/outbox.ts', query('insert into kernel.outbox (id) values (${a})'))).toEqual(
    [],
  )
  expect(await rulesIn('server/src/kernel/a.ts', query('select id from orders.line'))).toEqual(['foreign-read'])
  expect(await rulesIn('server/src/modules/orders/test/a.test.ts', query('delete from payments.payment'))).toEqual([])
  expect(await rulesIn('server/src/demo/load.ts', query('insert into orders.line (id) values (1)'))).toEqual([
    'foreign-write',
  ])
  expect(await rulesIn('apps/pos/src/a.ts', query('select id from orders.line'))).toEqual(['foreign-read'])
})

const migration = (text) => rulesIn('server/migrations/0001_a.sql', text)

test('a migration makes tables of declared modules, with keys along declared edges', async () => {
  const text = `create schema orders;
    create table if not exists orders.line (id uuid references orders.sales_order, v uuid references catalog.variant (id));
    alter table orders.line add constraint c foreign key (v) references catalog.variant;
    insert into catalog.variant values ('references payments.payment');`
  expect(await migration(text)).toEqual([])
})

test.each([
  ['unknown-schema', 'create schema loyalty;'],
  ['unknown-schema', 'create table loyalty.card (id uuid);'],
  ['unknown-schema', 'create table card (id uuid);'],
  ['foreign-key', 'create table catalog.variant (o uuid references orders.sales_order);'],
  [
    'foreign-key',
    'create table orders.a (id uuid);\nalter table only orders.a add foreign key (p) references payments.payment;',
  ],
])('migration, %s: a plant is found', async (rule, text) => {
  expect(await migration(text)).toEqual([rule])
})
