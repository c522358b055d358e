import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'
import { giveDueDownloads } from '../jobs/give-downloads.ts'
import { actingStaff, addTestFile, fileProduct } from '../../../../test/kit/download-shop.ts'

const kit = await createTestShop({ products: 4, unitsPerPlace: 5 })
const { app, ctx, shop, visitor, clock, settle } = kit
const { placement } = app.wiring
const staff = kit.asStaff()
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const goods = (n: number): string => shop.variantIds[n] ?? ''
const upload = actingStaff(kit)
const guide = await fileProduct(staff, 'guide-entretien')
await addTestFile(upload, guide, { label: 'Guide', fileName: '../../etc/Guide d’entretien.pdf', content: 'version un' })
await settle()

const consent = { downloadConsent: { version: '2026-11' } }
async function buy(body: ReturnType<typeof webPurchase>) {
  const placed = await visitor(endpoints.placeOrder, { body })
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
  return placed
}
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
const downloadsOf = ({ orderId, accessToken }: { orderId: string; accessToken: string }) =>
  visitor(endpoints.getDownloads, { params: { orderId }, query: { token: accessToken } })
const fetchFile = (url: string, headers: Record<string, string> = {}) =>
  app.fastify.inject({ method: 'GET', url, headers })
const alone = (more = {}) =>
  webPurchase([{ variantId: guide, quantity: 1 }], { delivery: { method: 'download' }, ...more })

test('files alone need no address; they are given at once to whoever agrees, and that is kept word for word', async () => {
  const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  const filled = await visitor(endpoints.setCartLine, {
    params: { cartId: cart.id, variantId: guide },
    body: { quantity: 1 },
    query: {},
  })
  expect(filled.lines[0]?.download).toBe(true)
  expect(filled.downloadWording?.version).toBe(consent.downloadConsent.version)
  const placed = await buy(alone({ ...consent, cartId: cart.id, lines: undefined }))
  const order = await orderOf(placed.orderId)
  expect(order.delivery).toMatchObject({ method: 'download', address: null, siteId: null })
  expect(order.fulfillmentState).toBe('fulfilled')
  expect(order.delivery.fee.amountMinor).toBe(0)
  const downloads = await downloadsOf(placed)
  expect(downloads.consent?.statement).toContain('je perds alors mon droit de rétractation')
  expect(downloads.items[0]).toMatchObject({ state: 'ready', files: [{ version: 1, left: 5 }] })
  // An order does not show its files to whoever has not its token.
  const stranger = visitor(endpoints.getDownloads, { params: { orderId: placed.orderId }, query: { token: 'x' } })
  expect(await stranger.catch(codeOf)).toBe('orders.not_found')
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  expect(items.filter((item) => item.orderId === placed.orderId)).toEqual([])
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('an address that is sent is not kept; a wording that is not the one of today is refused', async () => {
  const { orderId } = await buy(webPurchase([{ variantId: guide, quantity: 1 }], consent))
  expect((await orderOf(orderId)).delivery).toMatchObject({ method: 'download', address: null })
  const old = visitor(endpoints.placeOrder, { body: alone({ downloadConsent: { version: '1999-01' } }) })
  expect(await old.catch(codeOf)).toBe('orders.consent_outdated')
  const carried = { delivery: { method: 'carry_out', siteId: shop.sites['nantes'] } }
  expect(await visitor(endpoints.placeOrder, { body: alone(carried) }).catch(codeOf)).toBe(
    'orders.delivery_not_offered',
  )
})

test('a link gives the file by ranges, counts each download, and nobody can write another', async () => {
  const placed = await buy(alone(consent))
  const url = (await downloadsOf(placed)).items[0]?.files[0]?.url ?? ''
  const whole = await fetchFile(url)
  expect([whole.statusCode, whole.body]).toEqual([200, 'version un'])
  // Nothing of the name's path is left, and no browser shows what is in it.
  expect(whole.headers['content-disposition']).toContain(`filename="Guide dentretien.pdf"`)
  expect(whole.headers).toMatchObject({
    'cache-control': 'private, no-store',
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  })
  const rest = await fetchFile(url, { range: 'bytes=8-' })
  expect([rest.statusCode, rest.body, rest.headers['content-range']]).toEqual([206, 'un', 'bytes 8-9/10'])
  expect((await fetchFile(url, { range: 'bytes=99-' })).statusCode).toBe(416)
  const changed = await fetchFile(url, { range: 'bytes=8-', 'if-range': '"another"' })
  expect(changed.statusCode).toBe(200)
  expect((await app.fastify.inject({ method: 'HEAD', url })).statusCode).toBe(200)
  // Two were whole; the rest of one, what was not there and what was only looked at are none.
  expect((await downloadsOf(placed)).items[0]?.files[0]?.left).toBe(3)
  const forged = url.replace(/signature=(.)/, (_, first) => `signature=${first === 'A' ? 'B' : 'A'}`)
  expect((await fetchFile(forged)).statusCode).toBe(404)
  expect((await fetchFile(url.replace(/expires=2026/, 'expires=2036'))).statusCode).toBe(404)
  const attempts = await Promise.all(Array.from({ length: 8 }, () => fetchFile(url)))
  expect(attempts.filter(({ statusCode }) => statusCode === 200)).toHaveLength(3)
  expect(attempts.filter(({ statusCode }) => statusCode === 429)).toHaveLength(5)
  // Nor is what is left of it given by asking for a part of it later.
  clock.advance(7 * 3_600_000)
  expect((await fetchFile(url, { range: 'bytes=1-' })).statusCode).toBe(429)
  const seen = await staff(endpoints.getDownloads, { params: { orderId: placed.orderId }, query: {} })
  expect(seen.items[0]?.log).toHaveLength(5)
})

test('staff give other links; the ones before end; a newer version is what is fetched then', async () => {
  const placed = await buy(alone(consent))
  const params = { orderId: placed.orderId, lineId: (await orderOf(placed.orderId)).lines[0]?.id ?? '' }
  const before = (await downloadsOf(placed)).items[0]?.files[0]?.url ?? ''
  await addTestFile(upload, guide, { label: 'Guide', fileName: 'guide.pdf', content: 'version deux' })
  expect((await fetchFile(before)).body).toBe('version un')
  clock.advance(31 * 86_400_000)
  expect((await downloadsOf(placed)).items[0]).toMatchObject({ state: 'expired', files: [{ url: null }] })
  expect((await fetchFile(before)).statusCode).toBe(410)
  const renewed = await staff(endpoints.renewDownload, { params })
  const now = renewed.items[0]?.files[0]
  expect(now).toMatchObject({ version: 2, left: 5 })
  expect((await fetchFile(before)).statusCode).toBe(404)
  expect((await fetchFile(now?.url ?? '')).body).toBe('version deux')
  await staff(endpoints.revokeDownload, { params, body: { reason: 'partagé sur un forum' } })
  expect((await fetchFile(now?.url ?? '')).statusCode).toBe(410)
  expect((await downloadsOf(placed)).items[0]).toMatchObject({ state: 'revoked' })
})

test('what is refunded cannot be fetched any more, and is refunded once', async () => {
  const placed = await buy(alone(consent))
  const order = await orderOf(placed.orderId)
  const params = { orderId: placed.orderId, lineId: order.lines[0]?.id ?? '' }
  const url = (await downloadsOf(placed)).items[0]?.files[0]?.url ?? ''
  const refunds = await Promise.allSettled(
    [1, 2].map(() => staff(endpoints.refundDownload, { params, body: { reason: 'fichier illisible' } })),
  )
  expect(refunds.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await makeRefunds(ctx, placement.provider)
  await settle()
  expect((await orderOf(placed.orderId)).refunded).toEqual(order.total)
  expect((await fetchFile(url)).statusCode).toBe(410)
  expect(await staff(endpoints.renewDownload, { params }).catch(codeOf)).toBe('orders.download_ended')
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('whoever does not agree keeps the right to withdraw, and gets the file when its time is over', async () => {
  const keeping = await buy(alone())
  const { items, consent: none } = await downloadsOf(keeping)
  expect([items[0]?.state, items[0]?.files[0]?.url, none]).toEqual(['waiting', null, null])
  const leaving = await buy(alone())
  const lineId = (await orderOf(leaving.orderId)).lines[0]?.id ?? ''
  const withdraw = (placed: typeof keeping, line: string) =>
    visitor(endpoints.declareWithdrawal, {
      body: {
        contract: { orderId: placed.orderId, token: placed.accessToken },
        lines: [{ lineId: line, quantity: 1 }],
        name: 'Camille Roux',
        email: 'camille@exemple.fr',
        locale: 'fr',
      },
    })
  expect((await withdraw(leaving, lineId)).lines[0]?.outcome).toBe('cancelled')
  await makeRefunds(ctx, placement.provider)
  await settle()
  clock.advance(13 * 86_400_000)
  await giveDueDownloads.run(ctx, {})
  expect((await downloadsOf(keeping)).items[0]?.state).toBe('waiting')
  clock.advance(7 * 86_400_000)
  await giveDueDownloads.run(ctx, {})
  await giveDueDownloads.run(ctx, {})
  await settle()
  expect((await downloadsOf(keeping)).items[0]?.state).toBe('ready')
  expect((await downloadsOf(leaving)).items[0]?.state).toBe('revoked')
  const late = (await orderOf(keeping.orderId)).lines[0]?.id ?? ''
  expect(await withdraw(keeping, late).catch(codeOf)).toBe('orders.not_withdrawable')
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('files among goods are a part of their own: given at once while the parcel is prepared', async () => {
  const placed = await buy(
    webPurchase(
      [
        { variantId: goods(0), quantity: 1 },
        { variantId: guide, quantity: 2 },
        { variantId: goods(1), quantity: 1 },
      ],
      { ...consent, pickups: [{ siteId: shop.sites['nantes'] ?? '', variantIds: [goods(1)] }] },
    ),
  )
  const order = await orderOf(placed.orderId)
  expect(order.groups.map(({ method, state }) => [method, state])).toEqual([
    ['delivery', 'to_prepare'],
    ['pickup', 'to_prepare'],
    ['download', 'fulfilled'],
  ])
  expect(order.groups[2]?.fee.amountMinor).toBe(0)
  expect(order.fulfillmentState).toBe('partially_fulfilled')
  expect((await downloadsOf(placed)).items[0]).toMatchObject({ state: 'ready', files: [{ left: 10 }] })
  const back = await visitor(endpoints.getReturnable, {
    params: { orderId: placed.orderId },
    query: { token: placed.accessToken },
  })
  expect(back.lines.every(({ returnable }) => returnable === 0)).toBe(true)
  const pickGuide = [{ siteId: shop.sites['nantes'] ?? '', variantIds: [guide] }]
  const wrong = webPurchase(
    [
      { variantId: goods(0), quantity: 1 },
      { variantId: guide, quantity: 1 },
    ],
    { pickups: pickGuide },
  )
  expect(await visitor(endpoints.placeOrder, { body: wrong }).catch(codeOf)).toBe('orders.group_wrong')
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('licences that are limited are sold once each; lifting the limit sells without end', async () => {
  const route = await fileProduct(staff, 'trace-gpx')
  await addTestFile(upload, route, { label: 'Trace', fileName: 'loire.gpx', content: '<gpx/>' })
  await settle()
  const set = (limit: number | null) => staff(endpoints.setLicences, { params: { variantId: route }, body: { limit } })
  await set(3)
  await settle()
  const one = () =>
    visitor(endpoints.placeOrder, {
      body: webPurchase([{ variantId: route, quantity: 1 }], { delivery: { method: 'download' }, ...consent }),
    })
  const attempts = await Promise.allSettled(Array.from({ length: 9 }, one))
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
  expect(await set(null)).toMatchObject({ limit: null, available: null })
  await settle()
  await one()
  await settle()
  await captureAuthorised(ctx, placement.provider)
  await settle()
  // Licences lie on no shelf: no document of stock names them.
  const { items } = await staff(endpoints.listStock, { query: { variantId: route, limit: 50 } })
  expect(items).toEqual([])
  expect((await staff(endpoints.listPlaces)).items.map(({ code }) => code)).not.toContain('downloads')
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('files are of articles to download only, and the last one stays', async () => {
  expect((await addTestFile(upload, goods(0), { label: 'x', fileName: 'x.txt', content: 'x' })).code).toBe(
    'catalog.not_digital',
  )
  expect((await addTestFile(upload, guide, { label: 'x', fileName: 'x.txt', content: '' })).code).toBe(
    'catalog.no_file',
  )
  const route = await fileProduct(staff, 'autre-trace')
  const { id } = await addTestFile(upload, route, { label: 'Trace', fileName: 't.gpx', content: '<gpx/>' })
  const remove = staff(endpoints.withdrawArticleFile, { params: { fileId: id ?? '' } })
  expect(await remove.catch(codeOf)).toBe('catalog.last_file')
})

test('a till sells files beside what is carried out, to whoever leaves no address as well: they are given at once', async () => {
  const { nantes = '' } = shop.sites
  const clerk = kit.asStaff(['till:sell', 'orders:read'], [nantes])
  const plan = await fileProduct(staff, 'plan-atelier', ['shop-nantes', 'phone', 'web'])
  await addTestFile(upload, plan, { label: 'Plan', fileName: 'plan.pdf', content: 'plan' })
  await settle()
  const sell = async (variantIds: string[], amountMinor: number) => {
    const placed = await clerk(endpoints.placeOrder, {
      body: {
        channel: 'shop-nantes',
        lines: variantIds.map((variantId) => ({ variantId, quantity: 1 })),
        delivery: { method: 'carry_out', siteId: nantes },
        payments: [{ method: 'cash', amountMinor }],
      },
    })
    await settle()
    return placed
  }
  const { subtotal } = await clerk(endpoints.createCart, { body: { channel: 'shop-nantes' } }).then((cart) =>
    clerk(endpoints.setCartLine, {
      params: { cartId: cart.id, variantId: goods(2) },
      body: { quantity: 1 },
      query: {},
    }),
  )
  const placed = await sell([goods(2), plan], subtotal.amountMinor + 900)
  const order = await orderOf(placed.orderId)
  expect(order).toMatchObject({ fulfillmentState: 'fulfilled', delivery: { method: 'carry_out' }, groups: [] })
  expect(order.lines.map(({ fulfilledQuantity }) => fulfilledQuantity)).toEqual([1, 1])
  const [given] = (await downloadsOf(placed)).items
  expect(given).toMatchObject({ state: 'ready', files: [{ left: 5 }] })
  expect((await fetchFile(given?.files[0]?.url ?? '')).body).toBe('plan')
  // Alone it is a sale of the same till.
  const alone = await sell([plan], 900)
  expect((await downloadsOf(alone)).items[0]?.state).toBe('ready')
  expect(await brokenAtRest(ctx.db)).toEqual([])

  // Whoever paid can be shown the way to them again, where they paid and nowhere else.
  const way = await clerk(endpoints.getDownloadPage, { params: { orderId: alone.orderId } })
  expect(way.link).toContain(`token=${alone.accessToken}`)
  const elsewhere = kit.asStaff(['till:sell', 'orders:read'], [shop.sites['lyon'] ?? ''])
  const stranger = elsewhere(endpoints.getDownloadPage, { params: { orderId: alone.orderId } })
  expect(await stranger.catch(codeOf)).toBe('access.wrong_site')
  const onTheWeb = await buy(webPurchase([{ variantId: guide, quantity: 1 }], consent))
  const other = staff(endpoints.getDownloadPage, { params: { orderId: onTheWeb.orderId } })
  expect(await other.catch(codeOf)).toBe('orders.download_not_found')
})

test('a quote has files: alone they need no way, beside goods the carriage that was agreed upon stays', async () => {
  const offered = await fileProduct(staff, 'trace-quote', ['phone', 'web'])
  await addTestFile(upload, offered, { label: 'Tracé', fileName: 'trace.gpx', content: 'gpx' })
  await settle()
  const validUntil = new Date(clock.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10)
  const address = { name: 'Nina Le Gall', street: '3 rue du Port', postalCode: '44000', locality: 'Nantes' }
  const quoteOf = async (variantIds: string[], delivery: { method: 'delivery'; feeMinor?: number }) => {
    const body = {
      channel: 'phone',
      locale: 'fr' as const,
      contact: { name: 'Nina Le Gall', email: 'nina@exemple.fr' },
      lines: variantIds.map((variantId) => ({ variantId, quantity: 1, unitPriceMinor: 800 })),
      delivery: { ...delivery, address },
      keepGoods: true,
      validUntil,
    }
    const { channel, locale, lines } = body
    const sums = await staff(endpoints.priceQuote, { body: { channel, locale, lines, delivery: body.delivery } })
    const quote = await staff(endpoints.createQuote, { body })
    expect(quote.revisions[0]?.total).toEqual(sums.total)
    const params = { quoteId: quote.id }
    const sent = await staff(endpoints.sendQuote, { params, body: { revision: 1 } })
    const token = new URL(sent.link).searchParams.get('token') ?? ''
    await visitor(endpoints.acceptQuote, { params, body: { token, revision: 1, name: 'Nina' } })
    return { quote, sums }
  }
  const files = await quoteOf([offered], { method: 'delivery' })
  expect(files.sums).toMatchObject({ method: 'download', fee: { amountMinor: 0 }, total: { amountMinor: 800 } })
  const payment = { payments: [{ method: 'online_card' as const, token: 'tok_accept' }], ...consent }
  const alone = await buy({ ...webPurchase([], payment), lines: undefined, cartId: files.quote.id })
  expect((await orderOf(alone.orderId)).total.amountMinor).toBe(800)
  expect((await downloadsOf(alone)).items[0]?.state).toBe('ready')

  const both = await quoteOf([offered, goods(3)], { method: 'delivery', feeMinor: 333 })
  expect(both.sums).toMatchObject({ method: 'delivery', fee: { amountMinor: 333 }, total: { amountMinor: 1_933 } })
  const mixed = await buy({ ...webPurchase([], payment), lines: undefined, cartId: both.quote.id })
  const order = await orderOf(mixed.orderId)
  expect(order.total.amountMinor).toBe(1_933)
  expect(order.groups.map(({ method, fee }) => [method, fee.amountMinor])).toEqual([
    ['delivery', 333],
    ['download', 0],
  ])
  // The channel's own carriage is that of the goods: a file makes nothing free of charge.
  const usual = await quoteOf([goods(3)], { method: 'delivery' })
  const withFile = await quoteOf([offered, goods(3)], { method: 'delivery' })
  expect(withFile.sums.fee).toEqual(usual.sums.fee)
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})
