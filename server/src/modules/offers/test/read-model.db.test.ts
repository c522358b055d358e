import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { createTestClock } from '../../../../test/kit/clock.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { createRelay } from '../../../kernel/relay.ts'
import { putChannel } from '../../channels/public.ts'
import {
  listPlaces,
  loadAdvanceSales,
  loadBuffers,
  loadSourcing,
  readAvailability,
  recordMovements,
} from '../../inventory/public.ts'
import { putPriceList, setChannelPriceLists, setPrices } from '../../pricing/public.ts'
import { createReadModel, followChanges, refreshReadModel, saveProducts } from '../public.ts'
import { seededProducts } from '../../../../test/kit/seeded-catalogue.ts'
import { seedShop } from './seeded-shop.ts'

const { db } = await createTestDatabase()
const clock = createTestClock('2026-03-02T09:00:00Z')
const services = createTestServices(db, { clock })
const ctx = systemContext(services, 'test')
const channels = ['web', 'till-nantes']
const products = seededProducts(30, inject('seed'), channels)
const shop = await seedShop(ctx, { shops: 2, products, seed: inject('seed') })
const model = createReadModel(services, {
  loadAvailability: readAvailability,
  listPlaces,
  loadSourcing,
  loadBuffers,
  loadAdvanceSales,
})
const following = await followChanges(services, model)
const relay = createRelay(services, [refreshReadModel])
afterAll(() => following.stop())

/** Runs a change, delivers its events, and waits until this process has heard. */
async function change(work: (tx: Tx) => Promise<unknown>, heard: () => boolean): Promise<void> {
  await inTransaction(db, work)
  await relay.drain()
  await expect.poll(heard, { timeout: 5_000, interval: 20 }).toBe(true)
}

const [first, second] = products as [ProductInput, ProductInput]
const variantOf = (product: ProductInput): string => shop.variantIds.get(product.variants[0]?.sku ?? '') ?? ''
const sold = (product: ProductInput, channel = 'web') => model.sellable(channel, variantOf(product), clock.now())

test('what a channel sells has its price, the rule that decided, its words and its VAT', () => {
  const [variant] = first.variants
  expect(sold(first)).toMatchObject({
    sku: variant?.sku,
    handle: first.handle,
    unitPriceMinor: BigInt(variant?.price.amountMinor ?? 0),
    priceRule: 'list:public',
    vatBasisPoints: 2000,
    label: { fr: expect.stringContaining('Bleu lagon'), en: expect.stringContaining('Lagoon blue') },
  })
  expect(sold(first, 'phone')).toBeUndefined()
  expect(model.sellable('nowhere', variantOf(first), clock.now())).toBeUndefined()
})

test('what is available is what the database says', async () => {
  for (const row of await readAvailability(db))
    expect(model.available(row.variantId, row.placeId)).toBe(Number(row.available))
  expect(model.available(variantOf(first), ctx.ids.next())).toBe(0)
})

describe('what changes is heard', () => {
  test('a price, by a list the channel consults first', async () => {
    await change(
      async (tx) => {
        await putPriceList(ctx, tx, { code: 'soldes', name: { fr: 'Soldes', en: 'Sales' } })
        await setChannelPriceLists(ctx, tx, { channelCode: 'web', listCodes: ['soldes', 'public'] })
        const dates = { validFrom: new Date('2026-03-03T00:00:00Z'), validUntil: new Date('2026-03-04T00:00:00Z') }
        await setPrices(ctx, tx, [{ variantId: variantOf(first), listCode: 'soldes', amountMinor: 1n, ...dates }])
      },
      () =>
        (model.modelChannel('web')?.priceLists.length ?? 0) === 2 &&
        model.variantById(variantOf(first))?.prices.length === 2,
    )
    const rules = ['2026-03-02T23:59:59Z', '2026-03-03T00:00:00Z', '2026-03-04T00:00:00Z'].map(
      (at) => model.sellable('web', variantOf(first), new Date(at))?.priceRule,
    )
    expect(rules).toEqual(['list:public', 'list:soldes', 'list:public'])
    expect(sold(first, 'till-nantes')?.priceRule).toBe('list:public')
  })

  test('stock that moved', async () => {
    const [placeId = ''] = shop.placeIds
    const before = model.available(variantOf(second), placeId)
    const movement = { kind: 'receipt', variantId: variantOf(second), placeId, quantity: 7n } as const
    await change(
      (tx) => recordMovements(ctx, tx, [movement]),
      () => model.available(variantOf(second), placeId) === before + 7,
    )
  })

  test('a product withdrawn, renamed, and a variant archived with its stock', async () => {
    const withdrawn = { ...second, handle: second.handle, publications: [], variants: second.variants.slice(0, 1) }
    const archived = second.variants[1] && shop.variantIds.get(second.variants[1].sku)
    await change(
      (tx) => saveProducts(ctx, tx, [withdrawn]),
      () => sold(second) === undefined,
    )
    if (archived !== undefined) expect(model.variantById(archived)).toBeUndefined()
    await change(
      (tx) => saveProducts(ctx, tx, [second]),
      () => sold(second) !== undefined,
    )
    for (const row of await readAvailability(db))
      expect(model.available(row.variantId, row.placeId)).toBe(Number(row.available))
  })

  test('a channel that closes', async () => {
    const phone = {
      code: 'phone',
      medium: 'phone',
      name: { fr: 'T', en: 'T' },
      circuit: 'direct',
      siteIds: [],
    } as const
    await change(
      (tx) => putChannel(ctx, tx, { ...phone, sells: false }),
      () => model.channel('phone') === undefined,
    )
  })

  test('everything, after the connection was lost', async () => {
    const [placeId = ''] = shop.placeIds
    model.setAvailable([{ variantId: variantOf(first), placeId, available: 999 }])
    await db.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'ecluse-offers' and datname = current_database()`)
    await expect.poll(() => model.available(variantOf(first), placeId), { timeout: 10_000, interval: 50 }).not.toBe(999)
  })
})

test('what this process has just learnt counts at once', () => {
  const [placeId = ''] = shop.placeIds
  model.setAvailable([{ variantId: variantOf(first), placeId, available: 2 }])
  expect(model.available(variantOf(first), placeId)).toBe(2)
})

test('lists are made anew when stock comes to an end, not at every unit, and at once when a date passes', async () => {
  const [placeId = ''] = shop.placeIds
  const set = (available: number) => model.setAvailable([{ variantId: variantOf(first), placeId, available }])
  const stamp = () => model.listStamp(clock.now())
  set(500)
  clock.advance(1_000)
  const before = stamp()
  set(499)
  clock.advance(1_000)
  expect(stamp()).toBe(before)
  set(0)
  expect(stamp()).toBeGreaterThan(before)
  const sinceSoldOut = stamp()
  set(1)
  expect(stamp()).toBe(sinceSoldOut)
  clock.advance(500)
  expect(stamp()).toBeGreaterThan(sinceSoldOut)
  const beforeDate = stamp()
  clock.set('2026-03-03T00:00:00Z')
  expect(stamp()).toBeGreaterThan(beforeDate)
})
