import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { DemoAccount } from '../server/src/demo/demo-accounts.ts'
import { expectAccessible, launchBrowser, openPage } from '../server/test/kit/browser.ts'
import { serveDemo } from '../server/test/kit/demo.ts'

/**
 * A document passes through every channel: a quote made by phone is opened by its link on a telephone, changed in a shop,
 * accepted, and paid at the till; a basket of the web goes on in a shop by its code.
 */
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

test('a quote made by phone is opened on a telephone, changed, accepted, and paid at the till', async () => {
  const office = await openAs('/admin/quotes/new', account('Administration'))
  await office.getByRole('textbox', { name: 'Nom' }).fill('Maël Kervella')
  await office.getByRole('textbox', { name: 'E-mail' }).fill('mael@client.example')
  await addArticle(office, 'casque')
  await office.getByRole('textbox', { name: 'Remise' }).first().fill('5')
  await office.keyboard.press('Tab')
  await office.getByRole('button', { name: 'Enregistrer le devis' }).click()
  await office.getByRole('heading', { level: 1, name: /^D-/ }).waitFor()
  await office.getByRole('button', { name: 'Envoyer' }).click()
  const code = office.locator('.bo-quote-code')
  await code.waitFor()
  await expectAccessible(office)
  await office.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await office.getByRole('button', { name: 'Copier le lien' }).click()
  const link = await office.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain('/devis/')

  const phone = await openPage(browser, telephone)
  await phone.goto(link)
  await phone.getByRole('link', { name: 'Accepter la révision 1' }).waitFor()
  await expectAccessible(phone)

  // In a shop, one more is asked for: the next revision.
  await office.getByRole('button', { name: 'Modifier' }).click()
  await office.getByRole('textbox', { name: 'Qté' }).fill('2')
  await office.keyboard.press('Tab')
  await office.getByRole('button', { name: 'Enregistrer la révision 2' }).click()
  await office.getByRole('button', { name: 'Envoyer' }).click()
  await code.waitFor()

  await phone.reload()
  await phone.getByRole('link', { name: 'Accepter la révision 2' }).click()
  await phone.getByText(/^J’accepte la révision 2/).waitFor()
  await phone.getByRole('button', { name: 'Confirmer mon accord' }).click()
  await phone.getByText('Vous avez accepté la révision 2.').waitFor()
  const shown = (await phone.locator('.pass-code').textContent()) ?? ''
  expect(shown).toBe(await code.textContent())

  const till = await openTill()
  await till.getByRole('combobox', { name: /^Article/ }).fill(shown)
  await till.keyboard.press('Enter')
  await till.getByText(/Devis D-.* révision 2/).waitFor()
  await till
    .getByRole('button', { name: /Encaisser/ })
    .first()
    .click()
  await till.getByRole('button', { name: 'Carte acceptée, valider' }).click()
  await till.waitForURL(/\/receipts\//)

  await phone.reload()
  await phone.getByText(/Ce devis est devenu la commande/).waitFor()
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
