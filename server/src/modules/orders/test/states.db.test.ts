import { paymentStates } from '@ecluse/contracts/order-payments.ts'
import { fulfillmentStates } from '@ecluse/contracts/orders.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 50 })
const { provider } = app.wiring.placement
const staff = asStaff()

test('filters of the list follow the same rules as the states shown', async () => {
  const variantId = shop.variantIds[0] ?? ''
  const buy = (token = 'tok_accept') =>
    visitor(endpoints.placeOrder, {
      body: webPurchase([{ variantId, quantity: 2 }], { payments: [{ method: 'online_card', token }] }),
    })
  const orders = [await buy(), await buy(), await buy(), await buy(), await buy('tok_challenge')]
  await settle()
  await captureAuthorised(ctx, provider)
  const authorised = await buy()
  const { items: parcels } = await staff(endpoints.listFulfillments, { query: { method: 'delivery' } })
  const parcelOf = (orderId: string | undefined) => parcels.find((parcel) => parcel.orderId === orderId)?.id ?? ''
  for (const order of orders.slice(0, 3))
    await staff(endpoints.ship, {
      params: { fulfillmentId: parcelOf(order.orderId) },
      body: { carrier: 'Colissimo', trackingNumber: null },
    })
  for (const [index, quantity] of [
    [1, 1],
    [2, 2],
  ] as const) {
    const orderId = orders[index]?.orderId ?? ''
    const { lines } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    const back = { lineId: lines[0]?.id ?? '', quantity, reason: 'other' as const, disposition: 'restock' as const }
    await staff(endpoints.createReturn, {
      params: { orderId },
      body: { siteId: shop.sites['nantes'] ?? '', lines: [back] },
    })
  }
  await staff(endpoints.cancelOrder, { params: { orderId: authorised.orderId }, body: { reason: 'essai' } })
  await staff(endpoints.markPrepared, { params: { fulfillmentId: parcelOf(orders[3]?.orderId) } })
  await makeRefunds(ctx, provider)
  const all = (await staff(endpoints.listOrders, { query: {} })).items
  expect(all).toHaveLength(6)
  expect(new Set(all.map((order) => order.fulfillmentState))).toEqual(
    new Set(['none', 'ready', 'fulfilled', 'returned']),
  )
  expect(new Set(all.map((order) => order.paymentState))).toEqual(
    new Set(['paid', 'partially_refunded', 'refunded', 'voided', 'unpaid']),
  )
  for (const state of paymentStates) {
    const { items } = await staff(endpoints.listOrders, { query: { paymentState: state } })
    expect([state, items.map((order) => order.id)]).toEqual([
      state,
      all.filter((order) => order.paymentState === state).map((order) => order.id),
    ])
  }
  for (const state of fulfillmentStates) {
    const { items } = await staff(endpoints.listOrders, { query: { fulfillmentState: state } })
    expect([state, items.map((order) => order.id)]).toEqual([
      state,
      all.filter((order) => order.fulfillmentState === state).map((order) => order.id),
    ])
  }
})
