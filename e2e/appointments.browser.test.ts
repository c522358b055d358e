import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { panel, startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, clerk, openSignedIn } = office

/** The same page where a script can look at it: axe needs one. */
async function expectSameAccessible(url: string): Promise<void> {
  const page = await openPage(browser, { viewport: viewports.phone })
  await page.goto(url)
  await expectAccessible(page)
  await page.close()
}

test('booked on a telephone without a script, moved, met at the till, and cancelled', async () => {
  const phone = await openPage(browser, {
    javaScriptEnabled: false,
    viewport: viewports.phone,
    expectedErrors: ['status of 422', 'status of 409'],
  })
  await phone.goto(`${office.home()}/rendez-vous`)
  await expectSameAccessible(phone.url())
  await phone.locator('main').getByRole('link', { name: 'Étude posturale' }).click()
  await phone.selectOption('#shop', 'nantes')
  await phone.click('text=Voir les heures')
  await expectSameAccessible(phone.url())
  await phone.click('main button.primary')
  await expect.poll(() => phone.locator('.banner.urgent li').count()).toBe(3)
  await phone.locator('[name=startsAt]').first().check()
  await phone.fill('[name=name]', 'Inès Le Goff')
  await phone.fill('[name=email]', 'ines.legoff@client.example')
  await phone.click('main button.primary')
  await phone.getByText('C’est noté').waitFor()
  await expectSameAccessible(phone.url())
  const before = await phone.locator('.appointment-time').textContent()
  await phone.locator('main summary').click()
  await phone.locator('[name=startsAt]').last().check()
  await phone.click('text=Déplacer à cette heure')
  await phone.getByText('C’est noté').waitFor()
  expect(await phone.locator('.appointment-time').textContent()).not.toBe(before)
  const [, id = ''] = /mes-rendez-vous\/([0-9a-f-]+)/.exec(phone.url()) ?? []

  const staff = await apiOf(administrator())
  const { startsAt } = await staff(endpoints.getAppointment, { params: { appointmentId: id }, query: {} })
  const till = await openSignedIn('/', clerk())
  await till.goto(`${office.home()}/pos/visits?view=day&date=${startsAt.slice(0, 10)}`)
  await till
    .getByRole('button', { name: /Inès Le Goff/ })
    .first()
    .click()
  await expectAccessible(till)
  const act = (name: string) => panel(till).getByRole('button', { name, exact: true })
  await act('Arrivé').click()
  await act('Terminé').click()
  await act('Remettre à prévu').click()
  await act('Pas venu').waitFor()

  await phone.reload()
  await phone.click('text=Annuler le rendez-vous')
  await phone.getByText('Rendez-vous annulé').first().waitFor()
})

test('the calendar of a shop by day and week, by keyboard, and a booking by telephone', async () => {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listSites, {})
  const site = items.find(({ code }) => code === 'nantes')?.id ?? ''
  const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
  const page = await openSignedIn(`/appointments?view=week&site=${site}&date=${soon}`)
  await page.locator('.ec-week').waitFor()
  await expectAccessible(page)
  await page.getByText('Jour', { exact: true }).click()
  await page.locator('.ec-day').or(page.locator('.ec-empty')).first().waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Services et horaires' }).click()
  await page.getByRole('dialog').getByText('Étude posturale').waitFor()
  await expectAccessible(page)
})

test('a bicycle is bought with one of two services at an hour of the shop, without a script', async () => {
  const staff = await apiOf(administrator())
  const { items: sites } = await staff(endpoints.listSites, {})
  const nantes = sites.find(({ code }) => code === 'nantes')?.id ?? ''
  const { items } = await staff(endpoints.listOffers, {
    query: { channel: 'web', category: 'velos', inStock: 'true', limit: 20 },
  })
  const offers = await Promise.all(
    items.map(({ handle }) => staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })),
  )
  const variant = offers
    .flatMap(({ variants }) => variants)
    .find(({ shops }) => shops.some(({ siteId, available }) => siteId === nantes && available > 1))
  const origin = office.home()
  const form = { variantId: variant?.variantId ?? '', mode: 'add', quantity: '1' }
  const phone = await openPage(browser, { javaScriptEnabled: false, viewport: viewports.phone })
  await phone.request.post(`${origin}/panier/lignes`, { form, headers: { origin } })
  await phone.goto(`${origin}/commander`)
  await phone.fill('[name=email]', 'maud.kerel@client.example')
  await phone.fill('[name=name]', 'Maud Kérel')
  await phone.check('[name=method][value=pickup]')
  await phone.check(`[name=siteId][value="${nantes}"]`)
  await expect.poll(() => phone.locator('[name=appointmentService] option').allTextContents()).toHaveLength(2)
  await phone.selectOption('[name=appointmentService]', 'remise-en-main')
  await phone.selectOption('[name=appointmentSite]', nantes)
  await phone.click('button[value=hours]')
  // What was filled in is kept, and the hours of the service that was chosen are there.
  expect(await phone.inputValue('[name=appointmentService]')).toBe('remise-en-main')
  expect(await phone.inputValue('[name=name]')).toBe('Maud Kérel')
  const hour = phone.locator('[name=startsAt]:not([value=""])').first()
  const startsAt = await hour.getAttribute('value')
  await hour.check()
  await phone.click('.checkout-summary button.primary')
  await phone.getByText('Merci, c’est commandé').waitFor()
  await phone.locator('.card', { hasText: 'Votre rendez-vous' }).getByText('Remise en main et réglage').waitFor()
  await expectSameAccessible(phone.url())
  const orderId = /([\da-f-]{36})/.exec(phone.url())?.[1] ?? ''
  const { appointment } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  expect(appointment).toMatchObject({ service: 'remise-en-main', siteId: nantes })
  expect(new Date(appointment?.startsAt ?? 0)).toEqual(new Date(startsAt ?? ''))
})
