import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'

const { shop, clock, visitor, asStaff, settle } = await createTestShop({ products: 4, unitsPerPlace: 2 })
const { nantes = '', lille = '' } = shop.sites
const staff = asStaff()

async function buy(nth: number, quantity: number, pickupAt?: string): Promise<void> {
  const lines = [{ variantId: shop.variantIds[nth] ?? '', quantity }]
  const delivery = pickupAt ? { delivery: { method: 'pickup' as const, siteId: pickupAt } } : {}
  await visitor(endpoints.placeOrder, { body: webPurchase(lines, delivery) })
  await settle()
}

const work = async (query: {
  siteId?: string
  state?: Fulfillment['state'][]
  late?: 'true'
  method?: 'pickup' | 'delivery'
}) => (await staff(endpoints.listFulfillments, { query: { ...query, limit: 200 } })).items

test('each figure of the day is the length of a list that can be asked for', async () => {
  await buy(0, 2, nantes)
  await buy(1, 1, nantes)
  await buy(2, 1, lille)
  await buy(3, 1)
  const [ready] = await work({ siteId: nantes, state: ['to_prepare'] })
  await staff(endpoints.markPrepared, { params: { fulfillmentId: ready?.id ?? '' } })
  await buy(0, 1, lille)
  clock.advance(3 * 86_400_000)
  for (const siteId of [undefined, nantes, lille]) {
    const at = siteId ? { siteId } : {}
    const today = await staff(endpoints.getToday, { query: at })
    const late = await work({ ...at, late: 'true' })
    expect(late.every((row) => row.late && row.state === 'to_prepare')).toBe(true)
    const out = await staff(endpoints.listStock, { query: { ...at, only: 'out', limit: 200 } })
    expect({
      toPrepare: (await work({ ...at, state: ['to_prepare'], method: 'pickup' })).length,
      ready: (await work({ ...at, state: ['ready'], method: 'pickup' })).length,
      toShip: (await work({ ...at, state: ['to_prepare', 'ready'], method: 'delivery' })).length,
      late: late.length,
      outOfStock: out.items.length,
    }).toEqual({
      toPrepare: today.toPrepare,
      ready: today.ready,
      toShip: today.toShip,
      late: today.late,
      outOfStock: today.outOfStock,
    })
  }
  const { late, ready: readyCount, outOfStock } = await staff(endpoints.getToday, { query: { siteId: nantes } })
  expect({ late, readyCount, outOfStock }).toEqual({ late: 1, readyCount: 1, outOfStock: 1 })
})
