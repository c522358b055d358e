import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { settleOrder } from '../../src/modules/orders/public.ts'
import { address, atOnce, contact, pick, someLines, someOrder, someSite, towns, type Act, type World } from './world.ts'

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
  const answers = await atOnce(key ? [ask(), ask()] : [ask()])
  if (new Set(answers.map((answer) => answer.orderId)).size !== 1)
    throw new Error('one idempotency key placed two orders')
  const [placed] = answers
  if (placed) world.orders.push(placed)
}

/** What buyers do, on the web and at tills. */
export const buying: readonly Act[] = [
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
    name: 'ask the bank again',
    async perform(world) {
      const order = await someOrder(world)
      if (order) await settleOrder(world.ctx, world.app.wiring.placement.provider, order.orderId)
    },
  },
]
