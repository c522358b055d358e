import { describe, expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const { administrator, apiOf, clerk, home, openSignedIn, goTo } = await startBackOffice(browser)

/** The followed bicycle of the demo, and where Nantes keeps it. */
async function bicycle() {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listLots, { query: { q: 'OR26-004418' } })
  const lot = await staff(endpoints.getLot, { params: { lotId: items[0]?.id ?? '' }, query: {} })
  return { staff, article: lot.article, placeId: lot.places[0]?.placeId ?? '' }
}

describe('a unit with a serial number', () => {
  test('is received by its symbol, sold by it at the till, and found with who has it', async () => {
    const { staff, article, placeId } = await bicycle()
    const symbol = `(01)${(article.gtin ?? '').padStart(14, '0')}(21)OR26-009000`
    const line = { variantId: article.variantId, orderedUnits: 1, expectedOn: null, unitCostMinor: null }
    const body = { supplierName: 'Cycles du Pliant', placeId, note: null, lines: [line] }
    const order = await staff(endpoints.createSupplierOrder, { body })
    await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: order.id }, body: {} })

    const page = await openSignedIn(`/stock/supplier-orders/${order.id}/receive`, administrator(), {
      viewport: viewports.phone,
    })
    await page.getByRole('combobox', { name: 'Scanner ou saisir un article' }).fill(symbol)
    await page.keyboard.press('Enter')
    await page.getByText('OR26-009000', { exact: true }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Recevoir', exact: true }).click()
    await page.waitForURL(/supplier-orders\/[0-9a-f-]+$/)

    const till = await openSignedIn('/', clerk())
    await till.goto(`${home()}/pos`)
    const field = till.getByRole('combobox').first()
    await field.fill(symbol)
    await field.press('Enter')
    const basket = till.getByRole('region', { name: /Panier/ })
    await basket.getByText('OR26-009000', { exact: true }).waitFor()
    await expectAccessible(till)
    await till.keyboard.press('F9')
    await till.getByText('Carte', { exact: true }).click()
    await till.getByRole('button', { name: 'Carte acceptée, valider' }).click()
    await till.getByText('Numéro de série OR26-009000').first().waitFor()

    await goTo(page, '/stock/lots?q=OR26-009000')
    await page.getByRole('link', { name: 'OR26-009000' }).click()
    await page.getByText('Vendu', { exact: true }).first().waitFor()
    await page.getByText('1 unité dans 1 commande').waitFor()
    await expectAccessible(page)
  })
})

describe('a lot', () => {
  test('that is called back leaves what can be sold, and its buyers are listed', async () => {
    const staff = await apiOf(administrator())
    const { items } = await staff(endpoints.listLots, { query: { q: 'SV-2702' } })
    const lotId = items[0]?.id ?? ''
    const page = await openSignedIn(`/stock/lots/${lotId}`)
    await page.getByRole('button', { name: 'Bloquer' }).click()
    await page.getByRole('radio', { name: 'Qualité' }).click()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Bloquer' }).click()
    await toast(page, 'est bloqué').waitFor()
    await page.getByText('Bloqué : Qualité').waitFor()
    const blocked = await staff(endpoints.getLot, { params: { lotId }, query: {} })
    expect(blocked).toMatchObject({ onHand: 0, keptBack: items[0]?.onHand })
    await page.getByRole('button', { name: 'Libérer' }).click()
    await toast(page, 'de nouveau').waitFor()
    expect(await staff(endpoints.getLot, { params: { lotId }, query: {} })).toMatchObject({ onHand: items[0]?.onHand })
  })
})
