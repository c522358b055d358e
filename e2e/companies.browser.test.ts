import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { writeUblOrder } from '../server/src/kernel/ubl/ubl-order.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)

/** Somebody of the demo's company, signed in to the shop on a telephone. */
async function buyer(email: string, password: string, javaScriptEnabled = true): Promise<Page> {
  const page = await openPage(browser, { javaScriptEnabled, viewport: viewports.phone })
  await page.goto(`${office.home()}/compte/connexion?next=/entreprises`)
  await page.fill('[name=email]', email)
  await page.fill('[name=password]', password)
  await page.click('main button.primary')
  return page
}

test('a list becomes a basket, a request, and one order once both have approved', async () => {
  const ines = await buyer('ines.lebreton@coursiers.example', 'velo-ines-pro')
  await ines.click('text=Recommander')
  const list = await ines.inputValue('#field-text')
  // Enough of each to go over what she may order alone.
  await ines.fill('#field-text', `${list.replace(/ \d+$/gm, ' 8')}\nINCONNU-9 1`)
  await ines.click('button[value=read]')
  await ines.getByText('Référence inconnue').waitFor()
  await expectAccessible(ines)
  await ines.click('button[value=add]')
  await ines.fill('[name=reference]', 'CL-2026-099')
  await ines.getByText('demande une approbation').waitFor()
  await expectAccessible(ines)
  await ines.getByRole('button', { name: 'Demander l’approbation' }).click()
  await ines.getByText('CL-2026-099').waitFor()
  await expectAccessible(ines)
  const address = ines.url()

  // Deciding needs no script.
  const yanis = await buyer('yanis.moreau@coursiers.example', 'velo-yanis-pro', false)
  await yanis.goto(address)
  await yanis.locator('button[value=approve]').waitFor()
  await expectAccessible(yanis)
  await yanis.click('button[value=approve]')
  const order = yanis.locator('main a.button.primary')
  if ((await order.count()) === 0) {
    // It reaches the amount of the administrator as well.
    const solene = await buyer('solene.briand@coursiers.example', 'velo-solene-pro')
    await solene.goto(address)
    await solene.click('button[value=approve]')
    await solene.locator('main a.button.primary').waitFor()
    for (const name of ['Personnes', 'Adresses']) {
      await solene.click(`nav.company-nav >> text=${name}`)
      await expectAccessible(solene)
    }
  }
  await ines.goto(address)
  expect(await ines.locator('main .tag').first().textContent()).toBe('Commandée')
}, 120_000)

test('its prices are seen by its buyers, without VAT, and by nobody else', async () => {
  const ines = await buyer('ines.lebreton@coursiers.example', 'velo-ines-pro')
  await ines.getByText('Commander pour').first().waitFor()
  await ines.goto(`${office.home()}/catalogue`)
  await ines.locator('.company-band').waitFor()
  const first = ines.locator('.offer-card').first()
  expect(await first.locator('.price').innerText()).toContain('HT')
  const address = (await first.locator('a').getAttribute('href')) ?? ''
  await ines.goto(office.home() + address)
  const own = await ines.locator('.offer .price-now').innerText()
  expect(own).toContain('HT')
  await ines.locator('.breaks').waitFor()
  await expectAccessible(ines)
  await ines.click('.buy button')
  await ines.locator('.added').waitFor()
  await ines.goto(`${office.home()}/panier`)
  expect(await ines.locator('.cart-total').innerText()).toContain('Total HT')
  await expectAccessible(ines)
  // A page that bears them is kept nowhere, and another visitor of the same address sees none of them.
  const answer = await ines.request.get(office.home() + address)
  expect(answer.headers()['cache-control']).toBe('private, no-store')
  const stranger = await openPage(browser)
  await stranger.goto(office.home() + address)
  expect(await stranger.locator('.offer .price-now').innerText()).toContain('TTC')
  expect(await stranger.locator('.company-band').count()).toBe(0)
  // She may buy for herself, at everybody's prices.
  await ines.click('.company-band button')
  await ines.locator('.company-band').waitFor({ state: 'detached' })
  await ines.goto(office.home() + address)
  expect(await ines.locator('.offer .price-now').innerText()).toContain('TTC')
}, 120_000)

test('its order in UBL is read, ordered on account, and answered in UBL', async () => {
  const staff = await office.apiOf(office.administrator())
  const [company] = (await staff(endpoints.listCompanies, { query: {} })).items
  const [stock] = (await staff(endpoints.listStock, { query: { limit: 1 } })).items
  const nobody = { siren: null, siret: null, vatNumber: null }
  const item = { name: 'Article', gtin: null, buyersId: null, unitCode: 'C62', unitNetMinor: null }
  const xml = writeUblOrder({
    id: 'PO-2026-7',
    issueDate: '2026-11-02',
    currency: 'EUR',
    buyerReference: 'ACHATS',
    accountingCost: null,
    note: null,
    buyer: { name: company?.name ?? '', ...nobody },
    seller: { name: 'Alizé', ...nobody },
    deliveryLocationId: null,
    deliveryAddress: null,
    lines: [
      { ...item, id: '1', sellersId: stock?.sku ?? '', quantity: '1' },
      { ...item, id: '2', sellersId: 'INCONNU-9', quantity: '1' },
    ],
  })
  const page = await office.openSignedIn(`/companies/${company?.id}?tab=order`)
  const send = (text: string) =>
    page.locator('input[type=file]').setInputFiles({ name: 'po.xml', mimeType: 'text/xml', buffer: Buffer.from(text) })
  await send('bonjour')
  await page.getByText('n’est pas une commande UBL 2.1').waitFor()
  await send(xml)
  await page.getByText('Référence inconnue').waitFor()
  await page.getByRole('button', { name: 'Commander ce qui est trouvé' }).click()
  const answer = await page.getByRole('link', { name: 'Réponse UBL' }).getAttribute('href')
  const response = await (await page.request.get(office.home() + (answer ?? ''))).text()
  expect(response).toContain('<OrderResponse')
  expect(response).toContain('PO-2026-7')
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Commandes' }).click()
  const copy = await page.getByRole('link', { name: 'Bon de commande UBL' }).first().getAttribute('href')
  expect(await (await page.request.get(office.home() + (copy ?? ''))).text()).toContain('<Order ')
}, 120_000)
