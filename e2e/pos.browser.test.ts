import { pino } from 'pino'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { makeSmallShop, type SmallShop } from '../server/simulation/small-shop.ts'
import { build, type App } from '../server/src/app.ts'
import { systemContext } from '../server/src/kernel/context.ts'
import { inTransaction } from '../server/src/kernel/db.ts'
import { createStaff } from '../server/src/modules/access/public.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { createTestDatabase } from '../server/test/kit/database.ts'
import { testConfig } from '../server/test/kit/services.ts'
import { freePort } from '../server/simulation/free-port.ts'

const till = { width: 1024, height: 768 }
const password = 'une-phrase-de-passe'
/** What the browser writes on its console when the API refuses, or when the network is cut on purpose. */
const refusals = [
  'status of 401',
  'status of 403',
  'status of 404',
  'status of 409',
  'ERR_INTERNET_DISCONNECTED',
  'ERR_FAILED',
]

const { db, connectionString } = await createTestDatabase({ poolSize: 20 })
const browser = await launchBrowser()
let app: App
let home: string
let shop: SmallShop

beforeAll(async () => {
  const port = await freePort()
  const config = testConfig({ port })
  home = config.publicUrl
  app = await build({ config, db, connectionString, log: pino({ level: 'silent' }) })
  const ctx = systemContext(app.wiring.services, 'test')
  shop = await makeSmallShop(ctx, { products: 12, unitsPerPlace: 6 })
  const people = ['nantes', 'lyon'].map((town) => ({
    email: `${town}@alize.example`,
    name: `Vente ${town}`,
    role: 'clerk' as const,
    password,
    locale: 'fr' as const,
    siteIds: [siteOf(town)],
  }))
  await inTransaction(db, (tx) => createStaff(ctx, tx, people))
  await app.start()
  await app.wiring.model.refreshTerms()
  await app.wiring.model.refresh()
  await app.fastify.listen({ port, host: config.host })
}, 120_000)
afterAll(async () => app.close())

function siteOf(town: string): string {
  const site = shop.sites[town]
  if (!site) throw new Error(`no site in ${town}`)
  return site
}

/** The API as a shopper's browser reaches it. */
function visitor(): Client {
  return createClient(
    async (request) => {
      const answer = await fetch(home + request.url, {
        method: request.method,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
      })
      return { status: answer.status, body: await answer.text(), headers: answer.headers }
    },
    { locale: () => 'fr' },
  )
}

async function openTill(town: string, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const page = await openPage(browser, { viewport: till, expectedErrors: refusals, ...options })
  await page.goto(`${home}/pos`)
  await page.getByLabel('Adresse e-mail').fill(`${town}@alize.example`)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('combobox').waitFor()
  return page
}

const scan = (page: Page, code: string) => page.keyboard.type(`${code}\n`, { delay: 2 })
const basketOf = (page: Page) => page.getByRole('region', { name: /^Panier/ })
const numberOn = async (page: Page) =>
  /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await page.locator('.pos-paper').textContent()) ?? '')?.[0] ?? ''

async function countSales(): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*)::int as n from orders.sales_order')
  return rows[0]?.n ?? 0
}

/** Stock on hand of an article at a place, as the ledger has it. */
async function onHand(sku: string, town: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select sum(m.quantity)::int as n from inventory.stock_movement m join catalog.variant v on v.id = m.variant_id
     where v.sku = $1 and m.place_id = $2`,
    [sku, shop.places[town]],
  )
  return rows[0]?.n ?? 0
}

/** A sale of one article paid by card, to nobody in particular, by whoever is signed in on a page. */
async function sellAtTheTill(page: Page, town: string, index: number): Promise<void> {
  const variantId = shop.variantIds[index] ?? ''
  const channel = `shop-${town}`
  const price = app.wiring.model.sellable(channel, variantId, new Date())?.unitPriceMinor
  const sold = await page.request.post(`${home}/api/v1/orders`, {
    headers: { origin: home },
    data: {
      channel,
      lines: [{ variantId, quantity: 1 }],
      contact: null,
      delivery: { method: 'carry_out', siteId: siteOf(town) },
      payments: [{ method: 'terminal_card', amountMinor: Number(price) }],
    },
  })
  expect(sold.status()).toBe(201)
}

async function buyOnTheWeb(index: number, name = 'Camille Roux'): Promise<{ number: string; code: string }> {
  const call = visitor()
  const variantId = shop.variantIds[index]
  if (!variantId) throw new Error('no such article')
  const order = await call(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [{ variantId, quantity: 1 }],
      contact: { name, email: `camille${index}@exemple.fr` },
      delivery: { method: 'pickup', siteId: siteOf('nantes') },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  })
  const read = { params: { orderId: order.orderId }, query: { token: order.accessToken } }
  const { delivery } = await call(endpoints.getOrder, read)
  await app.wiring.relay.drain()
  return { number: order.number, code: delivery.pickupCode ?? '' }
}

describe('a sale', () => {
  test('is made with the keyboard alone, in cash, with its change', async () => {
    const page = await openTill('nantes')
    await scan(page, '2*SKU-0')
    await expect.poll(() => basketOf(page).textContent()).toContain('Article n° 0')
    await scan(page, 'SKU-1')
    await expect.poll(() => basketOf(page).textContent()).toContain('31,00')
    await expectAccessible(page)
    await page.keyboard.press('F9')
    await page.getByRole('radio', { name: 'Carte' }).waitFor({ state: 'attached' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio')
    await page.keyboard.press('ArrowRight')
    await page.getByLabel('Espèces reçues').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('50')
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('19,00')
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Vente enregistrée' }).waitFor()
    expect(await page.getByText('À rendre').locator('..').textContent()).toContain('19,00')
    await page.getByAltText(/^Code du document/).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => basketOf(page).textContent()).toContain('Le panier est vide')
    expect(await onHand('SKU-0', 'nantes')).toBe(4)
  })

  test('is made once, however often the button is pressed', async () => {
    const page = await openTill('nantes')
    const before = await countSales()
    await scan(page, 'SKU-2')
    await basketOf(page).getByText('Article n° 2').waitFor()
    await page.keyboard.press('F9')
    await page.getByRole('button', { name: 'Carte acceptée, valider' }).dblclick()
    await page.getByRole('heading', { name: 'Vente enregistrée' }).waitFor()
    expect(await countSales()).toBe(before + 1)
  })

  test('whose answer was lost is sent again, and counts once', async () => {
    const page = await openTill('nantes')
    const before = await countSales()
    await scan(page, 'SKU-3')
    await basketOf(page).getByText('Article n° 3').waitFor()
    // The order reaches the server; its answer never comes back.
    await page.route('**/api/v1/orders', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.keyboard.press('F9')
    await page.getByRole('button', { name: 'Carte acceptée, valider' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await page.unroute('**/api/v1/orders')
    await page.reload()
    await page.getByRole('combobox').waitFor()
    await page.keyboard.press('F9')
    await page.getByRole('dialog').getByRole('button', { name: 'Renvoyer la vente' }).click()
    await page.getByRole('heading', { name: 'Vente enregistrée' }).waitFor()
    expect(await countSales()).toBe(before + 1)
  })

  test('of more than there is says so and cannot be paid', async () => {
    const page = await openTill('nantes')
    await scan(page, '9*SKU-4')
    await page.getByText(/il n’en reste que 6 en magasin/).waitFor()
    await expect.poll(() => basketOf(page).getByRole('button', { name: 'Encaisser' }).isDisabled()).toBe(true)
    await page.keyboard.press('F9')
    await page
      .getByRole('status')
      .getByText('Retirez du panier ce que le magasin n’a plus, ou faites-le livrer.')
      .waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await expectAccessible(page)
  })

  test('of what the web bought meanwhile is refused and takes nothing', async () => {
    const page = await openTill('nantes')
    await scan(page, '6*SKU-4')
    await basketOf(page).getByText('Article n° 4').waitFor()
    await buyOnTheWeb(4, 'Dominique Petit')
    const before = await countSales()
    await page.keyboard.press('F9')
    await page.getByRole('button', { name: 'Carte acceptée, valider' }).click()
    await page.getByText(/Rien n’a été encaissé/).waitFor()
    expect(await countSales()).toBe(before)
    await expectAccessible(page)
  })

  test('waits for the clerk through an ended session and while others are served', async () => {
    const page = await openTill('nantes')
    await scan(page, 'SKU-5')
    await basketOf(page).getByText('Article n° 5').waitFor()
    await page.keyboard.press('F8')
    await basketOf(page).getByText('Le panier est vide').waitFor()
    await page.keyboard.press('F8')
    await page.getByRole('dialog').getByText('Article n° 5').click()
    await basketOf(page).getByText('Article n° 5').waitFor()
    await page.context().clearCookies()
    await page.keyboard.press('F10')
    await page.getByRole('dialog', { name: 'Votre session a expiré' }).waitFor()
    await page.getByLabel('Mot de passe', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('F2')
    await basketOf(page).getByText('Article n° 5').waitFor()
  })
})

describe('what was bought on the web', () => {
  test('is prepared, handed over against its code, and taken back in another shop', async () => {
    const { number, code } = await buyOnTheWeb(6)
    const nantes = await openTill('nantes')
    await nantes.keyboard.press('F3')
    await nantes.getByRole('button', { name: /Camille Roux/ }).click()
    await nantes.getByRole('checkbox').check()
    await nantes.getByRole('button', { name: 'C’est prêt' }).click()
    await nantes.getByText(`${number} est prête`).waitFor()
    await nantes.getByText('Prêts').click()
    await nantes.getByRole('button', { name: /Camille Roux/ }).click()
    await nantes.getByLabel('Code de retrait', { exact: true }).fill('AAAAAA')
    await nantes.keyboard.press('Enter')
    await nantes.getByText('Ce code n’est pas le bon').waitFor()
    await expectAccessible(nantes)
    await nantes.getByLabel('Code de retrait', { exact: true }).fill(code.toLowerCase())
    await nantes.keyboard.press('Enter')
    await nantes.getByText('Remis à Camille Roux.').waitFor()
    expect(await onHand('SKU-6', 'nantes')).toBe(5)

    const lyon = await openTill('lyon')
    await lyon.keyboard.press('F4')
    await lyon.getByRole('searchbox').waitFor()
    await scan(lyon, number)
    await lyon.getByRole('heading', { name: 'Camille Roux' }).waitFor()
    await lyon.getByRole('button', { name: /^Un de plus/ }).click()
    await lyon.getByText('Vers la carte qui a payé en ligne').waitFor()
    await expectAccessible(lyon)
    await lyon.getByRole('button', { name: 'Reprendre et rembourser' }).click()
    await lyon.getByRole('button', { name: 'Rembourser', exact: true }).click()
    await lyon.getByRole('heading', { name: 'Retour enregistré' }).waitFor()
    expect(await numberOn(lyon)).toBe(number)
    expect(await onHand('SKU-6', 'lyon')).toBe(7)
  })

  test('by another shop’s customers is not for browsing by name', async () => {
    const lyon = await openTill('lyon')
    await lyon.keyboard.press('F4')
    await lyon.getByRole('searchbox').fill('Roux')
    await lyon.getByText(/Aucune commande pour/).waitFor()
  })
})

test('every page reads well on a telephone, in English, in the dark', async () => {
  const phone = { viewport: viewports.phone, colorScheme: 'dark', hasTouch: true, isMobile: true } as const
  const page = await openTill('nantes', phone)
  await sellAtTheTill(page, 'nantes', 0)
  await page.evaluate(() => localStorage.setItem('ecluse.locale', 'en'))
  for (const path of ['', '/pickups', '/pickups?state=handed_over', '/returns', '/day']) {
    await page.goto(`${home}/pos${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewports.phone.width)
  }
  await page.getByText(/Sales of/).waitFor()
  await page
    .getByRole('link', { name: /Passing customer/ })
    .first()
    .click()
  await page.getByText('Total incl. VAT').waitFor()
  await expectAccessible(page)
})
