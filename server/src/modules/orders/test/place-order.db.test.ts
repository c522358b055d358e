import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { verifyStock } from '../../inventory/public.ts'
import { captureAuthorised, ledgerBalances, makeRefunds, unbalancedTransfers } from '../../payments/public.ts'
import { expireOrders } from '../settle-order.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 12, unitsPerPlace: 5 })
const { db } = ctx
const { provider } = app.wiring.placement
const variant = (n: number): string => shop.variantIds[n] ?? ''
const staff = asStaff()

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}

async function stockOf(
  variantId: string,
): Promise<Record<string, { onHand: number; held: number; committed: number }>> {
  const { items } = await staff(endpoints.listStock, { query: { variantId } })
  return Object.fromEntries(
    items.map((item) => [item.placeName, { onHand: item.onHand, held: item.held, committed: item.committed }]),
  )
}

describe('a purchase on the web', () => {
  test('is priced, takes the stock at the warehouse, is authorised and then captured', async () => {
    const placed = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: variant(0), quantity: 2 }]) })
    expect(placed.documentState).toBe('confirmed')
    expect(placed.total.amountMinor).toBe(2_000 + 590)
    expect((await stockOf(variant(0)))['Entrepôt']).toEqual({ onHand: 5, held: 0, committed: 2 })
    await settle()
    await captureAuthorised(ctx, provider)
    await settle()
    const order = await visitor(endpoints.getOrder, {
      params: { orderId: placed.orderId },
      query: { token: placed.accessToken },
    })
    expect(order).toMatchObject({ paymentState: 'paid', fulfillmentState: 'to_prepare', number: placed.number })
    expect(order.vatByRate).toEqual([
      {
        rateBasisPoints: 2000,
        base: { amountMinor: 2_590 - 333 - 98, currency: 'EUR' },
        vat: { amountMinor: 431, currency: 'EUR' },
      },
    ])
    expect(order.timeline.map((entry) => entry.type)).toEqual(['orders.order_placed', 'payments.payment_captured'])
    expect(await unbalancedTransfers(db)).toEqual([])
    const balances = Object.fromEntries(
      (await ledgerBalances(db, placed.orderId)).map((row) => [row.account, row.balance]),
    )
    expect(balances).toEqual({ provider: 2_590n, receivable: 0n, sales: -2_159n, vat: -431n })
  })

  test('is hidden from whoever does not hold its token', async () => {
    const placed = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: variant(1), quantity: 1 }]) })
    const read = (token: string) =>
      visitor(endpoints.getOrder, { params: { orderId: placed.orderId }, query: { token } })
    expect(await refusal(read('x'.repeat(22)))).toBe('orders.not_found')
    expect((await read(placed.accessToken)).number).toBe(placed.number)
  })

  test('is refused when declined, when the price shown differs, or when it is not sold', async () => {
    const lines = [{ variantId: variant(2), quantity: 1 }]
    const declined = webPurchase(lines, { payments: [{ method: 'online_card', token: 'tok_decline' }] })
    expect(await refusal(visitor(endpoints.placeOrder, { body: declined }))).toBe('payments.declined')
    expect(await refusal(visitor(endpoints.placeOrder, { body: webPurchase(lines, { expectedTotalMinor: 1 }) }))).toBe(
      'orders.price_changed',
    )
    const unknown = webPurchase([{ variantId: ctx.ids.next(), quantity: 1 }])
    expect(await refusal(visitor(endpoints.placeOrder, { body: unknown }))).toBe('orders.not_sold')
    expect((await stockOf(variant(2)))['Entrepôt']).toEqual({ onHand: 5, held: 0, committed: 0 })
  })

  test('under one idempotency key is placed once, however often and however concurrently it is asked', async () => {
    const body = webPurchase([{ variantId: variant(3), quantity: 1 }])
    const ask = () => visitor(endpoints.placeOrder, { body }, { idempotencyKey: 'the-same-basket' })
    const answers = await Promise.all([ask(), ask(), ask()])
    answers.push(await ask())
    expect(new Set(answers.map((answer) => answer.orderId)).size).toBe(1)
    expect((await stockOf(variant(3)))['Entrepôt']?.committed).toBe(1)
    const other = webPurchase([{ variantId: variant(3), quantity: 2 }])
    expect(await refusal(visitor(endpoints.placeOrder, { body: other }, { idempotencyKey: 'the-same-basket' }))).toBe(
      'kernel.idempotency_key_reused',
    )
  })
})

describe('a payment that is not certain', () => {
  const challenged = (variantId: string) =>
    webPurchase([{ variantId, quantity: 1 }], {
      payments: [{ method: 'online_card', token: 'tok_challenge', returnUrl: '/retour' }],
    })

  test('holds stock until the challenge is answered, and commits it then', async () => {
    const placed = await visitor(endpoints.placeOrder, { body: challenged(variant(4)) })
    expect(placed.documentState).toBe('awaiting_payment')
    expect((await stockOf(variant(4)))['Entrepôt']).toEqual({ onHand: 5, held: 1, committed: 0 })
    const paymentId = placed.challengeUrl?.split('/').at(-1) ?? ''
    await visitor(endpoints.answerTestChallenge, { params: { paymentId }, body: { outcome: 'accept' } })
    const confirm = () =>
      visitor(endpoints.confirmPayment, { params: { orderId: placed.orderId }, body: { token: placed.accessToken } })
    expect((await Promise.all([confirm(), confirm(), confirm()])).map((answer) => answer.documentState)).toEqual([
      'confirmed',
      'confirmed',
      'confirmed',
    ])
    expect((await stockOf(variant(4)))['Entrepôt']).toEqual({ onHand: 5, held: 0, committed: 1 })
  })

  test('frees the stock when the challenge is refused', async () => {
    const placed = await visitor(endpoints.placeOrder, { body: challenged(variant(5)) })
    const paymentId = placed.challengeUrl?.split('/').at(-1) ?? ''
    await visitor(endpoints.answerTestChallenge, { params: { paymentId }, body: { outcome: 'refuse' } })
    const answer = await visitor(endpoints.confirmPayment, {
      params: { orderId: placed.orderId },
      body: { token: placed.accessToken },
    })
    expect(answer.documentState).toBe('cancelled')
    expect((await stockOf(variant(5)))['Entrepôt']).toEqual({ onHand: 5, held: 0, committed: 0 })
  })

  test('frees the stock when its time is over', async () => {
    const placed = await visitor(endpoints.placeOrder, { body: challenged(variant(5)) })
    clock.advance(14 * 60_000)
    expect(await expireOrders(ctx, provider)).toBe(0)
    clock.advance(2 * 60_000)
    expect(await expireOrders(ctx, provider)).toBe(1)
    expect((await stockOf(variant(5)))['Entrepôt']).toEqual({ onHand: 5, held: 0, committed: 0 })
    const order = await visitor(endpoints.getOrder, {
      params: { orderId: placed.orderId },
      query: { token: placed.accessToken },
    })
    expect(order).toMatchObject({ documentState: 'expired', paymentState: 'voided' })
  })

  test('is asked again when the bank gave no answer', async () => {
    const body = webPurchase([{ variantId: variant(6), quantity: 1 }], {
      payments: [{ method: 'online_card', token: 'tok_timeout' }],
    })
    const placed = await visitor(endpoints.placeOrder, { body })
    const confirm = () =>
      visitor(endpoints.confirmPayment, { params: { orderId: placed.orderId }, body: { token: placed.accessToken } })
    expect((await confirm()).documentState).toBe('awaiting_payment')
    clock.advance(6_000)
    expect((await confirm()).documentState).toBe('confirmed')
  })
})

test('forty buyers racing for five units through web, phone, till and API: exactly as many sales as units', async () => {
  const racing = variant(7)
  const total = 5 * 4
  const nantes = shop.sites['nantes'] ?? ''
  const till = asStaff(['till:sell'], [nantes])
  const sale = {
    channel: 'shop-nantes',
    lines: [{ variantId: racing, quantity: 1 }],
    delivery: { method: 'carry_out' as const, siteId: nantes },
    payments: [{ method: 'cash' as const, amountMinor: 1_700, tenderedMinor: 2_000 }],
  }
  const attempts = Array.from({ length: 40 }, (_, n) => {
    if (n % 4 === 0) return till(endpoints.placeOrder, { body: sale })
    if (n % 4 === 1)
      return staff(endpoints.placeOrder, {
        body: webPurchase([{ variantId: racing, quantity: 1 }], { channel: 'phone' }),
      })
    const site = shop.sites[['nantes', 'lyon', 'lille'][n % 3] ?? ''] ?? ''
    const pickup = { delivery: { method: 'pickup', siteId: site } }
    return visitor(endpoints.placeOrder, {
      body: webPurchase([{ variantId: racing, quantity: 1 }], n % 4 === 2 ? pickup : {}),
    })
  })
  const results = await Promise.allSettled(attempts)
  const sold = results.filter((result) => result.status === 'fulfilled').length
  const codes = results.flatMap((result) =>
    result.status === 'rejected' ? [(result.reason as ApiError).problem.code] : [],
  )
  expect(new Set(codes)).toEqual(new Set(['orders.out_of_stock']))
  const levels = Object.values(await stockOf(racing))
  const left = levels.reduce((sum, level) => sum + level.onHand - level.committed - level.held, 0)
  expect(sold + left).toBe(total)
  expect(await verifyStock(db)).toMatchObject({ differences: [] })
})

test('one hundred buyers of one place’s five units: five sales, whatever the batches', async () => {
  const lyon = shop.sites['lyon'] ?? ''
  const body = webPurchase([{ variantId: variant(8), quantity: 1 }], { delivery: { method: 'pickup', siteId: lyon } })
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => visitor(endpoints.placeOrder, { body })))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(5)
})

test('bought on the web, picked up in one shop, returned in another: stock and money balance', async () => {
  const [nantes, lille] = [shop.sites['nantes'] ?? '', shop.sites['lille'] ?? '']
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: variant(9), quantity: 2 }], { delivery: { method: 'pickup', siteId: nantes } }),
  })
  await settle()
  await captureAuthorised(ctx, provider)
  const inNantes = asStaff(['orders:read', 'fulfillment:write'], [nantes])
  const inLille = asStaff(['orders:read', 'returns:write'], [lille])
  const { items } = await inNantes(endpoints.listFulfillments, { query: { q: placed.number } })
  const fulfillmentId = items[0]?.id ?? ''
  const pickupCode =
    (await visitor(endpoints.getOrder, { params: { orderId: placed.orderId }, query: { token: placed.accessToken } }))
      .delivery.pickupCode ?? ''
  expect(await refusal(inLille(endpoints.markPrepared, { params: { fulfillmentId } }))).toBe('access.forbidden')
  await inNantes(endpoints.markPrepared, { params: { fulfillmentId } })
  expect(
    await refusal(inNantes(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode: 'WRONG1' } })),
  ).toBe('fulfillment.wrong_code')
  await inNantes(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode: pickupCode.toLowerCase() } })
  expect((await stockOf(variant(9)))['Magasin de nantes']).toEqual({ onHand: 3, held: 0, committed: 0 })
  const order = await inLille(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  const line = {
    lineId: order.lines[0]?.id ?? '',
    quantity: 1,
    reason: 'changed_mind' as const,
    disposition: 'restock' as const,
  }
  const give = () =>
    inLille(endpoints.createReturn, { params: { orderId: placed.orderId }, body: { siteId: lille, lines: [line] } })
  expect((await give()).refundState).toBe('pending')
  await give()
  expect(await refusal(give())).toBe('orders.not_returnable')
  await makeRefunds(ctx, provider)
  await settle()
  expect((await stockOf(variant(9)))['Magasin de lille']).toEqual({ onHand: 7, held: 0, committed: 0 })
  const after = await inLille(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  expect(after).toMatchObject({ paymentState: 'refunded', fulfillmentState: 'returned' })
  const balances = (await ledgerBalances(db, placed.orderId)).map((row) => row.balance)
  expect(balances.every((balance) => balance === 0n)).toBe(true)
  expect(await verifyStock(db)).toMatchObject({ differences: [] })
})

test('a cancelled order frees its stock and gives the money back; what has left cannot be cancelled', async () => {
  const placed = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: variant(10), quantity: 3 }]) })
  await settle()
  await captureAuthorised(ctx, provider)
  const cancel = () =>
    staff(endpoints.cancelOrder, { params: { orderId: placed.orderId }, body: { reason: 'erreur de taille' } })
  expect((await cancel()).documentState).toBe('cancelled')
  expect(await refusal(cancel())).toBe('orders.not_cancellable')
  await makeRefunds(ctx, provider)
  await settle()
  expect((await stockOf(variant(10)))['Entrepôt']).toEqual({ onHand: 5, held: 0, committed: 0 })
  expect((await ledgerBalances(db, placed.orderId)).every((row) => row.balance === 0n)).toBe(true)
})

test('a cart becomes one order at the most', async () => {
  const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  await visitor(endpoints.setCartLine, {
    params: { cartId: cart.id, variantId: variant(11) },
    query: {},
    body: { quantity: 2 },
  })
  const filled = await visitor(endpoints.getCart, { params: { cartId: cart.id }, query: {} })
  expect(filled.subtotal.amountMinor).toBe(2 * 2_100)
  expect(filled.deliveryOptions.map((option) => option.method)).toEqual(['delivery', 'pickup', 'pickup', 'pickup'])
  const body = { ...webPurchase([]), lines: undefined, cartId: cart.id }
  const results = await Promise.allSettled([1, 2, 3].map(() => visitor(endpoints.placeOrder, { body })))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  const second = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  await visitor(endpoints.setCartLine, {
    params: { cartId: second.id, variantId: variant(11) },
    query: {},
    body: { quantity: 1 },
  })
  const again = () =>
    visitor(endpoints.placeOrder, { body: { ...body, cartId: second.id } }, { idempotencyKey: 'cart-to-order' })
  expect((await again()).orderId).toBe((await again()).orderId)
  expect(await refusal(visitor(endpoints.getCart, { params: { cartId: cart.id }, query: {} }))).toBe(
    'orders.cart_not_found',
  )
})
