import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, openSignedIn } = office

/** An order that has been shipped. */
async function receive(): Promise<{ orderId: string; accessToken: string }> {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', category: 'velos', inStock: 'true' } })
  const offer = await staff(endpoints.getOffer, {
    params: { handle: items[0]?.handle ?? '' },
    query: { channel: 'web' },
  })
  const placed = await staff(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [{ variantId: offer.variants[0]?.variantId ?? '', quantity: 2 }],
      contact: { name: 'Léa Martin', email: 'lea.martin@exemple.fr' },
      delivery: {
        method: 'delivery',
        address: { name: 'Léa Martin', street: '1 rue du Port', postalCode: '44000', locality: 'Nantes' },
      },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  })
  const open = async () => (await staff(endpoints.listFulfillments, { query: { q: placed.number } })).items
  await expect.poll(async () => (await open()).length).toBeGreaterThan(0)
  for (const { id: fulfillmentId } of await open())
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'Escale', trackingNumber: 'E1' } })
  return placed
}

test('announced on a telephone without a script, inspected in the back office, told on the customer’s page', async () => {
  const { orderId, accessToken } = await receive()
  const phone = await openPage(browser, {
    javaScriptEnabled: false,
    viewport: viewports.phone,
    expectedErrors: ['status of 422'],
  })
  await phone.goto(`${office.home()}/commandes/${orderId}?token=${accessToken}`)
  await phone.click('text=Rendre des articles')
  await phone.click('main button.primary')
  expect(await phone.locator('#lines-error').textContent()).toContain('au moins un article')
  await phone.locator('main select').first().selectOption('2')
  const form = phone.url()
  await phone.click('main button.primary')
  await phone.locator('.pass-code').waitFor()
  // Accessibility is measured by a script, on the same pages.
  const reader = await openPage(browser, { viewport: viewports.phone })
  for (const address of [`${form}?token=${accessToken}`, phone.url()]) {
    await reader.goto(address)
    await expectAccessible(reader)
  }
  const number = (await phone.locator('.pass-code').textContent()) ?? ''
  expect(number).toMatch(/^R-/)

  const page = await openSignedIn(`/returns?q=${number}`)
  await page.locator('tbody tr').first().click()
  await page.locator('.ec-panel').getByRole('button', { name: /^Reçu/ }).click()
  await page.locator('.ec-panel').getByRole('button', { name: 'Inspecter' }).click()
  await page.getByRole('button', { name: 'Séparer une unité' }).click()
  const second = page.getByRole('dialog').locator('fieldset').nth(1)
  await second.getByLabel('Retenue').fill('10')
  await page.getByRole('button', { name: 'Décider et rembourser' }).click()
  await page.getByText('Une retenue se motive.').waitFor()
  await second.getByLabel('Pourquoi').fill('Pneus usés')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Décider et rembourser' }).click()
  await page.locator('.ec-panel').getByText('Réglé').waitFor()

  await phone.reload()
  expect(await phone.locator('main').textContent()).toContain('Pneus usés')
  expect(await phone.locator('.banner').textContent()).toContain('Retour réglé')
})
