import type { Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { refusalReasons } from '@ecluse/contracts/sourcing.ts'
import type { App } from '../src/app.ts'
import type { Clock } from '../src/kernel/clock.ts'
import type { Ctx } from '../src/kernel/context.ts'
import type { createSeededRng } from '../src/kernel/rng.ts'
import { expireOrders, settleOrder } from '../src/modules/orders/public.ts'
import { captureAuthorised, makeRefunds } from '../src/modules/payments/public.ts'
import type { SmallShop } from './small-shop.ts'

/** What the people of a simulation share. */
export type World = {
  readonly app: App
  readonly ctx: Ctx
  readonly clock: Clock & { advance(milliseconds: number): void }
  readonly rng: ReturnType<typeof createSeededRng>
  readonly shop: SmallShop
  readonly bank: { healthy: boolean }
  readonly visitor: Client
  readonly staff: Client
  /** Orders placed so far, as their buyers know them. */
  readonly orders: { orderId: string; accessToken: string; challengeUrl: string | null }[]
}

export type Act = {
  readonly name: string
  /** Done again at the end, until everything is at rest. */
  readonly settles?: true
  perform(world: World): Promise<void>
}

const towns = ['nantes', 'lyon', 'lille'] as const

/** One of a list, by the seed. */
function pick<const T>(world: World, items: readonly T[]): T {
  return items[world.rng.below(items.length)] as T
}

function someLines(world: World): { variantId: string; quantity: number }[] {
  return Array.from({ length: 1 + world.rng.below(2) }, () => ({
    variantId: pick(world, world.shop.variantIds),
    quantity: 1 + world.rng.below(2),
  }))
}

function someSite(world: World): string {
  return world.shop.sites[pick(world, towns)] ?? ''
}

const contact = { name: 'Dominique Morel', email: 'dominique@exemple.fr' }
const address = { name: 'Dominique Morel', street: '8 place Royale', postalCode: '44000', locality: 'Nantes' }

async function buy(world: World, token: string, key?: string): Promise<void> {
  const delivery =
    world.rng.below(2) === 0
      ? { method: 'delivery' as const, address }
      : { method: 'pickup' as const, siteId: someSite(world) }
  const body = {
    channel: 'web',
    lines: someLines(world),
    contact,
    delivery,
    payments: [{ method: 'online_card' as const, token }],
  }
  const ask = () => world.visitor(endpoints.placeOrder, { body }, key ? { idempotencyKey: key } : {})
  // A nervous buyer sends the same thing twice; the same key makes it one order.
  const answers = key ? await Promise.all([ask(), ask()]) : [await ask()]
  if (new Set(answers.map((answer) => answer.orderId)).size !== 1)
    throw new Error('one idempotency key placed two orders')
  const [placed] = answers
  if (placed) world.orders.push(placed)
}

async function someFulfillment(world: World, state: 'to_prepare' | 'ready', method?: 'delivery' | 'pickup') {
  const { items } = await world.staff(endpoints.listFulfillments, { query: { state, method, limit: 20 } })
  return items.length === 0 ? undefined : pick(world, items)
}

/** Everything people and time do to the shop. Frequent acts are listed more than once. */
export const acts: readonly Act[] = [
  { name: 'buy', perform: (world) => buy(world, 'tok_accept') },
  { name: 'buy', perform: (world) => buy(world, 'tok_accept') },
  {
    name: 'buy twice under one key',
    perform: (world) => buy(world, 'tok_accept', `key-${world.rng.uint32()}-${world.rng.uint32()}`),
  },
  { name: 'buy, declined', perform: (world) => buy(world, 'tok_decline') },
  { name: 'buy, challenged', perform: (world) => buy(world, 'tok_challenge') },
  { name: 'buy, unanswered', perform: (world) => buy(world, 'tok_timeout') },
  {
    name: 'answer a challenge',
    async perform(world) {
      const waiting = world.orders.filter((order) => order.challengeUrl !== null)
      if (waiting.length === 0) return
      const { orderId, accessToken, challengeUrl } = pick(world, waiting)
      const paymentId = challengeUrl?.split('/').at(-1) ?? ''
      await world.visitor(endpoints.answerTestChallenge, {
        params: { paymentId },
        body: { outcome: pick(world, ['accept', 'refuse']) },
      })
      await world.visitor(endpoints.confirmPayment, { params: { orderId }, body: { token: accessToken } })
    },
  },
  {
    name: 'sell at the till',
    async perform(world) {
      const town = pick(world, towns)
      const lines = [{ variantId: pick(world, world.shop.variantIds), quantity: 1 }]
      const { variant } = await world.staff(endpoints.findOfferByGtin, {
        params: { code: `SKU-${world.shop.variantIds.indexOf(lines[0]?.variantId ?? '')}` },
        query: { channel: `shop-${town}` },
      })
      await world.staff(endpoints.placeOrder, {
        body: {
          channel: `shop-${town}`,
          lines,
          delivery: { method: 'carry_out', siteId: world.shop.sites[town] ?? '' },
          payments: [{ method: 'cash', amountMinor: variant.price.amountMinor }],
        },
      })
    },
  },
  {
    name: 'prepare',
    async perform(world) {
      const found = await someFulfillment(world, 'to_prepare')
      if (found) await world.staff(endpoints.markPrepared, { params: { fulfillmentId: found.id } })
    },
  },
  {
    name: 'undo a preparation',
    async perform(world) {
      const found = await someFulfillment(world, 'ready')
      if (found) await world.staff(endpoints.undoPrepared, { params: { fulfillmentId: found.id } })
    },
  },
  {
    name: 'refuse a line',
    async perform(world) {
      const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']))
      const line = found?.lines[world.rng.below(found.lines.length)]
      if (!found || !line) return
      const ask = () =>
        world.staff(endpoints.refuseLine, {
          params: { fulfillmentId: found.id },
          body: { lineId: line.lineId, reason: pick(world, refusalReasons) },
        })
      // Two clerks say so at once: one of them is told that it has been said.
      const answers = await Promise.allSettled(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
      const said = answers.filter((answer) => answer.status === 'fulfilled').length
      if (said > 1) throw new Error('one line was refused twice')
      const [first] = answers
      if (said === 0 && first?.status === 'rejected') throw first.reason
    },
  },
  {
    name: 'decide about a line',
    async perform(world) {
      if (world.orders.length === 0) return
      const { orderId } = pick(world, world.orders)
      const order = await world.staff(endpoints.getOrder, { params: { orderId }, query: {} })
      const line = order.lines.find(({ exception }) => exception === 'unsourced' || exception === 'waiting')
      if (line)
        await world.staff(endpoints.resolveLine, {
          params: { orderId, lineId: line.id },
          body: { choice: pick(world, ['retry', 'wait', 'cancel']) },
        })
    },
  },
  {
    name: 'hand over',
    async perform(world) {
      const found = await someFulfillment(world, 'ready', 'pickup')
      if (!found) return
      const order = await world.staff(endpoints.getOrder, { params: { orderId: found.orderId }, query: {} })
      await world.staff(endpoints.handOver, {
        params: { fulfillmentId: found.id },
        body: { pickupCode: order.delivery.pickupCode ?? 'NONE' },
      })
    },
  },
  {
    name: 'ship',
    async perform(world) {
      const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']), 'delivery')
      if (found)
        await world.staff(endpoints.ship, {
          params: { fulfillmentId: found.id },
          body: { carrier: 'Colissimo', trackingNumber: null },
        })
    },
  },
  {
    name: 'return',
    async perform(world) {
      if (world.orders.length === 0) return
      const { orderId } = pick(world, world.orders)
      const order = await world.staff(endpoints.getOrder, { params: { orderId }, query: {} })
      const line = order.lines[world.rng.below(order.lines.length)]
      if (!line || line.fulfilledQuantity === 0) return
      await world.staff(endpoints.createReturn, {
        params: { orderId },
        body: {
          siteId: someSite(world),
          lines: [
            { lineId: line.id, quantity: 1, reason: 'changed_mind', disposition: pick(world, ['restock', 'scrap']) },
          ],
        },
      })
    },
  },
  {
    name: 'cancel',
    async perform(world) {
      if (world.orders.length === 0) return
      await world.staff(endpoints.cancelOrder, {
        params: { orderId: pick(world, world.orders).orderId },
        body: { reason: 'le client a changé d’avis' },
      })
    },
  },
  {
    name: 'move stock',
    async perform(world) {
      const variantId = pick(world, world.shop.variantIds)
      const places = Object.values(world.shop.places)
      const placeId = pick(world, places)
      const common = { variantId, placeId, reason: 'simulation' }
      await world.staff(endpoints.recordMovement, {
        body: pick(world, [
          { ...common, kind: 'receipt' as const, quantity: 1 + world.rng.below(3) },
          { ...common, kind: 'count' as const, counted: world.rng.below(5) },
          { ...common, kind: 'loss' as const, quantity: 1 },
          { ...common, kind: 'transfer' as const, toPlaceId: pick(world, places), quantity: 1 },
        ]),
      })
    },
  },
  {
    name: 'let time pass',
    async perform(world) {
      world.clock.advance(pick(world, [1_000, 30_000, 5 * 60_000, 20 * 60_000]))
    },
  },
  {
    name: 'expire',
    settles: true,
    perform: async (world) => void (await expireOrders(world.ctx, world.app.wiring.placement.provider)),
  },
  {
    name: 'ask the bank again',
    async perform(world) {
      if (world.orders.length > 0)
        await settleOrder(world.ctx, world.app.wiring.placement.provider, pick(world, world.orders).orderId)
    },
  },
  {
    name: 'capture',
    settles: true,
    perform: async (world) => void (await captureAuthorised(world.ctx, world.app.wiring.placement.provider)),
  },
  {
    name: 'refund',
    settles: true,
    perform: async (world) => void (await makeRefunds(world.ctx, world.app.wiring.placement.provider)),
  },
  { name: 'deliver events', settles: true, perform: (world) => world.app.wiring.relay.drain() },
]
