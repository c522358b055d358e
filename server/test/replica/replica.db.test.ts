import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { afterAll, expect, test } from 'vitest'
import { execute, one, openDatabase } from '../../src/kernel/db.ts'
import { migrateJobs } from '../../src/kernel/jobs.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { followFigures } from '../../src/modules/insights/count-days.ts'
import { createTestShop, webPurchase } from '../kit/shop.ts'
import { startPrimary, startStandby } from './standby.ts'

const folder = mkdtempSync(join(tmpdir(), 'ecluse-replica-'))
const primary = await startPrimary(join(folder, 'primary'))
const { connectionString } = primary
const db = openDatabase({ connectionString, max: 8 })
await migrate(connectionString)
await migrateJobs(db)
const standby = await startStandby(primary, join(folder, 'primary'), join(folder, 'standby'))
const replica = openDatabase({ connectionString: standby.connectionString, max: 4 })
let standbyRuns = true
afterAll(async () => {
  await Promise.all([replica.end(), db.end()])
  if (standbyRuns) await standby.stop()
  await primary.stop()
  rmSync(folder, { recursive: true, force: true })
})

const { ctx, clock, shop, visitor, asStaff, settle } = await createTestShop(
  { products: 1, unitsPerPlace: 50 },
  { database: { db, connectionString, replica } },
)
const staff = asStaff()
const today = clock.now().toISOString().slice(0, 10)

async function buy(): Promise<void> {
  const [variantId = ''] = shop.variantIds
  await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 1 }]) })
  await settle()
  await followFigures(ctx, { hurry: true })
}
/** Waits until the replica knows all the database knows. */
async function caughtUp(): Promise<void> {
  const { lsn } = await one<{ lsn: string }>(db, sql`select pg_current_wal_lsn()::text as lsn`)
  const isThere = async () =>
    (await one<{ there: boolean }>(replica, sql`select pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn as there`)).there
  await expect.poll(isThere, { timeout: 20_000, interval: 20 }).toBe(true)
}
const ordersToday = async () =>
  (await staff(endpoints.getFigures, { query: { from: today, until: today } })).total.now.orders

test('figures are those of the replica, however far behind; what sells asks the database itself', async () => {
  await buy()
  await caughtUp()
  expect(await ordersToday()).toBe(1)
  await execute(replica, sql`select pg_wal_replay_pause()`)
  await buy()
  expect(await ordersToday()).toBe(1)
  // The desk of orders is not behind.
  expect((await staff(endpoints.listOrders, { query: {} })).items).toHaveLength(2)
  await execute(replica, sql`select pg_wal_replay_resume()`)
  await caughtUp()
  expect(await ordersToday()).toBe(2)
})

test('an audit is made from the replica and kept in the database, where alone anything can be written', async () => {
  const { id } = await staff(endpoints.startAudit, {})
  const { runAudit } = await import('../../src/modules/strategy/audit/run-audit.ts')
  await runAudit(ctx, id)
  const { state, report } = await staff(endpoints.getAudit, { params: { auditId: id } })
  expect(state).toBe('done')
  expect(report?.channels.find(({ channel }) => channel === 'web')?.orders).toBe(2)
  await expect(replica.query(`update insights.follower set looked_at = null`)).rejects.toThrow(/read-only/)
})

test('without its replica the figures fail, and the shop goes on', async () => {
  await standby.stop()
  standbyRuns = false
  await expect(ordersToday()).rejects.toThrow()
  await buy()
  expect((await staff(endpoints.listOrders, { query: {} })).items).toHaveLength(3)
})
