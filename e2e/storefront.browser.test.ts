import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { createClient, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { demoAccounts } from '../server/src/demo/demo-accounts.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { serveDemo } from '../server/test/kit/demo.ts'

/** What a refused form is answered with; the browser writes each on its console. */
const refusals = ['status of 402', 'status of 404', 'status of 409', 'status of 422']

const browser = await launchBrowser()
const demo = await serveDemo()
let home: string
/** A product of several colours and sizes, on sale here and in shops. */
let handle: string

beforeAll(async () => {
  home = demo.home()
  handle = await productInShops(visitor())
})

/** The API, asked over the same port as the browser. */
function visitor(headers: Record<string, string> = {}): Client {
  return createClient(
    async (request) => {
      const answer = await fetch(home + request.url, {
        method: request.method,
        headers: { ...request.headers, ...headers },
        ...(request.body === undefined ? {} : { body: request.body }),
      })
      return { status: answer.status, body: await answer.text(), headers: answer.headers }
    },
    { locale: () => 'fr' },
  )
}

async function productInShops(call: Client): Promise<string> {
  const query = { channel: 'web', category: 'velos', inStock: 'true', limit: 40 } as const
  const { items } = await call(endpoints.listOffers, { query })
  for (const item of items) {
    const page = await call(endpoints.getOffer, { params: { handle: item.handle }, query: { channel: 'web' } })
    const everywhere = page.variants.every((one) => one.deliverable > 4 && one.shops.some((shop) => shop.available > 1))
    if (page.options.length === 2 && everywhere) return item.handle
  }
  throw new Error('the demo company has no bicycle to buy in a shop')
}

const open = (options: Parameters<typeof openPage>[1] = {}) =>
  openPage(browser, { expectedErrors: refusals, ...options })
const count = (page: Page) => page.locator('.count-badge')

async function fillContact(page: Page, email = 'lea.martin@exemple.fr'): Promise<void> {
  await page.fill('[name=email]', email)
  await page.fill('[name=name]', 'Léa Martin')
}

async function fillAddress(page: Page): Promise<void> {
  await page.check('[name=method][value=delivery]')
  await page.fill('[name=street]', '1 rue du Port')
  await page.fill('[name=postalCode]', '44000')
  await page.fill('[name=locality]', 'Nantes')
}

/** Puts the product into the cart and goes to the checkout. */
async function toCheckout(page: Page): Promise<void> {
  await page.goto(`${home}/produits/${handle}`)
  await page.click('.buy button')
  await expect.poll(() => count(page).textContent()).toBe('1')
  await page.goto(`${home}/commander`)
}

const pay = (page: Page) => page.click('.checkout-summary button[type=submit]')

/** Until the page an act leads to is there: without a script a form is answered by a page of its own. */
const loaded = (page: Page, act: Promise<void>) => Promise.all([page.waitForEvent('load'), act])

describe('buying', () => {
  test('without a script: from home to a pick-up with its code', async () => {
    const page = await open({ javaScriptEnabled: false, viewport: viewports.phone })
    await page.goto(home)
    await loaded(page, page.locator('.tile a').first().click())
    await page.goto(`${home}/produits/${handle}`)
    const choices = page.locator('.option').last().locator('a')
    await loaded(page, choices.last().click())
    const size = await page.locator('.option').last().locator('a[aria-current]').textContent()
    await loaded(page, page.click('.buy button'))
    expect(new URL(page.url()).pathname).toBe('/panier')
    expect(await page.locator('.cart-line .muted').first().textContent()).toContain(size ?? '—')

    await page.fill('.quantity-form [name=quantity]', '2')
    await loaded(page, page.click('.quantity-form button'))
    expect(await page.locator('.sum-total dt').textContent()).toBe('2 articles')
    await loaded(page, page.click('.cart-total a.button'))
    await loaded(page, pay(page))
    expect(await page.locator('.field-error').count()).toBeGreaterThan(2)

    await fillContact(page)
    await page.check('[name=method][value=pickup]')
    await page.locator('[name=siteId]').first().check()
    await page.check('[name=card][value=tok_decline]')
    await loaded(page, pay(page))
    expect(await page.locator('#card-error').isVisible()).toBe(true)
    expect(await page.inputValue('[name=name]')).toBe('Léa Martin')

    await page.check('[name=card][value=tok_accept]')
    await loaded(page, pay(page))
    expect(new URL(page.url()).pathname).toMatch(/\/merci$/)
    expect(await page.locator('.pass-code').textContent()).toMatch(/^[A-Z0-9 -]{4,}$/)
    expect(await page.locator('.order-lines').textContent()).toMatch(/Référence .+2 × .+TVA 20/s)
    const qr = await page.locator('.pass-qr').getAttribute('src')
    const answer = await page.request.get(home + qr)
    expect(answer.headers()['content-type']).toContain('image/svg+xml')
    expect(await count(page).count()).toBe(0)
  })

  test('with one: adding stays on the page, quantities count at once, the bank is asked', async () => {
    const page = await open()
    await page.goto(home)
    await page.fill('#site-search', handle.slice(0, 4))
    await page.waitForSelector('.suggestions [role=option]')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.getAttribute('#site-search', 'aria-activedescendant')).toBe('suggestion-0')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/produits\//)

    await toCheckout(page)
    await page.goto(`${home}/panier`)
    await page.fill('.quantity-form [name=quantity]', '2')
    await page.keyboard.press('Tab')
    await expect.poll(() => count(page).textContent()).toBe('2')
    await page.goto(`${home}/commander`)
    await fillContact(page)
    await fillAddress(page)
    await page.check('[name=card][value=tok_challenge]')
    await pay(page)
    await page.waitForURL(/\/test-payment\//)
    await expectAccessible(page)
    await page.click('button[value=refuse]')
    await page.waitForURL(/\/paiement\/retour/)
    await page.click('form.actions button')
    await page.waitForURL(/\/panier$/)
    expect(await count(page).textContent()).toBe('2')

    await page.goto(`${home}/commander`)
    await fillContact(page)
    await fillAddress(page)
    await page.check('[name=card][value=tok_challenge]')
    await pay(page)
    await page.waitForURL(/\/test-payment\//)
    await page.click('button[value=accept]')
    await page.waitForURL(/\/merci/)
    await expectAccessible(page)
  })

  test('from a bank that does not answer, the page waits by itself', async () => {
    const page = await open()
    await toCheckout(page)
    await fillContact(page)
    await fillAddress(page)
    await page.check('[name=card][value=tok_timeout]')
    await pay(page)
    await page.waitForURL(/\/paiement\/attente\//)
    await expectAccessible(page)
    await page.waitForURL(/\/merci/, { timeout: 30_000 })
  })

  test('the same form sent twice is one order', async () => {
    const page = await open()
    await toCheckout(page)
    await fillContact(page, 'deux.fois@exemple.fr')
    await fillAddress(page)
    const form = await page.$eval('.checkout-form', (element) =>
      Object.fromEntries(
        [...new FormData(element as HTMLFormElement)].map(([name, value]) => [
          name,
          typeof value === 'string' ? value : '',
        ]),
      ),
    )
    const send = () => page.request.post(`${home}/commander`, { form, headers: { origin: home } })
    const answers = [...(await Promise.all([send(), send()])), await send()]
    const places = answers.map((answer) => new URL(answer.url()).pathname)
    expect(places[0]).toMatch(/\/merci$/)
    expect(new Set(places).size).toBe(1)
    const { rows } = await demo.db.query(
      "select count(*)::int as n from orders.sales_order where contact_email = 'deux.fois@exemple.fr'",
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('a member finds the order in the account', async () => {
    const page = await open({ viewport: viewports.phone })
    await toCheckout(page)
    await page.click('.checkout-form a[href*=connexion]')
    await page.click('.entrance p a')
    await page.fill('[name=name]', 'Noé Le Gall')
    await page.fill('[name=email]', 'noe.legall@exemple.fr')
    await page.fill('[name=password]', 'court')
    await page.click('.entrance button[type=submit]')
    await expect.poll(() => page.locator('#password-error').isVisible()).toBe(true)
    await page.fill('[name=password]', 'une phrase assez longue')
    await page.click('.entrance button[type=submit]')
    await page.waitForURL(/\/commander$/)
    expect(await page.inputValue('[name=email]')).toBe('noe.legall@exemple.fr')
    await fillAddress(page)
    await pay(page)
    await page.waitForURL(/\/merci/)
    const number = await page.locator('.order-number').textContent()
    await demo.app().wiring.relay.drain()
    await page.goto(`${home}/compte`)
    await expect.poll(() => page.locator('.my-orders').textContent()).toContain(number)
    await expectAccessible(page)
    await page.locator('.my-orders a').first().click()
    await expect.poll(() => page.locator('h1').textContent()).toContain(number)
    await page.goto(`${home}/compte`)
    await page.click('form button:has-text("Se déconnecter")')
    await page.goto(`${home}/compte`)
    expect(new URL(page.url()).pathname).toBe('/compte/connexion')
  })
})

describe('finding', () => {
  test('filters live in the address, and the language switch keeps the page', async () => {
    const page = await open()
    await page.goto(`${home}/rayons/velos`)
    const before = await page.locator('.total').textContent()
    await page.locator('.filters [name=brand]').first().check()
    await page.waitForURL(/brand=/)
    await expect.poll(() => page.locator('.total').textContent()).not.toBe(before)
    expect(await page.locator('.chosen .removable').count()).toBe(1)
    await page.selectOption('[name=sort]', 'price_asc')
    await page.waitForURL(/sort=price_asc/)
    const cards = await page.locator('.offer-card').count()
    if (await page.locator('[data-island=more]').count()) {
      await page.click('[data-island=more]')
      await expect.poll(() => page.locator('.offer-card').count()).toBeGreaterThan(cards)
    }
    await page.locator('.removable').first().click()
    await expect.poll(() => page.locator('.total').textContent()).toBe(before)
    await page.goBack()
    await page.waitForURL(/brand=/)

    await page.goto(`${home}/produits/${handle}`)
    await page.click('.site-footer .language')
    expect(new URL(page.url()).pathname).toBe(`/en/products/${handle}`)
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    expect(await page.getAttribute('link[hreflang=fr]', 'href')).toBe(`${home}/produits/${handle}`)
  })

  test('choosing an option swaps the offer and keeps the place', async () => {
    const page = await open()
    await page.goto(`${home}/produits/${handle}`)
    const first = await page.inputValue('.buy [name=variantId]')
    await page.locator('.option').first().locator('a').last().click()
    await expect.poll(() => page.inputValue('.buy [name=variantId]')).not.toBe(first)
    expect(page.url()).toContain('?')
  })

  test('what is typed is never markup', async () => {
    const page = await open()
    await page.goto(`${home}/recherche?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`)
    expect(await page.locator('main img[src=x]').count()).toBe(0)
    expect(await page.locator('h1').textContent()).toContain('<img src=x')
  })
})

describe('goods brought in from another shop', () => {
  test('keep their words, lose their scripts, and no picture is asked of anybody else', async () => {
    const [administrator] = await demoAccounts(demo.db)
    const page = await open()
    const sent = { headers: { origin: home } }
    const { email, password } = administrator ?? { email: '', password: '' }
    await page.request.post(`${home}/api/v1/session`, { ...sent, data: { email, password } })
    const price = { amountMinor: 4_500, currency: 'EUR' }
    const picture = 'https://cdn.elsewhere.example/bell.jpg'
    const created = await page.request.post(`${home}/api/v1/catalog/products`, {
      ...sent,
      data: {
        handle: 'sonnette-venue-d-ailleurs',
        name: { fr: 'Sonnette <venue> d’ailleurs', en: '' },
        description: {
          fr: `<p>Elle sonne <b>clair</b>.</p><img src="${picture}"><script>alert(1)</script><p onclick="alert(2)">Deux</p>`,
          en: '',
        },
        brand: null,
        categoryCodes: [],
        tags: [],
        attributes: {},
        options: [],
        media: [{ url: picture, alt: { fr: '', en: '' } }],
        variants: [
          { sku: 'BELL-1', gtin: null, options: {}, weightGrams: null, price, compareAtPrice: null, mediaIndex: 0 },
        ],
        publications: [{ channelCode: 'web', from: null, until: null }],
        seoTitle: null,
        seoDescription: null,
      },
    })
    expect(created.status(), await created.text()).toBe(201)
    const address = `${home}/produits/sonnette-venue-d-ailleurs`
    await expect.poll(async () => (await page.request.get(address)).status(), { timeout: 10_000 }).toBe(200)
    await page.goto(address)
    expect(await page.locator('h1').textContent()).toBe('Sonnette <venue> d’ailleurs')
    expect(await page.getAttribute('.gallery-large img', 'src')).toBe('/shop-placeholder.svg')
    expect(await page.locator('.prose b').textContent()).toBe('clair')
    expect(await page.locator('.prose img, .prose script, .prose [onclick]').count()).toBe(0)
    expect(await page.locator('.buy button').count()).toBe(0)
    await expectAccessible(page)
  })
})

describe('every page', () => {
  const pages = () => ['/', '/rayons/velos', `/produits/${handle}`, '/magasins', '/panier', '/compte/connexion']
  const looks = [
    {
      viewport: viewports.phone,
      colorScheme: 'light',
      more: ['/recherche?q=velo', '/magasins/nantes', '/compte/creation', '/conditions-de-vente', '/rien-ici'],
    },
    { viewport: viewports.desktop, colorScheme: 'dark', more: ['/en/', '/en/search?q=zzzzzz', '/en/shops/nantes'] },
  ] as const

  test.each(looks)('is accessible and fits, $viewport.width px, $colorScheme', async ({ more, ...look }) => {
    const page = await open(look)
    for (const path of [...pages(), ...more]) {
      await page.goto(home + path)
      await expectAccessible(page)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width, path).toBeLessThanOrEqual(look.viewport.width)
    }
  })

  test('asks little of a telephone: under 15 KB of script', async () => {
    const page = await open({ viewport: viewports.phone })
    await page.goto(`${home}/produits/${handle}`)
    const sizes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('.js'))
        .map((entry) => (entry as PerformanceResourceTiming).encodedBodySize),
    )
    expect(sizes.length).toBe(1)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(15_000)
  })

  test('robots and the site map lead to what is sold', async () => {
    const robots = await (await fetch(`${home}/robots.txt`)).text()
    expect(robots).toContain(`Sitemap: ${home}/sitemap.xml`)
    expect(await (await fetch(`${home}/sitemap.xml`)).text()).toContain(`<loc>${home}/produits/${handle}</loc>`)
  })
})
