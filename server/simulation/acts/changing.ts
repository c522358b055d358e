import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { InspectionDisposition, ReturnCondition } from '@ecluse/contracts/returns.ts'
import {
  address,
  atOnce,
  onceOnly,
  pick,
  someOrder,
  someSite,
  type PlacedOrder,
  type Theme,
  type World,
} from './world.ts'

const query = {}
const elsewhere = { ...address, street: '2 quai de la Fosse' }

/** Fewer or more of something, another article, another address or another way: by the buyer or by staff. */
async function askChange(world: World, { orderId, accessToken }: PlacedOrder) {
  const [ask, token] = pick(world, [
    [world.visitor, accessToken],
    [world.staff, undefined],
  ])
  const params = { orderId }
  const { revision, lines } = await ask(endpoints.getChangeable, { params, query: { token } })
  const some = lines.length === 0 ? [] : [pick(world, lines)]
  const fewer = some.map(({ lineId, quantity }) => ({ lineId, quantity: world.rng.below(quantity) }))
  const more = some.map(({ lineId, quantity }) => ({ lineId, quantity: quantity + 1 }))
  const add = [{ variantId: pick(world, world.shop.variantIds), quantity: 1 }]
  const way = pick(world, [
    { method: 'pickup' as const, siteId: someSite(world) },
    { method: 'delivery' as const, address: elsewhere },
  ])
  const change = pick(world, [
    { lines: fewer },
    { lines: fewer },
    { lines: fewer, address: elsewhere },
    { address: elsewhere },
    { lines: more },
    { add },
    { lines: fewer, add },
    { delivery: way },
    { lines: more, delivery: way },
  ]) as { lines?: typeof more; add?: typeof add; address?: typeof elsewhere; delivery?: typeof way }
  return async () => {
    const { waiting } = await ask(endpoints.changeOrder, { params, body: { token, revision, ...change } })
    if (waiting) world.changes.push({ orderId, changeId: waiting.id, token: accessToken, paymentId: null })
  }
}

function someChange(world: World) {
  return world.changes.length === 0 ? undefined : pick(world, world.changes)
}

/** The difference is paid, twice at once now and then; the bank agrees, refuses, asks back or says nothing. */
export async function payChange(world: World): Promise<void> {
  const found = someChange(world)
  if (!found) return
  const { orderId, changeId, token } = found
  const card = pick(world, ['tok_accept', 'tok_accept', 'tok_challenge', 'tok_decline', 'tok_timeout'])
  const ask = async () => {
    const { waiting } = await world.visitor(endpoints.payChange, {
      params: { orderId, changeId },
      body: { token, card },
    })
    found.paymentId = waiting?.challengeUrl?.split('/').at(-1) ?? found.paymentId
  }
  await atOnce(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
}

/** The buyer comes back from the bank, or thinks better of it. */
export async function endChange(world: World): Promise<void> {
  const found = someChange(world)
  if (!found) return
  const { orderId, changeId, token, paymentId } = found
  const given = { params: { orderId, changeId }, body: { token } }
  if (paymentId !== null && world.rng.below(2) === 0)
    await world.visitor(endpoints.answerTestChallenge, {
      params: { paymentId },
      body: { outcome: pick(world, ['accept', 'accept', 'refuse']) },
    })
  const confirm = () => world.visitor(endpoints.confirmChange, given)
  const withdraw = () => world.visitor(endpoints.withdrawChange, given)
  await atOnce<unknown>(pick(world, [[confirm], [withdraw], [confirm, withdraw]]).map((ask) => ask()))
}

/** A change meets another one, a cancellation or the preparation it comes too late for. */
async function change(world: World): Promise<void> {
  const order = await someOrder(world, 'open')
  if (!order) return
  const params = { orderId: order.orderId }
  const ask = await askChange(world, order)
  const meanwhile = pick(world, [
    () => undefined,
    ask,
    () => world.staff(endpoints.cancelOrder, { params, body: { reason: 'le client a changé d’avis' } }),
    async () => {
      const { items } = await world.staff(endpoints.listFulfillments, { query: { q: order.number } })
      for (const { id } of items) await world.staff(endpoints.markPrepared, { params: { fulfillmentId: id } })
    },
  ])
  await atOnce<unknown>([ask(), Promise.resolve(meanwhile())])
}

/** A line of an order of which something left, as it is now. */
async function someLeft(world: World) {
  const order = await someOrder(world, 'left')
  if (!order) return undefined
  const { lines } = await world.staff(endpoints.getOrder, { params: { orderId: order.orderId }, query })
  const left = lines.filter((line) => line.fulfilledQuantity > line.returnedQuantity)
  return left.length === 0 ? undefined : { order, line: pick(world, left) }
}

async function exchange(world: World): Promise<void> {
  const found = await someLeft(world)
  if (!found) return
  const params = { orderId: found.order.orderId }
  const back = {
    siteId: someSite(world),
    lines: [
      {
        lineId: found.line.id,
        quantity: 1,
        reason: 'wrong_size' as const,
        disposition: pick(world, ['restock', 'inspect', 'scrap']),
      },
    ],
    replacements: [{ variantId: pick(world, world.shop.variantIds), quantity: 1 }],
  }
  const { difference } = await world.staff(endpoints.priceExchange, { params, body: back })
  const amountMinor = difference.amountMinor
  const payments = amountMinor > 0 ? [{ method: 'cash' as const, amountMinor }] : []
  const body = { ...back, payments, gift: world.rng.below(4) === 0, expectedDifferenceMinor: amountMinor }
  const ask = () => world.staff(endpoints.exchangeArticles, { params, body })
  // Two tills take the same articles back; there may be two of them.
  await atOnce(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
}

async function askReturn(world: World): Promise<void> {
  const found = await someLeft(world)
  if (!found) return
  const { orderId, accessToken: token } = found.order
  const reason = pick(world, ['changed_mind', 'defective', 'wrong_size'])
  const lines = [{ lineId: found.line.id, quantity: 1 + world.rng.below(2), reason }]
  const wanted = { variantId: pick(world, world.shop.variantIds), quantity: 1 }
  const body = { token, lines, exchange: pick(world, [[], [wanted]]) as (typeof wanted)[] }
  const { id } = await world.visitor(endpoints.askReturn, { params: { orderId }, body })
  world.returns.push({ id, token })
}

function someReturn(world: World) {
  return world.returns.length === 0 ? undefined : pick(world, world.returns)
}

async function inspect(world: World): Promise<void> {
  const found = someReturn(world)
  if (!found) return
  const params = { returnId: found.id }
  const { lines } = await world.staff(endpoints.getReturn, { params, query })
  const decide = () => ({
    condition: pick(world, ['as_new', 'opened', 'damaged']) satisfies ReturnCondition,
    disposition: pick(world, [
      'restock',
      'refurbish',
      'supplier',
      'scrap',
      'send_back',
    ]) satisfies InspectionDisposition,
    note: 'vu à la réception',
  })
  const body = {
    siteId: someSite(world),
    lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity, ...decide() })),
  }
  await onceOnly(world, () => world.staff(endpoints.inspectReturn, { params, body }), 'one return was decided twice')
}

/** Orders that change before they are prepared, and what comes back for something else or by post. */
export const changing: Theme = {
  acts: [
    { name: 'change an order', perform: change },
    { name: 'change an order', perform: change },
    { name: 'pay for a change', perform: payChange },
    { name: 'pay for a change', perform: payChange },
    { name: 'come back from the bank for a change', perform: endChange },
    { name: 'exchange', perform: exchange },
    { name: 'ask for a return', perform: askReturn },
    { name: 'ask for a return', perform: askReturn },
    {
      name: 'receive a return',
      async perform(world) {
        const found = someReturn(world)
        if (!found) return
        const body = { siteId: someSite(world) }
        await world.staff(endpoints.receiveReturn, { params: { returnId: found.id }, body })
      },
    },
    { name: 'inspect a return', perform: inspect },
    {
      name: 'give up a return',
      async perform(world) {
        const found = someReturn(world)
        if (!found) return
        const params = { returnId: found.id }
        await world.visitor(endpoints.cancelReturn, { params, body: { token: found.token } })
      },
    },
  ],
}
