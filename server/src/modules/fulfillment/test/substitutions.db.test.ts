import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SubstitutionWish } from '@ecluse/contracts/substitution-wish.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { one, query } from '../../../kernel/db.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 6, unitsPerPlace: 40 })
const { provider } = app.wiring.placement
const staff = asStaff()
const siteId = shop.sites['nantes'] ?? ''
const placeId = shop.places['nantes'] ?? ''
/** Prices rise by one euro from one article to the next: 10 € to 15 €. */
const article = (n: number): string => shop.variantIds[n] ?? ''
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))

async function rest(): Promise<void> {
  await settle()
  await captureAuthorised(ctx, provider)
  await makeRefunds(ctx, provider)
  await settle()
}

async function bought(lines: [number, number][], substitutions?: SubstitutionWish) {
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase(
      lines.map(([n, quantity]) => ({ variantId: article(n), quantity })),
      { delivery: { method: 'pickup', siteId }, ...(substitutions ? { substitutions } : {}) },
    ),
  })
  await rest()
  const { items } = await staff(endpoints.listFulfillments, { query: { siteId, limit: 200 } })
  const preparation = items.find(({ orderId }) => orderId === placed.orderId)!
  const lineOf = (n: number): string => preparation.lines.find(({ variantId }) => variantId === article(n))!.lineId
  return { orderId: placed.orderId, token: placed.accessToken, fulfillmentId: preparation.id, lineOf, preparation }
}

const substitute = (
  { fulfillmentId, lineOf }: Awaited<ReturnType<typeof bought>>,
  n: number,
  by: number | null,
  more: { quantity?: number; agreed?: boolean; askToPay?: boolean } = {},
) =>
  staff(endpoints.substituteLine, {
    params: { fulfillmentId },
    body: { lineId: lineOf(n), reason: 'not_found', variantId: by === null ? null : article(by), ...more },
  })
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })

async function stockOf(n: number): Promise<{ onHand: number; committed: number }> {
  return one(
    ctx.db,
    sql`select p.capacity::int as "onHand", p.committed::int as committed from promises.pool p
        join inventory.stock_item i on i.pool_id = p.id where i.variant_id = ${article(n)} and i.place_id = ${placeId}`,
  )
}

/** What the books say an order is owed, and what its sale came to. */
async function booked(orderId: string): Promise<Record<string, number>> {
  const rows = await query<{ account: string; minor: number }>(
    ctx.db,
    sql`select account, sum(amount_minor)::int as minor from payments.ledger_entry where order_id = ${orderId} group by account`,
  )
  return Object.fromEntries(rows.map(({ account, minor }) => [account, minor]))
}

const broken = () => brokenAtRest(ctx.db)

test('proposes what is like it and there, nearest price first, and what its buyer pays', async () => {
  const order = await bought([[2, 1]], 'accept')
  const found = await staff(endpoints.listSubstitutes, {
    params: { fulfillmentId: order.fulfillmentId, lineId: order.lineOf(2) },
    query: {},
  })
  expect(found).toMatchObject({ wish: 'accept', phone: null, ordered: { amountMinor: 1_200 } })
  expect(found.items.map(({ sku }) => sku)).toEqual(['SKU-1', 'SKU-3', 'SKU-0', 'SKU-4', 'SKU-5'])
  expect(found.items.map(({ charged }) => charged.amountMinor)).toEqual([1_100, 1_200, 1_000, 1_200, 1_200])
  const elsewhere = asStaff(['fulfillment:write'], [shop.sites['lyon'] ?? ''])
  const looked = elsewhere(endpoints.listSubstitutes, {
    params: { fulfillmentId: order.fulfillmentId, lineId: order.lineOf(2) },
    query: {},
  })
  expect(await looked.catch(codeOf)).toBe('access.wrong_site')
})

test('cheaper: the difference goes back, stock and books are right, and it is handed over as any line', async () => {
  const order = await bought(
    [
      [2, 2],
      [5, 1],
    ],
    'accept',
  )
  const before = { gone: await stockOf(2), stands: await stockOf(1) }
  const done = await substitute(order, 2, 1)
  expect(done).toMatchObject({ outcome: 'substituted', refund: { amountMinor: 200 } })
  expect(done.fulfillment.lines.map(({ sku, quantity, substituteFor }) => [sku, quantity, substituteFor])).toEqual([
    ['SKU-5', 1, null],
    ['SKU-1', 2, 'Article n° 2'],
  ])
  await rest()
  // Two were not there: the count says so. Nothing else of it is promised.
  expect(await stockOf(2)).toEqual({ onHand: before.gone.onHand - 2, committed: before.gone.committed - 2 })
  expect(await stockOf(1)).toEqual({ onHand: before.stands.onHand, committed: before.stands.committed + 2 })
  const changed = await orderOf(order.orderId)
  expect(changed).toMatchObject({
    total: { amountMinor: 3_700 },
    credited: { amountMinor: 2_400 },
    refunded: { amountMinor: 200 },
    substitutions: 'accept',
    // What was given back is not owed any more.
    paymentState: 'paid',
    fulfillmentState: 'to_prepare',
  })
  expect(changed.vatByRate.map(({ base, vat }) => base.amountMinor + vat.amountMinor)).toEqual([3_700])
  const listed = await staff(endpoints.listOrders, { query: { q: changed.number } })
  expect(listed.items).toMatchObject([{ itemCount: 3 }])
  expect(changed.timeline.map(({ type }) => type)).toContain('orders.line_substituted')
  const { messages } = {
    messages: await query<{ template: string }>(
      ctx.db,
      sql`select template from engagement.message where order_id = ${order.orderId} order by template`,
    ),
  }
  expect(messages.map(({ template }) => template)).toContain('line_substituted')
  expect(await broken()).toEqual([])
  const { revisions } = await staff(endpoints.getChangeable, { params: { orderId: order.orderId }, query: {} })
  expect(revisions[0]?.changes).toEqual([
    { kind: 'substitute', name: 'Article n° 2', quantity: 2, instead: 'Article n° 1' },
  ])
  const { fulfillmentId } = order
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  const { delivery } = await orderOf(order.orderId)
  await staff(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode: delivery.pickupCode ?? '' } })
  await rest()
  expect((await orderOf(order.orderId)).fulfillmentState).toBe('fulfilled')
  expect(await booked(order.orderId)).toMatchObject({ receivable: 0, provider: 3_700 })
  const refused = staff(endpoints.refuseSubstitute, {
    params: { fulfillmentId, lineId: done.fulfillment.lines[1]!.lineId },
  })
  expect(await refused.catch(codeOf)).toBe('fulfillment.wrong_state')
  expect(await broken()).toEqual([])
})

test('dearer: charged what was ordered, in part; not wanted at the bay, it goes back to the shelf and is refunded', async () => {
  const order = await bought([[2, 3]], 'accept')
  const before = { gone: await stockOf(2), stands: await stockOf(4) }
  const done = await substitute(order, 2, 4, { quantity: 1 })
  expect(done).toMatchObject({ outcome: 'substituted', refund: { amountMinor: 0 } })
  const stands = done.fulfillment.lines.find(({ substituteFor }) => substituteFor !== null)!
  await rest()
  expect(await orderOf(order.orderId)).toMatchObject({ total: { amountMinor: 3_600 }, refunded: { amountMinor: 0 } })
  expect(await broken()).toEqual([])
  const { fulfillmentId } = order
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  const refused = await staff(endpoints.refuseSubstitute, { params: { fulfillmentId, lineId: stands.lineId } })
  expect(refused).toMatchObject({ outcome: 'refunded', refund: { amountMinor: 1_200 } })
  expect(refused.fulfillment).toMatchObject({ state: 'ready', lines: [{ sku: 'SKU-2', quantity: 2 }] })
  await rest()
  expect(await stockOf(4)).toEqual(before.stands)
  expect(await stockOf(2)).toEqual({ onHand: before.gone.onHand - 1, committed: before.gone.committed - 1 })
  const { delivery } = await orderOf(order.orderId)
  await staff(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode: delivery.pickupCode ?? '' } })
  await rest()
  expect(await orderOf(order.orderId)).toMatchObject({
    refunded: { amountMinor: 1_200 },
    fulfillmentState: 'fulfilled',
  })
  expect(await booked(order.orderId)).toMatchObject({ receivable: 0, provider: 2_400 })
  expect(await broken()).toEqual([])
})

test('without anything in its place what is missing is refunded; when it was all, the order ends', async () => {
  const part = await bought([[3, 4]])
  const short = await substitute(part, 3, null, { quantity: 3 })
  expect(short).toMatchObject({ outcome: 'refunded', refund: { amountMinor: 3_900 } })
  const both = await bought([
    [0, 1],
    [3, 1],
  ])
  expect(await substitute(both, 0, null)).toMatchObject({ outcome: 'refunded', refund: { amountMinor: 1_000 } })
  const only = await bought([[0, 2]])
  expect(await substitute(only, 0, null)).toMatchObject({ outcome: 'order_cancelled' })
  await rest()
  expect(await orderOf(part.orderId)).toMatchObject({ total: { amountMinor: 1_300 }, refunded: { amountMinor: 3_900 } })
  expect(await orderOf(only.orderId)).toMatchObject({ documentState: 'cancelled', refunded: { amountMinor: 2_000 } })
  for (const { orderId } of [part, both, only]) expect((await booked(orderId))['receivable']).toBe(0)
  expect(await broken()).toEqual([])
})

test('a substitute that was all of an order, not wanted: the order ends, the books too', async () => {
  const order = await bought([[2, 1]], 'accept')
  const done = await substitute(order, 2, 0)
  await rest()
  const lineId = done.fulfillment.lines[0]!.lineId
  const { fulfillmentId } = order
  expect(await staff(endpoints.refuseSubstitute, { params: { fulfillmentId, lineId } })).toMatchObject({
    outcome: 'order_cancelled',
  })
  await rest()
  expect(await orderOf(order.orderId)).toMatchObject({ documentState: 'cancelled', refunded: { amountMinor: 1_200 } })
  expect(await booked(order.orderId)).toMatchObject({ receivable: 0, provider: 0, sales: 0, vat: 0 })
  expect(await broken()).toEqual([])
})

test('who wants none gets none, who wants a call is called, and what is not there stands in for nothing', async () => {
  const none = await bought([[2, 1]], 'refuse')
  expect(await substitute(none, 2, 1, { agreed: true }).catch(codeOf)).toBe('fulfillment.substitute_not_wanted')
  const call = await bought([[2, 1]], 'ask')
  expect(await substitute(call, 2, 1).catch(codeOf)).toBe('fulfillment.substitute_not_wanted')
  expect(await substitute(call, 2, 1, { agreed: true })).toMatchObject({ outcome: 'substituted' })
  const many = await bought([[2, 30]], 'accept')
  const taken = await bought([[5, 30]])
  expect(taken.preparation.lines).toHaveLength(1)
  expect(await substitute(many, 2, 5).catch(codeOf)).toBe('orders.out_of_stock')
  await rest()
  expect(await broken()).toEqual([])
})

test('two clerks at once substitute once; one article does not stand in for two orders', async () => {
  const order = await bought([[3, 1]], 'accept')
  const twice = await Promise.allSettled([substitute(order, 3, 1), substitute(order, 3, 0)])
  expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const left = await stockOf(5)
  const units = left.onHand - left.committed
  const asks = await Promise.all(
    Array.from({ length: 3 }, () => bought([[4, units - 1]].slice(0, 1) as [number, number][], 'accept')),
  )
  const tried = await Promise.allSettled(asks.map((ask) => substitute(ask, 4, 5)))
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const attempt of tried)
    if (attempt.status === 'rejected') expect(codeOf(attempt.reason)).toBe('orders.out_of_stock')
  await rest()
  expect(await broken()).toEqual([])
})

/** An order of two missing articles and another, whose buyer is asked about a dearer one for the two. */
async function asked() {
  const order = await bought([
    [3, 2],
    [0, 1],
  ])
  const before = { gone: await stockOf(3), stands: await stockOf(4) }
  const done = await substitute(order, 3, 4, { askToPay: true })
  expect(done).toMatchObject({ outcome: 'asked', refund: { amountMinor: 0 } })
  const params = { orderId: order.orderId, changeId: done.changeId ?? '' }
  return {
    ...order,
    before,
    changeId: params.changeId,
    pay: (card = 'tok_accept') => visitor(endpoints.payChange, { params, body: { token: order.token, card } }),
    refuse: () => visitor(endpoints.withdrawChange, { params, body: { token: order.token } }),
  }
}
const messagesOf = async (orderId: string) =>
  (await staff(endpoints.listMessages, { query: { orderId } })).items.map(({ template }) => template)

test('a dearer one is kept until its buyer has paid the difference, and then stands in', async () => {
  const order = await asked()
  const { fulfillmentId } = order
  await rest()
  expect(await orderOf(order.orderId)).toMatchObject({
    total: { amountMinor: 3_600 },
    waitingChange: { due: { amountMinor: 200 } },
  })
  expect(await messagesOf(order.orderId)).toContain('substitute_asked')
  // Nobody finishes the preparation, or decides otherwise, meanwhile.
  expect(await staff(endpoints.markPrepared, { params: { fulfillmentId } }).catch(codeOf)).toBe(
    'fulfillment.substitute_asked',
  )
  expect(await substitute(order, 3, 1, { agreed: true }).catch(codeOf)).toBe('fulfillment.substitute_asked')
  expect(await order.pay('tok_decline').catch(codeOf)).toBe('payments.declined')
  await order.pay()
  await rest()
  const changed = await orderOf(order.orderId)
  expect(changed).toMatchObject({ total: { amountMinor: 3_800 }, paymentState: 'paid', waitingChange: null })
  const { items } = await staff(endpoints.listFulfillments, { query: { q: changed.number } })
  expect(items).toMatchObject([{ id: fulfillmentId, state: 'to_prepare', askedChangeId: null }])
  expect(items[0]?.lines.map(({ sku, quantity, substituteFor }) => [sku, quantity, substituteFor])).toEqual([
    ['SKU-0', 1, null],
    ['SKU-4', 2, 'Article n° 3'],
  ])
  const { gone, stands } = order.before
  expect(await stockOf(3)).toEqual({ onHand: gone.onHand - 2, committed: gone.committed - 2 })
  expect(await stockOf(4)).toEqual({ onHand: stands.onHand, committed: stands.committed + 2 })
  expect(await booked(order.orderId)).toMatchObject({ receivable: 0, provider: 3_800 })
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  await rest()
  expect(await broken()).toEqual([])
})

test('refused, or not answered in time: what is missing is refunded, and the dearer one is free', async () => {
  const refused = await asked()
  await refused.refuse()
  const silent = await asked()
  clock.advance(25 * 3_600_000)
  await app.wiring.jobs.find(({ name }) => name === 'orders.keep-changes')?.run(ctx, {})
  for (const { orderId } of [refused, silent]) {
    await rest()
    expect(await orderOf(orderId)).toMatchObject({ total: { amountMinor: 1_000 }, refunded: { amountMinor: 2_600 } })
    expect((await booked(orderId))['receivable']).toBe(0)
  }
  expect(await stockOf(4)).toEqual(refused.before.stands)
  expect(await broken()).toEqual([])
})

test('paid and refused at once, or the order cancelled meanwhile: one of them counts', async () => {
  const order = await asked()
  await Promise.allSettled([order.pay(), order.refuse()])
  await rest()
  expect([3_800, 1_000]).toContain((await orderOf(order.orderId)).total.amountMinor)
  const ended = await asked()
  await staff(endpoints.cancelOrder, { params: { orderId: ended.orderId }, body: { reason: 'le client' } })
  await rest()
  expect(await ended.pay().catch(codeOf)).toBe('orders.change_over')
  const paid = await orderOf(ended.orderId)
  expect(paid.refunded).toEqual(paid.paid)
  // Cancelled a moment ago: nobody has heard of it yet, and the change still waits.
  for (const answer of ['pay', 'refuse'] as const) {
    const just = await asked()
    await staff(endpoints.cancelOrder, { params: { orderId: just.orderId }, body: { reason: 'le client' } })
    await just[answer]()
    await rest()
    const after = await orderOf(just.orderId)
    expect(after).toMatchObject({ documentState: 'cancelled', waitingChange: null, refunded: { amountMinor: 3_600 } })
    expect(await booked(just.orderId)).toMatchObject({ receivable: 0, provider: 0 })
    expect(await stockOf(4)).toEqual(just.before.stands)
  }
  expect(await broken()).toEqual([])
})
