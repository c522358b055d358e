import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, viewports } from '../server/test/kit/browser.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { panel, startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const { administrator, apiOf, goWithin, openSignedIn } = await startBackOffice(browser)

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

describe('a customer', () => {
  test('their history is one list; two files become one and are taken apart; who looked is noted', async () => {
    const api = await apiOf(administrator())
    const { items } = await api(endpoints.listOrders, { query: { limit: 20 } })
    const named = items.flatMap(({ customerName }) => customerName ?? [])
    const [one = '', other = ''] = [...new Set(named)]
    const find = async (q: string) => (await api(endpoints.listCustomers, { query: { q, limit: 1 } })).items[0]
    const [kept, brought] = [await find(one), await find(other)]
    const page = await openSignedIn(`/customers/${kept?.id}`)
    await expectAccessible(page)
    const timeline = page.getByRole('list', { name: 'Tout ce qui s’est passé' })
    await timeline.getByText('A commandé').first().waitFor()
    await page.getByRole('button', { name: 'Fusionner avec…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(brought?.email ?? '')
    await dialog.getByRole('radio', { name: brought?.name ?? '' }).check()
    await dialog.getByRole('button', { name: 'Fusionner', exact: true }).click()
    await timeline.getByText(`${brought?.name} et cette fiche ne font plus qu’un`).waitFor()
    await timeline.getByText(`fiche de ${brought?.name}`).first().waitFor()
    await page.getByRole('combobox', { name: 'Quoi' }).click()
    await page.getByRole('option', { name: 'Fusions' }).click()
    await expect.poll(() => timeline.getByRole('listitem').count()).toBe(1)
    await page.getByRole('button', { name: `Séparer la fiche de ${brought?.name}` }).click()
    await timeline.getByText(`${brought?.name} a été séparé de cette fiche`).waitFor()
    await page.reload()
    const readers = page.getByRole('region', { name: 'Qui a consulté cette fiche' })
    await readers.getByText('consentements, commandes, fiche, historique').waitFor()
  })
})

describe('journeys', () => {
  test('one is made by keyboard, published, and people pass through it', async () => {
    const page = await openSignedIn('/journeys')
    await page.getByRole('button', { name: 'Nouveau parcours' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Tout un segment, à une date' }).press('Space')
    await dialog.getByRole('radio', { name: 'Quand quelqu’un entre dans un segment' }).press('Space')
    await dialog.getByRole('combobox', { name: 'Segment' }).fill('Bons clients du site')
    await page.getByRole('option', { name: 'Bons clients du site' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await dialog.getByRole('textbox', { name: 'Nom' }).fill('Merci aux fidèles')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Merci aux fidèles' }).waitFor()
    await page.getByRole('radio', { name: 'Liste' }).press('Space')
    await page.getByRole('button', { name: 'Modifier : Entrée' }).press('Enter')
    await panel(page).getByRole('combobox', { name: 'Qui en fait partie' }).press('ArrowDown')
    await page.getByRole('option', { name: 'Tous ceux qui y sont à la publication' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await panel(page).getByRole('button', { name: 'Fermer' }).press('Enter')
    await page.getByRole('button', { name: 'Modifier : Message' }).press('Enter')
    await panel(page).getByRole('textbox', { name: 'Objet', exact: true }).fill('Merci')
    await panel(page).getByRole('textbox', { name: 'Texte', exact: true }).fill('Vous revenez souvent : merci.')
    await page.getByText('Prêt à publier').waitFor()
    await expectAccessible(page)
    await panel(page).getByRole('button', { name: 'Fermer' }).press('Enter')
    await page.getByRole('button', { name: 'Publier' }).press('Enter')
    await dialog.getByRole('button', { name: 'Publier' }).press('Enter')
    await page.getByText('Version 1 publiée', { exact: true }).waitFor()
    await page
      .getByText(/^[1-9]\d* passages?$/)
      .first()
      .waitFor()
    await page.getByRole('tab', { name: 'Personnes' }).press('Enter')
    await page
      .getByRole('button', { name: /^Pourquoi/ })
      .first()
      .press('Enter')
    await panel(page).getByText('la décision est la même').waitFor({ state: 'attached' })
    await expectAccessible(page)
  })
})

const everyPage = [
  '/',
  '/orders',
  '/preparations',
  '/customers',
  '/customers/matches',
  '/customers/matches?about=household',
  '/customers/reads',
  '/customers/advisers',
  '/rights',
  '/rights/retention',
  '/rights/register',
  '/rights/records',
  '/segments',
  '/loyalty',
  '/loyalty/programme',
  '/loyalty/partners',
  '/segments/new',
  '/journeys',
  '/journeys/calendar',
  '/contact-policy',
  '/knowledge',
  '/treatments',
  '/messages?view=text',
  '/messages/dead-addresses',
  '/calls',
  '/sales-visits',
  '/letters',
  '/templates',
  '/templates/new',
  '/products',
  '/products/new',
  '/categories',
  '/stock',
  '/stock?open=new',
  '/stock/movements',
  '/stock/supplier-places',
  '/stock/verification',
  '/imports',
  '/imports/formats',
  '/insights',
  '/objectives',
  '/channel-grid',
  '/audits',
  '/contribution',
  '/contribution?tab=effect',
  '/contribution?tab=customers',
  '/contribution?tab=hold_outs',
  '/contribution?tab=channel_choice',
  '/contribution?tab=media_mix',
  '/circuits',
  '/circuits?tab=build_up',
  '/outlets',
  '/outlets/new',
  '/planning',
  '/planning?tab=prices',
  '/planning?tab=places',
  '/experiments',
  '/experiments/new',
  '/scenarios',
  '/memos',
  '/training',
  '/training/courses',
  '/training/team',
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

  test('is accessible, in French, light, on a desktop', { timeout: 240_000 }, async () => {
    const page = await openSignedIn('/')
    for (const path of everyPage) {
      // As a link does: the server answers the same document at every address.
      await goWithin(page, path)
      await expectAccessible(page)
      await fits(page, path)
    }
  })

  test('fits a telephone, in English and dark, and the busiest are accessible there', async () => {
    const options = { viewport: viewports.phone, colorScheme: 'dark', locale: 'en-GB' } as const
    const page = await openSignedIn('/', administrator(), options)
    for (const path of everyPage) {
      await goWithin(page, path)
      await fits(page, path)
      if (['/', '/orders', '/products/new', '/stock?open=new'].includes(path)) await expectAccessible(page)
    }
  })
})
