import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../../src/app.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { systemContext } from '../../src/kernel/context.ts'
import { inTransaction, openDatabase } from '../../src/kernel/db.ts'
import { startEmbeddedPostgres } from '../../src/kernel/embedded-postgres.ts'
import { migrateJobs } from '../../src/kernel/jobs.ts'
import { createLog } from '../../src/kernel/log.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import type { Subscriber } from '../../src/kernel/relay.ts'
import { readSetting, writeSetting } from '../../src/kernel/settings.ts'
import { setReservationPolicy } from '../../src/modules/orders/public.ts'
import { makeSmallShop } from '../small-shop.ts'

/**
 * A server with its embedded database and a small shop, as a process that can be killed at any moment and started again on
 * the same folder. Says where it listens, and the number of the database's process. A witness writes down every event of
 * an order that is delivered, in the order of deliveries, in a file that outlives both.
 */
const config = readConfig(JSON.parse(process.argv[2] ?? '{}') as Record<string, string>)
mkdirSync(config.dataDir, { recursive: true })
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const database = await startEmbeddedPostgres({ dataDir: config.dataDir, logger: silent })
await migrate(database.connectionString)
const db = openDatabase({ connectionString: database.connectionString, max: 10 })
await migrateJobs(db)
const witness: Subscriber = {
  name: 'witness',
  types: ['orders.order_placed', 'payments.payment_captured'],
  async handle(_ctx, _tx, events) {
    const lines = events.map(({ aggregateId, sequence }) => `${JSON.stringify({ aggregateId, sequence })}\n`)
    appendFileSync(join(config.dataDir, 'witness.jsonl'), lines.join(''))
  },
}

const app = await build({
  config,
  db,
  connectionString: database.connectionString,
  log: createLog(config),
  extraSubscribers: [witness],
})
type Goods = { readonly variantIds: readonly string[]; readonly siteIds: readonly string[] }
const goods = (await readSetting<Goods>(db, 'chaos_goods')) ?? (await makeGoods())
await app.start()
await app.fastify.listen({ port: config.port, host: config.host })
process.send?.({ ...goods, databasePid: database.processId(), connectionString: database.connectionString })
process.on('message', (asked: { killed: number } | 'stop') => {
  if (asked === 'stop') void stop()
  else void tellWhere(asked.killed)
})

/** Makes the shop: what it sells is there for long, and its shops let it be reserved. */
async function makeGoods(): Promise<Goods> {
  const ctx = systemContext(app.wiring.services, 'chaos')
  const { variantIds, sites } = await makeSmallShop(ctx, { products: 5, unitsPerPlace: 100_000 })
  const siteIds = ['nantes', 'lyon', 'lille'].map((town) => sites[town] ?? '')
  await inTransaction(db, async (tx) => {
    for (const siteId of siteIds)
      await setReservationPolicy(tx, { siteId, active: true, openDays: 3, mostUnits: 5, mostOpen: 5 })
    await writeSetting(tx, 'chaos_goods', { variantIds, siteIds })
  })
  return { variantIds, siteIds }
}

/** Says which process the database is once another than the killed one answers. */
async function tellWhere(killed: number): Promise<void> {
  const isBack = async (): Promise<boolean> =>
    ![null, killed].includes(database.processId()) && (await db.query('select 1').then(Boolean, () => false))
  while (!(await isBack())) await new Promise((resolve) => setTimeout(resolve, 50))
  process.send?.({ databasePid: database.processId() })
}

async function stop(): Promise<void> {
  await app.close()
  await db.end()
  await database.stop()
  process.exit(0)
}
