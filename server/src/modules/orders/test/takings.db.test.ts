import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../test/kit/shop.ts'

const { app, clock, ctx, shop, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 50 })
const { nantes = '', lille = '' } = shop.sites
const staff = asStaff()
const from = ctx.clock.now().toISOString()
const priceOf = (variantId: string): number =>
  Number(app.wiring.model.sellable('shop-lille', variantId, ctx.clock.now())?.unitPriceMinor)
const [cheap = '', dear = ''] = shop.variantIds.toSorted((a, b) => priceOf(a) - priceOf(b)).filter((_, at) => at !== 1)

async function sellInLille(variantId: string) {
  const amountMinor = priceOf(variantId)
  const { orderId } = await staff(endpoints.placeOrder, {
    body: {
      channel: 'shop-lille',
      lines: [{ variantId, quantity: 1 }],
      delivery: { method: 'carry_out', siteId: lille },
      payments: [{ method: 'cash', amountMinor }],
    },
  })
  await settle()
  const { lines } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  return { orderId, amountMinor, lineId: lines[0]?.id ?? '' }
}
const takings = async (siteId: string) => {
  // Nothing at a till happens in the instant of the thing before.
  clock.advance(60_000)
  const { saleCount, means } = await staff(endpoints.getTakings, { params: { siteId }, query: { from } })
  const cash = means.find(({ method }) => method === 'cash')
  return [saleCount, cash?.taken.amountMinor ?? 0, cash?.givenBack.amountMinor ?? 0]
}
const back = (lineId: string) => ({
  siteId: nantes,
  lines: [{ lineId, quantity: 1, reason: 'other' as const, disposition: 'restock' as const }],
})

test('cash given back or taken for a sale of another shop counts where it was, and not where it was sold', async () => {
  const returned = await sellInLille(cheap)
  const exchanged = await sellInLille(cheap)
  const kept = await sellInLille(cheap)
  const sold = returned.amountMinor + exchanged.amountMinor + kept.amountMinor
  expect(await takings(lille)).toEqual([3, sold, 0])
  expect(await takings(nantes)).toEqual([0, 0, 0])
  await staff(endpoints.createReturn, { params: { orderId: returned.orderId }, body: back(returned.lineId) })
  expect(await takings(nantes)).toEqual([0, 0, returned.amountMinor])
  const dearer = { ...back(exchanged.lineId), replacements: [{ variantId: dear, quantity: 1 }] }
  const params = { orderId: exchanged.orderId }
  const { difference } = await staff(endpoints.priceExchange, { params, body: dearer })
  const { amountMinor } = difference
  expect(amountMinor).toBeGreaterThan(0)
  await staff(endpoints.exchangeArticles, {
    params,
    body: { ...dearer, payments: [{ method: 'cash', amountMinor }], expectedDifferenceMinor: amountMinor },
  })
  // Onto a voucher nothing leaves the drawer.
  await staff(endpoints.createReturn, {
    params: { orderId: kept.orderId },
    body: { ...back(kept.lineId), refundTo: 'voucher' },
  })
  expect(await takings(nantes)).toEqual([0, amountMinor, returned.amountMinor])
  expect(await takings(lille)).toEqual([3, sold, 0])
  const elsewhere = asStaff(['orders:read'], [lille])
  await expect(elsewhere(endpoints.getTakings, { params: { siteId: nantes }, query: { from } })).rejects.toThrow()
})

test('what is paid at the counter and brought home is in the day of the shop that sold it', async () => {
  const before = await takings(lille)
  const address = { name: 'Zoé Lis', street: '1 rue de Béthune', postalCode: '59000', locality: 'Lille', country: 'FR' }
  const lines = [{ variantId: cheap, quantity: 1 }]
  const { id: cartId } = await staff(endpoints.createCart, { body: { channel: 'shop-lille' } })
  const put = { params: { cartId, variantId: cheap }, query: {}, body: { quantity: 1 } }
  const { deliveryOptions } = await staff(endpoints.setCartLine, put)
  const fee = deliveryOptions.find(({ method }) => method === 'delivery')?.fee.amountMinor ?? 0
  const amountMinor = priceOf(cheap) + fee
  await staff(endpoints.placeOrder, {
    body: {
      channel: 'shop-lille',
      lines,
      contact: { name: 'Zoé Lis', email: 'zoe@exemple.fr', phone: null },
      delivery: { method: 'delivery', address },
      payments: [{ method: 'cash', amountMinor }],
    },
  })
  await settle()
  const [sales = 0, taken = 0, given = 0] = before
  expect(await takings(lille)).toEqual([sales + 1, taken + amountMinor, given])
  expect(await takings(nantes)).toEqual([0, expect.any(Number), expect.any(Number)])
})
