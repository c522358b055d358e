import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { createClient, fetchTransport, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { ScenarioContent, ScenarioMove } from '@ecluse/contracts/scenario-content.ts'
import { addressOf } from '../apps/storefront/src/paths.ts'
import { rootDir } from '../server/src/kernel/paths.ts'
import { launchBrowser, openPage } from '../server/test/kit/browser.ts'
import { serveDemo, type ServedDemo } from '../server/test/kit/demo.ts'
import { runJob } from '../server/test/kit/run-job.ts'
import { palettePng } from './palette-png.ts'

/** The pictures of the guides are taken again only when asked to, as that writes to `docs/images`. */
const asked = process.env['ECLUSE_WRITE_PICTURES'] === '1'
const images = join(rootDir, 'docs', 'images')
const locales = { fr: 'fr-FR', en: 'en-GB' } as const
type Language = keyof typeof locales

/** One language's pictures: who takes them, where. */
type Stage = { readonly browser: Browser; readonly demo: ServedDemo; readonly language: Language }

async function openAs(stage: Stage, label: string | null, path: string): Promise<Page> {
  const page = await openPage(stage.browser, {
    locale: locales[stage.language],
    colorScheme: 'light',
    reducedMotion: 'reduce',
    expectedErrors: [/status of 4\d\d/],
  })
  if (label !== null) {
    const { email, password } = stage.demo.account(label)
    const origin = stage.demo.home()
    await page.request.post(`${origin}/api/v1/session`, { data: { email, password }, headers: { origin } })
  }
  await goTo(stage, page, path)
  return page
}

async function goTo({ demo }: Stage, page: Page, path: string): Promise<void> {
  await page.goto(`${demo.home()}${path}`)
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await settle(page)
}

/** Until nothing is loading: neither rows, nor pictures. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy="true"], .mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(400)
}

async function keep({ language }: Stage, page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await settle(page)
  await write(page, join(language, `${name}.png`))
}

/** Writes what a page shows, as a PNG of few colours: the browser itself decodes the one it made. */
async function write(page: Page, file: string): Promise<void> {
  const plain = (await page.screenshot({ caret: 'hide' })).toString('base64')
  const reader = await page.context().newPage()
  const { width, height, data } = await reader.evaluate(async (source) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob())
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(picture, 0, 0)
    const pixels = context.getImageData(0, 0, picture.width, picture.height).data
    let data = ''
    for (let at = 0; at < pixels.length; at += 8_192) data += String.fromCharCode(...pixels.subarray(at, at + 8_192))
    return { width: picture.width, height: picture.height, data: btoa(data) }
  }, plain)
  await reader.close()
  const path = join(images, file)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, palettePng({ width, height, rgba: Buffer.from(data, 'base64') }))
}

/** The API with the session of a page. */
function clientOf({ demo, language }: Stage, page: Page): Client {
  return createClient(
    async ({ method, url, headers, body }) => {
      const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
      const request = { method, url: `${demo.home()}${url}`, headers: { ...headers, cookie, origin: demo.home() } }
      return fetchTransport(body === undefined ? request : { ...request, body })
    },
    { locale: () => language },
  )
}

/** A bicycle bought on the web, to be picked up in Nantes. */
async function buyForNantes(call: Client): Promise<{ orderId: string; number: string; code: string }> {
  const { items: sites } = await call(endpoints.listSites)
  const siteId = sites.find(({ code }) => code === 'nantes')?.id ?? ''
  const { variants } = await call(endpoints.getOffer, { params: { handle: 'rivage-1' }, query: { channel: 'web' } })
  const there = variants.find(({ shops }) => shops.some((shop) => shop.siteId === siteId && shop.available > 0))
  const placed = await call(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [{ variantId: there?.variantId ?? '', quantity: 1 }],
      contact: { name: 'Léa Martin', email: 'lea.martin@exemple.fr' },
      delivery: { method: 'pickup', siteId },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  })
  const order = await call(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  return { orderId: placed.orderId, number: order.number, code: order.delivery.pickupCode ?? '' }
}

/** Prepared and handed over in Nantes, brought back in Lyon, and what the order's page says of it. */
async function takePickUpAndReturn(stage: Stage): Promise<void> {
  const office = await openAs(stage, 'Administration', '/admin')
  const call = clientOf(stage, office)
  const { orderId, number, code } = await buyForNantes(call)
  const nantes = await openAs(stage, 'Vente, Nantes', `/pos/pickups?q=${number}`)
  const open = () => nantes.getByRole('button', { name: /Léa Martin/ }).first()
  await open().click()
  await nantes.getByRole('checkbox').first().check()
  await nantes.getByRole('button', { name: /^(C’est prêt|It is ready)/ }).click()
  await nantes.getByText(/est prête|is ready;/).waitFor()
  await goTo(stage, nantes, '/pos/pickups?state=ready')
  await open().click()
  const field = nantes.getByLabel(/^(Code de retrait|Pick-up code)$/)
  await field.fill(code)
  await keep(stage, nantes, 'hand-over')
  await field.press('Enter')
  await expect
    .poll(async () => (await call(endpoints.getOrder, { params: { orderId }, query: {} })).fulfillmentState)
    .toBe('fulfilled')

  const lyon = await openAs(stage, 'Vente, Lyon', `/pos/returns/${orderId}`)
  await lyon.getByRole('button', { name: /^(Un de plus|One more)/ }).click()
  await lyon.getByText(/Vers la carte|the card/).waitFor()
  await keep(stage, lyon, 'return')
  await lyon.getByRole('button', { name: /Reprendre et rembourser|Take back and refund/ }).click()
  await lyon.getByRole('button', { name: /^(Rembourser|Refund)$/ }).click()
  await expect
    .poll(async () => (await call(endpoints.getOrder, { params: { orderId }, query: {} })).paymentState, {
      timeout: 30_000,
    })
    .toBe('refunded')
  await office.setViewportSize({ width: 1280, height: 1080 })
  await goTo(stage, office, `/admin/orders/${orderId}`)
  await keep(stage, office, 'order')
}

async function fillTill(stage: Stage): Promise<Page> {
  const till = await openAs(stage, 'Vente, Nantes', '/pos')
  const field = till.getByRole('combobox').first()
  for (const sku of ['RIVAGE1-SUN-L', 'QUAI8-MOSS-L']) {
    await field.fill(sku)
    await till.keyboard.press('Enter')
    await till.locator('aside, section').getByText(sku).first().waitFor()
  }
  return till
}

/** An export of another maker's shop with two lines that cannot be sold and a code that is not one. */
const catalogue = [
  'Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode,Published',
  'sacoche-brise,Sacoche Brise,,Alizé,Couleur,Ardoise,BRISE-ARD,89.00,,TRUE',
  'sacoche-brise,,,,,Ocre,BRISE-OCR,89.00,,TRUE',
  'sonnette-embrun,Sonnette Embrun,,Alizé,Title,Default Title,EMBRUN,14.90,,TRUE',
  'gourde-crachin,Gourde Crachin,,Alizé,Title,Default Title,CRACHIN,gratuit,,TRUE',
  'casque-suroit,Casque Suroît,,Alizé,Taille,M,SUROIT-M,69.00,3760123450017,TRUE',
  'casque-suroit,,,,,L,SUROIT-L,69.00,,TRUE',
  'lampe-fanal,Lampe Fanal,,Alizé,Title,Default Title,FANAL,,,TRUE',
].join('\n')

async function takeOffice(stage: Stage): Promise<void> {
  const office = await openAs(stage, 'Administration', '/admin')
  await keep(stage, office, 'today')
  const call = clientOf(stage, office)
  const { productId } = await call(endpoints.getOffer, {
    params: { handle: 'corniche-gravel' },
    query: { channel: 'web' },
  })
  await goTo(stage, office, `/admin/products/${productId}`)
  await keep(stage, office, 'product-editor')
  await goTo(stage, office, '/admin/stock?q=rivage')
  await office.locator('tbody tr[data-index="2"] td').nth(1).click()
  await office.locator('.ec-panel').waitFor()
  await keep(stage, office, 'stock')
  await goTo(stage, office, '/admin/users')
  await office.locator('tbody tr[data-index="1"] td').nth(0).click()
  await office.locator('.ec-panel').waitFor()
  await keep(stage, office, 'user')
  await goTo(stage, office, '/admin/imports')
  await office
    .locator('input[type=file]')
    .setInputFiles({ name: 'articles.csv', mimeType: 'text/csv', buffer: Buffer.from(catalogue) })
  await office.locator('form button[type=submit]').click()
  await office.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  await office
    .getByText(/Terminé|Done/)
    .first()
    .waitFor()
  await keep(stage, office, 'import')
}

async function takePromises(stage: Stage): Promise<void> {
  const office = await openAs(stage, 'Administration', '/admin/windows?zone=nantes')
  await keep(stage, office, 'windows')
  const call = clientOf(stage, office)
  const { items: depots } = await call(endpoints.listDepots)
  const placeId = depots.find(({ name }) => name.includes('Nantes'))?.placeId ?? ''
  const query = { from: '2020-01-01', until: '2100-01-01', placeId }
  const { items: days } = await call(endpoints.getKeptPromises, { query })
  const date = days.findLast((day) => day.kept > 1)?.date ?? ''
  await goTo(stage, office, `/admin/routes?depot=${placeId}&date=${date}`)
  await keep(stage, office, 'routes')
  const { items: quotes } = await call(endpoints.listQuotes, { query: { state: 'sent' } })
  const longest = quotes.toSorted((a, b) => b.revision - a.revision)[0]
  await goTo(stage, office, `/admin/quotes/${longest?.id}`)
  await keep(stage, office, 'quote')
  await goTo(stage, office, '/admin/sourcing')
  await keep(stage, office, 'sourcing')
}

const decision = {
  fr: {
    question: 'Où mettre les 20 000 € du printemps ?',
    shop: 'Tenir un coin de magasin à Rennes',
    hours: 'Livrer en deux heures à Nantes',
    risks: 'Les coursiers manquent en décembre ; à Rennes le loyer est dû pour trois ans.',
    decision: 'Livrer en deux heures, à Nantes d’abord, et regarder Rennes de nouveau dans un an.',
  },
  en: {
    question: 'Where should spring’s €20,000 go?',
    shop: 'Take a corner of a shop in Rennes',
    hours: 'Deliver within two hours in Nantes',
    risks: 'Couriers are scarce in December; in Rennes the rent is firm for three years.',
    decision: 'Deliver within two hours, in Nantes first, and look at Rennes again in a year.',
  },
} as const

/** Two scenarios simulated and compared in a memo: its page as a picture, and the PDF as it is sent to the board. */
async function takeMemo(stage: Stage): Promise<void> {
  const { language, demo } = stage
  await runJob(demo.app(), 'insights.recount-figures')
  const office = await openAs(stage, 'Administration', '/admin/scenarios')
  const call = clientOf(stage, office)
  const words = decision[language]
  const month = (months: number) => addMonths(new Date().toISOString().slice(0, 7), months)
  const shop: ScenarioMove = {
    name: words.shop,
    kind: 'open',
    month: month(4),
    investment: 20_000,
    monthlyCost: 0,
    changes: [{ what: 'open', channel: 'Rennes' }],
  }
  const planned = {
    name: 'Rennes',
    like: 'shop-nantes',
    appealBy: -0.3,
    fixedCost: 900,
    capacity: null,
    monthsToBeKnown: 9,
  }
  const hours: ScenarioMove = {
    name: words.hours,
    kind: 'service',
    month: month(3),
    investment: 4_000,
    monthlyCost: 150,
    changes: [
      { what: 'appeal', channel: 'web', by: 0.15 },
      { what: 'orderCost', channel: 'web', by: 2.5 },
    ],
  }
  const runIds = [
    await simulate(call, words.question, { moves: [hours], uncertain: [doubtOf(hours)] }),
    await simulate(call, words.question, { moves: [shop], planned: [planned], uncertain: [doubtOf(shop)] }),
  ]
  const memo = await call(endpoints.createMemo, { body: { title: words.question, runIds } })
  const params = { memoId: memo.id }
  const { question } = memo
  const body = { title: words.question, question, risks: words.risks, decision: words.decision }
  const who = { chosenRunId: runIds[0] ?? null, owner: 'Maud Kerviel', reviewOn: `${month(10)}-01` }
  await call(endpoints.saveMemo, { params, body: { ...body, ...who } })
  await call(endpoints.decideMemo, { params })
  const paper = `${demo.home()}/api/v1/strategy/memos/${memo.id}`
  await office.setViewportSize({ width: 860, height: 1180 })
  await office.goto(`${paper}/page?locale=${language}`)
  await keep(stage, office, 'memo')
  const pdf = await office.request.get(`${paper}/pdf?locale=${language}`)
  writeFileSync(join(images, language, 'memo.pdf'), await pdf.body())
}

/** It may bring nothing, or half as much again. */
const doubtOf = ({ name, changes: [change] }: ScenarioMove): ScenarioContent['uncertain'][number] =>
  change?.what === 'open'
    ? {
        name,
        distribution: { kind: 'normal', mean: 0, deviation: 0.4 },
        affects: [{ what: 'appeal', channel: change.channel }],
      }
    : {
        name,
        distribution: { kind: 'triangular', least: 0, likely: 1, most: 1.5 },
        affects: [{ what: 'effect', move: name }],
      }

/** @returns the run of a scenario of the firm's figures with these moves, once it is done */
async function simulate(call: Client, question: string, change: Partial<ScenarioContent>): Promise<string> {
  const name = change.moves?.[0]?.name ?? ''
  const {
    id: scenarioId,
    version,
    content,
  } = await call(endpoints.createScenario, {
    body: { name, question, copyOf: null },
  })
  const params = { scenarioId }
  await call(endpoints.saveScenario, {
    params,
    body: {
      name,
      version,
      content: { ...content, ...change, uncertain: [...content.uncertain, ...(change.uncertain ?? [])] },
      recalibrate: false,
    },
  })
  const { id: runId } = await call(endpoints.runScenario, { params, body: {} })
  await expect
    .poll(async () => (await call(endpoints.getScenarioRun, { params: { runId } })).state, { timeout: 60_000 })
    .toBe('done')
  return runId
}

/** The shop, the back office and the till on one sheet, in French. */
async function takeTogether(stage: Stage): Promise<void> {
  const windows: { page: Page; style: string }[] = [
    { page: await openAs(stage, 'Administration', '/admin/orders'), style: 'left:560px;top:28px;width:690px' },
    {
      page: await openAs(stage, null, addressOf('product', 'fr', { handle: 'rivage-1' })),
      style: 'left:28px;top:70px;width:610px',
    },
    { page: await fillTill(stage), style: 'left:430px;top:330px;width:660px' },
  ]
  const framed = []
  for (const { page, style } of windows) {
    await page.mouse.move(0, 0)
    await settle(page)
    const shot = (await page.screenshot({ caret: 'hide' })).toString('base64')
    framed.push(`<figure style="${style}"><i></i><i></i><i></i><img src="data:image/png;base64,${shot}"></figure>`)
  }
  const sheet = await openPage(stage.browser, { viewport: { width: 1280, height: 760 } })
  await sheet.setContent(`<style>
    body { margin: 0; background: #e2ebea }
    figure { position: absolute; margin: 0; padding-top: 22px; border: 1px solid #9fb5b4; border-radius: 8px; background: #f3f2ed; overflow: hidden; box-shadow: 0 2px 6px rgb(10 50 55 / 24%) }
    i { position: absolute; top: 7px; left: 8px; width: 8px; height: 8px; border-radius: 4px; background: #b4c3c1 }
    i + i { left: 26px } i + i + i { left: 44px }
    img { display: block; width: 100%; border-top: 1px solid #dddfda }
  </style>${framed.join('')}`)
  await sheet.waitForTimeout(300)
  await write(sheet, 'three-applications.png')
}

if (asked) {
  const browser = await launchBrowser()
  const demo = await serveDemo()
  describe.each(['fr', 'en'] as const)('the pictures of the guides, %s', (language) => {
    const stage: Stage = { browser, demo, language }
    test('the shop', async () => {
      const shop = await openAs(stage, null, addressOf('product', language, { handle: 'rivage-1' }))
      await keep(stage, shop, 'product')
    })
    test('the till', async () => keep(stage, await fillTill(stage), 'till'))
    test('the back office', () => takeOffice(stage))
    test('windows, routes, quotes and sourcing', () => takePromises(stage))
    test('a decision memo', () => takeMemo(stage))
    test('an order picked up and brought back', () => takePickUpAndReturn(stage))
  })
  test('the three applications', () => takeTogether({ browser, demo, language: 'fr' }))
}

test('each page shows pictures that are there, and each picture is shown', () => {
  const guides = join(rootDir, 'docs', 'guide')
  const pages = [
    ...['README.md', 'README.fr.md'].map((name) => join(rootDir, name)),
    ...readdirSync(guides, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(guides, name)),
  ]
  const shown = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\(([^)]+\.png)\)/g)].map(([, file = '']) => join(page, '..', file)),
  )
  const there = readdirSync(images, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png'))
  expect([...new Set(shown)].sort()).toEqual(there.map((name) => join(images, name)).sort())
})
