import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { createClient, fetchTransport, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import { expectAccessible, launchBrowser } from '../server/test/kit/browser.ts'
import { runJob } from '../server/test/kit/run-job.ts'
import { field, panel, startBackOffice, toast } from './backoffice-kit.ts'

/**
 * The director's desk from the first question to the answer of the facts: an audit, an objective, a grid, three scenarios, a memo, and
 * half a year of orders later the memo says what came beside what was expected.
 */
const dayMs = 86_400_000

/** Runs as the day does, from a day of its own. */
let ahead = 0
const clock = { now: () => new Date(Date.now() + ahead) }

const browser = await launchBrowser()
const office = await startBackOffice(browser, { clock })
const { administrator, apiOf, goTo, openSignedIn } = office

let page: Page
let staff: Client
let memoAddress = ''

beforeAll(async () => {
  staff = await apiOf(administrator())
  await runJob(office.app(), 'insights.recount-figures')
}, 120_000)

test('from an audit to what became of a decision', async () => {
  page = await openSignedIn('/audits')
  await audit()
  await setObjective()
  await weighChannels()
  await compareScenarios()
  await decide()
  await lookBack()
}, 300_000)

/** Audits where distribution stands. */
async function audit(): Promise<void> {
  await page.getByRole('button', { name: 'Auditer maintenant' }).click()
  await page.waitForURL(/\/audits\/[0-9a-f-]{36}/)
  await page.getByRole('heading', { name: /^(Un point faible|\d+ points faibles|Rien de faible)$/ }).waitFor()
  const { items } = await staff(endpoints.listChannels)
  const told = await page.getByRole('main').innerText()
  for (const { code, name } of items)
    if (['web', 'store'].includes(code)) expect(told.replaceAll('\u00a0', ' ')).toContain(name.fr)
  await expectAccessible(page)
}

/** Sets an objective, and reads how likely it is. */
async function setObjective(): Promise<void> {
  await goTo(page, '/objectives')
  await page.getByRole('button', { name: 'Nouvel objectif' }).first().click()
  const form = panel(page)
  await form.getByLabel('Nom').fill('Dépasser un million')
  await form.getByLabel('Cible').fill('1000000')
  await form.getByRole('button', { name: 'Fixer l’objectif' }).click()
  await page.waitForURL(/\/objectives\/[0-9a-f-]{36}/)
  await page
    .getByText(/(de chances si rien ne change|de chances d’y arriver)/)
    .first()
    .waitFor()
  await expectAccessible(page)
}

/** Weighs channels, and finds the best of them for a budget. */
async function weighChannels(): Promise<void> {
  await goTo(page, '/channel-grid')
  await page.getByLabel('Canaux au plus').fill('2')
  await page.getByRole('button', { name: 'Trouver l’ensemble' }).click()
  const found = page.getByRole('status').filter({ hasText: 'par an' })
  await found.waitFor()
  expect(await found.innerText()).toMatch(/(Sans la limite «.Canaux au plus.»|Canaux au plus ne coûte rien)/)
  await expectAccessible(page)
}

/** Simulates three scenarios, and compares them in a memo with plots. */
async function compareScenarios(): Promise<void> {
  await begin('Ouvrir une boutique à Rennes', {
    kind: 'Ouvrir un canal ou une boutique',
    opens: 'Rennes',
    costs: '80000',
  })
  await simulate()
  await copy('Livrer en deux heures', { kind: 'Ajouter un service (retrait, deux heures)', costs: '15000' })
  await simulate()
  await copy('Baisser les prix du site', { kind: 'Changer les prix d’un canal', costs: '0' })
  await simulate()
  await goTo(page, '/scenarios')
  const boxes = page.getByRole('checkbox', { name: /dans la comparaison$/ })
  await expect.poll(() => boxes.count(), { timeout: 60_000 }).toBe(3)
  for (const box of await boxes.all()) await box.check()
  await page.getByRole('button', { name: 'Comparer (3)' }).click()
  await page.getByRole('heading', { name: 'Scénarios côte à côte' }).waitFor()
  await page.locator('.bo-side-table tbody tr').first().waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Écrire une note' }).click()
  await page.waitForURL(/\/memos\/[0-9a-f-]{36}/)
  memoAddress = new URL(page.url()).pathname.replace('/admin', '')
  await page.getByRole('heading', { name: 'Options' }).waitFor()
  // Each option has its plot of turnover and its plot of what counts most.
  for (const name of ['Ouvrir une boutique à Rennes', 'Livrer en deux heures', 'Baisser les prix du site'])
    await expect.poll(() => page.getByRole('region', { name, exact: true }).locator('.bo-plot-answer').count()).toBe(2)
  await expectAccessible(page)
}

/** Writes the decision, which then stays. */
async function decide(): Promise<void> {
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill('Où mettre l’argent du printemps ?')
  await page.getByRole('textbox', { name: 'Risques', exact: true }).fill('Les coursiers manquent en décembre.')
  await page.getByRole('textbox', { name: 'Décision', exact: true }).fill('Livrer en deux heures, à Nantes d’abord.')
  await page.getByRole('combobox', { name: 'Option retenue' }).click()
  await page.getByRole('option', { name: /^Livrer en deux heures/ }).click()
  await page.getByRole('textbox', { name: 'Responsable', exact: true }).fill('Maud Alizé')
  await field(page, 'À revoir le').fill(dayOf(210))
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await toast(page, 'Note enregistrée').waitFor()
  await page.getByRole('button', { name: 'Décider' }).click()
  await page.getByText('Aucun mois entier n’est encore passé').waitFor()
  await expectAccessible(page)
  const pdf = await page.request.get(`${office.home()}/api/v1/strategy${memoAddress}/pdf?locale=fr`)
  expect(pdf.headers()['content-type']).toContain('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
}

/** Half a year later reads what came beside what was expected. */
async function lookBack(): Promise<void> {
  const sold = await sellForMonths(6)
  ahead = Date.parse(`${addMonths(sold.at(-1)!.month, 1)}-03T09:00:00Z`) - Date.now()
  page = await openSignedIn(memoAddress)
  await runJob(office.app(), 'insights.recount-figures')
  await goTo(page, memoAddress)
  const told = page.getByText(/\d mois sur 6 sont dans la bande attendue/)
  await told.waitFor()
  await page.getByRole('region', { name: 'Par canal, depuis le premier mois' }).getByText('Boutique en ligne').waitFor()
  const { months, channels } = await (
    await apiOf(administrator())
  )(endpoints.compareMemo, { params: { memoId: memoAddress.split('/').at(-1)! } })
  expect(months.map(({ month }) => month)).toEqual(sold.map(({ month }) => month))
  for (const [at, { revenue }] of sold.entries()) expect(months[at]!.revenue).toBeCloseTo(revenue, 2)
  expect(channels.find(({ channel }) => channel === 'web')!.revenue).toBeCloseTo(
    sold.reduce((sum, { revenue }) => sum + revenue, 0),
    2,
  )
  await field(page, 'Ce que l’on en conclut').fill('Moins que prévu : on arrête l’essai.')
  await page.getByRole('button', { name: 'Garder cette revue' }).click()
  await toast(page, 'Revue gardée').waitFor()
  await page.getByText('Moins que prévu : on arrête l’essai.').first().waitFor()
  await expectAccessible(page)
}

type Idea = { kind: string; opens?: string; costs: string }

/** A scenario from the firm's figures of today, with one move. */
async function begin(name: string, idea: Idea): Promise<void> {
  await goTo(page, '/scenarios')
  await page.getByRole('button', { name: 'Nouveau scénario' }).first().click()
  await panel(page).getByLabel('Nom').fill(name)
  await panel(page).getByRole('button', { name: 'Commencer' }).click()
  await page.waitForURL(/\/scenarios\/[0-9a-f-]{36}\?tab=moves/)
  await plan(name, idea)
}

/** The same figures with another move instead. */
async function copy(name: string, idea: Idea): Promise<void> {
  const from = page.url()
  await page.getByRole('button', { name: 'Copier' }).click()
  await panel(page).getByLabel('Nom').fill(name)
  await panel(page).getByRole('button', { name: 'Commencer' }).click()
  await page.waitForURL((url) => url.pathname !== new URL(from).pathname)
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await page.getByRole('button', { name: /^Retirer / }).click()
  await page
    .getByText(/Version 2/)
    .first()
    .waitFor()
  await plan(name, idea)
}

async function plan(name: string, { kind, opens, costs }: Idea): Promise<void> {
  await page.getByRole('button', { name: 'Ajouter une action' }).first().click()
  const form = panel(page)
  await form.getByLabel('Genre d’action').click()
  await page.getByRole('option', { name: kind }).click()
  await form.getByLabel('Nom de l’action').fill(name)
  if (opens) await form.getByLabel('Nom du nouveau canal').fill(opens)
  await form.getByLabel('Investissement, une fois').fill(costs)
  await form.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name }).nth(1).waitFor()
}

async function simulate(): Promise<void> {
  await page.getByRole('button', { name: 'Simuler' }).click()
  await page.waitForURL(/tab=results/)
}

/** Sells on the web in each of the months to come, more and more, and says what was paid without VAT. */
async function sellForMonths(count: number): Promise<{ month: string; revenue: number }[]> {
  const variantId = await plentyOfStock()
  const first = addMonths(dayOf(0).slice(0, 7), 1)
  const sold: { month: string; revenue: number }[] = []
  for (let at = 0; at < count; at += 1) {
    const month = addMonths(first, at)
    let minor = 0
    for (let order = 0; order <= at + 3; order += 1) {
      ahead = Date.parse(`${month}-${String(3 + 3 * order).padStart(2, '0')}T10:00:00Z`) - Date.now()
      minor += await sellOne(variantId)
    }
    sold.push({ month, revenue: minor / 100 })
  }
  return sold
}

/** Somebody who is nobody in particular. */
const visitor = createClient(({ url, ...request }) => fetchTransport({ ...request, url: office.home() + url }), {
  locale: () => 'fr',
})

async function sellOne(variantId: string): Promise<number> {
  const name = 'Léa Martin'
  const address = { name, street: '1 rue du Port', postalCode: '44000', locality: 'Nantes' }
  const { orderId, accessToken: token } = await visitor(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [{ variantId, quantity: 1 }],
      contact: { name, email: 'lea.martin@exemple.fr' },
      delivery: { method: 'delivery', address },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  })
  const { vatByRate } = await visitor(endpoints.getOrder, { params: { orderId }, query: { token } })
  return vatByRate.reduce((sum, { base }) => sum + base.amountMinor, 0)
}

/** An article that is never out of stock for as long as the test sells it. */
async function plentyOfStock(): Promise<string> {
  const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', category: 'velos', inStock: 'true' } })
  const offer = await staff(endpoints.getOffer, { params: { handle: items[0]!.handle }, query: { channel: 'web' } })
  const { items: places } = await staff(endpoints.listPlaces)
  const variantId = offer.variants[0]!.variantId
  await staff(endpoints.recordMovement, {
    body: {
      kind: 'receipt',
      variantId,
      placeId: places.find(({ code }) => code === 'nantes')!.id,
      quantity: 100,
      reason: null,
    },
  })
  return variantId
}

const dayOf = (days: number): string => new Date(clock.now().getTime() + days * dayMs).toISOString().slice(0, 10)
