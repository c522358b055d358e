import { randomBytes } from 'node:crypto'
import compress from '@fastify/compress'
import fastify, { LogController, type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { Actor, Services } from './kernel/context.ts'
import { refuse } from './kernel/errors.ts'
import { registerHealth } from './kernel/http/health.ts'
import { registerMetrics } from './kernel/http/metrics.ts'
import { registerDocumentation, registerOpenApi } from './kernel/http/openapi.ts'
import { registerProblems, send } from './kernel/http/problems.ts'
import { registerSecurity } from './kernel/http/security.ts'
import { startJobs } from './kernel/jobs.ts'
import { startTracing } from './kernel/tracing.ts'
import { askForIndex } from './modules/catalog/jobs/rebuild-old-index.ts'
import { followChanges } from './modules/offers/public.ts'
import { registerPages } from './pages.ts'
import { responseSerializer } from './kernel/http/serialize.ts'
import type { ServedApp } from './serve.ts'
import { wire, type Parts, type Wiring } from './wiring.ts'

/** An application that does not listen yet: tests inject requests into it. */
export type App = {
  readonly fastify: FastifyInstance
  readonly wiring: Wiring
  /** Loads the read model and starts what runs by itself: relay and jobs. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Builds the application without listening. */
export async function build(parts: Parts): Promise<App> {
  const wiring = wire(parts)
  const { services, access, model, relay } = wiring
  const { config } = services
  const internalSecret = randomBytes(24).toString('base64url')
  const app = createServer(services)
  const tracing = await startTracing(config)
  await tracing?.register(app)
  await registerSecurity(app, config, (request) => request.headers['x-ecluse-internal'] === internalSecret)
  await app.register(compress, { threshold: 1_024, encodings: ['gzip', 'br'], globalDecompression: false })
  await registerOpenApi(app, config.publicUrl)
  app.addHook('onRequest', (request, reply, done) => {
    access.refuseForeignOrigin(request)
    const letIn = (actor: Actor): void => {
      request.actor = actor
      done()
    }
    const actor = access.authenticate(request, reply)
    // Most requests come without credentials: they do not wait for a promise.
    if (actor instanceof Promise) actor.then(letIn, done)
    else letIn(actor)
  })
  app.setNotFoundHandler((request, reply) => send(request, reply, refuse('kernel.not_found')))

  let ready = false
  registerHealth(app, services.db, () => ready)
  registerMetrics(app, relay, services.db)
  for (const routes of wiring.routes) routes(app, services)
  await registerDocumentation(app)
  await registerPages(app, wiring, internalSecret)

  let following: { stop(): Promise<void> } | undefined
  let jobs: { stop(): Promise<void> } | undefined
  return {
    fastify: app,
    wiring,
    async start() {
      following = await followChanges(services, model)
      relay.start()
      await askForIndex(services.db)
      jobs = await startJobs(services, wiring.jobs)
      ready = true
    },
    async close() {
      ready = false
      await app.close()
      await wiring.visits.flush()
      await relay.stop()
      await jobs?.stop()
      await following?.stop()
      await tracing?.stop()
    },
  }
}

/** A server that validates by the contract, answers failures as problems and logs each request, and has no route yet. */
function createServer({ log, config, ids }: Services): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy as never,
    bodyLimit: 262_144,
    genReqId: () => ids.next(),
    // A logger made for each request would cost more than many an answer; who has something to say names the request.
    childLoggerFactory: (root) => root,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 250 },
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(responseSerializer(config.environment))
  app.decorateRequest('actor')
  registerProblems(app)
  app.addHook('onResponse', (request, reply, done) => {
    // The path alone: a query may hold the token of an order.
    const [path] = request.url.split('?')
    const ms = Math.round(reply.elapsedTime * 10) / 10
    log.info({ reqId: request.id, method: request.method, path, status: reply.statusCode, ms }, 'request')
    done()
  })
  return app
}

/** Builds the application for the program that runs it. */
export async function buildServed(parts: Parts): Promise<ServedApp> {
  const app = await build(parts)
  return {
    async loadDemoIfEmpty(onProgress) {
      const { loadDemoIfEmpty } = await import('./demo/load-demo.ts')
      await loadDemoIfEmpty(app.wiring, onProgress)
    },
    async demoAccounts() {
      const { demoAccounts } = await import('./demo/demo-accounts.ts')
      return demoAccounts(app.wiring.services.db)
    },
    async listen(address) {
      await app.start()
      await app.fastify.listen(address)
    },
    close: () => app.close(),
  }
}
