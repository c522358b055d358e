import autocannon from 'autocannon'
import pg from 'pg'
import { cpuMs } from './cpu.ts'
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
  let next = 0
  const pids = [...stage.servers.map((server) => server.pid), stage.database.processId() ?? 0]
  const before = cpuMs(pids)
  const results = await Promise.all(
    stage.servers.map(({ url }) =>
      autocannon({
        url,
        connections: connections / stage.servers.length,
        duration: seconds,
        requests: [
          {
            method: 'POST',
            path: '/api/v1/orders',
            headers: { 'content-type': 'application/json' },
            setupRequest: (request) => {
              next = (next + 1) % texts.length
              return { ...request, body: texts[next] ?? '' }
            },
          },
        ],
      }),
    ),
  )
  const failed = results.reduce((sum, result) => sum + result.non2xx + result.errors, 0)
  if (failed > 0) throw new Error(`${failed} purchases failed: the figures mean nothing`)
  const orders = results.reduce((sum, result) => sum + result['2xx'], 0)
  return {
    orders,
    perSecond: results.reduce((sum, result) => sum + result['2xx'] / result.duration, 0),
    cpuPerOrder: (cpuMs(pids) - before) / orders,
    p50: Math.max(...results.map((result) => result.latency.p50)),
    p99: Math.max(...results.map((result) => result.latency.p99)),
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
