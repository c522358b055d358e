import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Relay } from '../relay.ts'

let ofProcess: Registry | undefined

/** Memory, CPU and event loop: measured once, whatever serves in this process. What measures them never ends, and would keep each app alive. */
function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess, prefix: 'ecluse_' })
  }
  return ofProcess
}

/** What is measured of a process, in Prometheus' text format at `/metrics`. */
export function registerMetrics(
  app: FastifyInstance,
  relay: Pick<Relay, 'lag'>,
  db: { totalCount: number; idleCount: number; waitingCount: number },
): void {
  const registry = new Registry()
  // From the start on, not from the first time somebody asks.
  processMetrics()
  const duration = new Histogram({
    name: 'ecluse_http_request_duration_seconds',
    help: 'Time to answer, by route, method and status class.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const lag = new Gauge({
    name: 'ecluse_outbox_events',
    help: 'Events not yet relayed, and events parked behind a failing subscriber.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { waiting, parked } = await relay.lag()
      lag.set({ state: 'waiting' }, waiting)
      lag.set({ state: 'parked' }, parked)
    },
  })
  const connections = new Gauge({
    name: 'ecluse_db_connections',
    help: 'Connections of the pool, by state.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      connections.set({ state: 'busy' }, db.totalCount - db.idleCount)
      connections.set({ state: 'idle' }, db.idleCount)
      connections.set({ state: 'waited_for' }, db.waitingCount)
    },
  })
  const children = new Map<string, { observe(seconds: number): void }>()
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const key = `${request.method} ${route} ${reply.statusCode}`
    let child = children.get(key)
    if (!child) {
      child = duration.labels({ route, method: request.method, status: `${Math.floor(reply.statusCode / 100)}xx` })
      children.set(key, child)
    }
    child.observe(reply.elapsedTime / 1000)
    done()
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isLocal(request.ip)) return reply.callNotFound()
    return reply.type(registry.contentType).send(await Registry.merge([processMetrics(), registry]).metrics())
  })
}

/** Figures about the machine are for those on it, or on its private network. */
function isLocal(ip: string): boolean {
  const v4 = ip.replace(/^::ffff:/, '')
  return ip === '::1' || /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(v4)
}
