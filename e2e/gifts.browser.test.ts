import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { giftCodeOf } from '@ecluse/contracts/gift-code.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const words = 'Joyeux anniversaire, Zoé !\n<b>À dimanche</b>'

/** Buys an article as a present, without scripts. @returns its order */
async function give(variantId: string): Promise<string> {
  const phone = await openPage(browser, { viewport: viewports.phone, javaScriptEnabled: false })
  await phone.request.post(`${office.home()}/panier/lignes`, {
    form: { variantId, mode: 'add', quantity: '1' },
    headers: { origin: office.home() },
  })
  await phone.goto(`${office.home()}/commander`)
  await phone.fill('[name=email]', 'claire.petit@exemple.fr')
  await phone.fill('[name=name]', 'Claire Petit')
  await phone.check('[name=method][value=delivery]')
  await phone.fill('[name=street]', '3 rue des Lilas')
  await phone.fill('[name=postalCode]', '44000')
  await phone.fill('[name=locality]', 'Nantes')
  expect(await phone.locator('[name=giftMessage]').isVisible()).toBe(false)
  await phone.check('[name=gift]')
  await phone.fill('[name=giftMessage]', words)
  await phone.click('.checkout-summary button.primary')
  await phone.getByText('Merci, c’est commandé').waitFor()
  expect(await phone.locator('.gift-words').textContent()).toBe(words)
  return /([\da-f-]{36})/.exec(phone.url())?.[1] ?? ''
}

test('a present is bought without scripts; its slip has the words and a code to exchange it, and no price', async () => {
  const staff = await office.apiOf(office.administrator())
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true', limit: 40 } })
  const offers = await Promise.all(
    items.map(({ handle }) => staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })),
  )
  const variant = offers
    .flatMap(({ variants }) => variants)
    // Files are no presents.
    .find(({ deliverable, shops }) => deliverable > 3 && shops.some(({ available }) => available > 2))
  const look = await openPage(browser, { viewport: viewports.phone })
  await look.request.post(`${office.home()}/panier/lignes`, {
    form: { variantId: variant?.variantId ?? '', mode: 'add', quantity: '1' },
    headers: { origin: office.home() },
  })
  await look.goto(`${office.home()}/commander`)
  await look.check('[name=gift]')
  await look.locator('[name=giftMessage]').waitFor()
  await expectAccessible(look)

  const orderId = await give(variant?.variantId ?? '')
  const order = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  await expect.poll(async () => (await preparationOf(orderId))?.gift, { timeout: 20_000 }).toBe(true)
  const preparation = await preparationOf(orderId)
  const fulfillmentId = preparation?.id ?? ''
  const packed = await staff(endpoints.packParcel, {
    params: { fulfillmentId },
    body: { lines: (preparation?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity })) },
  })
  const desk = await office.openSignedIn(`/preparations/${fulfillmentId}/packing`)
  await desk.getByText('aucun prix avec les articles').waitFor()
  await expectAccessible(desk)
  const file = await desk.getByRole('link', { name: 'Bordereau (PDF)' }).getAttribute('href')
  const pdf = await desk.request.get(`${office.home()}${file ?? ''}`)
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
  await office.goTo(desk, `/preparations/${fulfillmentId}/slips/${packed.parcels[0]?.id ?? ''}`)
  await desk.getByText(giftCodeOf(order.number)).waitFor()
  const slip = (await desk.locator('.bo-slip').textContent()) ?? ''
  expect(slip).toContain(words)
  expect(slip).not.toContain('€')
  await expectAccessible(desk)

  async function preparationOf(id: string) {
    const found = await staff(endpoints.listFulfillments, { query: { limit: 50 } })
    return found.items.find((item) => item.orderId === id)
  }
})
