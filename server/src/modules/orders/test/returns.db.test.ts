import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { InspectionDisposition, ReturnCondition, ReturnReason } from '@ecluse/contracts/returns.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, ledgerBalances, makeRefunds } from '../../payments/public.ts'
import { expireReturns } from '../returns/open-requests.ts'

const {
  app,
  ctx,
  shop,
  clock,
  visitor,
  asStaff,
  settle: relay,
} = await createTestShop({ products: 2, unitsPerPlace: 400 })
const { nantes = '', lille = '' } = shop.sites
const [first = '', second = ''] = shop.variantIds
const staff = asStaff()
const day = 86_400_000

/** Takes and gives back the money that waits, and delivers the events of it. */
async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await relay()
}

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))

/** A parcel that has been received: its lines, and how to read the order again. */
async function buyAndShip(quantities: Record<string, number>) {
  const lines = Object.entries(quantities).map(([variantId, quantity]) => ({ variantId, quantity }))
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase(lines) })
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { q: placed.number } })
  for (const one of items.filter((row) => row.state === 'to_prepare'))
    await staff(endpoints.ship, { params: { fulfillmentId: one.id }, body: { carrier: 'C', trackingNumber: 'X' } })
  await settle()
  const read = () => staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  return { ...placed, lines: (await read()).lines, read }
}
type Bought = Awaited<ReturnType<typeof buyAndShip>>

const ask = (order: Bought, lines: { lineId: string; quantity: number; reason?: ReturnReason }[], key?: string) =>
  visitor(
    endpoints.askReturn,
    {
      params: { orderId: order.orderId },
      body: { token: order.accessToken, lines: lines.map((line) => ({ reason: 'changed_mind' as const, ...line })) },
    },
    key === undefined ? {} : { idempotencyKey: key },
  )

type Found = {
  lineId: string
  quantity: number
  condition?: ReturnCondition
  disposition?: InspectionDisposition
  deductionMinor?: number
  deductionReason?: string
  note?: string
}
const inspect = (returnId: string, lines: Found[], siteId = lille) =>
  staff(endpoints.inspectReturn, {
    params: { returnId },
    body: {
      siteId,
      lines: lines.map((line) => ({ condition: 'as_new' as const, disposition: 'restock' as const, ...line })),
    },
  })
const firstOf = (order: Bought) => ({
  lineId: order.lines[0]?.id ?? '',
  price: order.lines[0]?.unitPrice.amountMinor ?? 0,
})
const onHand = async (variantId: string, placeId: string): Promise<number> => {
  const { items } = await staff(endpoints.listStock, { query: { placeId, limit: 200 } })
  return items.find((level) => level.variantId === variantId)?.onHand ?? 0
}
const templatesOf = async (orderId: string): Promise<string[]> =>
  (await staff(endpoints.listMessages, { query: { orderId } })).items.map(({ template }) => template)

test('asked online, received in any shop, inspected line by line: money, stock and words follow the decision', async () => {
  const order = await buyAndShip({ [first]: 4 })
  const { lineId, price } = firstOf(order)
  const slip = await ask(order, [{ lineId, quantity: 4 }])
  expect(slip).toMatchObject({ state: 'asked', askedBy: 'customer', canCancel: true, label: null, refund: null })
  expect(Date.parse(slip.refundDueAt ?? '') - Date.parse(slip.askedAt)).toBe(14 * day)
  expect((await order.read()).openReturns).toEqual([{ id: slip.id, number: slip.number, state: 'asked' }])
  // Nobody gives money back before the goods are seen.
  expect((await order.read()).refunded.amountMinor).toBe(0)
  const before = await onHand(first, shop.places['lille'] ?? '')
  const received = await staff(endpoints.receiveReturn, { params: { returnId: slip.id }, body: { siteId: lille } })
  expect(received).toMatchObject({ state: 'received', siteId: lille, canCancel: false })
  const done = await inspect(slip.id, [
    { lineId, quantity: 1 },
    { lineId, quantity: 1, condition: 'opened', deductionMinor: 500, deductionReason: 'Emballage ouvert' },
    { lineId, quantity: 1, condition: 'damaged', disposition: 'scrap' },
    { lineId, quantity: 1, condition: 'wrong_article', disposition: 'send_back', note: 'Ce n’est pas notre article' },
  ])
  expect(done).toMatchObject({ state: 'closed', refund: { amountMinor: 3 * price - 500 } })
  await settle()
  const after = await order.read()
  expect(after.lines[0]?.returnedQuantity).toBe(3)
  expect(after.refunded.amountMinor).toBe(3 * price - 500)
  expect(after.returns[0]?.lines.map((line) => line.deduction?.amountMinor ?? 0)).toEqual([0, 500, 0])
  expect(await onHand(first, shop.places['lille'] ?? '')).toBe(before + 2)
  expect(after.timeline.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'orders.return_asked',
      'orders.return_arrived',
      'orders.return_received',
      'orders.return_refused',
    ]),
  )
  expect(await templatesOf(order.orderId)).toEqual(
    expect.arrayContaining(['return_asked', 'return_arrived', 'return_received', 'return_refused', 'refund_made']),
  )
  // What was sent back to its buyer can be asked for again; it is theirs.
  const again = await visitor(endpoints.getReturnable, {
    params: { orderId: order.orderId },
    query: { token: order.accessToken },
  })
  expect(again.lines.map(({ returnable }) => returnable)).toEqual([1])
})

test('the delivery is refunded with the last article kept, and only then', async () => {
  const order = await buyAndShip({ [first]: 1, [second]: 1 })
  const fee = (await order.read()).delivery.fee.amountMinor
  expect(fee).toBeGreaterThan(0)
  for (const [index, line] of order.lines.entries()) {
    const slip = await ask(order, [{ lineId: line.id, quantity: 1 }])
    const { refund } = await inspect(slip.id, [{ lineId: line.id, quantity: 1 }])
    expect(refund?.amountMinor).toBe(line.lineTotal.amountMinor + (index === 1 ? fee : 0))
  }
})

test('what is on its way back is asked for once; a return is decided once; another’s is not shown', async () => {
  const order = await buyAndShip({ [first]: 2 })
  const { lineId } = firstOf(order)
  const slip = await ask(order, [{ lineId, quantity: 1 }], 'ask-once')
  expect((await ask(order, [{ lineId, quantity: 1 }], 'ask-once')).id).toBe(slip.id)
  expect(await codeOf(ask(order, [{ lineId, quantity: 2 }]))).toBe('orders.not_returnable')
  const { id: returnId } = slip
  expect(await codeOf(visitor(endpoints.getReturn, { params: { returnId }, query: {} }))).toBe(
    'orders.return_not_found',
  )
  const clerk = asStaff(['returns:write', 'orders:read'], [nantes])
  expect(await codeOf(clerk(endpoints.receiveReturn, { params: { returnId }, body: { siteId: lille } }))).toBe(
    'access.wrong_site',
  )
  const outcomes = await Promise.all([1, 2, 3].map(() => codeOf(inspect(returnId, [{ lineId, quantity: 1 }]))))
  expect(outcomes.map(String).toSorted()).toEqual(['done', 'orders.return_wrong_state', 'orders.return_wrong_state'])
  expect((await order.read()).lines[0]?.returnedQuantity).toBe(1)
  expect(await codeOf(inspect(returnId, [{ lineId, quantity: 1 }]))).toBe('orders.return_wrong_state')
})

test('asked for twice at once, and taken back at a till while asked: no unit comes back twice', async () => {
  const order = await buyAndShip({ [first]: 3 })
  const { lineId } = firstOf(order)
  const asked = await Promise.all([1, 2].map(() => codeOf(ask(order, [{ lineId, quantity: 2 }]))))
  expect(asked.map(String).toSorted()).toEqual(['done', 'orders.not_returnable'])
  const [open] = (await order.read()).openReturns
  const atTill = (quantity: number) =>
    staff(endpoints.createReturn, {
      params: { orderId: order.orderId },
      body: { siteId: nantes, lines: [{ lineId, quantity, reason: 'other', disposition: 'restock' }] },
    })
  const both = await Promise.all([codeOf(atTill(2)), codeOf(inspect(open?.id ?? '', [{ lineId, quantity: 2 }]))])
  expect(both.filter((code) => code === 'done')).toHaveLength(1)
  expect((await order.read()).lines[0]?.returnedQuantity).toBe(2)
  // Without its slip: nothing is awaited any more.
  expect((await order.read()).openReturns).toEqual([])
})

test('a slip shown at a till is settled in one step', async () => {
  const order = await buyAndShip({ [first]: 2 })
  const { lineId, price } = firstOf(order)
  const slip = await ask(order, [{ lineId, quantity: 2 }])
  clock.advance(25 * day)
  const made = await staff(endpoints.createReturn, {
    params: { orderId: order.orderId },
    body: {
      siteId: nantes,
      requestId: slip.id,
      lines: [{ lineId, quantity: 1, reason: 'changed_mind', disposition: 'refurbish', condition: 'opened' }],
    },
  })
  expect(made).toMatchObject({ number: slip.number, refund: { amountMinor: price } })
  const view = await staff(endpoints.getReturn, { params: { returnId: slip.id }, query: {} })
  expect(view).toMatchObject({ state: 'closed', refund: { amountMinor: price } })
})

test('a change of mind has its time, a fault has not; what never comes is given up and told', async () => {
  const order = await buyAndShip({ [first]: 3 })
  const { lineId } = firstOf(order)
  const inTime = await ask(order, [{ lineId, quantity: 1 }])
  clock.advance(29 * day)
  expect(await codeOf(ask(order, [{ lineId, quantity: 1 }]))).toBe('orders.return_late')
  const faulty = await ask(order, [{ lineId, quantity: 1, reason: 'defective' }])
  expect(faulty.refundDueAt).toBeNull()
  clock.advance(2 * day)
  await expireReturns(ctx)
  await settle()
  expect((await staff(endpoints.getReturn, { params: { returnId: inTime.id }, query: {} })).endReason).toBe('expired')
  expect(await templatesOf(order.orderId)).toContain('return_expired')
  await visitor(endpoints.cancelReturn, { params: { returnId: faulty.id }, body: { token: order.accessToken } })
  expect((await order.read()).openReturns).toEqual([])
})

test('what is kept has a reason and is no more than was paid', async () => {
  const order = await buyAndShip({ [first]: 1 })
  const { lineId, price } = firstOf(order)
  const slip = await ask(order, [{ lineId, quantity: 1 }])
  const keep = (deductionMinor: number, deductionReason?: string) =>
    codeOf(inspect(slip.id, [{ lineId, quantity: 1, deductionMinor, ...(deductionReason ? { deductionReason } : {}) }]))
  expect(await keep(price + 1, 'Trop usé')).toBe('orders.deduction_wrong')
  expect(await keep(100)).toBe('orders.deduction_wrong')
  expect(await keep(price, 'Hors d’usage')).toBe('done')
})

test(
  'whatever comes back and is decided, captured − refunded is what is kept, and the ledger says so',
  { timeout: 120_000 },
  async () => {
    const step = fc.record({
      line: fc.nat(1),
      quantity: fc.integer({ min: 1, max: 3 }),
      how: fc.constantFrom('till', 'inspect', 'refuse', 'deduct', 'cancel'),
      cents: fc.integer({ min: 1, max: 400 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const order = await buyAndShip({ [first]: 3, [second]: 2 })
        const paid = (await order.read()).paid.amountMinor
        const fee = paid - order.lines.reduce((sum, line) => sum + line.lineTotal.amountMinor, 0)
        // The oracle counts units and cents of its own.
        const kept = order.lines.map(({ quantity }) => quantity)
        let deducted = 0
        for (const { line: index, quantity, how, cents } of steps) {
          const line = order.lines[index]
          if (!line) continue
          const possible = quantity <= (kept[index] ?? 0)
          const one = { lineId: line.id, quantity }
          if (how === 'till') {
            const body = {
              siteId: nantes,
              lines: [{ ...one, reason: 'other' as const, disposition: 'scrap' as const }],
            }
            const code = await codeOf(staff(endpoints.createReturn, { params: { orderId: order.orderId }, body }))
            expect(code).toBe(possible ? 'done' : 'orders.not_returnable')
            if (possible) kept[index] = (kept[index] ?? 0) - quantity
            continue
          }
          const slip = await ask(order, [one]).catch((error: unknown) => error)
          expect(slip instanceof ApiError).toBe(!possible)
          if (!possible || slip instanceof ApiError) continue
          const { id: returnId } = slip as { id: string }
          if (how === 'cancel') await staff(endpoints.cancelReturn, { params: { returnId }, body: {} })
          else if (how === 'refuse') await inspect(returnId, [{ ...one, disposition: 'send_back' }])
          else {
            const deduction = how === 'deduct' ? { deductionMinor: cents, deductionReason: 'Usure' } : {}
            await inspect(returnId, [{ ...one, ...deduction }])
            kept[index] = (kept[index] ?? 0) - quantity
            deducted += how === 'deduct' ? cents : 0
          }
        }
        await settle()
        const after = await order.read()
        const goods = order.lines.reduce((sum, line, index) => sum + line.unitPrice.amountMinor * (kept[index] ?? 0), 0)
        const value = goods + deducted + (kept.some((units) => units > 0) ? fee : 0)
        expect(after.paid.amountMinor - after.refunded.amountMinor).toBe(value)
        const balances = new Map(
          (await ledgerBalances(ctx.db, order.orderId)).map(({ account, balance }) => [account, balance]),
        )
        expect(balances.get('receivable') ?? 0n).toBe(0n)
        expect(-(balances.get('sales') ?? 0n) - (balances.get('vat') ?? 0n)).toBe(BigInt(value))
        expect([...balances.values()].reduce((sum, amount) => sum + amount, 0n)).toBe(0n)
      }),
      { numRuns: 12 },
    )
  },
)
