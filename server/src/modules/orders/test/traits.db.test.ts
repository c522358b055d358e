import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import type { Declaration } from '@ecluse/contracts/traits.ts'
import { expect, test } from 'vitest'
import { actorHeader, clientOf, createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { putCategory } from '../../catalog/public.ts'
import { recordInteractions } from '../../customers/public.ts'
import { upsertPostalPlaces } from '../../inventory/public.ts'
import { learnTraits, learnTraitsOf } from '../traits/learn-traits.ts'

const { app, actAs, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({
  products: 4,
  unitsPerPlace: 50,
})
const { db } = ctx
const staff = asStaff()
const { nantes = '', lyon = '' } = shop.sites
const [jacketM = '', jacketL = '', helmet = '', bike = ''] = shop.variantIds
const productOf = async (variantId: string): Promise<string> =>
  (await db.query<{ product_id: string }>('select product_id from catalog.variant where id = $1', [variantId])).rows[0]
    ?.product_id ?? ''

await inTransaction(db, async (tx) => {
  for (const [code, parentCode] of [
    ['vetements', null],
    ['vestes', 'vetements'],
    ['casques', null],
  ] as const)
    await putCategory(ctx, tx, { code, parentCode, name: { fr: code, en: code }, position: 1 })
})
const wear = async (variantId: string, category: string, size: string | null) => {
  const productId = await productOf(variantId)
  await db.query('delete from catalog.product_category where product_id = $1', [productId])
  await db.query(
    `insert into catalog.product_category (product_id, category_id, position) select $1, id, 0 from catalog.category where code = $2`,
    [productId, category],
  )
  if (size === null) return
  await db.query(`update catalog.product set options = $2::jsonb where id = $1`, [
    productId,
    JSON.stringify([{ code: 'size', name: { fr: 'Taille', en: 'Size' }, values: [] }]),
  ])
  await db.query(`update catalog.variant set options = $2::jsonb where id = $1`, [variantId, JSON.stringify({ size })])
}
await wear(jacketM, 'vestes', 'm')
await wear(jacketL, 'vestes', 'l')
await wear(helmet, 'casques', null)
await db.query(`update channels.site set latitude = 47.21, longitude = -1.56 where id = $1`, [nantes])
await db.query(`update channels.site set latitude = 45.76, longitude = 4.84 where id = $1`, [lyon])

type Who = { name: string; email: string; postalCode?: string }
/** Buys, at a counter when a shop is named; what came back is written as the returns desk would. */
async function buy(who: Who, variantId: string, { siteId, back = 0, quantity = 1 }: Bought = {}): Promise<string> {
  const address = { name: who.name, street: '1 rue A', postalCode: who.postalCode ?? '44000', locality: 'Nantes' }
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity }], {
      contact: { name: who.name, email: who.email },
      delivery: { method: 'delivery', address },
    }),
  })
  await settle()
  if (siteId) await db.query('update orders.sales_order set site_id = $2 where id = $1', [orderId, siteId])
  if (back > 0)
    await db.query(
      'update orders.order_line set fulfilled_quantity = quantity, returned_quantity = $2 where order_id = $1',
      [orderId, back],
    )
  const { rows } = await db.query<{ party_id: string }>('select party_id from orders.sales_order where id = $1', [
    orderId,
  ])
  return rows[0]?.party_id ?? ''
}
type Bought = { siteId?: string; back?: number; quantity?: number }
const traits = (customerId: string) => staff(endpoints.getCustomerTraits, { params: { customerId } })
const counted = async (customerId: string, kind: string): Promise<string[]> =>
  (await traits(customerId)).traits
    .filter((one) => one.kind === kind && one.counts)
    .map(({ key, value }) => [key, value].filter(Boolean).join(' '))
async function members(condition: SegmentRule['groups'][0]['conditions'][0]): Promise<number> {
  const rule: SegmentRule = { match: 'all', groups: [{ match: 'all', conditions: [condition] }] }
  return (await staff(endpoints.countSegment, { body: { rule } })).count
}
const said: Declaration = { interests: [], sizes: [], shopCode: null }

const lea: Who = { name: 'Léa Traits', email: 'lea@traits.fr' }
let leaId = ''

test('sizes are those bought and kept; a size that came back counts against', async () => {
  leaId = await buy(lea, jacketM)
  await buy(lea, jacketL, { back: 1 })
  await buy(lea, helmet)
  await learnTraits(ctx)
  expect(await counted(leaId, 'size')).toEqual(['vestes M'])
  const { traits: all } = await traits(leaId)
  expect(all.filter(({ kind }) => kind === 'size')).toMatchObject([{ value: 'M', share: 1, bought: 1, returned: 0 }])
  expect(all.filter(({ kind }) => kind === 'interest').map(({ key, share }) => [key, share])).toEqual([
    ['casques', 0.5],
    ['vestes', 0.5],
  ])
  // Bought again and kept, the larger size is the one that fits now.
  await buy(lea, jacketL, { quantity: 4 })
  await learnTraits(ctx)
  expect(await counted(leaId, 'size')).toEqual(['vestes L'])
})

test('what was looked at counts less than what was bought, and old things less than new ones', async () => {
  const noa = await buy({ name: 'Noa Vue', email: 'noa@traits.fr' }, helmet)
  const productId = await productOf(bike)
  clock.advance(60_000)
  const views = Array.from({ length: 5 }, () => ({
    partyId: noa,
    kind: 'product_view' as const,
    at: clock.now(),
    id: ctx.ids.next(),
    channelCode: 'web',
    productId,
    subjectId: productId,
  }))
  await inTransaction(db, (tx) => recordInteractions(ctx, tx, views))
  await learnTraitsOf(ctx, [noa])
  const shares = async () =>
    (await traits(noa)).traits
      .filter(({ kind }) => kind === 'interest')
      .map(({ key, share, seen }) => [key, share, seen])
  expect(await shares()).toEqual([
    ['casques', 0.667, 0],
    ['velos', 0.333, 5],
  ])
  clock.advance(365 * 86_400_000)
  await learnTraitsOf(ctx, [noa])
  expect(await shares()).toEqual([
    ['casques', 0.667, 0],
    ['velos', 0.333, 5],
  ])
  await inTransaction(db, (tx) => recordInteractions(ctx, tx, [{ ...views[0]!, id: ctx.ids.next(), at: clock.now() }]))
  await learnTraitsOf(ctx, [noa])
  expect(await shares()).toEqual([
    ['casques', 0.588, 0],
    ['velos', 0.412, 6],
  ])
})

test('the usual shop is where they buy most and latest; how far it is, and the nearest, is known as well as their postal code', async () => {
  const ana: Who = { name: 'Ana Lieu', email: 'ana@traits.fr', postalCode: '44300' }
  const anaId = await buy(ana, helmet, { siteId: lyon })
  clock.advance(400 * 86_400_000)
  await buy(ana, helmet, { siteId: nantes })
  await learnTraits(ctx)
  expect(await counted(anaId, 'shop')).toEqual(['nantes'])
  expect(await traits(anaId)).toMatchObject({
    usualShop: { siteId: nantes, km: expect.any(Number) },
    nearestShop: { siteId: nantes },
    knownBy: 'department',
  })
  await inTransaction(db, (tx) =>
    upsertPostalPlaces(tx, [{ country: 'FR', postal_code: '44300', latitude: 47.26, longitude: -1.52 }]),
  )
  await learnTraits(ctx)
  expect(await traits(anaId)).toMatchObject({ usualShop: { siteId: nantes, km: 6.3 }, knownBy: 'postal_code' })
  const far = await buy({ name: 'Io Loin', email: 'io@traits.fr', postalCode: '97400' }, helmet)
  await learnTraits(ctx)
  expect(await traits(far)).toMatchObject({ usualShop: null, nearestShop: null, knownBy: null })
})

test('what people say of themselves counts instead, is theirs to take back, and moves with them', async () => {
  const key = actAs({ kind: 'account', accountId: 'compte-lea', email: lea.email, name: lea.name })
  const me = clientOf(app, { [actorHeader]: key })
  await me(endpoints.declareForMe, {
    body: { interests: ['velos'], sizes: [{ categoryCode: 'vestes', value: 'xl' }], shopCode: 'lyon' },
  })
  await learnTraitsOf(ctx, [leaId])
  expect((await me(endpoints.getMyTraits)).said).toMatchObject({ interests: ['velos'], shopCode: 'lyon' })
  expect([await counted(leaId, 'interest'), await counted(leaId, 'size'), await counted(leaId, 'shop')]).toEqual([
    ['velos'],
    ['vestes XL'],
    ['lyon'],
  ])
  const computed = (await traits(leaId)).traits.filter(({ declared }) => !declared)
  expect(computed.map(({ key: code }) => code)).toEqual(expect.arrayContaining(['casques', 'vestes']))
  expect(await members({ type: 'interest', not: false, categoryCodes: ['velos'] })).toBe(2)
  expect(await members({ type: 'size', not: false, sizes: ['xl'], categoryCodes: ['vetements'] })).toBe(1)
  expect(await members({ type: 'usual_shop', not: false, siteIds: [lyon] })).toBe(1)
  expect(await members({ type: 'distance', not: false, to: 'usual_shop', atMostKm: 20 })).toBe(1)
  expect(await members({ type: 'distance', not: false, to: 'usual_shop', atLeastKm: 100 })).toBe(1)
  await me(endpoints.declareForMe, { body: said })
  await learnTraitsOf(ctx, [leaId])
  expect(await counted(leaId, 'size')).toEqual(['vestes L'])
  expect(await members({ type: 'size', not: false, sizes: ['XL'] })).toBe(0)
})

test('a merge brings what both bought and said; taken back, both have theirs again', async () => {
  const twin = await buy({ name: 'L. Traits', email: 'l.traits@traits.fr' }, jacketM, { quantity: 9 })
  await staff(endpoints.declareForCustomer, { params: { customerId: twin }, body: { ...said, shopCode: 'lyon' } })
  await learnTraits(ctx)
  const before = JSON.stringify([await traits(leaId), await traits(twin)])
  await staff(endpoints.mergeCustomers, { params: { customerId: leaId }, body: { otherId: twin } })
  await learnTraitsOf(ctx, [leaId, twin])
  expect([await counted(leaId, 'size'), await counted(leaId, 'shop')]).toEqual([['vestes M'], ['lyon']])
  expect((await db.query('select 1 from customers.trait where party_id = $1', [twin])).rowCount).toBe(0)
  await staff(endpoints.unmergeCustomer, { params: { customerId: twin }, body: {} })
  await learnTraitsOf(ctx, [leaId, twin])
  expect(JSON.stringify([await traits(leaId), await traits(twin)])).toBe(before)
})

test('a shop’s catchment is what each postal code brings, and how many bring half', async () => {
  await buy({ name: 'Ugo Près', email: 'ugo@traits.fr', postalCode: '44100' }, bike, { siteId: lyon, quantity: 3 })
  await buy({ name: 'Eva Près', email: 'eva@traits.fr', postalCode: '69003' }, bike, { siteId: lyon })
  const nameless = await buy({ name: 'Sans Lieu', email: 'sans@traits.fr' }, bike, { siteId: lyon })
  await learnTraits(ctx)
  await db.query('delete from customers.location where party_id = $1', [nameless])
  const read = (siteId: string) => staff(endpoints.getCatchment, { params: { siteId }, query: { months: 6 } })
  const found = await read(lyon)
  expect(found).toMatchObject({ orders: 3, located: 2, codesFor: { half: 1, most: 2 } })
  expect(
    found.areas.map(({ postalCode, orders, customers, knownBy }) => [postalCode, orders, customers, knownBy]),
  ).toEqual([
    ['44100', 1, 1, 'department'],
    ['69003', 1, 1, 'department'],
  ])
  const [first, second] = found.areas
  expect([first?.upTo, second?.upTo]).toEqual([first?.share, 1])
  expect(found.medianKm).toBe(first?.km)
  expect(second?.km).toBeLessThan(5)
  await expect(read('00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({ problem: { status: 404 } })
})

test('a second night on the same day writes nothing, and who may not read customers reads nothing', async () => {
  await learnTraits(ctx)
  const rows = async () =>
    (await db.query('select xmin::text, party_id, key from customers.trait order by 2, 3, 1')).rows
  const before = await rows()
  clock.advance(86_400_000)
  await learnTraits(ctx)
  expect(await rows()).toEqual(before)
  const unknown = '00000000-0000-7000-8000-000000000000'
  const statusOf = (work: Promise<unknown>) =>
    work.then(
      () => 200,
      (error: unknown) => (error instanceof ApiError ? error.problem.status : error),
    )
  expect(await statusOf(traits(unknown))).toBe(404)
  expect(await statusOf(visitor(endpoints.getCustomerTraits, { params: { customerId: leaId } }))).toBe(401)
  expect(await statusOf(visitor(endpoints.declareForMe, { body: said }))).toBe(401)
})
