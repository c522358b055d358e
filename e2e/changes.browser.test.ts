import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, openSignedIn } = office

/** Buys one article for a pick-up in Nantes, on a telephone, and opens its order. */
async function boughtForPickup(): Promise<{ phone: Page; orderId: string }> {
  const staff = await apiOf(administrator())
  const phone = await openPage(browser, {
    viewport: viewports.phone,
    expectedErrors: ['status of 402', 'status of 409', 'status of 422'],
  })
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true', limit: 60 } })
  for (const { handle } of items) {
    const { variants } = await staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
    const variant = variants.find(
      ({ deliverable, shops }) =>
        deliverable > 4 && shops.some(({ siteName, available }) => siteName.includes('Nantes') && available > 3),
    )
    if (!variant) continue
    await phone.request.post(`${office.home()}/panier/lignes`, {
      form: { variantId: variant.variantId, mode: 'add', quantity: '1' },
      headers: { origin: office.home() },
    })
    break
  }
  await phone.goto(`${office.home()}/commander`)
  await phone.fill('[name=email]', 'claire.petit@exemple.fr')
  await phone.fill('[name=name]', 'Claire Petit')
  await phone.check('[name=method][value=pickup]')
  await phone.locator('.if-pickup .radio-card', { hasText: 'Nantes' }).first().click()
  await phone.click('.checkout-summary button.primary')
  await phone.getByText('Merci, c’est commandé').waitFor()
  const number = (await phone.locator('.order-number').textContent()) ?? ''
  // The money is taken and the preparation opened by itself, soon after.
  const found = async () => (await staff(endpoints.listOrders, { query: { q: number } })).items[0]
  await expect.poll(async () => (await found())?.paymentState).toBe('paid')
  return { phone, orderId: (await found())?.id ?? '' }
}

test('a pick-up becomes a delivery of two, the difference paid with 3-D Secure', async () => {
  const { phone, orderId } = await boughtForPickup()
  await phone.getByRole('link', { name: 'Modifier ma commande' }).click()
  await phone.getByRole('heading', { name: 'Modifier ma commande' }).waitFor()
  await phone.locator('input[type=number]').fill('2')
  await phone.check('[name=method][value=delivery]')
  await phone.fill('[name=name]', 'Claire Petit')
  await phone.fill('[name=street]', '8 quai de la Fosse')
  await phone.fill('[name=postalCode]', '44000')
  await phone.fill('[name=locality]', 'Nantes')
  await expectAccessible(phone)
  await phone.getByRole('button', { name: 'Voir ce que cela change' }).click()
  await phone.getByRole('heading', { name: 'Vos changements' }).waitFor()
  await phone.getByText('à payer pour ce changement').waitFor()
  await expectAccessible(phone)
  await phone.getByRole('button', { name: /^Confirmer et payer/ }).click()
  await phone.getByRole('heading', { name: 'Payer le changement' }).waitFor()
  await expectAccessible(phone)
  await phone.check('[name=card][value=tok_decline]')
  await phone.getByRole('button', { name: /^Payer/ }).click()
  await phone.locator('#card-error').waitFor()
  await phone.check('[name=card][value=tok_challenge]')
  await phone.getByRole('button', { name: /^Payer/ }).click()
  await phone.locator('button[value=accept]').click()
  await phone.getByText('8 quai de la Fosse').waitFor()
  await phone.locator('.order-lines li', { hasText: /2\s×/u }).waitFor()
  const manager = await openSignedIn('/orders')
  await manager.goto(`${office.home()}/admin/orders/${orderId}`)
  await manager.getByText('Commande modifiée').first().waitFor()
  await expectAccessible(manager)
})

test('staff change an order: its customer is asked to pay, then it is given up', async () => {
  const { orderId } = await boughtForPickup()
  const manager = await openSignedIn('/orders')
  await manager.goto(`${office.home()}/admin/orders/${orderId}`)
  await manager.getByRole('button', { name: 'Modifier', exact: true }).click()
  const dialog = manager.getByRole('dialog')
  await dialog.locator('.mantine-NumberInput-input').first().fill('3')
  await dialog.getByText('le client reçoit un lien').waitFor()
  await expectAccessible(manager)
  await dialog.getByRole('button', { name: 'Envoyer la demande de paiement' }).click()
  await manager.getByText('attend son paiement').first().waitFor()
  await manager.getByRole('button', { name: 'Abandonner ce changement' }).click()
  await toast(manager, 'Changement abandonné').waitFor()
})

test('an exchange asked for at home: put aside, seen at the returns desk, sent when the return was looked at', async () => {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true', limit: 60 } })
  const offers = await Promise.all(
    items.map(({ handle }) => staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })),
  )
  const variantId = offers
    .flatMap(({ variants }) => (variants.length > 1 ? variants : []))
    .find(({ deliverable }) => deliverable > 4)?.variantId
  const address = { name: 'Claire Petit', street: '3 rue des Lilas', postalCode: '44000', locality: 'Nantes' }
  const { orderId, accessToken, number } = await staff(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [{ variantId: variantId ?? '', quantity: 1 }],
      contact: { name: 'Claire Petit', email: 'claire.petit@exemple.fr' },
      delivery: { method: 'delivery', address },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  })
  const preparations = async () =>
    (await staff(endpoints.listFulfillments, { query: { q: number } })).items.filter(
      (one) => one.state === 'to_prepare',
    )
  await expect.poll(async () => (await preparations()).length).toBe(1)
  const [first] = await preparations()
  await staff(endpoints.ship, {
    params: { fulfillmentId: first?.id ?? '' },
    body: { carrier: 'Colissimo', trackingNumber: '6A12345678901' },
  })

  const phone = await openPage(browser, { viewport: viewports.phone })
  await phone.goto(`${office.home()}/commandes/${orderId}/retour?token=${accessToken}`)
  await phone.locator('select[name^=line-]').selectOption('1')
  await phone.locator('select[name^=exchange-]').selectOption(variantId ?? '')
  await expectAccessible(phone)
  await phone.getByRole('button', { name: 'Obtenir le bon de retour' }).click()
  await phone.getByText('Mis de côté pour vous').waitFor()
  await expectAccessible(phone)
  const code = (await phone.locator('.pass-code').textContent()) ?? ''

  const manager = await openSignedIn('/returns')
  await manager.getByText(code).first().click()
  await manager.getByText('Mis de côté jusqu’à l’arrivée du retour').waitFor()
  await expectAccessible(manager)
  const { items: asked } = await staff(endpoints.listReturns, { query: { orderId } })
  const { lines } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  const { items: sites } = await staff(endpoints.listSites, {})
  await staff(endpoints.inspectReturn, {
    params: { returnId: asked[0]?.id ?? '' },
    body: {
      siteId: sites.find(({ kind }) => kind === 'warehouse')?.id ?? '',
      lines: [{ lineId: lines[0]?.id ?? '', quantity: 1, condition: 'as_new', disposition: 'restock' }],
    },
  })
  await phone.reload()
  await phone.getByText('par un échange').waitFor()
  expect(await preparations()).toHaveLength(1)
})
