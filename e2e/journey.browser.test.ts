import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { createClient, fetchTransport, type Client } from '@ecluse/contracts/client.ts'
import type { DemoAccount } from '../server/src/demo/demo-accounts.ts'
import { rootDir } from '../server/src/kernel/paths.ts'
import { verifyStock } from '../server/src/modules/inventory/public.ts'
import { ledgerBalances, unbalancedTransfers } from '../server/src/modules/payments/public.ts'
import { launchBrowser, openPage } from '../server/test/kit/browser.ts'
import { serveDemo } from '../server/test/kit/demo.ts'

/**
 * The whole of it, as people do it: a catalogue comes in from another maker's shop, an article is bought on the web, fetched in
 * one shop and brought back to another; then the stock and the money are counted.
 */
const catalogue = join(rootDir, '..', 'shared', 'data', 'shopify', 'bicycles.csv')
const hasData = existsSync(catalogue)

const browser = await launchBrowser()
const { db, home, account } = await serveDemo()

/** Opens the back office or the till as somebody. */
async function openAs(path: string, { email, password }: DemoAccount): Promise<Page> {
  const page = await openPage(browser, { expectedErrors: [/status of 40[139]/] })
  await page.goto(`${home()}${path}`)
  await page.fill('input[type=email], input[name=email]', email)
  await page.fill('input[type=password]', password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  return page
}

/** The API with the session of a page. */
function clientOf(page: Page): Client {
  return createClient(
    async ({ method, url, headers, body }) => {
      const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
      return fetchTransport({
        method,
        url: `${home()}${url}`,
        headers: { ...headers, cookie: cookies, origin: home() },
        ...(body === undefined ? {} : { body }),
      })
    },
    { locale: () => 'fr' },
  )
}

async function importCatalogue(page: Page): Promise<void> {
  await page.goto(`${home()}/admin/imports`)
  const chooser = page.waitForEvent('filechooser')
  await page.getByLabel('Fichier CSV').click()
  await (await chooser).setFiles(catalogue)
  await page.getByRole('switch', { name: 'Essai à blanc' }).uncheck({ force: true })
  await page.getByRole('button', { name: 'Importer', exact: true }).click()
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  const importId = page.url().split('/').at(-1) ?? ''
  const call = clientOf(page)
  await expect
    .poll(async () => (await call(endpoints.getImport, { params: { importId } })).state, { timeout: 60_000 })
    .toBe('done')
  const report = await call(endpoints.getImport, { params: { importId } })
  expect(report.created).toBeGreaterThan(200)
  await page.getByText('Créés').first().waitFor()
}

/** An imported article that a parcel could leave with, three units of it brought to a shop. */
async function bringToShop(call: Client, shopCode: string): Promise<{ handle: string; siteId: string }> {
  const { items: sites } = await call(endpoints.listSites)
  const siteId = sites.find((site) => site.code === shopCode)?.id ?? ''
  const { items: places } = await call(endpoints.listPlaces)
  const { items } = await call(endpoints.listOffers, {
    query: { channel: 'web', brand: ['Pure Fix Cycles', 'Kryptonite', 'Park Tool'], inStock: 'true' },
  })
  const pages = await Promise.all(
    items.map(({ handle }) => call(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })),
  )
  // The page opens on the first variant: that is the one to be brought.
  const { handle, variants } = pages.find(({ variants: [first] }) => (first?.deliverable ?? 0) >= 3) ?? {
    handle: '',
    variants: [],
  }
  const variantId = variants[0]?.variantId ?? ''
  const { items: levels } = await call(endpoints.listStock, { query: { variantId } })
  const placeId = levels.find((level) => level.available >= 3)?.placeId ?? ''
  const toPlaceId = places.find((place) => place.siteId === siteId)?.id ?? ''
  await call(endpoints.recordMovement, {
    body: { kind: 'transfer', variantId, placeId, toPlaceId, quantity: 3, reason: 'présentation' },
  })
  await expect
    .poll(
      async () =>
        (await call(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })).variants.some((variant) =>
          variant.shops.some((shop) => shop.siteId === siteId && shop.available >= 3),
        ),
      { timeout: 10_000 },
    )
    .toBe(true)
  return { handle, siteId }
}

async function buyForPickup(
  handle: string,
  siteId: string,
): Promise<{ orderId: string; number: string; pickupCode: string }> {
  const page = await openPage(browser, { expectedErrors: [/status of 422/] })
  await page.goto(`${home()}/produits/${handle}`)
  await page.click('.buy button')
  await expect.poll(() => page.locator('.count-badge').textContent(), { timeout: 20_000 }).toBe('1')
  await page.goto(`${home()}/commander`)
  await page.fill('[name=email]', 'lou.garnier@exemple.fr')
  await page.fill('[name=name]', 'Lou Garnier')
  await page.check('[name=method][value=pickup]')
  await page.check(`[name=siteId][value="${siteId}"]`)
  await page.check('[name=card][value=tok_accept]')
  await page.click('.checkout-summary button[type=submit]')
  await page.waitForURL(/\/merci/)
  const pickupCode = ((await page.locator('.pass-code').textContent()) ?? '').trim()
  const orderId = /commandes\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  const token = new URL(page.url()).searchParams.get('token') ?? ''
  const query = token === '' ? {} : { token }
  const order = await clientOf(page)(endpoints.getOrder, { params: { orderId }, query }).catch(() => undefined)
  return { orderId, number: order?.number ?? '', pickupCode }
}

async function handOverAtTill(number: string, pickupCode: string): Promise<void> {
  const page = await openAs('/pos/pickups', account('Vente, Nantes'))
  await page.goto(`${home()}/pos/pickups?q=${number}`)
  await page.getByText('Lou Garnier').first().click()
  await page.getByRole('button', { name: 'Tout cocher' }).or(page.getByRole('checkbox').first()).first().click()
  await page.getByRole('button', { name: 'C’est prêt' }).click()
  await page.getByLabel('Code de retrait', { exact: true }).fill(pickupCode)
  await page.getByRole('button', { name: 'Remettre la commande' }).click()
  await page
    .getByText(/Remis à/)
    .first()
    .waitFor()
}

async function returnAtTill(orderId: string): Promise<void> {
  const page = await openAs('/pos/returns', account('Vente, Lyon'))
  await page.goto(`${home()}/pos/returns/${orderId}`)
  await page
    .getByRole('button', { name: /Un de plus|Ajouter|plus/i })
    .first()
    .click()
  await page.getByRole('button', { name: 'Reprendre et rembourser' }).click()
  await page.getByRole('button', { name: 'Rembourser', exact: true }).click()
  await page
    .getByText(/R-[0-9A-Z]{8}/)
    .first()
    .waitFor()
}

test.skipIf(!hasData)(
  `imported, bought on the web, fetched at Nantes, returned at Lyon: stock and money balance${hasData ? '' : ' (skipped: no data)'}`,
  { timeout: 300_000 },
  async () => {
    const office = await openAs('/admin', account('Administration'))
    const call = clientOf(office)
    await importCatalogue(office)
    const { handle, siteId } = await bringToShop(call, 'nantes')

    const { orderId, pickupCode } = await buyForPickup(handle, siteId)
    const bought = await call(endpoints.getOrder, { params: { orderId }, query: {} })
    expect(bought.delivery.pickupCode?.replace(/\W/g, '')).toBe(pickupCode.replace(/\W/g, ''))

    await expect
      .poll(
        async () => (await call(endpoints.listMessages, { query: { orderId } })).items.map((message) => message.state),
        { timeout: 90_000 },
      )
      .toContain('local')
    await office.goto(`${home()}/admin/messages`)
    await office.getByText('lou.garnier@exemple.fr').first().click()
    await office.frameLocator('iframe').locator('body').filter({ hasText: bought.number }).waitFor()

    await handOverAtTill(bought.number, pickupCode)
    await expect
      .poll(async () => (await call(endpoints.getOrder, { params: { orderId }, query: {} })).fulfillmentState, {
        timeout: 20_000,
      })
      .toBe('fulfilled')

    await returnAtTill(orderId)
    await expect
      .poll(async () => (await call(endpoints.getOrder, { params: { orderId }, query: {} })).paymentState, {
        timeout: 20_000,
      })
      .toBe('refunded')
    await expect
      .poll(async () => (await ledgerBalances(db, orderId)).every((row) => row.balance === 0n), { timeout: 20_000 })
      .toBe(true)
    expect(await unbalancedTransfers(db)).toEqual([])
    expect(await verifyStock(db)).toMatchObject({ differences: [] })

    const variantId = bought.lines[0]?.variantId ?? ''
    const { items: movements } = await call(endpoints.listMovements, { query: { variantId, orderId } })
    expect(movements.map(({ kind, quantity, placeName }) => [kind, quantity, placeName])).toEqual([
      ['return', 1, expect.stringContaining('Lyon')],
      ['sale', -1, expect.stringContaining('Nantes')],
    ])
  },
)
