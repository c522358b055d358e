import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const { administrator, apiOf, clerk, openSignedIn, goTo, goWithin } = await startBackOffice(browser)

/** What a hand-held scanner does: types fast, then Enter. */
async function scan(page: Page, code: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Scanner ou saisir un article' }).fill(code)
  await page.keyboard.press('Enter')
}

const unitsOf = (page: Page, name: string) => page.getByRole('textbox', { name: `Unités de ${name}` })
const nameOf = (line: { productName: string; variantLabel: string }) =>
  [line.productName, line.variantLabel].filter(Boolean).join(' · ')

describe('a delivery', () => {
  test('is received on a telephone by scanning, with a reason for what is too many, and taken back', async () => {
    const staff = await apiOf(administrator())
    const { items } = await staff(endpoints.listSupplierOrders, { query: { state: 'ordered' } })
    const head = items.find(({ receivedUnits, supplierName }) => receivedUnits === 0 && supplierName === 'Estran')
    const params = { supplierOrderId: head?.id ?? '' }
    const order = await staff(endpoints.getSupplierOrder, { params, query: {} })
    const [line, other] = order.lines
    const page = await openSignedIn(`/stock/supplier-orders/${order.id}/receive`, administrator(), {
      viewport: viewports.phone,
    })
    await expectAccessible(page)
    await scan(page, line?.gtin ?? '')
    await expect.poll(() => unitsOf(page, nameOf(line!)).inputValue()).toBe('1')
    // The same article by its GS1 symbol, with a lot.
    await scan(page, `01${(line?.gtin ?? '').padStart(14, '0')}10L42`)
    await expect.poll(() => unitsOf(page, nameOf(line!)).inputValue()).toBe('2')
    await unitsOf(page, nameOf(other!)).fill(String(other!.expectedUnits + 1))
    const receive = page.getByRole('button', { name: 'Recevoir', exact: true })
    await expect.poll(() => receive.isDisabled()).toBe(true)
    await page.getByRole('combobox', { name: `Motif pour ${nameOf(other!)}` }).click()
    await page.getByRole('option', { name: 'Excédent du fournisseur' }).click()
    await receive.click()
    await toast(page, 'Réception enregistrée').waitFor()
    const after = await staff(endpoints.getSupplierOrder, { params, query: {} })
    expect(after.lines.map(({ receivedUnits }) => receivedUnits).slice(0, 2)).toEqual([2, other!.expectedUnits + 1])
    await page.getByRole('button', { name: 'Reprendre' }).click()
    await toast(page, 'reprise').waitFor()
    const undone = await staff(endpoints.getSupplierOrder, { params, query: {} })
    expect(undone.lines.every(({ receivedUnits }) => receivedUnits === 0)).toBe(true)
    await expectAccessible(page)
  })
})

describe('a transfer', () => {
  test('on its way is received by a clerk of the shop', async () => {
    const staff = await apiOf(administrator())
    const { items } = await staff(endpoints.listTransfers, { query: { state: 'sent' } })
    const page = await openSignedIn(`/stock/transfers/${items[0]?.id ?? ''}`, clerk(), { viewport: viewports.phone })
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Recevoir' }).click()
    await page.getByRole('button', { name: 'Tout est là' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Recevoir', exact: true }).click()
    await toast(page, 'Transfert reçu').waitFor()
    await page.getByText('Arrivé').waitFor()
  })
})

describe('a count', () => {
  test('is counted by a clerk, and its large differences are posted by a manager', async () => {
    const staff = await apiOf(administrator())
    const { items } = await staff(endpoints.listStockCounts, { query: { state: 'open' } })
    const countId = items[0]?.id ?? ''
    const page = await openSignedIn(`/stock/counts/${countId}`, clerk(), { viewport: viewports.phone })
    await expectAccessible(page)
    await page.getByRole('textbox', { name: /^Unités de/ }).first().fill('97') // prettier-ignore
    await page.getByRole('button', { name: /^Enregistrer/ }).click()
    await toast(page, 'Comptage enregistré').waitFor()
    await page.getByRole('button', { name: 'Terminer' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Terminer' }).click()
    await page.getByText('un responsable valide', { exact: false }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Valider' }).isDisabled()).toBe(true)
    await expectAccessible(page)
    const manager = await openSignedIn(`/stock/counts/${countId}`)
    await manager.getByRole('button', { name: 'Valider' }).click()
    await toast(manager, 'Le stock est mis à jour').waitFor()
  })
})

describe('replenishment', () => {
  test('explains its proposals, and makes transfers of those that are ticked', async () => {
    const page = await openSignedIn('/stock/replenishment')
    await expectAccessible(page)
    const staff = await apiOf(administrator())
    const { items } = await staff(endpoints.listProposals, { query: { source: 'transfer', limit: 1 } })
    await goTo(page, `/stock/replenishment?open=${items[0]?.variantId}.${items[0]?.placeId}`)
    await page.getByText('Quand n’y en aura-t-il plus').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Demander le transfert' }).click()
    await toast(page, '1 transfert demandé').waitFor()
  })
})

test('the lists hold at 360 pixels, in English, in the dark', async () => {
  const options = { viewport: viewports.phone, locale: 'en-GB', colorScheme: 'dark' as const }
  const page = await openSignedIn('/stock/supplier-orders', administrator(), options)
  for (const path of [
    'supplier-orders',
    'supplier-orders/new',
    'transfers',
    'transfers/new',
    'counts',
    'replenishment',
  ]) {
    await goWithin(page, `/stock/${path}`)
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  }
})
