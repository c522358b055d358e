import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, clerk, apiOf, openSignedIn } = office

/** Buys two for a pick-up on a telephone; a wrong code is told beside its field. */
async function spendOnline(code: string, variantId: string): Promise<void> {
  const phone = await openPage(browser, {
    viewport: viewports.phone,
    expectedErrors: ['status of 404', 'status of 422'],
  })
  await phone.request.post(`${office.home()}/panier/lignes`, {
    form: { variantId: variantId, mode: 'add', quantity: '2' },
    headers: { origin: office.home() },
  })
  await phone.goto(`${office.home()}/commander`)
  await phone.fill('[name=email]', 'claire.petit@exemple.fr')
  await phone.fill('[name=name]', 'Claire Petit')
  await phone.check('[name=method][value=pickup]')
  await phone.locator('.if-pickup .radio-card', { hasText: 'Nantes' }).first().click()
  await phone.fill('[name=voucher]', 'AAAA-AAAA-AAAA-AAAA')
  await phone.click('.checkout-summary button.primary')
  await phone.locator('#voucher-error').waitFor()
  await expectAccessible(phone)
  await phone.fill('[name=voucher]', code)
  await phone.locator('.if-pickup .radio-card', { hasText: 'Nantes' }).first().click()
  await phone.click('.checkout-summary button.primary')
  await phone.getByText('Merci, c’est commandé').waitFor()
  await phone.getByText('Payé par bon d’achat').waitFor()
  await expectAccessible(phone)
}

/** A card is given at the till, its points pay a part of a sale, and the sale earns new ones. */
async function payWithPoints(shop: Page, sku: string): Promise<void> {
  const staff = await apiOf(administrator())
  await shop.goto(`${office.home()}/pos`)
  await shop.getByText('Le panier est vide').waitFor()
  await shop.keyboard.type(`${sku}\n`, { delay: 2 })
  await shop.getByRole('button', { name: 'Encaisser' }).click()
  await shop.getByRole('button', { name: 'Donner une carte' }).click()
  const form = shop.getByRole('form', { name: 'Donner une carte' })
  await form.getByLabel('Nom').fill('Inès Fidèle')
  await form.getByLabel('Téléphone').fill('06 39 98 77 55')
  await form.getByRole('button', { name: 'Donner une carte' }).click()
  await shop.getByText('0 point', { exact: false }).first().waitFor()
  const { items } = await staff(endpoints.listLoyaltyMembers, { query: { limit: 1 } })
  const { customerId = '', cardNumber = '' } = items[0] ?? {}
  const params = { customerId }
  await staff(endpoints.adjustLoyaltyPoints, { params, body: { points: 250, reason: 'bienvenue' } })
  await shop.getByRole('button', { name: 'Sans carte' }).click()
  await shop.getByLabel('Carte de fidélité').fill(cardNumber)
  await shop.getByLabel('Carte de fidélité').press('Enter')
  await shop.getByRole('button', { name: 'Utiliser 200 points' }).click()
  await shop.getByText('Le bon paie').waitFor()
  await expectAccessible(shop)
  await shop.getByRole('dialog').locator('button[type=submit]').click()
  await shop.getByRole('heading', { name: 'Vente enregistrée' }).waitFor()
  const { member } = await staff(endpoints.getLoyaltyMember, { params })
  expect(member?.points.active).toBe(50)
  expect(member?.points.pending).toBeGreaterThan(0)
}

test('a present comes back to a shop for a voucher, which pays a sale at the till and a part of one online', async () => {
  const staff = await apiOf(administrator())
  const { items: sites } = await staff(endpoints.listSites, {})
  const nantes = sites.find(({ name, kind }) => kind === 'shop' && name.includes('Nantes'))?.id ?? ''
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true', limit: 60 } })
  const offers = await Promise.all(
    items.map(({ handle }) => staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })),
  )
  const variant = offers
    .flatMap(({ variants }) => variants)
    .find(
      ({ deliverable, shops }) => deliverable > 3 && shops.some((shop) => shop.siteId === nantes && shop.available > 2),
    )
  const { items: channels } = await staff(endpoints.listChannels, {})
  const till = channels.find(({ medium, siteIds }) => medium === 'store' && siteIds.includes(nantes))
  const lines = [{ variantId: variant?.variantId ?? '', quantity: 2 }]
  const { orderId } = await staff(endpoints.placeOrder, {
    body: {
      channel: till?.code ?? '',
      lines,
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'terminal_card', amountMinor: 2 * (variant?.price.amountMinor ?? 0) }],
    },
  })

  const shop = await openSignedIn('/', clerk())
  await shop.goto(`${office.home()}/pos/returns/${orderId}?gift=true`)
  await shop.getByText('Bon d’achat', { exact: true }).first().click()
  await shop.locator('.pos-return-line button').last().click()
  await shop.getByText('à qui rapporte les articles').first().waitFor()
  await expectAccessible(shop)
  await shop.getByRole('button', { name: 'Reprendre contre un bon' }).click()
  await shop.getByRole('dialog').getByRole('button', { name: 'Donner le bon' }).click()
  const code = (
    (await shop
      .getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
      .first()
      .textContent()) ?? ''
  ).trim()
  expect(code).toHaveLength(19)
  await expectAccessible(shop)

  const order = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  const { voucher } = await staff(endpoints.createReturn, {
    params: { orderId },
    body: {
      siteId: nantes,
      lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1, reason: 'changed_mind', disposition: 'restock' }],
      refundTo: 'voucher',
    },
  })
  await shop.goto(`${office.home()}/pos`)
  await shop.getByText('Le panier est vide').waitFor()
  await shop.keyboard.type(`${variant?.sku ?? ''}\n`, { delay: 2 })
  await shop.getByRole('button', { name: 'Encaisser' }).click()
  await shop.getByLabel('Bon d’achat (code)').fill(voucher?.code ?? '')
  await shop.getByRole('button', { name: 'Vérifier' }).click()
  await shop.getByText('Le bon paie').waitFor()
  await expectAccessible(shop)
  await shop.getByRole('dialog').locator('button[type=submit]').click()
  await shop.getByRole('heading', { name: 'Vente enregistrée' }).waitFor()

  await payWithPoints(shop, variant?.sku ?? '')

  await spendOnline(code, lines[0]?.variantId ?? '')
  const { balance } = await staff(endpoints.getVoucher, { body: { code } })
  expect(balance.amountMinor).toBe(0)
})
