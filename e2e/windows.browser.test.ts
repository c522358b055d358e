import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports, type PageOptions } from '../server/test/kit/browser.ts'
import { panel, refusals, startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, openSignedIn } = office
/** A product that the depots of Nantes and Paris have plenty of. */
let handle = ''

beforeAll(async () => {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', category: 'velos', inStock: 'true' } })
  handle = items[0]?.handle ?? ''
  const offer = await staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
  const { items: places } = await staff(endpoints.listPlaces)
  const placeId = places.find(({ code }) => code === 'nantes')?.id ?? ''
  for (const variant of offer.variants)
    await staff(endpoints.recordMovement, {
      body: { kind: 'receipt', variantId: variant.variantId, placeId, quantity: 20, reason: null },
    })
}, 120_000)

const pay = (page: Page) => page.click('.checkout-summary button[type=submit]')

/** To the checkout, with everything filled in but the window. */
async function toWindows(options: PageOptions): Promise<Page> {
  const page = await openPage(browser, { expectedErrors: refusals, ...options })
  await page.goto(`${office.home()}/produits/${handle}`)
  await page.click('.buy button')
  await expect.poll(() => page.locator('.count-badge').first().textContent()).toBe('1')
  await page.goto(`${office.home()}/commander`)
  await page.fill('[name=email]', 'lea.martin@exemple.fr')
  await page.fill('[name=name]', 'Léa Martin')
  await page.check('[name=method][value=window]')
  await page.fill('[name=street]', '1 rue du Port')
  await page.fill('[name=locality]', 'Nantes')
  await page.fill('[name=postalCode]', '44000')
  return page
}

describe('the checkout', () => {
  test('without a script: windows are asked for, one is chosen, paid and told', async () => {
    const page = await toWindows({ javaScriptEnabled: false, viewport: viewports.phone })
    await page.click('[name=act][value=windows]')
    expect(await page.inputValue('[name=name]')).toBe('Léa Martin')
    await pay(page)
    expect(await page.locator('#windowId-error').textContent()).toContain('Choisissez un créneau')
    const window = page.locator('#windows .window').nth(3)
    const hours = (await window.locator('.window-hours').textContent()) ?? '–'
    await window.locator('input').check()
    const total = (await page.locator('.window-sums .sums:visible .sum-total dd').textContent()) ?? '–'
    await pay(page)
    expect(new URL(page.url()).pathname).toMatch(/\/merci$/)
    expect(await page.locator('.order-window').textContent()).toContain(hours)
    expect(await page.locator('.sum-total dd').textContent()).toBe(total)
  })

  test('with one: windows come with the postal code, and the order is in the back office and on its route', async () => {
    const page = await toWindows({ viewport: viewports.phone })
    await page.locator('#windows .window').first().waitFor()
    await expectAccessible(page)
    await page.fill('[name=postalCode]', '29200')
    await page.getByText('Nous ne livrons pas encore ce code postal', { exact: false }).waitFor()
    await page.fill('[name=postalCode]', '44000')
    await page.locator('#windows .window').first().waitFor()
    await page.locator('#windows .window input').nth(5).check()
    await pay(page)
    await page.locator('.order-window').waitFor()
    const number = (await page.locator('.order-number').textContent()) ?? ''

    const staff = await apiOf(administrator())
    const { items } = await staff(endpoints.listOrders, { query: { q: number } })
    const orderId = items[0]?.id ?? ''
    const order = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    const date = order.delivery.promisedAt?.slice(0, 10) ?? ''
    const shown = await openSignedIn(`/orders/${orderId}`)
    await shown.getByText('Créneau promis').waitFor()
    const depots = await staff(endpoints.listDepots)
    const depot = depots.items.find(({ name }) => name.includes('Nantes'))?.placeId ?? ''
    await shown.goto(`${office.home()}/admin/routes?depot=${depot}&date=${date}`)
    await shown.getByText(number).first().waitFor()
  })
})

describe('the back office', () => {
  test('shows the calendar by keyboard, changes one window and takes it back', async () => {
    const page = await openSignedIn('/windows?zone=paris')
    await page.locator('.bo-window').first().focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/10:00/)
    await expectAccessible(page)
    const future = page.locator('.bo-week tbody tr').first().locator('.bo-window').last()
    await future.click()
    await panel(page).getByLabel('Livraisons au plus').fill('9')
    await panel(page).getByRole('button', { name: 'Enregistrer' }).click()
    await toast(page, 'enregistré').waitFor()
    await expect.poll(() => future.locator('.tabular').textContent()).toContain('/ 9')
    await panel(page).getByRole('button', { name: 'Fermer ce créneau' }).click()
    await expect.poll(() => future.getAttribute('data-state')).toBe('closed')
    await panel(page).getByRole('button', { name: 'Rouvrir ce créneau' }).waitFor()
    await expectAccessible(page)
  })

  test('edits the week of a zone', async () => {
    const page = await openSignedIn('/windows?zone=lyon')
    await page.getByRole('button', { name: 'Semaine et codes postaux' }).click()
    await page.getByRole('textbox', { name: /Nom de la zone/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Ajouter un créneau' }).click()
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await toast(page, 'enregistré').waitFor()
    await page.locator('.bo-week tbody th', { hasText: '20:00' }).waitFor()
  })

  test('draws routes again, notes a delivery, and counts promises', async () => {
    const staff = await apiOf(administrator())
    const depots = await staff(endpoints.listDepots)
    const depot = depots.items.find(({ name }) => name.includes('Nantes'))?.placeId ?? ''
    const { items } = await staff(endpoints.getKeptPromises, {
      query: { from: '2020-01-01', until: '2100-01-01', placeId: depot },
    })
    const past = items.find((one) => one.kept > 0)?.date ?? ''
    const page = await openSignedIn(`/routes?depot=${depot}&date=${past}`)
    await page.locator('.bo-gantt-stop').first().waitFor()
    await page.getByText('des promesses tenues', { exact: false }).waitFor()
    await expectAccessible(page)
    await page.locator('.bo-gantt-stop').first().press('Enter')
    await panel(page).getByRole('button', { name: 'Revenir en arrière' }).click()
    await toast(page, 'annulé').waitFor()
    await panel(page).getByRole('button', { name: 'Livrée', exact: true }).click()
    await toast(page, 'notée').waitFor()
    await page.getByRole('button', { name: 'Retracer les tournées' }).click()
    await expect
      .poll(() => page.getByRole('button', { name: 'Retracer les tournées' }).isEnabled(), { timeout: 30_000 })
      .toBe(true)
    await page.setViewportSize(viewports.phone)
    await expectAccessible(page)
  })
})
