import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, ledgerBalances, makeRefunds } from '../../payments/public.ts'

const { app, ctx, shop, asStaff, visitor, settle: relay } = await createTestShop({ products: 3, unitsPerPlace: 300 })
const { nantes = '', lille = '' } = shop.sites
const [first = '', second = '', third = ''] = shop.variantIds
const staff = asStaff()

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await relay()
}
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))
const priceOf = (variantId: string): number =>
  Number(app.wiring.model.sellable('shop-nantes', variantId, ctx.clock.now())?.unitPriceMinor)

/** A web order that was shipped. */
async function buy(variantId: string, quantity: number) {
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity }]) })
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { q: placed.number } })
  for (const { id: fulfillmentId } of items)
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'C', trackingNumber: 'X' } })
  await settle()
  const read = () => staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  return { ...placed, read, lineId: (await read()).lines[0]?.id ?? '' }
}
type Bought = Awaited<ReturnType<typeof buy>>

async function exchange(
  order: Bought,
  lineId: string,
  quantity: number,
  given: { variantId: string; quantity: number },
  key?: string,
) {
  const back = {
    siteId: nantes,
    lines: [{ lineId, quantity, reason: 'wrong_size' as const, disposition: 'restock' as const }],
    replacements: [given],
  }
  const params = { orderId: order.orderId }
  const { difference } = await staff(endpoints.priceExchange, { params, body: back })
  const amountMinor = difference.amountMinor
  const payments = amountMinor > 0 ? [{ method: 'cash' as const, amountMinor }] : []
  return staff(
    endpoints.exchangeArticles,
    { params, body: { ...back, payments, expectedDifferenceMinor: amountMinor } },
    key === undefined ? {} : { idempotencyKey: key },
  )
}
const onHand = async (variantId: string): Promise<number> => {
  const { items } = await staff(endpoints.listStock, { query: { placeId: shop.places['nantes'] ?? '', limit: 200 } })
  return items.find((level) => level.variantId === variantId)?.onHand ?? 0
}

test('brought back in one shop for something else: stock, money, document and message agree, once whatever the retries', async () => {
  const order = await buy(first, 2)
  const before = { first: await onHand(first), second: await onHand(second) }
  const [made, again] = await Promise.all([
    exchange(order, order.lineId, 1, { variantId: second, quantity: 1 }, 'one-exchange'),
    exchange(order, order.lineId, 1, { variantId: second, quantity: 1 }, 'one-exchange'),
  ])
  expect(again).toEqual(made)
  await settle()
  expect(await onHand(first)).toBe(before.first + 1)
  expect(await onHand(second)).toBe(before.second - 1)
  const after = await order.read()
  expect(after.lines.map(({ returnedQuantity, exchangedQuantity }) => [returnedQuantity, exchangedQuantity])).toEqual([
    [1, 1],
    [0, 0],
  ])
  expect(after.lines[1]?.givenFor).toBe(made.returnId)
  expect(after.fulfillmentState).toBe('fulfilled')
  expect(made.difference.amountMinor).toBe(priceOf(second) - (after.lines[0]?.unitPrice.amountMinor ?? 0))
  expect(after.paid.amountMinor - after.refunded.amountMinor).toBe(after.total.amountMinor)
  const vat = after.vatByRate.reduce((sum, { base, vat: of }) => sum + base.amountMinor + of.amountMinor, 0)
  expect(vat).toBe(after.total.amountMinor)
  const { items } = await staff(endpoints.listMessages, { query: { orderId: order.orderId } })
  expect(items.map(({ template }) => template)).toContain('articles_exchanged')
  expect(items.map(({ template }) => template)).not.toContain('return_received')
})

test('another price, another payment, what is not there: refused, and nothing has moved', async () => {
  const order = await buy(first, 1)
  const back = {
    siteId: nantes,
    lines: [{ lineId: order.lineId, quantity: 1, reason: 'other' as const, disposition: 'restock' as const }],
  }
  const params = { orderId: order.orderId }
  const many = [{ variantId: second, quantity: 9_000 }]
  const { difference } = await staff(endpoints.priceExchange, { params, body: { ...back, replacements: many } })
  const ask = (replacements: typeof many, expectedDifferenceMinor: number, cash: number) =>
    codeOf(
      staff(endpoints.exchangeArticles, {
        params,
        body: {
          ...back,
          replacements,
          expectedDifferenceMinor,
          payments: cash > 0 ? [{ method: 'cash', amountMinor: cash }] : [],
        },
      }),
    )
  const due = difference.amountMinor
  expect(await ask(many, due, due)).toBe('orders.out_of_stock')
  expect(await ask(many, due + 1, due)).toBe('orders.price_changed')
  expect(await ask(many, due, due - 1)).toBe('orders.payment_mismatch')
  const clerk = asStaff(['returns:write'], [lille])
  expect(await codeOf(clerk(endpoints.priceExchange, { params, body: { ...back, replacements: many } }))).toBe(
    'access.wrong_site',
  )
  expect((await order.read()).lines.map(({ returnedQuantity }) => returnedQuantity)).toEqual([0])
})

test('one article is exchanged and returned at two tills at once: it comes back once', async () => {
  const order = await buy(first, 1)
  const both = await Promise.all([
    codeOf(exchange(order, order.lineId, 1, { variantId: third, quantity: 1 })),
    codeOf(
      staff(endpoints.createReturn, {
        params: { orderId: order.orderId },
        body: {
          siteId: lille,
          lines: [{ lineId: order.lineId, quantity: 1, reason: 'other', disposition: 'restock' }],
        },
      }),
    ),
  ])
  expect(both.filter((code) => code === 'done')).toHaveLength(1)
  expect((await order.read()).lines[0]?.returnedQuantity).toBe(1)
})

test('with a gift receipt no money goes to who paid, and they are not told', async () => {
  const order = await buy(first, 1)
  const params = { orderId: order.orderId }
  const back = {
    siteId: nantes,
    lines: [
      {
        lineId: order.lineId,
        quantity: 1,
        reason: 'other' as const,
        disposition: 'restock' as const,
        deductionMinor: 100,
        deductionReason: 'Emballage absent',
      },
    ],
    replacements: [{ variantId: first, quantity: 1 }],
  }
  const exchangeAs = (lines: typeof back.lines, expectedDifferenceMinor: number, cash: number) =>
    staff(endpoints.exchangeArticles, {
      params,
      body: {
        ...back,
        lines,
        gift: true,
        expectedDifferenceMinor,
        payments: cash > 0 ? [{ method: 'cash', amountMinor: cash }] : [],
      },
    })
  const cheaper = [second, third].find((variantId) => priceOf(variantId) < priceOf(first))
  if (cheaper) {
    const plain = { ...back, replacements: [{ variantId: cheaper, quantity: 1 }] }
    const { difference } = await staff(endpoints.priceExchange, { params, body: plain })
    expect(difference.amountMinor).toBeLessThan(0)
    expect(
      await codeOf(
        staff(endpoints.exchangeArticles, {
          params,
          body: { ...plain, gift: true, expectedDifferenceMinor: difference.amountMinor },
        }),
      ),
    ).toBe('orders.gift_without_money')
  }
  await exchangeAs(back.lines, 100, 100)
  await settle()
  expect((await order.read()).refunded.amountMinor).toBe(0)
  const { items } = await staff(endpoints.listMessages, { query: { orderId: order.orderId } })
  expect(items.map(({ template }) => template)).not.toContain('articles_exchanged')
})

test(
  'whatever is exchanged and returned, captured − refunded is what is kept, and the ledger says so',
  { timeout: 120_000 },
  async () => {
    const step = fc.record({
      line: fc.nat(3),
      quantity: fc.integer({ min: 1, max: 2 }),
      to: fc.constantFrom(first, second, third),
      units: fc.integer({ min: 1, max: 2 }),
      money: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const order = await buy(first, 3)
        const bought = await order.read()
        const fee = bought.delivery.fee.amountMinor
        const paidFirst = bought.lines[0]?.unitPrice.amountMinor ?? 0
        // The oracle: units of each line and their price, nothing else.
        const kept = [{ id: order.lineId, units: 3, price: paidFirst, variantId: first }]
        for (const { line: at, quantity, to, units, money } of steps) {
          const line = kept[at % kept.length]
          if (!line || line.units < quantity) continue
          line.units -= quantity
          if (money) {
            await staff(endpoints.createReturn, {
              params: { orderId: order.orderId },
              body: {
                siteId: nantes,
                lines: [{ lineId: line.id, quantity, reason: 'defective', disposition: 'scrap' }],
              },
            })
            continue
          }
          await exchange(order, line.id, quantity, { variantId: to, quantity: units })
          const added = (await order.read()).lines.at(-1)
          // The same product keeps the price that was paid; another one costs what it costs.
          const price = to === line.variantId ? line.price : priceOf(to)
          kept.push({ id: added?.id ?? '', units, price, variantId: to })
        }
        await settle()
        const after = await order.read()
        const goods = kept.reduce((sum, { units, price }) => sum + units * price, 0)
        const value = goods + (kept.some(({ units }) => units > 0) ? fee : 0)
        expect(after.paid.amountMinor - after.refunded.amountMinor).toBe(value)
        const balances = new Map(
          (await ledgerBalances(ctx.db, order.orderId)).map(({ account, balance }) => [account, balance]),
        )
        expect(balances.get('receivable') ?? 0n).toBe(0n)
        expect(-(balances.get('sales') ?? 0n) - (balances.get('vat') ?? 0n)).toBe(BigInt(value))
      }),
      { numRuns: 10 },
    )
  },
)
