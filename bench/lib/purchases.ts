import pg from 'pg'
import { cpuMs } from './cpu.ts'
import { percentile, sendAll } from './customers.ts'
import { databaseUrl, type Stage } from './stage.ts'

/** What buyers did in a while. */
export type Measure = {
  readonly orders: number
  readonly perSecond: number
  /** Processor time of server and database while they bought, in milliseconds. */
  readonly cpuPerOrder: number
  readonly p50: number
  readonly p99: number
}

export const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_122)

/** Bodies of purchases with an address, a delivery and a card that is accepted: of two articles drawn, or all of one. */
export function purchases(variantIds: readonly string[]): string[] {
  let state = seed >>> 0
  const draw = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return variantIds[(state >>> 8) % variantIds.length] ?? ''
  }
  return Array.from({ length: 4_096 }, (_, n) => {
    const bought = new Set([draw()])
    while (bought.size < Math.min(2, variantIds.length)) bought.add(draw())
    return JSON.stringify({
      channel: 'web',
      lines: [...bought].map((variantId) => ({ variantId, quantity: 1 })),
      contact: { name: `Client ${n}`, email: `client-${n}@exemple.fr` },
      delivery: {
        method: 'delivery',
        address: { name: `Client ${n}`, street: '3 rue des Lilas', postalCode: '44000', locality: 'Nantes' },
      },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    })
  })
}

/**
 * Has so many customers buy through HTTP for so many seconds, shared between the servers of the stage.
 * @throws when a purchase fails: the figures would mean nothing
 */
export async function buy(stage: Stage, texts: readonly string[], seconds: number, connections = 64): Promise<Measure> {
  const pids = [...stage.servers.map((server) => server.pid), stage.database.processId() ?? 0]
  const before = cpuMs(pids)
  const results = await Promise.all(
    stage.servers.map(({ url }, nth) => {
      const bodies = texts.filter((_, index) => index % stage.servers.length === nth)
      return sendAll(url, '/api/v1/orders', bodies, connections / stage.servers.length, seconds)
    }),
  )
  const failed = results.reduce((sum, { bad }) => sum + bad, 0)
  if (failed > 0) throw new Error(`${failed} purchases failed: the figures mean nothing`)
  const orders = results.reduce((sum, { good }) => sum + good, 0)
  return {
    orders,
    perSecond: results.reduce((sum, result) => sum + result.good / result.seconds, 0),
    cpuPerOrder: (cpuMs(pids) - before) / orders,
    p50: Math.max(...results.map((result) => percentile(result, 0.5))),
    p99: Math.max(...results.map((result) => percentile(result, 0.99))),
  }
}

/**
 * Waits until what follows from the orders is done too (ledger, preparations, parties, messages to write), so that nothing
 * of ours runs beside the next measure.
 * @returns the processor time that took, in milliseconds
 */
export async function settled(stage: Stage): Promise<number> {
  const pids = [...stage.servers.map((server) => server.pid), stage.database.processId() ?? 0]
  const before = cpuMs(pids)
  const client = new pg.Client({ connectionString: databaseUrl(stage.database, 'bench') })
  await client.connect()
  const waiting = `select (select count(*) from kernel.event_waiting)
    + (select count(*) from payments.payment where state = 'authorised') as n`
  while (Number((await client.query(waiting)).rows[0].n) > 0) await new Promise((resolve) => setTimeout(resolve, 200))
  await client.end()
  return cpuMs(pids) - before
}
