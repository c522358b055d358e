import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const { administrator, goTo, openSignedIn } = await startBackOffice(browser)

describe('segments', () => {
  test('one is described while it is counted, kept, deleted and taken back', async () => {
    const page = await openSignedIn('/segments/new')
    const count = page.locator('.bo-segment-number')
    await count.waitFor()
    const recent = Number(await count.innerText())
    await page.getByRole('combobox', { name: 'Sens' }).click()
    await page.getByRole('option', { name: 'Non, le contraire' }).click()
    await expect.poll(async () => Number(await count.innerText())).not.toBe(recent)
    await page.getByRole('button', { name: 'Créer le segment' }).click()
    await page.locator('.mantine-InputWrapper-error').first().waitFor()
    await page.getByRole('textbox', { name: 'Nom' }).fill('Absents depuis trois mois')
    await page.getByRole('button', { name: 'Créer le segment' }).click()
    await page.getByRole('heading', { level: 1, name: 'Absents depuis trois mois' }).waitFor()
    await page.getByText('n’a pas commandé dans les 90 derniers jours').waitFor()
    await page.getByRole('button', { name: 'Supprimer' }).click()
    await toast(page, 'supprimé').getByRole('button', { name: 'Annuler' }).click()
    await page.getByRole('link', { name: 'Absents depuis trois mois' }).waitFor()
  })
})

const everyPage = [
  '/',
  '/orders',
  '/preparations',
  '/customers',
  '/customers/matches',
  '/customers/reads',
  '/customers/advisers',
  '/rights',
  '/segments',
  '/loyalty',
  '/loyalty/programme',
  '/segments/new',
  '/knowledge',
  '/treatments',
  '/messages?view=text',
  '/messages/dead-addresses',
  '/calls',
  '/templates',
  '/templates/new',
  '/products',
  '/products/new',
  '/categories',
  '/stock',
  '/stock?open=new',
  '/stock/movements',
  '/stock/verification',
  '/imports',
  '/imports/formats',
  '/network',
  '/network?open=channel-web',
  '/users',
  '/users?open=new',
  '/keys',
  '/webhooks',
  '/nowhere',
]

describe('every page', () => {
  const fits = async (page: Page, path: string) => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow, path).toBeLessThanOrEqual(0)
  }

  test('is accessible, in French, light, on a desktop', async () => {
    const page = await openSignedIn('/')
    for (const path of everyPage) {
      await goTo(page, path)
      await expectAccessible(page)
      await fits(page, path)
    }
  })

  test('fits a telephone, in English and dark, and the busiest are accessible there', async () => {
    const options = { viewport: viewports.phone, colorScheme: 'dark', locale: 'en-GB' } as const
    const page = await openSignedIn('/', administrator(), options)
    for (const path of everyPage) {
      await goTo(page, path)
      await fits(page, path)
      if (['/', '/orders', '/products/new', '/stock?open=new'].includes(path)) await expectAccessible(page)
    }
  })
})
