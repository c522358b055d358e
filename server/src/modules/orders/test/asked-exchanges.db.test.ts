import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, ledgerBalances, makeRefunds, unbalancedTransfers } from '../../payments/public.ts'
import { comparePools } from '../../promises/public.ts'

const {
  app,
  clock,
  ctx,
  shop,
  asStaff,
  visitor,
  settle: relay,
} = await createTestShop({ products: 3, unitsPerPlace: 40 })
const nantes = shop.sites['nantes'] ?? ''
const staff = asStaff()
const byPrice = await pricesOf(shop.variantIds)
const [cheap, middle, dear] = [byPrice[0]?.id ?? '', byPrice[1]?.id ?? '', byPrice.at(-1)?.id ?? '']

async function pricesOf(ids: readonly string[]) {
  const found = ids.map((id) => ({
    id,
    minor: app.wiring.model.sellable('web', id, clock.now())?.unitPriceMinor ?? 0n,
  }))
  return found.sort((a, b) => Number(a.minor - b.minor))
}

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await relay()
}

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))

/** An order that has arrived at its buyer's. */
async function delivered(variantId: string, quantity = 1) {
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity }]) })
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { q: placed.number } })
  for (const { id: fulfillmentId } of items)
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'C', trackingNumber: 'X' } })
  await settle()
  const params = { orderId: placed.orderId }
  const read = () => staff(endpoints.getOrder, { params, query: {} })
  const lineId = (await read()).lines[0]?.id ?? ''
  return {
    ...placed,
    read,
    lineId,
    ask: (exchange: { variantId: string; quantity: number }[], units = 1) =>
      visitor(endpoints.askReturn, {
        params,
        body: {
          token: placed.accessToken,
          lines: [{ lineId, quantity: units, reason: 'wrong_size' }],
          exchange,
        },
      }),
    inspect: (returnId: string, disposition: 'restock' | 'send_back' = 'restock', units = 1) =>
      staff(endpoints.inspectReturn, {
        params: { returnId },
        body: { siteId: nantes, lines: [{ lineId, quantity: units, condition: 'as_new', disposition }] },
      }),
    slip: (returnId: string) =>
      visitor(endpoints.getReturn, { params: { returnId }, query: { token: placed.accessToken } }),
    pay: (changeId: string) =>
      visitor(endpoints.payChange, {
        params: { ...params, changeId },
        body: { token: placed.accessToken, card: 'tok_accept' },
      }),
  }
}
type Delivered = Awaited<ReturnType<typeof delivered>>

async function expectBalanced(order: Delivered): Promise<void> {
  const read = await order.read()
  const balances = new Map(
    (await ledgerBalances(ctx.db, order.orderId)).map(({ account, balance }) => [account, balance]),
  )
  expect(balances.get('receivable') ?? 0n).toBe(0n)
  const kept = BigInt(read.paid.amountMinor - read.refunded.amountMinor)
  expect(-(balances.get('sales') ?? 0n) - (balances.get('vat') ?? 0n)).toBe(kept)
  expect(await unbalancedTransfers(ctx.db)).toEqual([])
  expect(await comparePools(ctx.db)).toEqual([])
}

test('the same for the same: put aside, sent when the return was looked at, no money', async () => {
  const order = await delivered(middle)
  const asked = await order.ask([{ variantId: middle, quantity: 1 }])
  expect(asked.exchange).toMatchObject({ state: 'held', lines: [{ variantId: middle, quantity: 1 }] })
  await order.inspect(asked.id)
  await settle()
  const read = await order.read()
  expect(read.lines).toMatchObject([
    { exchangedQuantity: 1 },
    { variantId: middle, givenFor: asked.id, fulfilledQuantity: 0 },
  ])
  expect(read.refunded.amountMinor).toBe(0)
  expect(read.fulfillmentState).toBe('partially_fulfilled')
  expect((await order.slip(asked.id)).exchange?.state).toBe('given')
  const open = (await staff(endpoints.listFulfillments, { query: { q: order.number } })).items.find(
    ({ state }) => state === 'to_prepare',
  )
  await staff(endpoints.ship, {
    params: { fulfillmentId: open?.id ?? '' },
    body: { carrier: 'C', trackingNumber: 'Y' },
  })
  expect((await order.read()).fulfillmentState).toBe('fulfilled')
  await settle()
  await expectBalanced(order)
})

test('cheaper: the rest is given back; refused at the inspection: nothing is sent', async () => {
  const order = await delivered(dear)
  const asked = await order.ask([{ variantId: cheap, quantity: 1 }])
  await order.inspect(asked.id)
  await settle()
  const difference = Number((byPrice.at(-1)?.minor ?? 0n) - (byPrice[0]?.minor ?? 0n))
  expect((await order.read()).refunded.amountMinor).toBe(difference)
  await expectBalanced(order)

  const other = await delivered(dear)
  const refused = await other.ask([{ variantId: cheap, quantity: 1 }])
  await other.inspect(refused.id, 'send_back')
  await settle()
  expect((await other.slip(refused.id)).exchange?.state).toBe('released')
  expect((await other.read()).lines).toHaveLength(1)
  await expectBalanced(other)
})

test('dearer: sent when the difference is paid, the money of the return given back when it is not', async () => {
  for (const paid of [true, false]) {
    const order = await delivered(cheap)
    const asked = await order.ask([{ variantId: dear, quantity: 1 }])
    await order.inspect(asked.id)
    await settle()
    const { waitingChange } = await order.read()
    expect(waitingChange?.due.amountMinor).toBe(Number((byPrice.at(-1)?.minor ?? 0n) - (byPrice[0]?.minor ?? 0n)))
    // What came back is owed to its buyer meanwhile: nothing is given for it yet, neither goods nor money.
    expect(await ledgerBalances(ctx.db, order.orderId)).toContainEqual({
      account: 'receivable',
      balance: -(byPrice[0]?.minor ?? 0n),
    })
    if (paid) await order.pay(waitingChange?.id ?? '')
    else {
      clock.advance(8 * 86_400_000)
      await app.wiring.jobs.find(({ name }) => name === 'orders.keep-changes')?.run(ctx, {})
    }
    await settle()
    const read = await order.read()
    expect(read.lines).toHaveLength(paid ? 2 : 1)
    if (!paid) expect(read.refunded.amountMinor).toBe(Number(byPrice[0]?.minor))
    expect(read.waitingChange).toBeNull()
    await expectBalanced(order)
  }
})

test('given up, too late, or settled at a till: what was put aside is free again', async () => {
  const order = await delivered(cheap, 3)
  const given = await order.ask([{ variantId: middle, quantity: 5 }])
  await visitor(endpoints.cancelReturn, { params: { returnId: given.id }, body: { token: order.accessToken } })
  expect((await order.slip(given.id)).exchange?.state).toBe('released')
  const atTill = await order.ask([{ variantId: middle, quantity: 1 }])
  await staff(endpoints.createReturn, {
    params: { orderId: order.orderId },
    body: {
      siteId: nantes,
      requestId: atTill.id,
      lines: [{ lineId: order.lineId, quantity: 1, reason: 'wrong_size', disposition: 'restock' }],
    },
  })
  expect((await order.slip(atTill.id)).exchange?.state).toBe('released')
  const late = await order.ask([{ variantId: middle, quantity: 1 }])
  clock.advance(40 * 86_400_000)
  await app.wiring.jobs.find(({ name }) => name === 'orders.expire-documents')?.run(ctx, {})
  await settle()
  expect((await order.slip(late.id)).exchange?.state ?? 'released').toBe('released')
  expect(await comparePools(ctx.db)).toEqual([])
})

test('several want the last units: no more are put aside than there are', async () => {
  const orders = []
  for (let index = 0; index < 4; index++) orders.push(await delivered(cheap))
  await relay()
  const available = app.wiring.model.places().reduce((sum, { id }) => sum + app.wiring.model.available(middle, id), 0)
  const most = Math.max(...app.wiring.model.places().map(({ id }) => app.wiring.model.available(middle, id)))
  expect(available).toBeGreaterThan(0)
  const answers = await Promise.all(orders.map((order) => codeOf(order.ask([{ variantId: middle, quantity: most }]))))
  expect(answers.filter((answer) => answer === 'done').length).toBeLessThanOrEqual(Math.floor(available / most))
  expect(answers.filter((answer) => answer === 'orders.out_of_stock').length).toBeGreaterThan(0)
  expect(await comparePools(ctx.db)).toEqual([])
})
