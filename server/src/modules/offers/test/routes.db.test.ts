import type { Product, ProductInput } from '@ecluse/contracts/catalog.ts'
import { permissions } from '@ecluse/contracts/permissions.ts'
import fastify from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { createTestClock } from '../../../../test/kit/clock.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext, type Actor } from '../../../kernel/context.ts'
import { registerProblems } from '../../../kernel/http/problems.ts'
import { responseSerializer } from '../../../kernel/http/serialize.ts'
import { listPlaces, loadAdvanceSales, loadBuffers, loadSourcing, readAvailability } from '../../inventory/public.ts'
import { createReadModel, offerRoutes } from '../public.ts'
import { seededProducts } from '../../../../test/kit/seeded-catalogue.ts'
import { seedShop } from './seeded-shop.ts'

const { db } = await createTestDatabase()
const clock = createTestClock('2026-03-02T09:00:00Z')
const services = createTestServices(db, { clock })
const seed = inject('seed')
const products = seededProducts(120, seed, ['web'])
/** Sold on the web in March from the 10th to the 20th, and never elsewhere. */
const dated = products[7] as ProductInput
dated.name = { fr: 'Trottinette Pélican', en: 'Pelican scooter' }
dated.publications = [{ channelCode: 'web', from: '2026-03-10T00:00:00Z', until: '2026-03-20T00:00:00Z' }]
const shop = await seedShop(systemContext(services, 'test'), { shops: 3, products, seed })
const model = createReadModel(services, {
  loadAvailability: readAvailability,
  listPlaces,
  loadSourcing,
  loadBuffers,
  loadAdvanceSales,
})
await model.refresh()

const app = fastify({ routerOptions: { maxParamLength: 250 } })
app.setValidatorCompiler(validatorCompiler)
app.setSerializerCompiler(responseSerializer('test'))
app.decorateRequest('actor')
app.addHook('onRequest', async (request) => {
  const actor: Actor = { kind: 'api_key', keyId: 'k', name: 'test', permissions: new Set(permissions) }
  request.actor = request.headers['x-staff'] ? actor : { kind: 'anonymous' }
})
registerProblems(app)
offerRoutes({ model })(app, services)
afterAll(() => app.close())

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.inject({ method: 'GET', url: `/api/v1${path}`, headers })
  return { status: response.statusCode, headers: response.headers, body: response.body ? response.json() : null }
}
const staff = { 'x-staff': 'yes' }
const handles = (list: { body: { items: { handle: string }[] } }) => list.body.items.map((item) => item.handle)

describe('a product outside its dates', () => {
  const doors = {
    'direct address': `/offers/${dated.handle}?channel=web`,
    SKU: `/offers-by-code/${dated.variants[0]?.sku}?channel=web`,
    GTIN: `/offers-by-code/${dated.variants[0]?.gtin}?channel=web`,
  }
  const lists = {
    list: '/offers?channel=web&limit=100&sort=newest',
    category: `/offers?channel=web&limit=100&category=${dated.categoryCodes[0]}`,
    search: '/offers?channel=web&q=pelican',
    'search with a typo': '/offers?channel=web&q=pelicna',
    'search by SKU': `/offers?channel=web&q=${dated.variants[0]?.sku}`,
    suggestion: '/offer-suggestions?channel=web&q=peli',
    'suggestion by SKU': `/offer-suggestions?channel=web&q=${dated.variants[0]?.sku}`,
    'second page': '/offers?channel=web&limit=100&sort=newest&cursor=',
  }

  test.each([
    ['before', '2026-03-09T23:59:59Z', false],
    ['on the first day', '2026-03-10T00:00:00Z', true],
    ['to the last second', '2026-03-19T23:59:59Z', true],
    ['after', '2026-03-20T00:00:00Z', false],
  ])('%s: every door tells the same', async (_when, instant, open) => {
    clock.set(instant)
    for (const [door, path] of Object.entries(doors))
      expect([door, (await get(path)).status]).toEqual([door, open ? 200 : 404])
    const all: string[] = []
    for (let cursor = ''; ;) {
      const page = await get(`/offers?channel=web&limit=50${cursor && `&cursor=${cursor}`}`)
      all.push(...handles(page))
      if (page.body.nextCursor === null) break
      cursor = page.body.nextCursor
    }
    expect(all.includes(dated.handle)).toBe(open)
    expect(all).toHaveLength(open ? 120 : 119)
    for (const [door, path] of Object.entries(lists)) {
      if (path.endsWith('cursor=')) continue
      const list = await get(path)
      const complete = list.body.total === undefined || list.body.total <= 100
      if (complete) expect([door, handles(list).includes(dated.handle)]).toEqual([door, open])
    }
    expect((await get(`/offers/${dated.handle}?channel=phone`)).status).toBe(404)
    expect((await get('/offers?channel=web&q=pelican')).body.correctedQuery).toBeNull()
  })

  test('the page of another product does not show it as related either', async () => {
    clock.set('2026-03-15T00:00:00Z')
    const shown = async () => {
      const others = products.filter((p) => p !== dated && p.categoryCodes[0] === dated.categoryCodes[0])
      const pages = await Promise.all(others.map((p) => get(`/offers/${p.handle}?channel=web`)))
      return pages.some(({ body }) => body.related.some((card: { handle: string }) => card.handle === dated.handle))
    }
    await shown()
    clock.set('2026-03-20T00:00:00Z')
    expect(await shown()).toBe(false)
  })
})

describe('the page of a product', () => {
  const [plain] = products as [ProductInput]
  const path = `/offers/${plain.handle}?channel=web`

  test('tells prices with their reason, and stock in each shop with when it is ready', async () => {
    clock.set('2026-03-02T09:00:00Z')
    const { body } = await get(path)
    expect(body.variants).toHaveLength(plain.variants.length)
    expect(body.variants[0].priceReason).toEqual({
      kept: 'list:public',
      tried: [{ rule: 'list:public', outcome: 'kept', detail: 'Le tarif «\u202fTarif public\u202f» s’applique.' }],
    })
    for (const variant of body.variants) {
      expect(variant.shops).toHaveLength(3)
      for (const { available, readyAt } of variant.shops)
        expect(readyAt).toBe(available > 0 ? '2026-03-02T11:00:00.000Z' : null)
    }
  })

  test('is sent once: the same tag answers 304, stock or the clock change it', async () => {
    const first = await get(path)
    const tag = { 'if-none-match': String(first.headers['etag']) }
    expect((await get(path, tag)).status).toBe(304)
    const variantId = shop.variantIds.get(plain.variants[0]?.sku ?? '') ?? ''
    const [placeId = ''] = shop.placeIds
    model.setAvailable([{ variantId, placeId, available: 4_321 }])
    const second = await get(path, tag)
    expect(second.status).toBe(200)
    expect(second.body.variants[0].deliverable).toBe(4_321)
    clock.advance(40_000)
    expect((await get(path, { 'if-none-match': String(second.headers['etag']) })).status).toBe(200)
  })

  test('in English; unknown channel and product are told apart', async () => {
    const { body } = await get(`${path}&locale=en`)
    expect(body.name).toBe(plain.name.en)
    expect((await get(`/offers/${plain.handle}?channel=moon`)).body.code).toBe('channels.not_found')
    expect((await get('/offers/no-such-thing?channel=web')).body.code).toBe('offers.not_offered')
  })
})

describe('lists', () => {
  test('narrow, count and sort', async () => {
    const narrowed = await get(
      '/offers?channel=web&option=couleur:vert&brand=Bora&brand=Alizé&sort=price_asc&inStock=true',
    )
    const prices = narrowed.body.items.map((item: { priceFrom: { amountMinor: number } }) => item.priceFrom.amountMinor)
    expect(prices).toEqual([...prices].sort((a: number, b: number) => a - b))
    const colour = narrowed.body.facets.find((facet: { code: string }) => facet.code === 'option.couleur')
    expect(colour.name).toBe('Couleur')
    const green = colour.values.find((value: { value: string }) => value.value === 'vert')
    expect(green).toEqual({ value: 'vert', label: 'Vert mousse', count: narrowed.body.total, selected: true })
    expect((await get('/offers?channel=web&shop=lune')).body.total).toBe(0)
    expect((await get('/offers?channel=moon')).body.code).toBe('channels.not_found')
    expect((await get('/offers?channel=web&cursor=AAAA')).body.code).toBe('kernel.invalid_cursor')
  })

  test('the same list again answers 304', async () => {
    const path = '/offers?channel=web&category=velos'
    const first = await get(path)
    expect((await get(path, { 'if-none-match': String(first.headers['etag']) })).status).toBe(304)
  })

  test.each([
    ['velo electrique', null],
    ['vélos électriques', null],
    ['VELO ELECTRIC', null],
    ['electrque', 'électrique'],
    ['velo electrqiue', 'vélo électrique'],
  ])('search “%s”', async (q, corrected) => {
    const { body } = await get(`/offers?channel=web&limit=100&q=${encodeURIComponent(q)}`)
    const wanted = products.filter((product) => product.name.fr.startsWith('Vélo électrique'))
    expect(body.total).toBe(wanted.length)
    const mended = body.correctedQuery === null ? null : body.correctedQuery.replace('velo', 'vélo')
    expect(mended).toBe(corrected)
  })

  test('suggestions follow what is typed', async () => {
    const names = (await get('/offer-suggestions?channel=web&q=casq')).body.items.map(
      (item: { name: string }) => item.name,
    )
    expect(names.length).toBe(Math.min(8, products.filter((product) => product.name.fr.startsWith('Casque')).length))
    for (const name of names) expect(name).toMatch(/^Casque/)
  })
})

describe('the back office', () => {
  test('lists all products, published or not, and pages through them', async () => {
    const ids = new Set<string>()
    for (let cursor = ''; ;) {
      const { body } = await get(
        `/catalog/products?limit=50&sort=price&order=asc${cursor && `&cursor=${cursor}`}`,
        staff,
      )
      for (const item of body.items) ids.add(item.id)
      expect(body.total).toBe(120)
      if (body.nextCursor === null) break
      cursor = body.nextCursor
    }
    expect(ids.size).toBe(120)
    clock.set('2026-03-02T09:00:00Z')
    const unpublished = await get('/catalog/products?publication=unpublished', staff)
    expect(handles(unpublished)).toEqual([dated.handle])
    expect((await get('/catalog/products?channel=phone', staff)).body.total).toBe(0)
    expect((await get('/catalog/products')).status).toBe(401)
  })

  test('creates a product, sees it at once, and is told of a change made meanwhile', async () => {
    const payload = { ...(products[0] as ProductInput), handle: 'nouveau' }
    payload.variants = payload.variants.map((variant) => ({ ...variant, sku: `N-${variant.sku}`, gtin: null }))
    const headers = { ...staff, 'idempotency-key': 'create-nouveau' }
    const create = () => app.inject({ method: 'POST', url: '/api/v1/catalog/products', headers, payload })
    const created = await create()
    expect(created.statusCode).toBe(201)
    expect((await create()).headers['idempotency-replayed']).toBe('true')
    const product: Product = created.json()
    expect((await get('/offers/nouveau?channel=web')).status).toBe(200)
    expect((await get('/catalog/products?q=nouveau&limit=10', staff)).status).toBe(200)
    const { id, createdAt: _c, updatedAt: _u, revision, variants, ...rest } = product
    const edited = { ...rest, brand: 'Neuve', variants: variants.map(({ id: _id, ...variant }) => variant) }
    const put = (at: number) =>
      app.inject({
        method: 'PUT',
        url: `/api/v1/catalog/products/${id}?revision=${at}`,
        headers: staff,
        payload: edited,
      })
    expect((await put(revision)).json().brand).toBe('Neuve')
    expect((await put(revision)).json().code).toBe('catalog.changed_meanwhile')
    expect((await get(`/catalog/products/${id}`, staff)).body.revision).toBe(revision + 1)
    const again = await app.inject({ method: 'POST', url: '/api/v1/catalog/products', headers: staff, payload })
    expect(again.json().code).toBe('catalog.handle_taken')
  })
})
