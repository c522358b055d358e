import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { openDatabase, query, type Db } from '../../src/kernel/db.ts'
import type { SeededRng } from '../../src/kernel/rng.ts'
import { bundled } from '../bundled.ts'
import { freePort } from '../free-port.ts'
import { brokenAtRest } from '../invariants.ts'
import { startCustomers, type Bought } from './customers.ts'

export type ChaosReport = {
  readonly kills: { readonly server: number; readonly database: number }
  readonly asked: number
  readonly answered: number
  readonly refused: number
  readonly events: number
  /** What is wrong; nothing, if all is well. */
  readonly broken: readonly string[]
}

type Served = {
  child: ChildProcess
  variantIds: string[]
  siteIds: string[]
  databasePid: number
  connectionString: string
}

/**
 * Kills the server or its database (SIGKILL) so many times, at moments drawn, while customers buy, change, give up and reserve, and
 * starts it again; then looks whether everything answered is there once, as it was answered, and nothing else is, every event was
 * delivered at least once and in the order of its aggregate, and all invariants hold.
 */
export async function chaos(
  options: { kills: number; customers: number; dataDir: string; rng: SeededRng },
  onKill: (n: number, victim: string) => void = () => undefined,
): Promise<ChaosReport> {
  const { rng, dataDir } = options
  const port = await freePort()
  const kills = { server: 0, database: 0 }
  let served = await start(dataDir, port)
  const customers = startCustomers({
    url: `http://127.0.0.1:${port}`,
    variantIds: served.variantIds,
    siteIds: served.siteIds,
    count: options.customers,
    rng,
  })
  for (let n = 1; n <= options.kills; n++) {
    await wait(100 + rng.below(700))
    const victim = rng.below(3) === 0 ? 'database' : 'server'
    kills[victim] += 1
    onKill(n, victim)
    if (victim === 'server') served = await killServer(served, dataDir, port)
    // A living server starts its database again by itself, and is asked for its new number.
    else served = await killDatabase(served)
  }
  await wait(300)
  await customers.stop()
  const db = openDatabase({ connectionString: served.connectionString, max: 4 })
  try {
    await atRest(db)
    const deliveries = witnessed(dataDir)
    const broken = [
      ...(await lostOrInvented(db, customers)),
      ...(await badDeliveries(db, deliveries)),
      ...(await brokenThatStays(db)),
    ]
    const { asked, answered, refused } = customers
    return { kills, asked: asked.size, answered: answered.size, refused, events: deliveries.length, broken }
  } finally {
    await db.end()
    const ended = once(served.child, 'exit')
    served.child.send('stop')
    await ended
  }
}

async function start(dataDir: string, port: number): Promise<Served> {
  const settings = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'fatal',
    ECLUSE_DATA: dataDir,
    PORT: String(port),
    RATE_LIMIT_PER_MINUTE: '100000000',
    ECLUSE_DEMO: 'off',
    TRUST_PROXY: 'true',
  }
  const program = await bundled(new URL('served-shop.ts', import.meta.url))
  const child = fork(program, [JSON.stringify(settings)], { execArgv: [] })
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)))
  ended.catch(() => undefined)
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [Omit<Served, 'child'>]
  return { child, ...message }
}

async function killServer({ child }: Served, dataDir: string, port: number): Promise<Served> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  return start(dataDir, port)
}

async function killDatabase(served: Served): Promise<Served> {
  process.kill(served.databasePid, 'SIGKILL')
  const told = once(served.child, 'message')
  served.child.send({ killed: served.databasePid })
  const [message] = (await told) as [{ databasePid: number }]
  return { ...served, databasePid: message.databasePid }
}

/** Waits until every event was relayed, every payment taken, and what that told relayed too. */
async function atRest(db: Db): Promise<void> {
  const busy = sql`select 1 where exists (select from kernel.event_waiting)
    or exists (select from payments.payment where state = 'authorised')
    or exists (select from payments.refund where state = 'pending')`
  for (let quiet = 0; quiet < 3; await wait(200)) quiet = (await query(db, busy)).length === 0 ? quiet + 1 : 0
}

/**
 * The invariants that are broken and stay so. The server lives on meanwhile, and a job whose minute has come may write an event between
 * the wait and the question: it is on its way, not lost. What is lost is lost the next time, too.
 */
async function brokenThatStays(db: Db): Promise<string[]> {
  let broken = await brokenAtRest(db)
  for (let again = 0; broken.length > 0 && again < 3; again++) {
    await atRest(db)
    broken = await brokenAtRest(db)
  }
  return broken
}

/** Whatever was answered is there as it was answered, once; nothing else is there. */
async function lostOrInvented(db: Db, { answered, orders, reservations }: Bought): Promise<string[]> {
  const told = new Set(answered.values())
  return [
    ...(await unlike(db, 'order', fateOfOrders, orders)),
    ...(await unlike(db, 'reservation', fateOfReservations, reservations)),
    ...(told.size < answered.size ? [`${answered.size - told.size} keys were answered another's order`] : []),
  ]
}

/** What became of each order: with the one unit less it was changed to, once; and nothing was changed of the others. */
const fateOfOrders = sql`select o.id, case
    when o.document_state = 'cancelled' and r.changes = 1 then 'ended'
    when o.document_state = 'confirmed' and r.changes = 1 and o.item_count = 1 then 'lowered'
    when o.document_state = 'confirmed' and r.changes = 0 and o.item_count = 2 then 'kept'
    else concat_ws(' ', o.document_state, r.changes, o.item_count) end as fate
  from orders.sales_order o
  cross join lateral (select count(*) as changes from orders.order_revision where order_id = o.id) r`
const fateOfReservations = sql`select id, case state when 'to_put_aside' then 'open' else state end as fate from orders.reservation`

async function unlike(
  db: Db,
  what: string,
  question: ReturnType<typeof sql>,
  told: ReadonlyMap<string, string>,
): Promise<string[]> {
  const there = new Map((await query<{ id: string; fate: string }>(db, question)).map(({ id, fate }) => [id, fate]))
  const lost = [...told.keys()].filter((id) => !there.has(id))
  const invented = [...there.keys()].filter((id) => !told.has(id))
  const other = [...told].filter(([id, fate]) => there.has(id) && there.get(id) !== fate)
  const [first] = other
  return [
    ...(lost.length > 0 ? [`${lost.length} ${what}s were answered and are not there`] : []),
    ...(invented.length > 0 ? [`${invented.length} ${what}s are there that nobody was answered`] : []),
    ...(first
      ? [`${other.length} ${what}s became another than answered, as ${first.join(' ')}: ${there.get(first[0])}`]
      : []),
  ]
}

type Delivery = { aggregateId: string; sequence: number }

/** What the witness wrote, in its order. A kill may have cut its last line short. */
function witnessed(dataDir: string): Delivery[] {
  return readFileSync(join(dataDir, 'witness.jsonl'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as Delivery] : []))
}

/** Events that never came, and events that came before an earlier one of their aggregate. */
async function badDeliveries(db: Db, deliveries: readonly Delivery[]): Promise<string[]> {
  const written = await query<Delivery>(
    db,
    sql`select aggregate_id as "aggregateId", sequence from kernel.outbox
        where type in ('orders.order_placed', 'payments.payment_captured')`,
  )
  const nameOf = ({ aggregateId, sequence }: Delivery): string => `${aggregateId} ${sequence}`
  const came = new Set(deliveries.map(nameOf))
  const missing = written.filter((event) => !came.has(nameOf(event)))
  const latest = new Map<string, number>()
  const seen = new Set<string>()
  const disordered = deliveries.filter((event) => {
    if (seen.has(nameOf(event))) return false
    seen.add(nameOf(event))
    const before = latest.get(event.aggregateId) ?? 0
    latest.set(event.aggregateId, Math.max(before, event.sequence))
    return event.sequence < before
  })
  return [
    ...(missing.length > 0
      ? [`${missing.length} events were never delivered, as ${nameOf(missing[0] as Delivery)}`]
      : []),
    ...(disordered.length > 0
      ? [`${disordered.length} events came out of order, as ${nameOf(disordered[0] as Delivery)}`]
      : []),
  ]
}
