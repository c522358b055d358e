import { pino } from 'pino'
import type { z } from 'zod'
import { afterAll, inject } from 'vitest'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import { createClient, type Client } from '@ecluse/contracts/client.ts'
import { permissions, type Permission } from '@ecluse/contracts/permissions.ts'
import { makeSmallShop, type SmallShop } from '../../simulation/small-shop.ts'
import { build, type App } from '../../src/app.ts'
import type { Config } from '../../src/kernel/config.ts'
import { systemContext, type Actor, type Ctx } from '../../src/kernel/context.ts'
import { createSeededRng } from '../../src/kernel/rng.ts'
import type { Parts } from '../../src/wiring.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { createTestDatabase } from './database.ts'
import { testConfig } from './services.ts'

/** A whole application over a small shop, without a port. */
export type TestShop = {
  readonly app: App
  readonly clock: TestClock
  readonly ctx: Ctx
  readonly shop: SmallShop
  /** A client of the API without any right. */
  readonly visitor: Client
  /** A client that acts as staff, by default with every right in every shop. */
  asStaff(rights?: readonly Permission[], siteIds?: readonly string[] | null): Client
  /** Registers somebody; requests that carry the answer in `x-test-actor` are theirs. */
  actAs(actor: Actor): string
  /** Who is registered under a key. */
  actorOf(key: string): Actor | undefined
  /** Delivers what waits in the outbox. */
  settle(): Promise<void>
}

export const actorHeader = 'x-test-actor'

/** Builds an application over its own database, with a small shop in it. Call it at the top of a test file. */
export async function createTestShop(
  size: { products: number; unitsPerPlace: number },
  options: { config?: Partial<Config>; database?: Pick<Parts, 'db' | 'connectionString' | 'replica'> } = {},
): Promise<TestShop> {
  const database = options.database ?? (await createTestDatabase({ poolSize: 20 }))
  const clock = createTestClock()
  const rng = createSeededRng(inject('seed'))
  const app = await build({
    config: testConfig(options.config),
    ...database,
    log: pino({ level: 'silent' }),
    clock,
    rng,
  })
  const ctx = systemContext(app.wiring.services, 'test')
  const shop = await makeSmallShop(ctx, size)
  await app.wiring.model.refreshTerms()
  await app.wiring.model.refresh()
  const actors = new Map<string, Actor>()
  const actAs = (actor: Actor): string => {
    const key = `actor-${actors.size}`
    actors.set(key, actor)
    return key
  }
  app.fastify.addHook('onRequest', (request, _reply, done) => {
    const actor = actors.get(String(request.headers[actorHeader]))
    if (actor) request.actor = actor
    done()
  })
  afterAll(() => app.close())
  return {
    app,
    clock,
    ctx,
    shop,
    visitor: clientOf(app, {}),
    actAs,
    actorOf: (key) => actors.get(key),
    asStaff(rights = permissions, siteIds = null) {
      const name = `staff-${actors.size}`
      const key = actAs({
        kind: 'staff',
        accountId: name,
        email: `${name}@alize.example`,
        name,
        role: 'clerk',
        permissions: new Set(rights),
        siteIds: siteIds === null ? null : new Set(siteIds),
      })
      return clientOf(app, { [actorHeader]: key })
    },
    async settle() {
      await app.wiring.relay.drain()
      await app.wiring.model.refresh()
    },
  }
}

/** A client of an application, with headers of its own. */
export function clientOf(app: App, own: Record<string, string>): Client {
  return createClient(
    async ({ method, url, headers, body }) => {
      const answer = await app.fastify.inject({
        method: method as 'GET',
        url,
        headers: { ...own, ...headers },
        ...(body === undefined ? {} : { payload: body as string }),
      })
      return {
        status: answer.statusCode,
        body: answer.body,
        headers: { get: (name) => String(answer.headers[name] ?? '') || null },
      }
    },
    { locale: () => 'fr' },
  )
}

/** A purchase on the web, paid by the card that accepts. */
export function webPurchase(
  lines: readonly { variantId: string; quantity: number }[],
  changes: Record<string, unknown> = {},
): Parameters<typeof purchaseBody>[0] {
  return purchaseBody({
    channel: 'web',
    lines: [...lines],
    contact: { name: 'Camille Roux', email: 'camille@exemple.fr' },
    delivery: {
      method: 'delivery',
      address: { name: 'Camille Roux', street: '3 rue des Lilas', postalCode: '44000', locality: 'Nantes' },
    },
    payments: [{ method: 'online_card', token: 'tok_accept' }],
    ...changes,
  })
}

type PlaceOrderInput = Parameters<typeof endpoints.placeOrder.body.parse>[0] & z.input<typeof endpoints.placeOrder.body>
function purchaseBody(body: PlaceOrderInput): PlaceOrderInput {
  return body
}
