import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, openSignedIn } = office
const email = 'lea.martin@exemple.fr'

async function buy(): Promise<{ number: string; orderId: string; accessToken: string }> {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', category: 'velos', inStock: 'true' } })
  const offer = await staff(endpoints.getOffer, {
    params: { handle: items[0]?.handle ?? '' },
    query: { channel: 'web' },
  })
  const variantId = offer.variants[0]?.variantId ?? ''
  return staff(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [{ variantId, quantity: 1 }],
      contact: { name: 'Léa Martin', email },
      delivery: {
        method: 'delivery',
        address: { name: 'Léa Martin', street: '1 rue du Port', postalCode: '44000', locality: 'Nantes' },
      },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  })
}

const send = (page: Page) => page.click('main button.primary')

test('on a telephone without a script: from the foot of any page to the receipt, in two steps', async () => {
  const { number } = await buy()
  const page = await openPage(browser, {
    javaScriptEnabled: false,
    viewport: viewports.phone,
    expectedErrors: ['status of 404', 'status of 422'],
  })
  await page.goto(`${office.home()}/magasins`)
  await page.click('footer >> text=Renoncer à mon contrat')
  await page.fill('[name=number]', number)
  await page.fill('[name=orderEmail]', 'personne@exemple.fr')
  await send(page)
  await page.getByText('Aucune commande ne correspond', { exact: false }).first().waitFor()
  await page.fill('[name=orderEmail]', email)
  await send(page)
  await page.fill('[name=name]', 'Léa Martin')
  await send(page)
  expect(await page.locator('#lines-error').textContent()).toContain('au moins un article')
  await page.selectOption('main select', '1')
  await send(page)
  expect(await page.locator('main button.primary').textContent()).toBe('Confirmer la rétractation')
  await send(page)
  await page.getByText('Votre rétractation est enregistrée').first().waitFor()
  expect(await page.locator('.receipt').textContent()).toContain(number)
  const kept = await page.request.get(`${office.home()}${(await page.getAttribute('a[download]', 'href')) ?? ''}`)
  expect(kept.headers()['content-type']).toBe('application/pdf')
  expect((await kept.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('each step is accessible, and the back office shows what was declared', async () => {
  const { number, orderId, accessToken } = await buy()
  const page = await openPage(browser, { viewport: viewports.phone })
  await page.goto(`${office.home()}/en/withdraw-from-contract`)
  await expectAccessible(page)
  await page.goto(`${office.home()}/en/orders/${orderId}?token=${accessToken}`)
  await page.locator('main').getByText('Withdraw from contract here').click()
  await page.selectOption('main select', '1')
  await page.fill('[name=name]', 'Léa Martin')
  await page.fill('[name=email]', email)
  await expectAccessible(page)
  await send(page)
  await expectAccessible(page)
  await send(page)
  await page.locator('.receipt').waitFor()
  await expectAccessible(page)
  const list = await openSignedIn('/withdrawals')
  await list.getByText(number).first().waitFor()
  await expectAccessible(list)
})
