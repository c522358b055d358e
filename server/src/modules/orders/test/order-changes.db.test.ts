import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, ledgerBalances, makeRefunds } from '../../payments/public.ts'
import { comparePools } from '../../promises/public.ts'

const { app, ctx, shop, asStaff, visitor, settle: relay } = await createTestShop({ products: 2, unitsPerPlace: 300 })
const [first = '', second = ''] = shop.variantIds
const staff = asStaff()

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await relay()
}
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work
    .then(() => 'done')
    .catch((error: unknown) => {
      if (!(error instanceof ApiError)) return error
      const { reason } = (error.problem as { details?: { reason?: string } }).details ?? {}
      return reason ?? error.problem.code
    })

async function buy(quantities: Record<string, number>, settled = true) {
  const lines = Object.entries(quantities).map(([variantId, quantity]) => ({ variantId, quantity }))
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase(lines) })
  if (settled) await settle()
  const params = { orderId: placed.orderId }
  const token = placed.accessToken
  const read = () => staff(endpoints.getOrder, { params, query: {} })
  return {
    ...placed,
    read,
    lines: (await read()).lines,
    view: () => visitor(endpoints.getChangeable, { params, query: { token } }),
    change: (revision: number, lineChanges: { lineId: string; quantity: number }[], more = {}) =>
      visitor(endpoints.changeOrder, { params, body: { token, revision, lines: lineChanges, ...more } }),
    preparations: async () =>
      (await staff(endpoints.listFulfillments, { query: { q: placed.number } })).items.filter(
        ({ state }) => state !== 'cancelled',
      ),
  }
}
const address = { name: 'Camille Roux', street: '8 quai de la Fosse', postalCode: '44000', locality: 'Nantes' }

test('its buyer lowers a line and corrects the address: promise, preparation, sums, money and history agree', async () => {
  const order = await buy({ [first]: 3, [second]: 1 })
  const line = order.lines.find(({ variantId }) => variantId === first)
  const lineId = line?.id ?? ''
  const price = line?.unitPrice.amountMinor ?? 0
  const before = (await order.read()).total.amountMinor
  const { order: after, waiting } = await order.change(1, [{ lineId, quantity: 2 }], { address })
  expect(waiting).toBeNull()
  expect(after.total.amountMinor).toBe(before - price)
  expect(after.delivery.address).toMatchObject(address)
  await settle()
  const read = await order.read()
  expect(read.paid.amountMinor - read.refunded.amountMinor).toBe(read.total.amountMinor)
  expect(
    (await order.preparations())
      .flatMap(({ lines }) => lines.map(({ quantity }) => quantity))
      .toSorted((a, b) => a - b),
  ).toEqual([1, 2])
  const { revision, revisions } = await order.view()
  expect(revision).toBe(2)
  expect(revisions).toMatchObject([
    {
      changedBy: 'customer',
      actor: null,
      refund: { amountMinor: price },
      changes: [{ kind: 'line', from: 3, to: 2 }, { kind: 'address' }],
    },
  ])
  expect(read.timeline.map(({ type }) => type)).toContain('orders.order_changed')
  expect(await comparePools(ctx.db)).toEqual([])
  // What is prepared can leave as it is now.
  for (const { id: fulfillmentId } of await order.preparations())
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'C', trackingNumber: 'X' } })
  expect((await order.read()).fulfillmentState).toBe('fulfilled')
})

test('changed before its preparation is opened, it is opened as it is now', async () => {
  const order = await buy({ [first]: 4 }, false)
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await order.change(1, [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }])
  await settle()
  expect((await order.preparations()).flatMap(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([1])
})

test('a line less is cancelled and refunded; the last one takes the order with it', async () => {
  const order = await buy({ [first]: 1, [second]: 1 })
  const [one, other] = order.lines
  await order.change(1, [{ lineId: one?.id ?? '', quantity: 0 }])
  expect((await order.read()).lines.map(({ exception }) => exception)).toEqual(['cancelled', null])
  await order.change(2, [{ lineId: other?.id ?? '', quantity: 0 }])
  await settle()
  const read = await order.read()
  expect(read.documentState).toBe('cancelled')
  expect(read.refunded).toEqual(read.paid)
  expect(await order.preparations()).toEqual([])
})

test('what is too late says why; a second tab is told; others may not', async () => {
  const order = await buy({ [first]: 2 })
  const lineId = order.lines[0]?.id ?? ''
  await order.change(1, [{ lineId, quantity: 1 }])
  expect(await codeOf(order.change(1, [{ lineId, quantity: 1 }], { address }))).toBe('meanwhile')
  const params = { orderId: order.orderId }
  expect(await codeOf(visitor(endpoints.changeOrder, { params, body: { revision: 2, address } }))).toBe(
    'orders.not_found',
  )
  const [preparation] = await order.preparations()
  await staff(endpoints.markPrepared, { params: { fulfillmentId: preparation?.id ?? '' } })
  expect(await codeOf(order.change(2, [], { address }))).toBe('started')
  expect((await order.view()).lines.map(({ refusal }) => refusal)).toEqual(['started'])
  await staff(endpoints.ship, {
    params: { fulfillmentId: preparation?.id ?? '' },
    body: { carrier: 'C', trackingNumber: 'X' },
  })
  expect(await codeOf(order.change(2, [{ lineId, quantity: 0 }]))).toBe('left')
})

test('changed, cancelled and prepared at once: one order, whatever comes first', async () => {
  for (let round = 0; round < 4; round++) {
    const order = await buy({ [first]: 3 })
    const lineId = order.lines[0]?.id ?? ''
    const [preparation] = await order.preparations()
    await Promise.all([
      codeOf(order.change(1, [{ lineId, quantity: 2 }])),
      codeOf(order.change(1, [{ lineId, quantity: 1 }])),
      codeOf(staff(endpoints.markPrepared, { params: { fulfillmentId: preparation?.id ?? '' } })),
      codeOf(
        staff(endpoints.cancelOrder, {
          params: { orderId: order.orderId },
          body: { reason: 'le client a changé d’avis' },
        }),
      ),
    ])
    await settle()
    const read = await order.read()
    const owed = read.documentState === 'cancelled' ? 0 : read.total.amountMinor
    expect(read.paid.amountMinor - read.refunded.amountMinor).toBe(owed)
    expect((await order.view()).revision).toBeLessThanOrEqual(2)
    const balances = new Map(
      (await ledgerBalances(ctx.db, order.orderId)).map(({ account, balance }) => [account, balance]),
    )
    expect(balances.get('receivable') ?? 0n).toBe(0n)
    expect(-(balances.get('sales') ?? 0n) - (balances.get('vat') ?? 0n)).toBe(BigInt(owed))
  }
  expect(await comparePools(ctx.db)).toEqual([])
})

test(
  'whatever is changed, captured − refunded is what is still to come, and the ledger says so',
  { timeout: 120_000 },
  async () => {
    const step = fc.record({
      line: fc.nat(1),
      to: fc.integer({ min: 0, max: 3 }),
      by: fc.constantFrom('customer', 'staff'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const order = await buy({ [first]: 3, [second]: 2 })
        const bought = await order.read()
        const left = bought.lines.map(({ quantity }) => quantity)
        let revision = 1
        for (const { line: at, to, by } of steps) {
          const now = left[at] ?? 0
          const ended = left.every((units) => units === 0)
          if (ended || now === 0 || to >= now) continue
          const lines = [{ lineId: bought.lines[at]?.id ?? '', quantity: to }]
          if (by === 'customer') await order.change(revision, lines)
          else await staff(endpoints.changeOrder, { params: { orderId: order.orderId }, body: { revision, lines } })
          left[at] = to
          revision++
          await settle()
        }
        const after = await order.read()
        const goods = bought.lines.reduce((sum, line, at) => sum + line.unitPrice.amountMinor * (left[at] ?? 0), 0)
        const value = goods + (goods > 0 ? bought.delivery.fee.amountMinor : 0)
        expect(after.paid.amountMinor - after.refunded.amountMinor).toBe(value)
        const balances = new Map(
          (await ledgerBalances(ctx.db, order.orderId)).map(({ account, balance }) => [account, balance]),
        )
        expect(balances.get('receivable') ?? 0n).toBe(0n)
        expect(-(balances.get('sales') ?? 0n) - (balances.get('vat') ?? 0n)).toBe(BigInt(value))
      }),
      { numRuns: 10 },
    )
    expect(await comparePools(ctx.db)).toEqual([])
  },
)
