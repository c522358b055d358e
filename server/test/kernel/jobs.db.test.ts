import sql from 'sql-template-tag'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '../kit/database.ts'
import { createTestServices } from '../kit/services.ts'
import { inTransaction, query } from '../../src/kernel/db.ts'
import { enqueue, job, startJobs } from '../../src/kernel/jobs.ts'

const { db } = await createTestDatabase()
const services = createTestServices(db)
const payload = z.strictObject({ name: z.string() })
const ran: string[] = []
const failing = job({
  name: 'test.failing',
  payload,
  async run(_ctx, { name }) {
    ran.push(name)
    throw new Error('the carrier did not answer')
  },
})
const plain = job({ name: 'test.plain', payload, run: async (_ctx, { name }) => void ran.push(name) })

const workers = await startJobs(services, [failing, plain])
afterAll(() => workers.stop())

test('a job that fails waits for its next attempt with its reason, and the others go on', async () => {
  await inTransaction(db, async (tx) => {
    for (const n of [1, 2, 3]) await enqueue(tx, failing, { name: `failing ${n}` })
    await enqueue(tx, plain, { name: 'plain' })
  })
  await expect.poll(() => ran.length, { timeout: 10_000 }).toBe(4)
  const waiting = () =>
    query<{ attempts: number; last_error: string }>(
      db,
      sql`select attempts, last_error from graphile_worker._private_jobs where last_error is not null`,
    )
  await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(3)
  for (const { attempts, last_error } of await waiting()) {
    expect(attempts).toBe(1)
    expect(last_error).toContain('the carrier did not answer')
  }
})
