import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import sql from 'sql-template-tag'
import { runJob } from '../../../../test/kit/run-job.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { one } from '../../../kernel/db.ts'

const { app, ctx, shop, clock, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 50 })
const staff = asStaff()
const { nantes = '', lyon = '' } = shop.sites

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

async function buy(): Promise<{ orderId: string; token: string }> {
  const { orderId, accessToken } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]),
  })
  await settle()
  return { orderId, token: accessToken }
}

async function send({ orderId }: { orderId: string }): Promise<void> {
  const { number } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  const { items } = await staff(endpoints.listFulfillments, { query: { q: number } })
  for (const { id } of items)
    await staff(endpoints.ship, { params: { fulfillmentId: id }, body: { carrier: 'C', trackingNumber: 'X' } })
  await settle()
}

const rate = ({ orderId, token }: { orderId: string; token?: string }, score: number, comment = '') =>
  visitor(endpoints.rateOrder, { params: { orderId }, body: { ...(token ? { token } : {}), score, comment } })
const read = ({ orderId, token }: { orderId: string; token: string }) =>
  visitor(endpoints.getRating, { params: { orderId }, query: { token } })
const today = (): string => clock.now().toISOString().slice(0, 10)

test('whoever has an order in hand says how it went, once, and may change their mind; nobody else may', async () => {
  const order = await buy()
  expect(await read(order)).toEqual({ mayRate: false, rating: null })
  expect(await codeOf(rate(order, 5))).toBe('service.not_rateable')
  await send(order)
  expect(await read(order)).toEqual({ mayRate: true, rating: null })
  expect(await rate(order, 2, '  Le carton était ouvert.  ')).toMatchObject({
    score: 2,
    comment: 'Le carton était ouvert.',
  })
  clock.advance(60_000)
  const changed = await rate(order, 4, 'Réglé par téléphone.')
  expect(changed.changedAt > changed.ratedAt).toBe(true)
  expect(await read(order)).toEqual({ mayRate: true, rating: changed })
  // Not without the link, not by staff in a customer’s name, and not of an order that is none.
  expect(await codeOf(rate({ orderId: order.orderId }, 1))).toBe('orders.not_found')
  expect(await codeOf(rate({ ...order, token: 'wrong' }, 1))).toBe('orders.not_found')
  const inTheirName = { params: { orderId: order.orderId }, body: { token: order.token, score: 5 } }
  expect(await codeOf(staff(endpoints.rateOrder, inTheirName))).toBe('orders.not_found')
  expect(await codeOf(rate({ ...order, orderId: ctx.ids.next() }, 1))).toBe('orders.not_found')
  for (const score of [0, 6, 2.5, Number.NaN]) expect(await codeOf(rate(order, score))).toBe('kernel.invalid_input')
  expect(await codeOf(rate(order, 3, 'x'.repeat(1001)))).toBe('kernel.invalid_input')
  expect((await read(order)).rating?.score).toBe(4)
  clock.advance(181 * 86_400_000)
  expect(await codeOf(rate(order, 1))).toBe('service.not_rateable')
  expect(await read(order)).toMatchObject({ mayRate: false, rating: { score: 4 } })
})

test('of ten answers at once one stands, and each was told of', async () => {
  const order = await buy()
  await send(order)
  await Promise.all(Array.from({ length: 10 }, (_, at) => rate(order, 1 + (at % 5), `avis ${at}`)))
  const kept = (await read(order)).rating
  expect(kept?.comment).toMatch(/^avis \d$/)
  const { told, last } = await one<{ told: number; last: number }>(
    ctx.db,
    sql`select count(*)::int as told, (array_agg((payload ->> 'score')::int order by id desc))[1] as last from kernel.outbox
        where type = 'service.order_rated' and aggregate_id = ${order.orderId}`,
  )
  expect(told).toBe(10)
  expect(last).toBe(kept?.score)
})

test('satisfaction is the share of the two best answers, by channel, down to the words; a recount finds the same', async () => {
  clock.advance(40 * 86_400_000)
  const orders = [await buy(), await buy(), await buy(), await buy()]
  for (const order of orders) await send(order)
  for (const [at, score] of [5, 4, 3].entries()) await rate(orders[at] ?? { orderId: '' }, score, `note ${score}`)
  await settle()
  await runJob(app, 'insights.recount-figures')
  const days = { from: today(), until: today() }
  const figures = () => staff(endpoints.getFigures, { query: days })
  expect((await figures()).total.now).toMatchObject({ orders: 4, ratings: 3, satisfaction: 2 / 3 })
  expect((await figures()).rows.find(({ key }) => key === 'web')?.now.satisfaction).toBeCloseTo(2 / 3)
  // An answer that is changed later changes the day of its order.
  clock.advance(86_400_000)
  await rate(orders[2] ?? { orderId: '' }, 5)
  await settle()
  await runJob(app, 'insights.recount-figures')
  expect(await figures()).toMatchObject({ total: { now: { satisfaction: 1 } }, fresh: { differentDays: 0 } })
  const listed = await staff(endpoints.listRatings, { query: { ...days, channel: 'web' } })
  expect(listed.items.map(({ comment }) => comment)).toEqual(['', 'note 4', 'note 5'])
  expect((await staff(endpoints.listRatings, { query: { ...days, most: 4 } })).items).toHaveLength(1)
  expect((await staff(endpoints.listRatings, { query: { ...days, siteId: nantes } })).items).toEqual([])
  // What is brought home belongs to no shop: who works in one is not shown it.
  expect((await asStaff(['orders:read'], [lyon])(endpoints.listRatings, { query: days })).items).toEqual([])
  expect(await codeOf(visitor(endpoints.listRatings, { query: days }))).toBe('access.not_signed_in')
})
