import { spawnSync } from 'node:child_process'
import { mkdtempSync, existsSync, rmSync, writeFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { EmbeddedPostgres } from '../../server/src/kernel/embedded-postgres.ts'
import { databaseUrl } from './stage.ts'

/** What the least an order can cost gives here and now. */
export type Floor = { readonly ordersPerSecond: number; readonly by: 'pgbench' | 'pg' }

const schema = `
  create table stock (id int primary key, available int not null check (available >= 0)) with (fillfactor = 80);
  insert into stock select n, 1000000000 from generate_series(1, 200) n;
  create table customer_order (id bigint primary key, total bigint not null, placed_at timestamptz not null default now());
  create table order_line (order_id bigint not null, position int not null, stock_id int not null, quantity int not null, primary key (order_id, position));
  create table payment (id bigint primary key, order_id bigint not null, amount bigint not null);
  vacuum analyze;`

/**
 * One transaction: two guarded stock updates, one order, two lines, one payment. The ids are drawn by pgbench, so that they
 * cost the server nothing; the articles are taken in order, so that nobody waits crosswise.
 */
const twoArticles = `\\set a random(1, 200)
\\set b random(1, 200)
\\set first least(:a, :b)
\\set second greatest(:a, :b)
\\set order_id random(1, 9000000000000000000)
begin;
update stock set available = available - 1 where id = :first and available >= 1;
update stock set available = available - 1 where id = :second and available >= 1;
insert into customer_order (id, total) values (:order_id, 2000);
insert into order_line values (:order_id, 1, :first, 1), (:order_id, 2, :second, 1);
insert into payment values (:order_id, :order_id, 2000);
commit;
`

/** The same of one unit of the one article everybody wants. */
const oneArticle = `\\set order_id random(1, 9000000000000000000)
begin;
update stock set available = available - 1 where id = 1 and available >= 1;
insert into customer_order (id, total) values (:order_id, 2000);
insert into order_line values (:order_id, 1, 1, 1);
insert into payment values (:order_id, :order_id, 2000);
commit;
`

/** What the floor's buyers buy. */
export type FloorKind = 'two articles' | 'one hot article'

/** Makes the floor's tables in a database of its own. */
export async function prepareFloor(database: EmbeddedPostgres): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseUrl(database, 'postgres') })
  await admin.connect()
  await admin.query('drop database if exists floor with (force)')
  await admin.query('create database floor')
  await admin.end()
  const client = new pg.Client({ connectionString: databaseUrl(database, 'floor') })
  await client.connect()
  for (const statement of schema.split(';')) if (statement.trim()) await client.query(statement)
  await client.end()
}

/** Runs the floor for so many seconds with 64 clients and prepared statements. */
export async function runFloor(database: EmbeddedPostgres, seconds: number, kind: FloorKind): Promise<Floor> {
  const pgbench = findPgbench()
  if (pgbench === undefined) return { ordersPerSecond: await runFloorByDriver(database, seconds, kind), by: 'pg' }
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-floor-'))
  const file = join(folder, 'order.sql')
  writeFileSync(file, kind === 'two articles' ? twoArticles : oneArticle)
  const { address } = database
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    '64',
    '-j',
    '2',
    '-T',
    String(seconds),
    '-f',
    file,
    '-h',
    address.host,
    '-p',
    String(address.port),
    '-U',
    address.user,
    'floor',
  ]
  const run = spawnSync(pgbench, args, { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  const found = /tps = ([\d.]+) \(without initial connection time\)/.exec(run.stdout)
  if (run.status !== 0 || !found) throw new Error(`pgbench failed: ${run.stderr}`)
  return { ordersPerSecond: Number(found[1]), by: 'pgbench' }
}

function findPgbench(): string | undefined {
  const found = lookForPgbench()
  if (found !== undefined || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  spawnSync('apt-get', ['update'], quiet)
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql-contrib', 'postgresql'], quiet)
  return lookForPgbench()
}

function lookForPgbench(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort().reverse() : []
  const places = [
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`),
    '/usr/bin/pgbench',
    '/usr/local/bin/pgbench',
  ]
  return places.find((place) => existsSync(place))
}

/** The same by the driver of this program, where pgbench cannot be had. */
async function runFloorByDriver(database: EmbeddedPostgres, seconds: number, kind: FloorKind): Promise<number> {
  const draw = (): number => 1 + Math.floor(Math.random() * 200)
  const pool = new pg.Pool({ connectionString: databaseUrl(database, 'floor'), max: 64 })
  const until = performance.now() + seconds * 1000
  let done = 0
  const buyer = async (): Promise<void> => {
    const client = await pool.connect()
    while (performance.now() < until) {
      const stocks = kind === 'two articles' ? [draw(), draw()].sort((x, y) => x - y) : [1]
      const id = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)
      await client.query('begin')
      for (const stock of stocks)
        await client.query({
          name: 'take',
          text: 'update stock set available = available - 1 where id = $1 and available >= 1',
          values: [stock],
        })
      await client.query({
        name: 'order',
        text: 'insert into customer_order (id, total) values ($1, 2000)',
        values: [id],
      })
      await client.query({
        name: 'lines',
        text: 'insert into order_line select $1, position, stock, 1 from unnest($2::int[]) with ordinality as l (stock, position)',
        values: [id, stocks],
      })
      await client.query({ name: 'payment', text: 'insert into payment values ($1, $1, 2000)', values: [id] })
      await client.query('commit')
      done += 1
    }
    client.release()
  }
  await Promise.all(Array.from({ length: 64 }, buyer))
  await pool.end()
  return done / seconds
}
