import pg from 'pg'
import { pino } from 'pino'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, inject } from 'vitest'
import { build, type App } from '../../src/app.ts'
import { demoAccounts, type DemoAccount } from '../../src/demo/demo-accounts.ts'
import { loadDemoIfEmpty } from '../../src/demo/load-demo.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import type { Config } from '../../src/kernel/config.ts'
import { openDatabase, query, type Db } from '../../src/kernel/db.ts'
import { connectionStringOf } from '../../src/kernel/embedded-postgres.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { templateDatabase } from './provided.ts'
import { runJob } from './run-job.ts'
import { testConfig } from './services.ts'
import { freePort } from '../../simulation/free-port.ts'

/** The demo company, served on a port of its own for a test file. */
export type ServedDemo = {
  readonly db: Db
  /** Both are there once the file's `beforeAll` hooks have run. */
  app(): App
  home(): string
  /** The account whose label holds these words: “Administration”, “Vente, Nantes”… */
  account(label: string): DemoAccount
}

/** Serves the demo company, by a clock and with settings of one's own if need be: call it at the top of a test file. It ends with the file. */
export async function serveDemo(own: { config?: Partial<Config>; clock?: Clock } = {}): Promise<ServedDemo> {
  const { db, connectionString } = await createDemoDatabase()
  let app: App
  let home = ''
  let accounts: readonly DemoAccount[] = []
  beforeAll(async () => {
    const port = await freePort()
    const config = testConfig({ port, ...own.config })
    home = config.publicUrl
    app = await build({ config, db, connectionString, log: pino({ level: 'silent' }), clock: own.clock })
    accounts = await demoAccounts(db)
    await app.start()
    await app.fastify.listen({ port, host: config.host })
  }, 120_000)
  afterAll(() => app.close())
  return {
    db,
    app: () => app,
    home: () => home,
    account(label) {
      const found = accounts.find((one) => one.label.includes(label))
      if (!found) throw new Error(`the demo company has no account for ${label}`)
      return found
    },
  }
}

/** The demo company as its first start leaves it, in a database of this test file: call it at the top of the file. */
export async function createDemoDatabase(): Promise<TestDatabase> {
  await makeDemoTemplate()
  return createTestDatabase({ template: demoTemplate, poolSize: 20 })
}

/** Makes the e-mails of the demo company's past: each server that begins with a clone would make these hundreds again. */
async function writeMessages(app: App, db: Db): Promise<void> {
  const due = sql`select from engagement.message where state = 'waiting' and next_attempt_at <= ${new Date()} limit 1`
  while ((await query(db, due)).length > 0) await runJob(app, 'engagement.send-messages')
}

const demoTemplate = 'template_demo'

/** Loads the demo company once for the run, into a database to clone: whoever comes first makes it, the others wait. */
async function makeDemoTemplate(): Promise<void> {
  const server = inject('testDatabase')
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock(hashtext($1))', [demoTemplate])
    const known = await admin.query('select from pg_database where datname = $1', [demoTemplate])
    if (known.rowCount === 1) return
    // Under another name until it is whole: one that was cut short is no template.
    await admin.query('drop database if exists demo_in_the_making with (force)')
    await admin.query(`create database demo_in_the_making template ${templateDatabase} strategy file_copy`)
    const address = { ...server, database: 'demo_in_the_making' }
    const db = openDatabase({ ...address, max: 20 })
    const parts = {
      config: testConfig(),
      db,
      connectionString: connectionStringOf(address),
      log: pino({ level: 'silent' }),
    }
    const app = await build(parts)
    await loadDemoIfEmpty(app.wiring, () => undefined)
    await writeMessages(app, db)
    await app.close()
    await db.query('vacuum analyze')
    await db.end()
    await admin.query('alter database demo_in_the_making allow_connections false')
    await admin.query(`alter database demo_in_the_making rename to ${demoTemplate}`)
  } finally {
    await admin.end()
  }
}
