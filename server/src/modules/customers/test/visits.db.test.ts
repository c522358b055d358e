import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { forgetVisits } from '../jobs/forget-visits.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 20 })
const { db } = ctx
const { visits } = app.wiring
const staff = asStaff()
const { items: offers } = await visitor(endpoints.listOffers, { query: { channel: 'web', locale: 'fr', limit: 3 } })

/** A browser: it keeps cookies, and nothing else. */
function browser(headers: Record<string, string> = {}) {
  const jar = new Map<string, string>()
  const ask = async (method: 'GET' | 'POST', url: string, form?: Record<string, string>) => {
    const answer = await app.fastify.inject({
      method,
      url,
      headers: {
        ...headers,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
    })
    for (const { name, value } of answer.cookies) jar.set(name, value)
    return answer
  }
  return {
    see: (url: string) => ask('GET', url),
    choose: (allow: 'yes' | 'no') => ask('POST', '/mes-visites', { allow, next: '/catalogue' }),
    register: (email: string) =>
      ask('POST', '/compte/creation', { name: 'Inès Le Goff', email, password: 'une longue phrase' }),
    device: () => jar.get('ecluse_visits'),
  }
}
const product = (nth: number) => `/produits/${offers[nth]?.handle ?? ''}`
type Row = { kind: string; product_id: string | null; detail: string | null }
async function loggedOf(device = ''): Promise<string[]> {
  await visits.flush()
  const { rows } = await db.query<Row>(
    `select i.kind, i.product_id, i.detail from customers.interaction i
     where i.party_id in (select party_id from customers.identification where kind = 'device' and value = $1)
     order by i.at, i.kind desc`,
    [device],
  )
  return rows.map(({ kind, product_id: id, detail }) =>
    [kind, offers.findIndex(({ productId }) => productId === id), detail]
      .filter((x) => x !== null && x !== -1)
      .join(' '),
  )
}
const parties = async (): Promise<number> => Number((await db.query('select 1 from customers.party')).rowCount)

test('nothing is noted of who did not say yes; the question is asked once, at the end of the page', async () => {
  const one = browser()
  const before = await parties()
  expect((await one.see(product(0))).body).toContain('class="visits-question"')
  await visits.flush()
  const answered = await one.choose('no')
  expect([answered.statusCode, answered.headers.location]).toEqual([303, '/catalogue'])
  expect((await one.see(product(0))).body).not.toContain('class="visits-question"')
  const refusing = browser({ 'sec-gpc': '1' })
  await refusing.choose('yes')
  expect((await refusing.see(product(0))).body).not.toContain('class="visits-question"')
  await visits.flush()
  expect(await parties()).toBe(before)
})

test('a visit is one until nothing was looked at for half an hour; a product counts once in it', async () => {
  const one = browser()
  await one.choose('yes')
  for (const nth of [0, 1, 0]) await one.see(product(nth))
  expect(await loggedOf(one.device())).toEqual(['visit_anonymous', 'product_view 0', 'product_view 1'])
  clock.advance(20 * 60_000)
  await one.see(product(1))
  await one.see(product(2))
  expect(await loggedOf(one.device())).toHaveLength(4)
  clock.advance(29 * 60_000)
  await one.see('/catalogue')
  expect(await loggedOf(one.device())).toHaveLength(4)
  clock.advance(31 * 60_000)
  await one.see(product(0))
  expect((await loggedOf(one.device())).slice(4)).toEqual(['visit_anonymous', 'product_view 0'])
})

test('who registers brings what their device looked at before, and a guest who orders does', async () => {
  const one = browser()
  await one.choose('yes')
  await one.see(product(0))
  await visits.flush()
  clock.advance(60_000)
  await one.register('ines@visite.fr')
  await one.see(product(1))
  await visits.flush()
  const { items } = await staff(endpoints.listCustomers, { query: { q: 'ines@visite.fr', limit: 5 } })
  const params = { customerId: items[0]?.id ?? '' }
  const timeline = await staff(endpoints.getCustomerTimeline, { params, query: { limit: 20 } })
  const seen = timeline.items.filter(({ kind }) => kind.includes('visit') || kind === 'product_view')
  expect(seen.map(({ kind, document }) => [kind, document?.label ?? null])).toEqual([
    ['visit_signed_in', null],
    ['product_view', offers[1]?.name],
    ['visit_anonymous', null],
    ['product_view', offers[0]?.name],
  ])

  const guest = browser()
  await guest.choose('yes')
  await guest.see(product(2))
  await visits.flush()
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 1 }], {
      contact: { name: 'Yann Morvan', email: 'yann@visite.fr' },
    }),
  })
  await settle()
  const thanks = await guest.see(`/commandes/${placed.orderId}/merci?token=${placed.accessToken ?? ''}`)
  expect(thanks.statusCode).toBe(200)
  await visits.flush()
  const [yann] = (await staff(endpoints.listCustomers, { query: { q: 'yann@visite.fr', limit: 5 } })).items
  const his = await staff(endpoints.getCustomerTimeline, {
    params: { customerId: yann?.id ?? '' },
    query: { kind: 'product_view', limit: 20 },
  })
  expect(his.items.map(({ document }) => document?.label)).toEqual([offers[2]?.name])
})

test('a card that is shown is a visit to a shop', async () => {
  const { customerId } = await staff(endpoints.identifyCustomer, {
    body: {
      identifiers: [
        { kind: 'card', value: 'C-99' },
        { kind: 'email', value: 'carte@visite.fr' },
      ],
      name: 'Ana Carte',
      locale: 'fr',
      source: 'card',
      channelCode: 'stores',
    },
  })
  const { items } = await staff(endpoints.getCustomerTimeline, {
    params: { customerId },
    query: { kind: 'store_visit', limit: 5 },
  })
  expect(items).toMatchObject([{ channelCode: 'stores', at: clock.now().toISOString() }])
})

test('visits are forgotten after 25 months, and devices that were never more', async () => {
  const one = browser()
  await one.choose('yes')
  await one.see(product(0))
  expect(await loggedOf(one.device())).toHaveLength(2)
  clock.advance(750 * 86_400_000)
  await forgetVisits.run(ctx, {})
  expect(await loggedOf(one.device())).toHaveLength(2)
  clock.advance(30 * 86_400_000)
  await forgetVisits.run(ctx, {})
  expect(await loggedOf(one.device())).toEqual([])
  const left = await db.query(`select 1 from customers.party_key where kind = 'device' and value = $1`, [one.device()])
  expect(left.rowCount).toBe(0)
  expect((await staff(endpoints.listCustomers, { query: { q: 'ines@visite.fr', limit: 5 } })).items).toHaveLength(1)
})
