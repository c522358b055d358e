import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, clerk, apiOf, openSignedIn } = office

/** Buys one article at the drive of Nantes, from a telephone without a script, and says what to do when it is missing. */
async function bought(wish: 'accept' | 'ask' | 'refuse'): Promise<{ phone: Page; number: string; code: string }> {
  const staff = await apiOf(administrator())
  const phone = await openPage(browser, { javaScriptEnabled: false, viewport: viewports.phone })
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true', limit: 60 } })
  for (const { handle } of items) {
    const { variants } = await staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
    const here = variants.find(({ shops }) => shops.some((one) => one.siteName.includes('Nantes') && one.available > 2))
    if (!here || variants.length < 2) continue
    await phone.request.post(`${office.home()}/panier/lignes`, {
      form: { variantId: here.variantId, mode: 'add', quantity: '1' },
      headers: { origin: office.home() },
    })
    break
  }
  await phone.goto(`${office.home()}/commander`)
  await phone.fill('[name=email]', 'lucie.denis@exemple.fr')
  await phone.fill('[name=name]', 'Lucie Denis')
  await phone.fill('[name=phone]', '06 12 34 56 78')
  await phone.check('[name=method][value=drive]')
  await phone.locator('[name=slotId]').first().check()
  await phone.check(`[name=substitutions][value=${wish}]`)
  await phone.click('.checkout-summary button.primary')
  await phone.getByText('Merci, c’est commandé').waitFor()
  const number = ((await phone.locator('.order-number').textContent()) ?? '').trim()
  const code = ((await phone.locator('.pass-code').textContent()) ?? '').trim()
  await phone.goto(phone.url().replace('/merci', ''))
  return { phone, number, code }
}

/** The order at the till, once its money was taken: that is what is given back from. */
async function atTheTill(number: string): Promise<Page> {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOrders, { query: { q: number } })
  const paymentOf = async () => {
    const order = await staff(endpoints.getOrder, { params: { orderId: items[0]?.id ?? '' }, query: {} })
    return order.paymentState
  }
  // A job takes it, when those of a company that was just loaded leave it a moment.
  await expect.poll(paymentOf, { timeout: 30_000 }).toBe('paid')
  const till = await openSignedIn('/', clerk())
  await till.goto(`${office.home()}/pos/pickups?q=${number}`)
  await till.getByRole('button', { name: new RegExp(number) }).click()
  return till
}

/** Replaces the only article of the order by the first proposed. */
async function replace(till: Page): Promise<void> {
  await till.getByRole('button', { name: 'Article manquant' }).click()
  await till.locator('.ec-missing-choice input').first().check()
}

test('another article is accepted at the checkout, proposed while picking, told, and handed over', async () => {
  const { phone, number, code } = await bought('accept')
  const till = await atTheTill(number)
  await replace(till)
  await till.getByText('Le client accepte un article de remplacement').waitFor()
  await expectAccessible(till)
  await till.getByRole('button', { name: 'Remplacer', exact: true }).click()
  await toast(till, /Article remplacé/).waitFor()
  await till.getByText('À la place de').waitFor()
  await phone.reload()
  await phone.getByText('Manquant, remplacé par un autre article').waitFor()
  await phone.getByText('S’il ne vous convient pas, dites-le au retrait').waitFor()
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOrders, { query: { q: number } })
  const orderId = items[0]?.id ?? ''
  // Its buyer is told; what is written waits its turn among the demo's messages.
  const messages = await staff(endpoints.listMessages, { query: { orderId } })
  expect(messages.items.map(({ template }) => template)).toContain('line_substituted')
  await till.locator('.pos-tick input').first().check()
  await till.getByRole('button', { name: 'C’est prêt' }).click()
  await till.getByLabel('Code de retrait', { exact: true }).fill(code)
  await till.getByRole('button', { name: 'Remettre la commande' }).click()
  await expect
    .poll(async () => (await staff(endpoints.listOrders, { query: { q: number } })).items[0]?.fulfillmentState)
    .toBe('fulfilled')
  const order = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  const [missing, instead] = order.lines
  expect(instead?.substituteFor).toBe(missing?.id)
  expect(order.total.amountMinor).toBe(instead?.lineTotal.amountMinor)
  expect(order.total.amountMinor).toBeLessThanOrEqual(missing?.lineTotal.amountMinor ?? 0)
})

test('who wants a call is called; what stands in is refused at the bay, and the money goes back', async () => {
  const { number } = await bought('ask')
  const till = await atTheTill(number)
  await replace(till)
  await till.getByText('06 12 34 56 78').waitFor()
  const confirm = till.getByRole('button', { name: 'Remplacer', exact: true })
  await expect.poll(() => confirm.isDisabled()).toBe(true)
  await till.getByLabel('Le client est d’accord').check()
  await confirm.click()
  await toast(till, /Article remplacé/).waitFor()
  await till.locator('.pos-tick input').first().check()
  await till.getByRole('button', { name: 'C’est prêt' }).click()
  await till.getByRole('button', { name: 'Le client n’en veut pas' }).click()
  await toast(till, /Repris et remboursé/).waitFor()
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listOrders, { query: { q: number } })
  const orderId = items[0]?.id ?? ''
  await expect
    .poll(async () => {
      const { refunded, paid } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
      return refunded.amountMinor === paid.amountMinor
    })
    .toBe(true)
  const manager = await openSignedIn(`/orders/${orderId}`)
  await manager.getByText('Article manquant remplacé').waitFor()
  await expectAccessible(manager)
})

test('who wants no other article is refunded what is missing', async () => {
  const { phone, number } = await bought('refuse')
  const till = await atTheTill(number)
  await replace(till)
  await till.getByText('Le client ne veut pas d’article de remplacement').waitFor()
  await till.getByRole('button', { name: 'Rembourser', exact: true }).click()
  await toast(till, /annulée et remboursée/).waitFor()
  await phone.reload()
  await phone.getByText('annulée').first().waitFor()
})
