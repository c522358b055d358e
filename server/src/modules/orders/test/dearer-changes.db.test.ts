import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'
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
} = await createTestShop({ products: 3, unitsPerPlace: 60 })
const [first = '', second = '', third = ''] = shop.variantIds
const nantes = shop.sites['nantes'] ?? ''
const staff = asStaff()
const address = { name: 'Camille Roux', street: '8 quai de la Fosse', postalCode: '44000', locality: 'Nantes' }

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await relay()
}

const runJob = async (name: string): Promise<void> => {
  const job = app.wiring.jobs.find((one) => one.name === name)
  await job?.run(ctx, {})
  await settle()
}

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work
    .then(() => 'done')
    .catch((error: unknown) => {
      if (!(error instanceof ApiError)) return error
      const { reason } = (error.problem as { details?: { reason?: string } }).details ?? {}
      return reason ?? error.problem.code
    })

async function buy(quantities: Record<string, number>, delivery?: object) {
  const lines = Object.entries(quantities).map(([variantId, quantity]) => ({ variantId, quantity }))
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase(lines, delivery ? { delivery } : {}) })
  await settle()
  const params = { orderId: placed.orderId }
  const token = placed.accessToken
  const read = () => staff(endpoints.getOrder, { params, query: {} })
  const changeParams = (changeId: string) => ({ ...params, changeId })
  return {
    ...placed,
    read,
    lines: (await read()).lines,
    view: () => visitor(endpoints.getChangeable, { params, query: { token } }),
    price: (body: object) => visitor(endpoints.priceChange, { params, body: { token, revision: 1, ...body } }),
    change: (body: object, by = visitor) =>
      by(endpoints.changeOrder, { params, body: { token, revision: 1, ...body } }),
    pay: (changeId: string, card = 'tok_accept') =>
      visitor(endpoints.payChange, { params: changeParams(changeId), body: { token, card } }),
    confirm: (changeId: string) =>
      visitor(endpoints.confirmChange, { params: changeParams(changeId), body: { token } }),
    withdraw: (changeId: string) =>
      visitor(endpoints.withdrawChange, { params: changeParams(changeId), body: { token } }),
    preparations: async () =>
      (await staff(endpoints.listFulfillments, { query: { q: placed.number } })).items.filter(
        ({ state }) => state !== 'cancelled',
      ),
  }
}
type Bought = Awaited<ReturnType<typeof buy>>

/** Money, ledger and promises say the same of an order. */
async function expectBalanced(order: Bought, owed?: number): Promise<void> {
  const read = await order.read()
  const value = owed ?? (read.documentState === 'cancelled' ? 0 : read.total.amountMinor)
  expect(read.paid.amountMinor - read.refunded.amountMinor).toBe(value)
  const balances = new Map(
    (await ledgerBalances(ctx.db, order.orderId)).map(({ account, balance }) => [account, balance]),
  )
  expect(balances.get('receivable') ?? 0n).toBe(0n)
  expect(-(balances.get('sales') ?? 0n) - (balances.get('vat') ?? 0n)).toBe(BigInt(value))
  if (read.documentState === 'confirmed') {
    const vat = read.vatByRate.reduce((sum, one) => sum + one.vat.amountMinor, 0)
    expect(-(balances.get('vat') ?? 0n)).toBe(BigInt(vat))
  }
  expect(await unbalancedTransfers(ctx.db)).toEqual([])
  expect(await comparePools(ctx.db)).toEqual([])
}

test('more of a line and another article: priced, held, and made when the difference is paid', async () => {
  const order = await buy({ [first]: 1 })
  const lineId = order.lines[0]?.id ?? ''
  const body = { lines: [{ lineId, quantity: 3 }], add: [{ variantId: second, quantity: 2 }] }
  const sums = await order.price(body)
  expect(sums.difference.amountMinor).toBeGreaterThan(0)
  expect(await codeOf(order.change({ ...body, expectedDifferenceMinor: 1 }))).toBe('orders.price_changed')
  const asked = await order.change({ ...body, expectedDifferenceMinor: sums.difference.amountMinor })
  expect(asked.waiting?.due).toEqual(sums.difference)
  expect((await order.read()).lines.map(({ quantity }) => quantity)).toEqual([1])
  expect(await codeOf(order.pay(asked.waiting?.id ?? '', 'tok_decline'))).toBe('insufficient_funds')
  const paid = await order.pay(asked.waiting?.id ?? '')
  expect(paid.waiting).toBeNull()
  await settle()
  const read = await order.read()
  expect(read.lines.map(({ variantId, quantity }) => [variantId, quantity])).toEqual([
    [first, 3],
    [second, 2],
  ])
  expect(read.total).toEqual(sums.total)
  expect(read.paymentState).toBe('paid')
  const prepared = (await order.preparations()).flatMap(({ lines }) => lines.map(({ quantity }) => quantity))
  expect(prepared.toSorted((a, b) => a - b)).toEqual([2, 3])
  const { revisions } = await order.view()
  expect(revisions).toMatchObject([{ revision: 2, charge: sums.difference, refund: { amountMinor: 0 } }])
  await expectBalanced(order)
  expect(await codeOf(order.pay(asked.waiting?.id ?? ''))).toBe('orders.change_over')
  for (const { id: fulfillmentId } of await order.preparations())
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'C', trackingNumber: 'X' } })
  expect((await order.read()).fulfillmentState).toBe('fulfilled')
})

test('an article for another one: only the difference is money', async () => {
  const order = await buy({ [first]: 1, [second]: 1 })
  const [one, other] = order.lines
  const gone = one && other && one.unitPrice.amountMinor > other.unitPrice.amountMinor ? one : other
  const kept = gone === one ? other : one
  const outcome = await order.change({
    lines: [{ lineId: gone?.id, quantity: 0 }],
    add: [{ variantId: third, quantity: 1 }],
  })
  if (outcome.waiting) await order.pay(outcome.waiting.id)
  await settle()
  const read = await order.read()
  const there = read.lines.filter(({ exception }) => exception === null).map(({ variantId }) => variantId)
  expect(there.toSorted()).toEqual([kept?.variantId ?? '', third].toSorted())
  expect(read.paymentState).toBe('paid')
  await expectBalanced(order)
})

test('from a pick-up to a delivery and back: goods, preparation, fee and code follow', async () => {
  const order = await buy({ [first]: 2 }, { method: 'pickup', siteId: nantes })
  const before = await order.read()
  expect(before.delivery.pickupCode).not.toBeNull()
  const asked = await order.change({ delivery: { method: 'delivery', address } })
  if (asked.waiting) await order.pay(asked.waiting.id)
  await settle()
  const delivered = await order.read()
  expect(delivered.delivery).toMatchObject({ method: 'delivery', address, pickupCode: null, siteId: null })
  expect(await order.preparations()).toMatchObject([{ method: 'delivery', state: 'to_prepare' }])
  await expectBalanced(order)
  const back = await order.change({ revision: 2, delivery: { method: 'pickup', siteId: nantes } })
  expect(back.waiting).toBeNull()
  await settle()
  const read = await order.read()
  expect(read.delivery).toMatchObject({ method: 'pickup', siteId: nantes, address: null })
  expect(read.delivery.pickupCode).toMatch(/^[A-Z0-9]{6}$/)
  expect(await order.preparations()).toMatchObject([{ method: 'pickup', siteId: nantes, state: 'to_prepare' }])
  await expectBalanced(order)
})

test('3-D Secure: the change waits for the bank, and its buyer’s answer decides', async () => {
  for (const outcome of ['accept', 'refuse'] as const) {
    const order = await buy({ [first]: 1 })
    const { waiting } = await order.change({ add: [{ variantId: second, quantity: 1 }] })
    const challenged = await order.pay(waiting?.id ?? '', 'tok_challenge')
    expect(challenged.waiting).toMatchObject({
      payment: 'challenge',
      challengeUrl: expect.stringContaining('test-payment'),
    })
    const paymentId = challenged.waiting?.challengeUrl?.split('/').at(-1) ?? ''
    expect(await codeOf(order.withdraw(waiting?.id ?? ''))).toBe('payment')
    await visitor(endpoints.answerTestChallenge, { params: { paymentId }, body: { outcome } })
    const settled = await order.confirm(waiting?.id ?? '')
    await settle()
    expect(settled.waiting === null).toBe(outcome === 'accept')
    expect((await order.read()).lines).toHaveLength(outcome === 'accept' ? 2 : 1)
    if (outcome === 'refuse') await order.withdraw(waiting?.id ?? '')
    await settle()
    await expectBalanced(order)
  }
})

test('staff ask, the customer pays by the link or not at all: then everything is free again', async () => {
  const order = await buy({ [first]: 1 })
  const asked = await order.change({ token: undefined, add: [{ variantId: second, quantity: 1 }] }, staff)
  expect(asked.waiting?.askedBy).toBe('staff')
  await settle()
  const { items } = await staff(endpoints.listMessages, { query: { orderId: order.orderId } })
  expect(items.map(({ template }) => template)).toContain('change_asked')
  clock.advance(49 * 3_600_000)
  await runJob('orders.keep-changes')
  expect((await order.view()).waiting).toBeNull()
  expect(await codeOf(order.pay(asked.waiting?.id ?? ''))).toBe('orders.change_over')
  await expectBalanced(order)
})

test('paid, prepared and cancelled at once: one wins, the others are told, and nothing is owed twice', async () => {
  for (let round = 0; round < 6; round++) {
    const order = await buy({ [first]: 1 })
    const { waiting } = await order.change({ lines: [{ lineId: order.lines[0]?.id, quantity: 2 }] })
    const [preparation] = await order.preparations()
    const rivals = [
      codeOf(staff(endpoints.markPrepared, { params: { fulfillmentId: preparation?.id ?? '' } })),
      codeOf(
        staff(endpoints.cancelOrder, {
          params: { orderId: order.orderId },
          body: { reason: 'le client a changé d’avis' },
        }),
      ),
    ]
    await Promise.all([codeOf(order.pay(waiting?.id ?? '')), rivals[round % 2], round > 3 ? rivals[1] : undefined])
    await Promise.all(rivals)
    await settle()
    expect((await order.view()).waiting).toBeNull()
    await expectBalanced(order)
  }
})

test('two change the same order at once: one change is made, the other is told', async () => {
  const order = await buy({ [first]: 1 })
  const lineId = order.lines[0]?.id ?? ''
  const answers = await Promise.all([
    codeOf(order.change({ lines: [{ lineId, quantity: 2 }] })),
    codeOf(order.change({ delivery: { method: 'pickup', siteId: nantes } })),
    codeOf(order.change({ address: { ...address, street: '1 rue Crébillon' } })),
  ])
  expect(answers.filter((answer) => answer === 'done').length).toBeGreaterThan(0)
  const { waiting } = await order.view()
  if (waiting) await order.withdraw(waiting.id)
  await settle()
  expect((await order.view()).revision).toBeLessThanOrEqual(2)
  await expectBalanced(order)
})

test('staff see the link of a buyer nothing can be sent to, which is noted; anybody else’s is theirs', async () => {
  const order = await buy({ [first]: 1 })
  const placed = await buy({ [first]: 1 })
  // As one that was bought at a till, of which an exchange is dearer.
  await query(ctx.db, sql`update orders.sales_order set contact_email = null where id = ${placed.orderId}`)
  const ask = (orderId: string) =>
    staff(endpoints.changeOrder, {
      params: { orderId },
      body: { revision: 1, add: [{ variantId: second, quantity: 1 }] },
    })
  const linkOf = (orderId: string, changeId: string, by = staff) =>
    by(endpoints.getChangeLink, { params: { orderId, changeId }, query: {} })
  const show = (orderId: string, changeId: string, by = staff) =>
    by(endpoints.showChangeLink, { params: { orderId, changeId }, body: {} })
  for (const [{ orderId, accessToken }, email] of [
    [placed, null],
    [order, 'camille@exemple.fr'],
  ] as const) {
    const { waiting } = await ask(orderId)
    const found = await linkOf(orderId, waiting?.id ?? '')
    expect(found).toMatchObject({ email, mayShow: email === null, due: waiting?.due })
    expect(JSON.stringify(found)).not.toContain(accessToken)
    if (email === null) {
      const shown = await show(orderId, waiting?.id ?? '')
      expect(shown.link).not.toContain(accessToken)
      // It opens this change, and nothing else.
      const token = new URL(shown.link).searchParams.get('token') ?? ''
      const changeId = waiting?.id ?? ''
      expect(new URL(shown.link).pathname).toContain(`${orderId}/modification/${changeId}`)
      const opened = await visitor(endpoints.confirmChange, { params: { orderId, changeId }, body: { token } })
      expect(opened).toMatchObject({ state: 'waiting', order: null, waiting: { id: changeId, due: waiting?.due } })
      expect(await codeOf(visitor(endpoints.getOrder, { params: { orderId }, query: { token } }))).toBe(
        'orders.not_found',
      )
      expect(await codeOf(visitor(endpoints.getChangeable, { params: { orderId }, query: { token } }))).toBe(
        'orders.not_found',
      )
      const another = { orderId: order.orderId, changeId }
      expect(await codeOf(visitor(endpoints.confirmChange, { params: another, body: { token } }))).toBe(
        'orders.not_found',
      )
      expect(shown.qr).toMatch(/^<svg/)
    } else expect(await codeOf(show(orderId, waiting?.id ?? ''))).toBe('orders.link_sent')
    const { timeline } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    expect(timeline.filter(({ type }) => type === 'orders.change_link_shown')).toHaveLength(email === null ? 1 : 0)
    const elsewhere = asStaff(['fulfillment:write', 'orders:read'], [nantes])
    expect(await codeOf(linkOf(orderId, waiting?.id ?? '', elsewhere))).toBe('orders.not_found')
    expect(await codeOf(show(orderId, waiting?.id ?? '', elsewhere))).toBe('orders.not_found')
    const given = await visitor(endpoints.withdrawChange, {
      params: { orderId, changeId: waiting?.id ?? '' },
      body: { token: accessToken },
    })
    expect(given).toMatchObject({ state: 'withdrawn', order: { id: orderId }, waiting: null })
    expect(await codeOf(linkOf(orderId, waiting?.id ?? ''))).toBe('orders.change_over')
  }
})
