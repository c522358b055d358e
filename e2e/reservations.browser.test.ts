import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, clerk, apiOf, openSignedIn } = office

/** A product that lies in Nantes, and the shop's name there. */
async function inNantes(): Promise<string> {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true' } })
  for (const { handle } of items) {
    const { variants } = await staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
    const shops = variants[0]?.shops ?? []
    if (shops.some(({ siteName, available }) => siteName.includes('Nantes') && available > 1)) return handle
  }
  throw new Error('nothing lies in Nantes')
}

/** The same page where a script can look at it: axe needs one. */
async function expectSameAccessible(url: string): Promise<void> {
  const page = await openPage(browser, { viewport: viewports.phone })
  await page.goto(url)
  await expectAccessible(page)
  await page.close()
}

test('reserved on a telephone without a script, put aside and sold at the till', async () => {
  const handle = await inNantes()
  const phone = await openPage(browser, {
    javaScriptEnabled: false,
    viewport: viewports.phone,
    expectedErrors: ['status of 422'],
  })
  await phone.goto(`${office.home()}/produits/${handle}`)
  await phone.click('text=Réserver pour essayer en magasin')
  await expectSameAccessible(phone.url())
  await phone.click('main button.primary')
  await expect.poll(() => phone.locator('.banner.urgent li').count()).toBe(3)
  await phone.getByRole('radio', { name: /Nantes/ }).check()
  await phone.fill('[name=name]', 'Inès Le Goff')
  await phone.fill('[name=phone]', '06 39 98 55 12')
  await phone.click('main button.primary')
  await phone.getByText('C’est réservé').waitFor()
  const code = (await phone.locator('.pass-code').textContent()) ?? ''
  await expectSameAccessible(phone.url())

  /** What is done at the till reaches the page a moment later. */
  const untilTold = (words: string) =>
    expect
      .poll(
        async () => {
          await phone.reload()
          return phone.locator('h1').textContent()
        },
        { timeout: 20_000 },
      )
      .toBe(words)
  const till = await openSignedIn('/', clerk())
  await till.goto(`${office.home()}/pos/visits`)
  await till.getByRole('button', { name: /Inès Le Goff/ }).click()
  await till.getByLabel('Où l’avez-vous mis').fill('B-4')
  await till.getByRole('button', { name: 'C’est mis de côté' }).click()
  await untilTold('Vos articles vous attendent')
  await till.goto(`${office.home()}/pos/visits`)
  await till.getByLabel('Code, nom, e-mail ou téléphone').first().fill(code)
  await till.getByRole('button', { name: /Inès Le Goff/ }).click()
  await expectAccessible(till)
  await till.getByRole('button', { name: 'Encaisser' }).click()
  await till.locator('.pos-continued').waitFor()
  await untilTold('Bon essayage')

  const manager = await openSignedIn('/reservations')
  await manager.getByText('Inès Le Goff').first().waitFor()
  await expectAccessible(manager)
})

test('cancelled by its link', async () => {
  const handle = await inNantes()
  const staff = await apiOf(administrator())
  const { variants } = await staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
  const variantId = variants[0]?.variantId ?? ''
  const shops = await staff(endpoints.listReservationShops, { query: { channel: 'web', variantId } })
  const made = await staff(endpoints.createReservation, {
    body: {
      channel: 'web',
      siteId: shops.items.find(({ possible }) => possible)?.siteId ?? '',
      lines: [{ variantId, quantity: 1 }],
      contact: { name: 'Léo Martin', email: 'leo@exemple.fr' },
    },
  })
  const page = await openPage(browser, { javaScriptEnabled: false, viewport: viewports.phone })
  await page.goto(`${office.home()}/essayages/${made.id}?token=${made.accessToken}`)
  await page.click('text=Annuler la réservation')
  await page.getByText('Réservation annulée').waitFor()
})
