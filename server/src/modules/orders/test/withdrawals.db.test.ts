import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { captureAuthorised, ledgerBalances, makeRefunds } from '../../payments/public.ts'
import { markFulfilled } from '../update-fulfilment.ts'

const { ctx, app, shop, clock, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 50 })
const { nantes = '' } = shop.sites
const [first = '', second = ''] = shop.variantIds
const staff = asStaff()
const email = 'camille@exemple.fr'
const day = 86_400_000

type Key = { number: string; email: string } | { orderId: string; token?: string }
const declare = (contract: Key, lines: { lineId: string; quantity: number }[], more = {}, key?: string) =>
  visitor(
    endpoints.declareWithdrawal,
    { body: { contract, lines, name: 'Camille Roux', email, locale: 'fr', ...more } },
    key === undefined ? {} : { idempotencyKey: key },
  )
const find = (contract: Key) => visitor(endpoints.findWithdrawable, { body: { contract, locale: 'fr' } })
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))

async function buy(quantities: Record<string, number>, changes = {}) {
  const lines = Object.entries(quantities).map(([variantId, quantity]) => ({ variantId, quantity }))
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase(lines, changes) })
  await settle()
  const read = () => staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  const order = await read()
  return { ...placed, contract: { number: placed.number, email }, lines: order.lines, read }
}
type Bought = Awaited<ReturnType<typeof buy>>
const all = ({ lines }: Bought) => lines.map(({ id, quantity }) => ({ lineId: id, quantity }))

async function shipAll({ orderId, number }: Bought): Promise<void> {
  const { items } = await staff(endpoints.listFulfillments, { query: { q: number } })
  for (const one of items.filter((row) => row.orderId === orderId && row.state === 'to_prepare'))
    await staff(endpoints.ship, {
      params: { fulfillmentId: one.id },
      body: { carrier: 'Colissimo', trackingNumber: '6A12345678901' },
    })
  await settle()
}

test('an order that has not left is cancelled at once; its receipt says what and when, and is kept word for word', async () => {
  const order = await buy({ [first]: 2, [second]: 1 })
  const withdrawal = await declare(order.contract, all(order), { email: 'autre@exemple.fr' })
  expect(withdrawal.lines.map(({ outcome, open }) => [outcome, open])).toEqual([
    ['cancelled', 0],
    ['cancelled', 0],
  ])
  expect(withdrawal.receipt).toContain(order.number)
  expect(withdrawal.receipt).toContain('2 ×')
  expect((await order.read()).documentState).toBe('cancelled')
  await settle()
  const { id: withdrawalId, accessToken: token } = withdrawal
  expect(await visitor(endpoints.getWithdrawal, { params: { withdrawalId }, query: { token } })).toEqual(withdrawal)
  expect(await codeOf(visitor(endpoints.getWithdrawal, { params: { withdrawalId }, query: { token: 'x' } }))).toBe(
    'orders.withdrawal_not_found',
  )
  const pdf = await app.fastify.inject(`/api/v1/withdrawals/${withdrawalId}/receipt?token=${token}`)
  expect([pdf.statusCode, pdf.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  expect((await app.fastify.inject(`/api/v1/withdrawals/${withdrawalId}/receipt?token=x`)).statusCode).toBe(404)
  const { items } = await staff(endpoints.listMessages, { query: { orderId: order.orderId } })
  expect(items.find(({ template }) => template === 'withdrawal_receipt')?.to).toBe('autre@exemple.fr')
  expect((await order.read()).timeline.map(({ type }) => type)).toContain('orders.withdrawal_declared')
})

test('one line of two is cancelled alone, and leaves the preparation and the stock it was promised from', async () => {
  const order = await buy({ [first]: 1, [second]: 2 })
  const line = order.lines.find(({ variantId }) => variantId === second)
  const { lines } = await declare({ orderId: order.orderId, token: order.accessToken }, [
    { lineId: line?.id ?? '', quantity: 2 },
  ])
  expect(lines.map(({ outcome }) => outcome)).toEqual(['cancelled'])
  await settle()
  const after = await order.read()
  expect(after.documentState).toBe('confirmed')
  expect(after.lines.map(({ exception }) => exception)).toEqual([null, 'cancelled'])
  await shipAll(order)
  expect((await order.read()).lines.map(({ fulfilledQuantity }) => fulfilledQuantity)).toEqual([1, 0])
  const view = await find(order.contract)
  expect(view.lines.map(({ withdrawable, refusal }) => [withdrawable, refusal])).toEqual([
    [1, null],
    [0, 'ended'],
  ])
})

test('what has left is awaited back, with its day, until the return closes it; even after the time to change one’s mind', async () => {
  const order = await buy({ [first]: 3 })
  await shipAll(order)
  const [line] = order.lines
  const lineId = line?.id ?? ''
  const withdrawal = await declare(order.contract, [{ lineId, quantity: 2 }])
  expect(withdrawal.lines[0]).toMatchObject({ outcome: 'to_return', quantity: 2, open: 2 })
  expect(withdrawal.refund.amountMinor).toBe(Math.floor(((line?.lineTotal.amountMinor ?? 0) * 2) / 3))
  const listed = async (open: 'true' | 'false') =>
    (await staff(endpoints.listWithdrawals, { query: { open, q: order.number } })).items
  expect((await listed('true'))[0]?.refundDueAt).toBe(
    new Date(Date.parse(withdrawal.declaredAt) + 14 * day).toISOString(),
  )
  expect(await listed('false')).toEqual([])
  clock.advance(40 * day)
  const giveBack = (quantity: number) =>
    staff(endpoints.createReturn, {
      params: { orderId: order.orderId },
      body: { siteId: nantes, lines: [{ lineId, quantity, reason: 'changed_mind', disposition: 'restock' }] },
    })
  expect(await codeOf(giveBack(3))).toBe('orders.return_late')
  await giveBack(2)
  expect(await listed('true')).toEqual([])
  expect((await listed('false'))[0]?.lines[0]?.open).toBe(0)
  expect((await find(order.contract)).lines[0]?.refusal).toBe('window_over')
  expect(await codeOf(declare(order.contract, [{ lineId, quantity: 1 }]))).toBe('orders.not_withdrawable')
})

test('twice at once, and again later, is one declaration; more than there is, is refused', async () => {
  const order = await buy({ [first]: 2 })
  await shipAll(order)
  const lines = all(order)
  const answers = await Promise.all(Array.from({ length: 8 }, () => declare(order.contract, lines)))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect((await declare(order.contract, lines)).id).toBe(answers[0]?.id)
  expect(await codeOf(declare(order.contract, [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }]))).toBe(
    'orders.not_withdrawable',
  )
  const other = await buy({ [first]: 4 })
  const one = [{ lineId: other.lines[0]?.id ?? '', quantity: 1 }]
  const keyed = await Promise.all([
    declare(other.contract, one, {}, 'one-form-1'),
    declare(other.contract, one, {}, 'one-form-1'),
  ])
  expect(keyed[0].id).toBe(keyed[1].id)
  expect(keyed[0].lines[0]).toMatchObject({ outcome: 'to_stop', open: 1 })
})

test('when what had left has come back and the rest is withdrawn from, the delivery is refunded too', async () => {
  const order = await buy({ [first]: 1, [second]: 1 })
  const fee = (await order.read()).delivery.fee.amountMinor
  expect(fee).toBeGreaterThan(0)
  const [gone, here] = order.lines
  await inTransaction(ctx.db, (tx) => markFulfilled(tx, order.orderId, [{ lineId: gone?.id ?? '', quantity: 1 }]))
  await staff(endpoints.createReturn, {
    params: { orderId: order.orderId },
    body: {
      siteId: nantes,
      lines: [{ lineId: gone?.id ?? '', quantity: 1, reason: 'defective', disposition: 'restock' }],
    },
  })
  const { refund } = await declare(order.contract, [{ lineId: here?.id ?? '', quantity: 1 }])
  expect(refund.amountMinor).toBe((here?.lineTotal.amountMinor ?? 0) + fee)
  await settle()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await settle()
  const after = await order.read()
  expect(after.refunded).toEqual(after.paid)
  expect((await ledgerBalances(ctx.db, order.orderId)).map(({ balance }) => balance).every((sum) => sum === 0n)).toBe(
    true,
  )
})

test('what was bought over the counter is no distance contract; wrong numbers and addresses look alike and are limited', async () => {
  const price = app.wiring.model.sellable('shop-nantes', first, ctx.clock.now())?.unitPriceMinor
  const { number, orderId } = await staff(endpoints.placeOrder, {
    body: webPurchase([{ variantId: first, quantity: 1 }], {
      channel: 'shop-nantes',
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'terminal_card', amountMinor: Number(price) }],
    }),
  })
  expect(
    (await find({ number: number.toLowerCase().replaceAll('-', ' '), email: email.toUpperCase() })).lines[0],
  ).toMatchObject({
    refusal: 'in_shop',
  })
  const problems = await Promise.all(
    [
      { number, email: 'x@exemple.fr' },
      { number: 'AAAA-AAAA-AAAA', email },
      { orderId, token: 'no' },
    ].map((contract) => find(contract).catch((error: unknown) => (error as ApiError).problem.detail)),
  )
  expect(new Set(problems).size).toBe(1)
  const tried: unknown[] = []
  for (let attempt = 0; attempt < 45; attempt++) tried.push(await codeOf(find({ number: 'AAAA-AAAA', email })))
  expect(tried.at(-1)).toBe('kernel.too_many_requests')
})
