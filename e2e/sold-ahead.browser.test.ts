import { expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)

test('a pre-order: its day is told on the page, in the basket, at the checkout and on the receipt', async () => {
  const page = await openPage(browser, { viewport: viewports.phone })
  await page.goto(`${office.home()}/produits/rivage-e`)
  const told = await page.locator('.way.ahead strong').innerText()
  // « Précommande : expédié le … » names a day.
  const day = /\d{1,2}(?:er)? \p{L}+/u.exec(told)?.[0] ?? ''
  expect(day).not.toBe('')
  await expectAccessible(page)
  await page.click('.buy button')
  await page.locator('.added').waitFor()
  await page.goto(`${office.home()}/panier`)
  expect(await page.locator('.cart-line').innerText()).toContain(day)
  await expectAccessible(page)
  await page.click('.cart-total a.button')
  await page.fill('[name=email]', 'lea.martin@exemple.fr')
  await page.fill('[name=name]', 'Léa Martin')
  await page.check('[name=method][value=delivery]')
  await page.fill('[name=street]', '1 rue du Port')
  await page.fill('[name=postalCode]', '44000')
  await page.fill('[name=locality]', 'Nantes')
  expect(await page.locator('.checkout-summary').innerText()).toContain(day)
  await expectAccessible(page)
  await page.check('[name=card][value=tok_accept]')
  await page.click('.checkout-summary button[type=submit]')
  await page.waitForURL(/merci/)
  expect(await page.locator('main').innerText()).toContain(day)
  await expectAccessible(page)
}, 120_000)
