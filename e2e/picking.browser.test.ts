import bwipjs from 'bwip-js/node'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, openSignedIn } = office

test('two orders picked in one walk on a telephone: the right tray, the wrong article, and whole orders ready', async () => {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listFulfillments, { query: { state: 'to_prepare', limit: 200 } })
  const nantes = items.filter(({ siteName, method }) => siteName.includes('Nantes') && method === 'pickup').slice(0, 2)
  expect(nantes).toHaveLength(2)
  const [one, two] = nantes
  const page = await openSignedIn('/preparations?state=to_prepare&method=pickup')
  for (const { orderNumber } of nantes) await page.getByRole('checkbox', { name: new RegExp(orderNumber) }).check()
  await page.getByRole('button', { name: 'Ramasser ensemble' }).click()
  await page.getByRole('heading', { name: 'Ramassage de 2 commandes' }).waitFor()
  const path = new URL(page.url()).pathname.replace('/admin', '')
  await page.close()
  const phone = await openSignedIn(path, administrator(), { viewport: viewports.phone })
  await expectAccessible(phone)
  const scan = phone.getByLabel('Code-barres ou référence')
  await scan.fill('INCONNU-1')
  await scan.press('Enter')
  await phone.getByText('Mauvais article').waitFor()
  const lines = [...(one?.lines ?? []), ...(two?.lines ?? [])]
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const [seen, ...others] = lines.flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => sku))
  await film(phone, seen ?? '')
  await phone.getByRole('button', { name: 'Scanner avec la caméra' }).click()
  await phone
    .getByRole('dialog')
    .getByText(/Bac [12]/)
    .waitFor()
  await expectAccessible(phone)
  await phone.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click()
  await phone.getByRole('dialog').waitFor({ state: 'detached' })
  for (const sku of others) {
    await scan.fill(sku)
    await scan.press('Enter')
    await phone.locator('.bo-pick-said strong', { hasText: /Bac [12]/ }).waitFor()
  }
  await phone
    .getByText(`${units} / ${units}`)
    .or(phone.getByText(`${units} sur ${units}`))
    .first()
    .waitFor()
  await scan.fill(lines[0]?.sku ?? '')
  await scan.press('Enter')
  await phone.getByText('Il y en a assez').waitFor()
  await expectAccessible(phone)
  await phone.getByRole('button', { name: 'Terminer', exact: true }).click()
  await toast(phone, /2 commandes prêtes/).waitFor()
  for (const { id } of nantes)
    expect((await staff(endpoints.getFulfillment, { params: { fulfillmentId: id }, query: {} })).state).toBe('ready')
})

/** Lets the camera of a page see a barcode: the picture it gives is drawn from one. */
async function film(page: Page, text: string): Promise<void> {
  const png = await bwipjs.toBuffer({
    bcid: 'code128',
    text,
    scale: 3,
    paddingwidth: 12,
    paddingheight: 12,
    backgroundcolor: 'FFFFFF',
  })
  await page.evaluate(async (picture) => {
    const image = new Image()
    image.src = `data:image/png;base64,${picture}`
    await image.decode()
    const canvas = document.createElement('canvas')
    // Room for the longest reference, and for the white at both ends without which no reader finds it.
    canvas.width = Math.max(960, image.width + 80)
    canvas.height = 720
    const draw = () => {
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('no canvas')
      pen.fillStyle = 'white'
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.drawImage(image, (canvas.width - image.width) / 2, (canvas.height - image.height) / 2)
    }
    setInterval(draw, 100)
    draw()
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(10))
  }, png.toString('base64'))
}

test('where an article lies is written on its level, and read where it is picked', async () => {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listStock, { query: { limit: 1 } })
  const [level] = items
  const page = await openSignedIn(`/stock?open=${level?.variantId}.${level?.placeId}`)
  await page.getByLabel('Emplacement', { exact: true }).fill('Z-9-1')
  await page.getByRole('button', { name: 'Enregistrer' }).first().click()
  await toast(page, 'Emplacement noté').waitFor()
  const { variantId = '', placeId = '' } = level ?? {}
  const again = await staff(endpoints.listStock, { query: { variantId, placeId } })
  expect(again.items[0]?.location).toBe('Z-9-1')
})
