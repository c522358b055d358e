import { pino } from 'pino'
import type { Client } from '@ecluse/contracts/client.ts'
import { afterAll } from 'vitest'
import { build } from '../../src/app.ts'
import { openDatabase } from '../../src/kernel/db.ts'
import { actorHeader, clientOf, type TestShop } from './shop.ts'

/**
 * A client of a second server over the same database, with its own connections and its own read model: a visitor, or who was
 * registered with `actAs`.
 */
export async function secondServer({ ctx, clock, actorOf }: TestShop, key?: string): Promise<Client> {
  const { host, port, user, password, database } = ctx.db.options
  const db = openDatabase({ host, port, user, password, database, max: 10 })
  const app = await build({ config: ctx.config, db, connectionString: '', log: pino({ level: 'silent' }), clock })
  app.fastify.addHook('onRequest', (request, _reply, done) => {
    const actor = actorOf(String(request.headers[actorHeader]))
    if (actor) request.actor = actor
    done()
  })
  await app.wiring.model.refreshTerms()
  await app.wiring.model.refresh()
  afterAll(async () => {
    await app.close()
    await db.end()
  })
  return clientOf(app, key === undefined ? {} : { [actorHeader]: key })
}
