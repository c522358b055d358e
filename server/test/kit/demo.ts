import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import { build, type App } from '../../src/app.ts'
import { demoAccounts, type DemoAccount } from '../../src/demo/demo-accounts.ts'
import { loadDemoIfEmpty } from '../../src/demo/load-demo.ts'
import type { Db } from '../../src/kernel/db.ts'
import { createTestDatabase } from './database.ts'
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

/** Serves the demo company: call it at the top of a test file. It ends with the file. */
export async function serveDemo(): Promise<ServedDemo> {
  const { db, connectionString } = await createTestDatabase({ poolSize: 20 })
  let app: App
  let home = ''
  let accounts: readonly DemoAccount[] = []
  beforeAll(async () => {
    const port = await freePort()
    const config = testConfig({ port })
    home = config.publicUrl
    app = await build({ config, db, connectionString, log: pino({ level: 'silent' }) })
    await loadDemoIfEmpty(app.wiring, () => undefined)
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
