import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DayRoutes } from '@ecluse/contracts/windows.ts'
import type { DemoAccount } from '../server/src/demo/demo-accounts.ts'
import { expectAccessible, launchBrowser, openPage } from '../server/test/kit/browser.ts'
import { serveDemo } from '../server/test/kit/demo.ts'
import { apiOf } from './backoffice-kit.ts'

/** A document passes through every channel, whichever opened it. */
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } })
const browser = await launchBrowser()
const { home, account } = await serveDemo()
const telephone = { viewport: { width: 360, height: 740 } }

async function openAs(path: string, { email, password }: DemoAccount): Promise<Page> {
  const page = await openPage(browser, { expectedErrors: [/status of 40[1349]/] })
  await page.goto(`${home()}${path}`)
  await page.fill('input[type=email], input[name=email]', email)
  await page.fill('input[type=password]', password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  return page
}

async function addArticle(page: Page, words: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Ajouter un article' }).fill(words)
  await page.getByRole('option').first().click()
  const variant = page.getByRole('combobox', { name: /^Variante de/ })
  const price = page.getByRole('textbox', { name: 'Prix', exact: true }).first()
  await Promise.race([variant.waitFor(), price.waitFor()])
  if (await variant.isVisible()) await page.getByRole('option').first().click()
  await price.waitFor()
}

/** The till of a shop whose clerk this is, with its first shop chosen where there are several. */
async function openTill(): Promise<Page> {
  const till = await openAs('/pos', account('Vente, Nantes'))
  await till.getByRole('combobox', { name: /^Article/ }).waitFor()
  return till
}

/** What a QR code on a page says. */
async function readQr(image: Locator): Promise<string> {
  const [found] = await readBarcodes(new Uint8Array(await image.screenshot()), { formats: ['QRCode'] })
  return found?.text ?? ''
}

/** A quote of two articles, drawn up on the telephone and sent. @returns its page, and the link that its QR code says */
async function drawUpByPhone(): Promise<{ office: Page; link: string }> {
  const office = await openAs('/admin/quotes/new', account('Administration'))
  await office.getByRole('textbox', { name: 'Nom' }).fill('Maël Kervella')
  await office.getByRole('textbox', { name: 'E-mail' }).fill('mael@client.example')
  await addArticle(office, 'casque')
  await addArticle(office, 'antivol')
  await office.getByRole('textbox', { name: 'Remise' }).first().fill('5')
  await office.keyboard.press('Tab')
  await office.getByRole('button', { name: 'Enregistrer le devis' }).click()
  await office.getByRole('heading', { level: 1, name: /^D-/ }).waitFor()
  await office.getByRole('button', { name: 'Envoyer' }).click()
  await office.locator('.bo-quote-code').waitFor()
  await expectAccessible(office)
  return { office, link: await readQr(office.locator('.bo-quote-pass img')) }
}

/** Paid at the till of Nantes, to be brought in the first window there is. @returns the number of the order */
async function payAtTheTill(code: string): Promise<string> {
  const till = await openTill()
  await till.getByRole('combobox', { name: /^Article/ }).fill(code)
  await till.keyboard.press('Enter')
  await till.getByText(/Devis D-.* révision 2/).waitFor()
  await till.getByRole('button', { name: 'Livrer à domicile' }).click()
  const dialog = till.getByRole('dialog')
  await dialog.getByLabel('Nom').fill('Maël Kervella')
  await dialog.getByLabel(/^Adresse e-mail/).fill('mael@client.example')
  await dialog.getByLabel('Numéro et rue').fill('1 rue du Port')
  await dialog.getByLabel('Ville').fill('Nantes')
  await dialog.getByLabel('Code postal').fill('44000')
  await dialog.getByRole('group', { name: 'Par colis' }).waitFor()
  await expectAccessible(till)
  await dialog.locator('.pos-home-choice', { hasText: '–' }).first().click()
  await dialog.getByRole('button', { name: 'Livrer ainsi' }).click()
  await till
    .getByRole('button', { name: /Encaisser/ })
    .first()
    .click()
  await till.getByRole('button', { name: 'Carte acceptée, valider' }).click()
  await till.waitForURL(/\/receipts\//)
  await till.getByText('Livré à').waitFor()
  return (
    (await till.getByAltText(/^Code du document/).getAttribute('alt'))?.match(/[A-Z0-9]+(?:-[A-Z0-9]+)+/)?.[0] ?? ''
  )
}

/** The van leaves and is at the door: noted by those who drive. */
async function deliver(number: string): Promise<void> {
  const staff = await apiOf(home(), account('Administration'))
  const { items } = await staff(endpoints.listOrders, { query: { q: number } })
  const order = await staff(endpoints.getOrder, { params: { orderId: items[0]?.id ?? '' }, query: {} })
  expect(order.delivery.inWindow).toBe(true)
  const date = order.delivery.promisedAt?.slice(0, 10) ?? ''
  const params = { placeId: order.lines[0]?.placeId ?? '', date }
  const stopOf = ({ routes }: DayRoutes) =>
    routes.flatMap(({ vehicleId, stops }) =>
      stops.filter((stop) => stop.orderNumber === number).map((stop) => ({ vehicleId, stopId: stop.id })),
    )[0]
  await staff(endpoints.planDay, { params })
  await expect.poll(async () => stopOf(await staff(endpoints.getRoutes, { params })), { timeout: 30_000 }).toBeDefined()
  const { vehicleId, stopId } = stopOf(await staff(endpoints.getRoutes, { params })) ?? { vehicleId: '', stopId: '' }
  await staff(endpoints.departRoute, { params, body: { vehicleId } })
  await staff(endpoints.recordStop, { params: { ...params, stopId }, body: { outcome: 'delivered' } })
}

test('a quote made by phone is opened by its QR, changed in a shop, paid at the till, delivered in a window, returned elsewhere', async () => {
  const { office, link } = await drawUpByPhone()
  const phone = await openPage(browser, telephone)
  await phone.goto(link)
  await phone.getByRole('link', { name: 'Lire et accepter le devis' }).click()
  await phone.getByRole('link', { name: 'Accepter la révision 1' }).waitFor()
  await expectAccessible(phone)

  // In a shop, one more is asked for: the next revision.
  await office.getByRole('button', { name: 'Modifier' }).click()
  await office.getByRole('textbox', { name: 'Qté' }).first().fill('2')
  await office.keyboard.press('Tab')
  await office.getByRole('button', { name: 'Enregistrer la révision 2' }).click()
  await office.getByRole('button', { name: 'Envoyer' }).click()
  await office.locator('.bo-quote-code').waitFor()

  await phone.reload()
  await phone.getByRole('link', { name: 'Accepter la révision 2' }).click()
  await phone.getByText(/^J’accepte la révision 2/).waitFor()
  await phone.getByRole('button', { name: 'Confirmer mon accord' }).click()
  await phone.getByText('Vous avez accepté la révision 2.').waitFor()
  const shown = (await phone.locator('.pass-code').textContent()) ?? ''
  expect(shown).toBe(await office.locator('.bo-quote-code').textContent())

  const number = await payAtTheTill(shown)
  await phone.reload()
  await phone.getByText(/Ce devis est devenu la commande/).waitFor()
  await deliver(number)

  const elsewhere = await openAs('/pos', account('Vente, Lyon'))
  await elsewhere.keyboard.press('F4')
  await elsewhere.getByRole('searchbox').fill(number)
  await elsewhere.keyboard.press('Enter')
  await elsewhere.getByRole('heading', { name: 'Maël Kervella' }).waitFor()
  await elsewhere
    .getByRole('button', { name: /^Un de plus/ })
    .first()
    .click()
  await elsewhere.getByRole('button', { name: 'Reprendre et rembourser' }).click()
  await elsewhere.getByRole('button', { name: 'Rembourser', exact: true }).click()
  await elsewhere.getByRole('heading', { name: 'Retour enregistré' }).waitFor()
})

test('a basket of the web, without any script, goes on in a shop by its code', async () => {
  const page = await openPage(browser, { ...telephone, javaScriptEnabled: false })
  await page.goto(`${home()}/recherche?q=casque`)
  await page.locator('main a[href^="/produits/"]').first().click()
  await page.getByRole('button', { name: /Ajouter au panier/ }).click()
  await page.goto(`${home()}/panier`)
  await page.getByRole('button', { name: 'Obtenir un laissez-passer' }).click()
  const code = (await page.locator('.pass-code').textContent()) ?? ''
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  const till = await openTill()
  await till.getByRole('combobox', { name: /^Article/ }).fill(code)
  await till.keyboard.press('Enter')
  await till.getByText(`Panier repris avec le code ${code}`, { exact: false }).waitFor()
  await expectAccessible(till)
})
