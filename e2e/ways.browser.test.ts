import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, clerk, apiOf, openSignedIn } = office

/** Puts articles that lie in Nantes and can be delivered into the basket of a telephone without a script, and goes to the checkout. */
async function atTheCheckout(count: number, files: readonly string[] = []): Promise<Page> {
  const staff = await apiOf(administrator())
  const phone = await openPage(browser, {
    javaScriptEnabled: false,
    viewport: viewports.phone,
    expectedErrors: ['status of 409', 'status of 422'],
  })
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true', limit: 60 } })
  const put = (variantId: string) =>
    phone.request.post(`${office.home()}/panier/lignes`, {
      form: { variantId, mode: 'add', quantity: '1' },
      headers: { origin: office.home() },
    })
  let left = count
  for (const { handle } of items) {
    if (left === 0) break
    const { variants } = await staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
    const inNantes = variants.find(
      ({ deliverable, shops }) =>
        deliverable > 2 && shops.some(({ siteName, available }) => siteName.includes('Nantes') && available > 1),
    )
    if (!inNantes) continue
    await put(inNantes.variantId)
    left -= 1
  }
  for (const handle of files) {
    const { variants } = await staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
    await put(variants[0]?.variantId ?? '')
  }
  await phone.goto(`${office.home()}/commander`)
  await phone.fill('[name=email]', 'claire.petit@exemple.fr')
  await phone.fill('[name=name]', 'Claire Petit')
  return phone
}

/** The same page where a script can look at it: axe needs one. */
async function lookAt(page: Page): Promise<void> {
  const again = await openPage(browser, { viewport: viewports.phone })
  await again.goto(page.url())
  await expectAccessible(again)
}

/** The first article is picked up in Nantes; the others stay as they are. */
async function pickUpInNantes(page: Page): Promise<void> {
  const way = page.locator('select[name^="way-"]').first()
  const nantes = await way.locator('option', { hasText: 'Nantes' }).getAttribute('value')
  await way.selectOption(nantes ?? '')
}

const pay = (page: Page) => page.click('.checkout-summary button.primary')

test('a part delivered, a part picked up: chosen without a script, paid once the total was seen, shown in parts', async () => {
  const phone = await atTheCheckout(2)
  await phone.check('[name=method][value=mixed]')
  await phone.fill('[name=street]', '3 rue des Lilas')
  await phone.fill('[name=postalCode]', '44000')
  await phone.fill('[name=locality]', 'Nantes')
  await pay(phone)
  expect(await phone.locator('#picks-error').textContent()).toContain('magasin')
  await pickUpInNantes(phone)
  // Nobody pays for a split whose total they have not seen.
  await pay(phone)
  await phone.locator('#split').waitFor()
  await pay(phone)
  await phone.getByText('Merci, c’est commandé').waitFor()
  const code = (await phone.locator('.pass-code').textContent()) ?? ''
  for (const part of ['Livraison', 'Retrait en magasin'])
    await phone.getByRole('heading', { name: part, exact: true }).waitFor()
  await lookAt(phone)
  const number = (await phone.locator('.order-number').textContent()) ?? ''
  const till = await openSignedIn('/', clerk())
  await till.goto(`${office.home()}/pos/pickups?q=${code}`)
  await till.getByRole('button', { name: new RegExp(number) }).waitFor()
  const manager = await openSignedIn('/orders')
  await manager.goto(`${office.home()}/admin/orders?q=${number}`)
  await manager.getByText('Claire Petit').first().waitFor()
})

test('delivered in a window, picked up and downloaded in one order; one part is cancelled, the rest goes on', async () => {
  const phone = await atTheCheckout(2, ['guide-entretien-velo'])
  await phone.check('[name=method][value=mixed]')
  await phone.fill('[name=street]', '3 rue des Lilas')
  await phone.fill('[name=postalCode]', '44000')
  await phone.fill('[name=locality]', 'Nantes')
  await pickUpInNantes(phone)
  await phone.check('[name=downloadNow]')
  await phone.click('[name=act][value=split]')
  await phone.locator('#split').waitFor()
  await phone.selectOption('[name=partWindow]', { index: 1 })
  // The total with the window is seen before it is paid.
  await pay(phone)
  await phone.locator('.error-summary, [role=alert]').first().waitFor()
  await pay(phone)
  await phone.getByText('Merci, c’est commandé').waitFor()
  for (const part of ['Livraison', 'Retrait en magasin'])
    await phone.getByRole('heading', { name: part, exact: true }).waitFor()
  await expect
    .poll(async () => {
      await phone.reload()
      return phone.locator('#files a[download]').count()
    })
    .toBe(1)
  await lookAt(phone)
  const number = (await phone.locator('.order-number').textContent()) ?? ''
  const home = phone.locator('section.card', { has: phone.getByRole('heading', { name: 'Livraison', exact: true }) })
  await home.locator('summary', { hasText: 'Annuler cette partie' }).click()
  await home.getByRole('button', { name: 'Oui, annuler cette partie' }).click()
  await phone.getByText('Cette partie est annulée.').waitFor()
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOrders, { query: { q: number } })
  const order = await staff(endpoints.getOrder, { params: { orderId: items[0]?.id ?? '' }, query: {} })
  expect(order.groups.map(({ state, timed }) => [state, timed])).toEqual([
    ['cancelled', 'window'],
    ['to_prepare', null],
    ['fulfilled', null],
  ])
})

test('“I am here”: from a telephone at the drive to the till, and handed over against the code', async () => {
  const phone = await atTheCheckout(1)
  await phone.check('[name=method][value=drive]')
  await phone.locator('[name=slotId]').first().check()
  await pay(phone)
  await phone.getByText('Merci, c’est commandé').waitFor()
  const code = (await phone.locator('.pass-code').textContent()) ?? ''
  await phone.goto(phone.url().replace('/merci', ''))
  await phone.fill('[name=vehicle]', 'Estafette 4L-2044')
  await phone.selectOption('[name=bay]', '5')
  await phone.click('.arrival button')
  await phone.getByText('Nous venons à la place 5').waitFor()
  await lookAt(phone)
  const till = await openSignedIn('/', clerk())
  await till.goto(`${office.home()}/pos/pickups`)
  const car = till.locator('.pos-drive-car', { hasText: 'Estafette 4L-2044' })
  await car.waitFor()
  await expectAccessible(till)
  await car.getByRole('button', { name: 'Préparer' }).click()
  await till.locator('.pos-tick input').first().check()
  await till.getByRole('button', { name: 'C’est prêt' }).click()
  await till.getByLabel('Code de retrait', { exact: true }).fill(code)
  await till.getByRole('button', { name: 'Remettre la commande' }).click()
  await car.waitFor({ state: 'detached' })
  const manager = await openSignedIn('/drive')
  await manager.getByText('Estafette 4L-2044').waitFor()
  await expectAccessible(manager)
})

test('packed by keyboard in two parcels, with a slip, and one given to the carrier', async () => {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listFulfillments, {
    query: { method: 'delivery', state: 'to_prepare', limit: 100 },
  })
  // One that nobody has packed a parcel of: some of the demo are half gone.
  const whole: typeof items = []
  for (const item of items.filter(({ lines }) => lines.length > 1)) {
    const { parcels } = await staff(endpoints.getPacking, { params: { fulfillmentId: item.id }, query: {} })
    if (parcels.length === 0) whole.push(item)
  }
  const several = whole[0]
  expect(several).toBeDefined()
  const page = await openSignedIn(`/preparations/${several?.id}/packing`)
  const scan = page.getByLabel('Code-barres ou référence')
  await scan.fill('NONSENSE')
  await page.keyboard.press('Enter')
  await page.getByText('NONSENSE n’est pas dans cette préparation').waitFor()
  await page.keyboard.type(several?.lines[0]?.sku ?? '')
  await page.keyboard.press('Enter')
  await page
    .getByRole('status')
    .filter({ hasText: ` : 1 sur ${several?.lines[0]?.quantity}.` })
    .waitFor()
  await page.keyboard.press('Enter')
  await toast(page, /Colis 1 fermé/).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remettre au transporteur' }).click()
  await page.getByRole('combobox', { name: 'Transporteur' }).fill('Mondial Relay')
  await page.getByLabel('Numéro de suivi').fill('12345678')
  await page.getByRole('dialog').getByRole('button', { name: 'Expédier' }).click()
  await page.getByText('12345678').waitFor()
  await page.getByRole('link', { name: 'Bordereau', exact: true }).click()
  await page.locator('.bo-slip').waitFor()
  await page.getByText('Le reste de la commande voyage dans un autre colis').waitFor()
  await expectAccessible(page)
})
