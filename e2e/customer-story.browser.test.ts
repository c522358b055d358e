import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import type { Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { journeyGraphSchema } from '@ecluse/contracts/journey-graph.ts'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import { systemContext } from '../server/src/kernel/context.ts'
import { callMoment } from '../server/src/modules/engagement/domain/call-hours.ts'
import { isHeldOut } from '../server/src/modules/engagement/journeys/domain/draw.ts'
import { startMailServer } from '../server/src/modules/engagement/test/mail-server.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { serveDemo } from '../server/test/kit/demo.ts'
import { apiOf, panel, toast } from './backoffice-kit.ts'

/**
 * One customer as she meets the firm, from nobody to somebody who was written to, called, and bought: on a real clock that was moved to
 * the morning of the next day on which one may call, with e-mails that leave by a real mail server.
 */
const hourMs = 3_600_000
const place = { country: 'FR', postalCode: '44000' }
const tomorrow = new Date(Math.ceil(Date.now() / (24 * hourMs)) * 24 * hourMs)
const callsOpen = callMoment({ at: tomorrow, place, consented: true, asked: false }).from ?? tomorrow
/** An hour and a half before anybody may be called. */
let ahead = callsOpen.getTime() - 1.5 * hourMs - Date.now()
const clock = { now: () => new Date(Date.now() + ahead) }

const mail = await startMailServer()
afterAll(() => mail.close())
const browser = await launchBrowser()
const demo = await serveDemo({ clock, config: { smtpUrl: mail.url } })

const email = 'zoe.latour@exemple.fr'
const heldOutPercent = 30

async function runJob(name: string): Promise<void> {
  const { wiring } = demo.app()
  await wiring.relay.drain()
  await wiring.jobs.find((one) => one.name === name)?.run(systemContext(wiring.services, name), {})
}

/** The text and the addresses of the latest e-mail to her whose subject says something. */
async function mailOf(subject: RegExp): Promise<{ text: string; html: string }> {
  const find = () => mail.received.findLast(({ to, headers }) => to === email && subject.test(headers.subject ?? ''))
  await expect
    .poll(
      async () => {
        // The server's own jobs run beside these: whichever has its turn, the next time finds what it left.
        for (const name of ['run-journeys', 'send-contacts', 'send-messages']) await runJob(`engagement.${name}`)
        return find() !== undefined
      },
      { timeout: 20_000 },
    )
    .toBe(true)
  const part = (type: string) =>
    find()
      ?.parts.find((one) => one.type === type)
      ?.content.toString() ?? ''
  return { text: part('text/plain'), html: part('text/html') }
}

/** Staff, signed in, on a page of the back office or the till. */
async function staffPage(path: string, label: string): Promise<Page> {
  const page = await openPage(browser, { reducedMotion: 'reduce', expectedErrors: [/status of 4\d\d/] })
  const { email: login, password } = demo.account(label)
  const data = { email: login, password }
  await page.request.post(`${demo.home()}/api/v1/session`, { data, headers: { origin: demo.home() } })
  await page.goto(`${demo.home()}${path}`)
  return page
}

/** Looks at an article as nobody in particular, who lets it be remembered; then makes an account, and asks for news. */
async function browseAndSignIn(phone: Page, handle: string): Promise<void> {
  const home = demo.home()
  await phone.goto(home)
  await phone.locator('.visits-choice button[value=yes]').click()
  await phone.goto(`${home}/produits/${handle}`)
  await phone.goto(`${home}/compte/creation`)
  await phone.fill('[name=name]', 'Zoé Latour')
  await phone.fill('[name=email]', email)
  await phone.fill('[name=password]', 'une phrase assez longue')
  await phone.click('.entrance button[type=submit]')
  await phone.getByText('Zoé Latour').first().waitFor()
  await phone.goto(`${home}/nouvelles`)
  await phone.fill('.checkout-form [name=email]', email)
  await phone.click('.checkout-form button[type=submit]')
  await phone.locator('.banner.done').waitFor()
  const { text } = await mailOf(/confirm/i)
  await phone.goto(/https?:\/\/\S*\/nouvelles\/confirmation\S*/.exec(text)?.[0] ?? '')
  await phone.click('.message-page button[type=submit]')
  await phone.waitForURL(/\/mes-preferences/)
  await phone.goto(`${home}/compte/fidelite`)
  await phone.click('button[value=join]')
  await phone.locator('.loyalty-balance').waitFor()
}

/** Buys in a shop, where her card is scanned. */
async function buyInShop(sku: string, cardNumber: string): Promise<void> {
  const till = await staffPage('/pos', 'Vente, Nantes')
  await till.getByText('Le panier est vide').waitFor()
  await till.keyboard.type(`${sku}\n`, { delay: 2 })
  await till.getByRole('button', { name: 'Encaisser' }).click()
  await till.getByLabel('Carte de fidélité').fill(cardNumber)
  await till.getByLabel('Carte de fidélité').press('Enter')
  await till.getByRole('button', { name: 'Sans carte' }).waitFor()
  await till.getByRole('dialog').locator('button[type=submit]').click()
  await till.getByRole('heading', { name: 'Vente enregistrée' }).waitFor()
}

/** A namesake is taken for her, and then not: both are as they were. */
async function mergeAndTakeBack(office: Page, staff: Client, customerId: string): Promise<void> {
  const before = await staff(endpoints.getCustomerProfile, { params: { customerId } })
  await office.getByRole('button', { name: 'Fusionner avec…' }).click()
  const dialog = office.getByRole('dialog')
  const { items } = await staff(endpoints.listCustomers, { query: { limit: 5 } })
  const other = items.find(({ id, name }) => id !== customerId && name !== '')
  await dialog.getByRole('textbox').fill(other?.name ?? '')
  await dialog
    .getByRole('radio', { name: other?.name ?? '' })
    .first()
    .check()
  await dialog.getByRole('button', { name: 'Fusionner', exact: true }).click()
  await toast(office, 'Les deux fiches n’en font plus qu’une').waitFor()
  // Whoever browsed became her too: that file stays hers.
  await office.getByRole('button', { name: `Séparer la fiche de ${other?.name}` }).click()
  await toast(office, 'Les deux fiches sont de nouveau séparées').waitFor()
  const after = await staff(endpoints.getCustomerProfile, { params: { customerId } })
  expect({ ...after, history: [] }).toEqual({ ...before, history: [] })
  // Whoever browsed was one more, and has been her since she signed in.
  expect(before.history.map(({ act }) => act)).toEqual(['merged'])
  expect(after.history.map(({ act }) => act)).toEqual(['unmerged', 'merged', 'merged'])
}

/** Whoever bought lately is written to or sent a text message, whichever is expected to bring more; but for some, to measure by. */
async function publishCampaign(staff: Client, customerId: string): Promise<string> {
  const did = { type: 'did', what: 'order', withinDays: 30, not: false, atLeast: 1 } as const
  const rule: SegmentRule = { match: 'all', groups: [{ match: 'all', conditions: [did] }] }
  const { id: segmentId } = await staff(endpoints.createSegment, { body: { name: 'Ont acheté ce mois-ci', rule } })
  const members = async () =>
    (await staff(endpoints.listSegmentMembers, { params: { segmentId }, query: { limit: 100 } })).items
  await expect
    .poll(async () => (await members()).some((one) => one.customerId === customerId), { timeout: 10_000 })
    .toBe(true)
  const content = {
    title: { fr: 'L’atelier vous attend', en: 'The workshop awaits you' },
    text: { fr: 'Une heure avec un mécanicien, à l’atelier de Nantes.', en: 'An hour with a mechanic in Nantes.' },
    link: { label: { fr: 'En parler au téléphone', en: 'Talk on the telephone' }, url: `${demo.home()}/etre-rappele` },
  }
  const both = { type: 'decision', id: 'choix', name: 'Inviter à l’atelier' } as const
  const graph = journeyGraphSchema.parse({
    nodes: [
      { id: 'entree', type: 'entry', by: { kind: 'segment', segmentId, when: 'now' } },
      {
        ...both,
        candidates: [
          {
            key: 'mail',
            name: 'Invitation',
            medium: 'email',
            content,
            valueMinor: 2_000,
          },
          {
            key: 'texto',
            name: 'Rappel court',
            medium: 'sms',
            content: {
              title: { fr: '', en: '' },
              text: { fr: 'Une heure avec un mecanicien a Nantes ?', en: '' },
              link: null,
            },
            valueMinor: 9_000,
          },
        ],
      },
      { id: 'fin', type: 'exit' },
      { id: 'but', type: 'goal', what: 'order', withinDays: 30, leave: false },
    ],
    edges: [
      { from: 'entree', port: 'next', to: 'choix' },
      { from: 'choix', port: 'next', to: 'fin' },
    ],
  })
  // Who is held out is drawn for each journey, by everybody she is, for whoever browsed became her: one is taken in which none of them is.
  const { members: mergedIn } = await staff(endpoints.getCustomerProfile, { params: { customerId } })
  const everybody = [customerId, ...mergedIn.map(({ id }) => id)]
  expect(everybody.length).toBeGreaterThan(1)
  for (;;) {
    const body = { name: 'Atelier de printemps', graph, settings: { heldOutPercent } }
    const { id: journeyId, revision } = await staff(endpoints.createJourney, { body })
    if (isHeldOut(journeyId, heldOutPercent, everybody)) {
      await staff(endpoints.deleteJourney, { params: { journeyId } })
      continue
    }
    await staff(endpoints.publishJourney, { params: { journeyId }, body: { revision } })
    return journeyId
  }
}

/** She asks to be called, and reads from when: the first hour of calls. */
async function askForCall(phone: Page): Promise<void> {
  await phone.fill('.checkout-form [name=name]', 'Zoé Latour')
  await phone.fill('.checkout-form [name=phone]', '06 39 98 10 10')
  await phone.fill('.checkout-form [name=about]', 'Une selle plus large')
  await phone.locator('.checkout-form button[type=submit]').click()
  const told = phone.locator('.banner.done')
  await told.waitFor()
  expect(await told.innerText()).toMatch(/10[:\s]?(h|00)/)
  await expectAccessible(phone)
}

/** She is called: not before the hours of the law, then within them. */
async function callHer(): Promise<void> {
  const desk = await staffPage('/admin/calls', 'Administration')
  const take = panel(desk).getByRole('button', { name: 'Prendre cet appel' })
  await desk.getByText('Zoé Latour').first().click()
  await panel(desk).getByText('Une selle plus large').waitFor()
  expect(callMoment({ at: clock.now(), place, consented: true }).reason).toBe('hours')
  await expect.poll(() => take.isDisabled()).toBe(true)
  ahead += 2 * hourMs
  expect(callMoment({ at: clock.now(), place, consented: true }).reason).toBe('open')
  await desk.reload()
  await desk.getByText('Zoé Latour').first().click()
  await take.click()
  await panel(desk).getByLabel('Note').fill('Vient samedi, commande en ligne.')
  await panel(desk)
    .getByRole('button', { name: /^Joint/ })
    .click()
  await toast(desk, 'Noté : joint.').waitFor()
}

async function buyOnline(phone: Page, variantId: string): Promise<void> {
  const home = demo.home()
  const form = { variantId, mode: 'add', quantity: '1' }
  await phone.request.post(`${home}/panier/lignes`, { form, headers: { origin: home } })
  await phone.goto(`${home}/commander`)
  await phone.check('[name=method][value=pickup]')
  await phone.locator('.if-pickup .radio-card', { hasText: 'Nantes' }).first().click()
  await phone.check('[name=card][value=tok_accept]')
  await phone.click('.checkout-summary button[type=submit]')
  await phone.getByText('Merci, c’est commandé').waitFor()
}

/** Why she got this, then, there; and what it brought beside those who were left alone. */
async function readWhyAndLift(journeyId: string): Promise<void> {
  const office = await staffPage(`/admin/journeys/${journeyId}?tab=people`, 'Administration')
  await office.getByRole('searchbox', { name: 'Nom, e-mail ou téléphone' }).fill('Latour')
  await office.getByRole('button', { name: /^Pourquoi . Zoé Latour/ }).click()
  await panel(office).getByText('la décision est la même').waitFor({ state: 'attached' })
  await panel(office).locator('summary, button[aria-expanded]').first().click()
  const why = await panel(office).textContent()
  expect(why).toContain('Invitation')
  expect(why).toContain('Rappel court')
  await expectAccessible(office)
  await office.goto(`${demo.home()}/admin/journeys/${journeyId}?tab=results`)
  await office
    .getByText(/points, entre .* 95 fois sur 100/)
    .first()
    .waitFor()
  await expectAccessible(office)
}

test(
  'from nobody to a customer who is written to, called and buys: what each contact did is readable',
  { timeout: 120_000 },
  async () => {
    const staff = await apiOf(demo.home(), demo.account('Administration'))
    const policy = await staff(endpoints.getContactPolicy, {})
    await staff(endpoints.putContactPolicy, { body: { ...policy, quiet: null, caps: [], heldOutPercent: 0 } })
    const { items } = await staff(endpoints.listOffers, { query: { channel: 'web', inStock: 'true', limit: 60 } })
    const { items: sites } = await staff(endpoints.listSites, {})
    const nantes = sites.find(({ kind, name }) => kind === 'shop' && name.includes('Nantes'))?.id
    const inNantes = ({ shops }: { shops: readonly { siteId: string; available: number }[] }) =>
      shops.some(({ siteId, available }) => siteId === nantes && available > 2)
    const offers = await Promise.all(
      items.map(({ handle }) => staff(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })),
    )
    const offer = offers.find(({ variants }) => variants.some(inNantes))
    const article = offer?.variants.find(inNantes)
    if (!offer || !article) throw new Error('Nantes has nothing')

    // Under its own name, a browser without a window is a machine to whoever counts clicks.
    const userAgent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1'
    const phone = await openPage(browser, {
      viewport: viewports.phone,
      userAgent,
      expectedErrors: [/status of 4\d\d/],
    })
    await browseAndSignIn(phone, offer.handle)
    await demo.app().wiring.relay.drain()
    const customerId = (await staff(endpoints.listCustomers, { query: { q: email } })).items[0]?.id ?? ''
    const { member } = await staff(endpoints.getLoyaltyMember, { params: { customerId } })
    await buyInShop(article.sku, member?.cardNumber ?? '')
    await demo.app().wiring.relay.drain()

    const office = await staffPage(`/admin/customers/${customerId}`, 'Administration')
    await office.getByText('Nantes').first().waitFor()
    await mergeAndTakeBack(office, staff, customerId)

    const journeyId = await publishCampaign(staff, customerId)
    await runJob('engagement.run-journeys')
    await runJob('engagement.send-contacts')
    const { html } = await mailOf(/atelier/)
    const [decision] = (await staff(endpoints.listContactDecisions, { params: { customerId }, query: {} })).items
    expect(decision).toMatchObject({
      chosen: 'mail',
      candidates: [{ struck: null }, { key: 'texto' }],
      replay: { same: true },
    })
    expect(decision?.candidates[1]?.struck).not.toBeNull()
    // She follows its link a while later, on her telephone.
    ahead += 60_000
    await phone.goto(/href="([^"]*\/links\?token=[^"]*)"[^>]*>\s*En parler/.exec(html)?.[1] ?? '')
    await phone.waitForURL(/\/etre-rappele/)

    await askForCall(phone)
    await callHer()
    await buyOnline(phone, article.variantId)
    await runJob('engagement.judge-clicks')
    await runJob('engagement.run-journeys')
    const reached = async () => (await staff(endpoints.getJourney, { params: { journeyId } })).people.goal
    await expect
      .poll(async () => (await demo.app().wiring.relay.drain(), await reached()), { timeout: 10_000 })
      .toBeGreaterThan(0)
    const { lift, nodes } = await staff(endpoints.getJourneyResults, { params: { journeyId } })
    expect(lift?.rate.difference).toBeGreaterThan(0)
    expect(nodes.find(({ nodeId }) => nodeId === 'choix')?.contacts.clicked).toBe(1)
    await readWhyAndLift(journeyId)
  },
)
