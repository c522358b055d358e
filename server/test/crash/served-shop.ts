import { mkdirSync } from 'node:fs'
import { makeSmallShop } from '../../simulation/small-shop.ts'
import { build } from '../../src/app.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { systemContext } from '../../src/kernel/context.ts'
import { openDatabase } from '../../src/kernel/db.ts'
import { startEmbeddedPostgres } from '../../src/kernel/embedded-postgres.ts'
import { migrateJobs } from '../../src/kernel/jobs.ts'
import { createLog } from '../../src/kernel/log.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { readSetting, writeSetting } from '../../src/kernel/settings.ts'
import { inTransaction } from '../../src/kernel/db.ts'

/**
 * A server with its embedded database and a small shop, as a process that can be killed at any moment and started again on
 * the same folder. Says where it listens, and the number of the database's process.
 */
const config = readConfig()
mkdirSync(config.dataDir, { recursive: true })
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const database = await startEmbeddedPostgres({ dataDir: config.dataDir, logger: silent })
await migrate(database.connectionString)
const db = openDatabase({ connectionString: database.connectionString, max: 10 })
await migrateJobs(db)
const app = await build({ config, db, connectionString: database.connectionString, log: createLog(config) })
let variantIds = await readSetting<readonly string[]>(db, 'crash_test_variants')
if (!variantIds) {
  variantIds = (
    await makeSmallShop(systemContext(app.wiring.services, 'crash'), { products: 5, unitsPerPlace: 100_000 })
  ).variantIds
  await inTransaction(db, (tx) => writeSetting(tx, 'crash_test_variants', variantIds))
}
await app.start()
await app.fastify.listen({ port: config.port, host: config.host })
process.send?.({ variantIds, databasePid: database.processId(), connectionString: database.connectionString })
process.once('message', () => {
  void app
    .close()
    .then(() => db.end())
    .then(() => database.stop())
    .then(() => process.exit(0))
})
