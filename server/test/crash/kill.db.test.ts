import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import sql from 'sql-template-tag'
import { afterAll, expect, inject, test } from 'vitest'
import { brokenAtRest } from '../../simulation/invariants.ts'
import { openDatabase, query } from '../../src/kernel/db.ts'
import { createSeededRng } from '../../src/kernel/rng.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-crash-'))
const rng = createSeededRng(inject('seed'))
const port = await freePort()
let child: ChildProcess | undefined
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

type Started = { variantIds: string[]; databasePid: number; connectionString: string }

async function start(): Promise<Started> {
  const served = fork(fileURLToPath(new URL('served-shop.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'fatal',
      ECLUSE_DATA: dataDir,
      PORT: String(port),
      RATE_LIMIT_PER_MINUTE: '1000000',
      ECLUSE_DEMO: 'off',
    },
  })
  child = served
  const ended = once(served, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)))
  ended.catch(() => undefined)
  const [message] = (await Promise.race([once(served, 'message'), ended])) as [Started]
  return message
}

type Answered = Map<string, string>

/** Sixteen customers buy as fast as they can, each under a key; what was answered is noted. */
function customers(
  variantIds: readonly string[],
  answered: Answered,
  asked: Set<string>,
  until: () => boolean,
): Promise<unknown> {
  const customer = async (): Promise<void> => {
    while (!until()) {
      const key = randomUUID()
      asked.add(key)
      await buy(key, variantIds[rng.below(variantIds.length)] ?? '', answered).catch(() => wait(20))
    }
  }
  return Promise.all(Array.from({ length: 16 }, customer))
}

async function buy(key: string, variantId: string, answered: Answered): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/orders`, {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({
      channel: 'web',
      lines: [{ variantId, quantity: 1 }],
      contact: { name: 'Alix', email: 'alix@exemple.fr' },
      delivery: {
        method: 'delivery',
        address: { name: 'Alix', street: '1 rue', postalCode: '44000', locality: 'Nantes' },
      },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    }),
  })
  const body = (await response.json()) as { orderId?: string }
  if (response.status === 201 && body.orderId) answered.set(key, body.orderId)
}

test(
  'server or database killed under customers: what was answered is there once, and nothing else is wrong',
  { timeout: 120_000 },
  async () => {
    const answered: Answered = new Map()
    const asked = new Set<string>()
    for (const victim of ['server', 'database', 'server'] as const) {
      const { variantIds, databasePid } = await start()
      let over = false
      const buying = customers(variantIds, answered, asked, () => over)
      await wait(500 + rng.below(500))
      process.kill(victim === 'server' ? (child?.pid ?? 0) : databasePid, 'SIGKILL')
      // A killed database comes back under the living server; a killed server is started again by the next round.
      await wait(victim === 'server' ? 50 : 3_000)
      over = true
      await buying
      if (victim === 'database') {
        const ended = once(child as ChildProcess, 'exit')
        child?.kill('SIGKILL')
        await ended
      }
    }
    const { connectionString, variantIds } = await start()
    const [key, orderId] = [...answered][0] ?? []
    expect(key).toBeDefined()
    const again: Answered = new Map()
    // The article of that purchase is not known here, so each is tried: the key refuses all but the same request.
    for (const variantId of variantIds) await buy(key ?? '', variantId, again)
    expect([...again.values()]).toEqual([orderId])
    const db = openDatabase({ connectionString, max: 4 })
    await expect
      .poll(async () => (await query(db, sql`select 1 from kernel.event_waiting limit 1`)).length, {
        timeout: 30_000,
      })
      .toBe(0)
    await expect
      .poll(
        async () => (await query(db, sql`select 1 from payments.payment where state = 'authorised' limit 1`)).length,
        { timeout: 30_000 },
      )
      .toBe(0)
    await expect
      .poll(async () => (await query(db, sql`select 1 from kernel.event_waiting limit 1`)).length, {
        timeout: 30_000,
      })
      .toBe(0)
    const orders = new Set(
      (await query<{ id: string }>(db, sql`select id from orders.sales_order`)).map((row) => row.id),
    )
    const lost = [...answered.values()].filter((id) => !orders.has(id))
    expect(lost).toEqual([])
    expect(orders.size).toBeGreaterThanOrEqual(answered.size)
    expect(orders.size).toBeLessThanOrEqual(asked.size)
    expect(new Set(answered.values()).size).toBe(answered.size)
    expect(await brokenAtRest(db)).toEqual([])
    await db.end()
    const ended = once(child as ChildProcess, 'exit')
    child?.send('stop')
    expect((await ended)[0]).toBe(0)
  },
)

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
