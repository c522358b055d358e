import { expect, test } from 'vitest'
import { expectAccessible, launchBrowser, viewports } from '../server/test/kit/browser.ts'
import { field, startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const { administrator, clerk, goTo, openSignedIn } = await startBackOffice(browser)

test('a webhook is made, tested, given the past and a new secret, paused, resumed and deleted', async () => {
  const page = await openSignedIn('/webhooks')
  await page.getByText('Aucun webhook').waitFor()
  await page.getByRole('button', { name: 'Nouveau webhook' }).click()
  const dialog = page.getByRole('dialog')
  await field(page, 'Adresse').fill('https://10.0.0.1/hook')
  await page.keyboard.press('Enter')
  await dialog.getByText('réseau privé').waitFor()
  await field(page, 'Adresse').fill('https://hooks.example.com/ecluse')
  await field(page, 'Nom').fill('Logistique')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect.poll(() => field(page, 'Secret').inputValue()).toMatch(/^whsec_/)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'copié' }).click()

  await page.getByRole('link', { name: 'Logistique' }).click()
  await page.getByRole('heading', { name: 'Logistique', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Envoyer un essai' }).click()
  await page.getByRole('heading', { name: 'Essai', level: 2 }).waitFor()
  await page.getByText('interchange.webhook_tested').first().waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Renvoyer le passé' }).click()
  await field(page, 'Événements enregistrés depuis').fill('2020-01-01T00:00')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: /Envoyer .*\d événements/ }).click()
  await toast(page, 'à envoyer').waitFor()

  const more = page.getByRole('button', { name: 'Autres actions' })
  await more.click()
  await page.getByRole('menuitem', { name: 'Nouveau secret' }).click()
  await dialog.getByRole('button', { name: 'Faire le secret' }).click()
  await field(page, 'Secret').waitFor()
  await dialog.getByRole('button', { name: 'copié' }).click()
  await page.getByText('Fin de l’ancien secret').waitFor()

  await more.click()
  await page.getByRole('menuitem', { name: 'Mettre en pause' }).click()
  await page.getByRole('button', { name: 'Reprendre' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Reprendre' }).click()
  await toast(page, 'remis en marche').waitFor()

  await more.click()
  await page.getByRole('menuitem', { name: 'Supprimer' }).click()
  await dialog.getByRole('button', { name: 'Supprimer' }).click()
  await page.getByText('Aucun webhook').waitFor()
})

test('fits a telephone, and is closed to those who may not manage it', async () => {
  const phone = await openSignedIn('/webhooks', administrator(), { viewport: viewports.phone, locale: 'en-GB' })
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await expectAccessible(phone)
  const shut = await openSignedIn('/', clerk())
  expect(await shut.getByRole('link', { name: 'Webhooks' }).count()).toBe(0)
  await goTo(shut, '/webhooks')
  expect(await shut.getByRole('button', { name: 'Nouveau webhook' }).count()).toBe(0)
})
