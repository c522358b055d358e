import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'
import { settleOrder } from '../settle-order.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 5 })
const { provider } = app.wiring.placement
const { nantes = '', lille = '' } = shop.sites
const linesOf = (n: number) => [{ variantId: shop.variantIds[n] ?? '', quantity: 1 }]

async function timelineOf(orderId: string) {
  const { timeline } = await asStaff()(endpoints.getOrder, { params: { orderId }, query: {} })
  return timeline.map(({ type, channelCode, medium, actor, details }) => ({
    type,
    channelCode,
    medium,
    actor: actor?.replace(/\d+$/, '') ?? null,
    siteName: details['siteName'],
  }))
}

async function fulfillmentOf(number: string): Promise<string> {
  await settle()
  const { items } = await asStaff()(endpoints.listFulfillments, { query: { q: number } })
  return items[0]?.id ?? ''
}

test('a timeline tells where each step happened, and who bought', async () => {
  const purchase = webPurchase(linesOf(0), { delivery: { method: 'pickup', siteId: nantes } })
  const { orderId, number, accessToken } = await visitor(endpoints.placeOrder, { body: purchase })
  await captureAuthorised(ctx, provider)
  const fulfillmentId = await fulfillmentOf(number)
  const inNantes = asStaff(['orders:read', 'fulfillment:write'], [nantes])
  await inNantes(endpoints.markPrepared, { params: { fulfillmentId } })
  const bought = await visitor(endpoints.getOrder, { params: { orderId }, query: { token: accessToken } })
  const pickupCode = bought.delivery.pickupCode ?? ''
  await inNantes(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode } })
  const back = { lineId: bought.lines[0]?.id ?? '', quantity: 1 }
  await asStaff(['returns:write'], [lille])(endpoints.createReturn, {
    params: { orderId },
    body: { siteId: lille, lines: [{ ...back, reason: 'changed_mind', disposition: 'restock' }] },
  })
  await makeRefunds(ctx, provider)

  const bySystem = { channelCode: null, medium: null, actor: 'system:test', siteName: undefined }
  const inShop = (town: string) => ({ channelCode: `shop-${town}`, medium: 'store', siteName: `Magasin de ${town}` })
  expect(await timelineOf(orderId)).toEqual([
    { type: 'orders.order_placed', channelCode: 'web', medium: 'web', actor: 'Camille Roux', siteName: undefined },
    { ...bySystem, type: 'payments.payment_captured' },
    { ...inShop('nantes'), type: 'fulfillment.order_ready', actor: 'staff-' },
    { ...inShop('nantes'), type: 'fulfillment.handed_over', actor: 'staff-' },
    { ...inShop('lille'), type: 'orders.return_received', actor: 'staff-' },
    { ...bySystem, type: 'payments.refund_made' },
  ])
})

test('a parcel leaves a warehouse, which is no channel’s; its buyer is named even when the bank answered late', async () => {
  const purchase = webPurchase(linesOf(1), { payments: [{ method: 'online_card', token: 'tok_challenge' }] })
  const { orderId, number, challengeUrl } = await visitor(endpoints.placeOrder, { body: purchase })
  const paymentId = challengeUrl?.split('/').at(-1) ?? ''
  await visitor(endpoints.answerTestChallenge, { params: { paymentId }, body: { outcome: 'accept' } })
  expect(await settleOrder(ctx, provider, orderId)).toBe('confirmed')
  const params = { fulfillmentId: await fulfillmentOf(number) }
  await asStaff()(endpoints.ship, { params, body: { carrier: 'Escale', trackingNumber: null } })
  const buyer = { channelCode: 'web', medium: 'web', actor: 'Camille Roux', siteName: undefined }
  const fromWarehouse = { channelCode: null, medium: null, actor: 'staff-', siteName: 'Entrepôt' }
  expect(await timelineOf(orderId)).toEqual([
    { ...buyer, type: 'orders.order_reserved' },
    { ...buyer, type: 'orders.order_placed' },
    { ...fromWarehouse, type: 'fulfillment.parcel_packed' },
    { ...fromWarehouse, type: 'fulfillment.shipped' },
  ])
})

test('a sale at a till is told by its seller, and so is its money', async () => {
  const priceMinor = app.wiring.model.sellable('shop-nantes', shop.variantIds[2] ?? '', ctx.clock.now())?.unitPriceMinor
  const sold = await asStaff()(endpoints.placeOrder, {
    body: webPurchase(linesOf(2), {
      channel: 'shop-nantes',
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'terminal_card', amountMinor: Number(priceMinor) }],
    }),
  })
  const atTheTill = { channelCode: 'shop-nantes', medium: 'store', actor: 'staff-' }
  expect(await timelineOf(sold.orderId)).toMatchObject([
    { ...atTheTill, type: 'orders.order_placed' },
    { ...atTheTill, type: 'payments.payment_captured' },
  ])
})
