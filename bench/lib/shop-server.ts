import pg from 'pg'
import { makeSmallShop } from '../../server/simulation/small-shop.ts'
import { build } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/kernel/config.ts'
import { systemContext } from '../../server/src/kernel/context.ts'
import { openDatabase } from '../../server/src/kernel/db.ts'
import { migrateJobs } from '../../server/src/kernel/jobs.ts'
import { createLog } from '../../server/src/kernel/log.ts'
import { migrate } from '../../server/src/kernel/migrate.ts'

/**
 * A server as `npm start` runs it, over a fresh database with a small shop in it: a process of its own, so that its
 * processor time can be told from the load's. Settings come by environment; the shop's size by argument: without it, the shop is
 * there already and this is one more server over it.
 */
const [products, unitsPerPlace = '1000000'] = process.argv.slice(2)
const config = readConfig()
const connectionString = config.databaseUrl ?? ''
if (products !== undefined) await createDatabase()
const db = openDatabase({ connectionString, max: config.dbPoolSize })
if (products !== undefined) await migrateJobs(db)
const app = await build({ config, db, connectionString, log: createLog(config) })
let variantIds: readonly string[] = []
if (products !== undefined) {
  const size = { products: Number(products), unitsPerPlace: Number(unitsPerPlace) }
  variantIds = (await makeSmallShop(systemContext(app.wiring.services, 'bench'), size)).variantIds
  await db.query('vacuum analyze')
}
await app.start()
await app.fastify.listen({ port: config.port, host: config.host })
process.send?.({ ready: true, variantIds })
process.once('disconnect', () => process.exit(0))

async function createDatabase(): Promise<void> {
  const name = new URL(connectionString).pathname.slice(1)
  const admin = new pg.Client({ connectionString: connectionString.replace(`/${name}`, '/postgres') })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  await admin.end()
  await migrate(connectionString)
}
