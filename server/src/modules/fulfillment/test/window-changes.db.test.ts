import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, ledgerBalances, makeRefunds } from '../../payments/public.ts'
import { comparePools } from '../../promises/public.ts'
import { createWindowShop } from './window-shop.ts'

const shop = await createWindowShop()
const { app, ctx, staff, visitor, variantId, street, windowAt, buyIn, taken, stopsOn } = shop

async function settle(): Promise<void> {
  await shop.settle()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await shop.settle()
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)))

const dayAhead = async (index: number): Promise<string> => (await shop.offer()).days[index]?.date ?? ''

const changeTo = (placed: { orderId: string; accessToken: string }, windowId: string | undefined, revision = 1) =>
  visitor(endpoints.changeOrder, {
    params: { orderId: placed.orderId },
    body: {
      token: placed.accessToken,
      revision,
      delivery: { method: 'delivery', address: street, ...(windowId === undefined ? {} : { windowId }) },
    },
  })

const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })

test('into a window, into another one and out again: places, stops and fees go with it', async () => {
  const date = await dayAhead(2)
  const early = await windowAt(date, '08:00')
  const late = await windowAt(date, '14:00')
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 2 }]) })
  await settle()
  const before = await stopsOn(date)
  const offered = await visitor(endpoints.offerWindows, {
    query: { orderId: placed.orderId, token: placed.accessToken, postalCode: '44000' },
  })
  expect(offered.days.flatMap(({ windows }) => windows.map(({ id }) => id))).toContain(early)

  const first = await changeTo(placed, early)
  if (first.waiting) {
    expect(await taken(early, date)).toBe(1)
    await visitor(endpoints.payChange, {
      params: { orderId: placed.orderId, changeId: first.waiting.id },
      body: { token: placed.accessToken, card: 'tok_accept' },
    })
  }
  await settle()
  expect((await orderOf(placed.orderId)).delivery).toMatchObject({ inWindow: true, fee: { amountMinor: 790 } })
  expect([await taken(early, date), await taken(late, date), (await stopsOn(date)) - before]).toEqual([1, 0, 1])

  await changeTo(placed, late, 2)
  await settle()
  expect([await taken(early, date), await taken(late, date), (await stopsOn(date)) - before]).toEqual([0, 1, 1])
  const [preparation] = (await staff(endpoints.listFulfillments, { query: { q: placed.number } })).items.filter(
    ({ state }) => state === 'to_prepare',
  )
  expect(preparation?.dueAt).toBe((await orderOf(placed.orderId)).delivery.promisedAt)

  const out = await changeTo(placed, undefined, 3)
  if (out.waiting)
    await visitor(endpoints.payChange, {
      params: { orderId: placed.orderId, changeId: out.waiting.id },
      body: { token: placed.accessToken, card: 'tok_accept' },
    })
  await settle()
  expect([await taken(late, date), (await stopsOn(date)) - before]).toEqual([0, 0])
  const read = await orderOf(placed.orderId)
  expect(read.paid.amountMinor - read.refunded.amountMinor).toBe(read.total.amountMinor)
  const balances = new Map(
    (await ledgerBalances(ctx.db, placed.orderId)).map(({ account, balance }) => [account, balance]),
  )
  expect(balances.get('receivable') ?? 0n).toBe(0n)
  expect(await comparePools(ctx.db)).toEqual([])
})

test('several want the last place of a window: those who get it have it, the others keep what they had', async () => {
  const date = await dayAhead(3)
  const from = await windowAt(date, '08:00')
  const to = await windowAt(date, '10:00')
  const orders = []
  for (let index = 0; index < 3; index++) orders.push(await buyIn(from))
  for (let index = 0; index < 3; index++) await buyIn(to)
  await settle()
  const answers = await Promise.all(orders.map((placed) => codeOf(changeTo(placed, to))))
  await settle()
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
  expect([await taken(from, date), await taken(to, date), await stopsOn(date)]).toEqual([2, 4, 6])
  expect(await comparePools(ctx.db)).toEqual([])
})
