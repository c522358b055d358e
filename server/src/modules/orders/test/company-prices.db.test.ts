import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { beforeAll, expect, test } from 'vitest'
import { createCompanyShop } from './company-shop.ts'

const parts = await createCompanyShop()
const { staff, visitor, variantId, other, at, newCompany, member, purchase, totalOf, asStaff, ctx, clock } = parts
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(clock.now())
const inDays = (days: number): string => new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10)

const params = { code: 'flottes' }
const entry = (changes: object) => ({
  scope: 'all' as const,
  code: null,
  amountMinor: null,
  percentBasisPoints: null,
  ...changes,
})
const add = (changes: object) => staff(endpoints.createPriceEntry, { params, body: entry(changes) })
const sku = async (id: string): Promise<string> =>
  (await ctx.db.query<{ sku: string }>('select sku from catalog.variant where id = $1', [id])).rows[0]?.sku ?? ''

const pricesOf = (quantity: number, who = staff, id = variantId) =>
  who(endpoints.getCompanyPrices, {
    params: { companyId: at.companyId },
    body: { channel: 'web', lines: [{ variantId: id, quantity }] },
  }).then(({ items }) => items[0])

beforeAll(async () => {
  await staff(endpoints.putPriceList, { params, body: { name: { fr: 'Flottes', en: 'Fleets' }, includesVat: false } })
  await newCompany()
  await staff(endpoints.updateCompany, {
    params: { companyId: at.companyId },
    body: { name: 'Vélolib', email: 'compta@velolib.example', priceList: 'flottes' },
  })
})

test('the nearest entry counts, then the largest quantity; and what is shown is what is paid', async () => {
  const before = await pricesOf(1)
  expect(before?.unitNet).toEqual(before?.publicNet)
  await add({ percentBasisPoints: 1_000 })
  const tenth = await pricesOf(1)
  expect(tenth?.unitPrice.amountMinor).toBe(Math.round((before?.unitPrice.amountMinor ?? 0) * 0.9))
  await add({ scope: 'variant', code: await sku(variantId), amountMinor: 5_000, minQuantity: 10 })
  await add({ scope: 'variant', code: await sku(variantId), amountMinor: 4_000, minQuantity: 20 })
  expect((await pricesOf(9))?.unitNet).toEqual(tenth?.unitNet)
  const ten = await pricesOf(10)
  expect(ten).toMatchObject({ unitNet: { amountMinor: 5_000 }, unitPrice: { amountMinor: 6_000 }, listName: 'Flottes' })
  expect(ten?.breaks.map(({ fromQuantity }) => fromQuantity)).toEqual([1, 10, 20])
  const { client } = await member('buyer')
  expect(await totalOf(client, 20)).toBe((await pricesOf(20, client))?.lineTotal.amountMinor)
  const placed = await client(endpoints.placeCompanyOrder, {
    params: { companyId: at.companyId },
    body: purchase(20, { costCentre: 'CC-7' }),
  })
  const order = await staff(endpoints.getOrder, {
    params: { orderId: 'orderId' in placed ? placed.orderId : '' },
    query: {},
  })
  expect(order.lines[0]?.unitPrice.amountMinor).toBe(4_800)
  expect(order.company?.costCentre).toBe('CC-7')
  // A quick order of the same pays the same.
  const read = await client(endpoints.readQuickOrder, {
    params: { companyId: at.companyId },
    body: { channel: 'web', text: `${await sku(variantId)} 20` },
  })
  expect(read.net.amountMinor).toBe(80_000)
})

test('nobody else sees them: not a visitor, not another company, not a cache', async () => {
  const page = await visitor(endpoints.getOffer, { params: { handle: 'article-0' }, query: { channel: 'web' } })
  const everybody = page.variants[0]?.price.amountMinor
  expect((await pricesOf(10))?.unitPrice.amountMinor).not.toBe(everybody)
  expect(await codeOf(pricesOf(1, visitor))).toBe('access.not_signed_in')
  const mine = at.companyId
  await newCompany()
  const { client } = await member('administrator')
  const theirs = at.companyId
  at.companyId = mine
  expect(await codeOf(pricesOf(1, client))).toBe('customers.company_not_found')
  at.companyId = theirs
  expect((await pricesOf(10, client))?.unitPrice.amountMinor).toBe(everybody)
  at.companyId = mine
  const again = await visitor(endpoints.getOffer, { params: { handle: 'article-0' }, query: { channel: 'web' } })
  expect(again).toEqual(page)
})

test('an entry counts on its days and in its channel; two of the same are refused', async () => {
  const about = { scope: 'variant', code: await sku(other) }
  const past = await add({ ...about, amountMinor: 100, validFrom: inDays(-9), validUntil: inDays(-1) })
  await add({ ...about, amountMinor: 200, validFrom: inDays(2) })
  await add({ ...about, amountMinor: 300, channelCode: 'phone' })
  const usual = (await pricesOf(1, staff, other))?.unitNet.amountMinor ?? 0
  expect(usual).toBeGreaterThan(300)
  expect(await codeOf(add({ ...about, amountMinor: 400, channelCode: 'phone' }))).toBe('pricing.entry_twice')
  expect(await codeOf(add({ scope: 'variant', code: 'NOBODY', amountMinor: 1 }))).toBe('pricing.scope_not_found')
  await staff(endpoints.updatePriceEntry, {
    params: { ...params, entryId: past.id },
    body: entry({ ...about, amountMinor: 100, validUntil: today() }),
  })
  expect((await pricesOf(1, staff, other))?.unitNet.amountMinor).toBe(100)
  await staff(endpoints.deletePriceEntry, { params: { ...params, entryId: past.id } })
  expect((await pricesOf(1, staff, other))?.unitNet.amountMinor).toBe(usual)
})

test('a draft shows its effect before it counts', async () => {
  const preview = await staff(endpoints.previewPriceEntry, {
    params,
    body: { channel: 'web', entry: entry({ percentBasisPoints: 5_000, minQuantity: 2 }) },
  })
  expect(preview.articles).toBe(3)
  const [first] = preview.items
  expect(first?.after.amountMinor).toBeLessThan(first?.before.amountMinor ?? 0)
  expect((await pricesOf(2, staff, first?.variantId))?.unitNet).toEqual(first?.before)
})

test('a list goes out as a file and comes back the same; a file with a fault changes nothing', async () => {
  const csv = String(await staff(endpoints.exportPriceEntries, { params }))
  expect(csv.split('\r\n')[0]).toBe('scope,code,kind,value,min_quantity,channel,valid_from,valid_until')
  const take = (text: string, dryRun: boolean, replace = false) =>
    staff(endpoints.importPriceEntries, { params, body: { csv: text, dryRun, replace } })
  expect(await take(csv, false, true)).toMatchObject({ added: 0, changed: 0, removed: 0, problems: [] })
  const more = `${csv}variant,${await sku(other)},fixed,"12,50",5,,,\r\n`
  expect(await take(more, true)).toMatchObject({ added: 1, changed: 0 })
  const broken = `${more}category,nowhere,percent,10,1,,,\r\nvariant,x,fixed,,1,,,\r\n`
  const refused = await take(broken, false)
  expect(refused.problems.map(({ problem }) => problem)).toEqual(['unknown', 'value'])
  expect((await staff(endpoints.listPriceEntries, { params, query: {} })).items).toHaveLength(
    csv.split('\r\n').length - 2,
  )
  await take(more, false)
  expect((await pricesOf(5, staff, other))?.unitNet.amountMinor).toBe(1_250)
  expect(await take('scope,code,kind,value\r\nall,,percent,10\r\n', true, true)).toMatchObject({ same: 1, removed: 5 })
})

test('what a channel sells from has no entries, and needs the right to be changed', async () => {
  const body = entry({ percentBasisPoints: 100 })
  expect(await codeOf(staff(endpoints.createPriceEntry, { params: { code: 'public' }, body }))).toBe(
    'pricing.list_of_channel',
  )
  expect(await codeOf(asStaff(['catalog:read'])(endpoints.createPriceEntry, { params, body }))).toBe('access.forbidden')
})
