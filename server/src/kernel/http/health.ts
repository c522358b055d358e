import type { FastifyInstance } from 'fastify'
import type { Db } from '../db.ts'

/** `/healthz`: the process answers. `/readyz`: it can do its work, too. */
export function registerHealth(app: FastifyInstance, db: Db, isReady: () => boolean): void {
  app.get('/healthz', { schema: { hide: true }, logLevel: 'warn' }, async () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
    const database = await db.query('select 1').then(
      () => true,
      () => false,
    )
    const ready = database && isReady()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', database, readModel: isReady() })
  })
}
