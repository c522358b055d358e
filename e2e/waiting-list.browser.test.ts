import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage, viewports } from '../server/test/kit/browser.ts'
import { startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, openSignedIn } = office
const scarce = 'heure-rare'
const dayMs = 86_400_000

/** The shop of Nantes, a day ahead, and a service that has one hour of that day. */
async function oneHour() {
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listSites, {})
  const siteId = items.find(({ code }) => code === 'nantes')?.id ?? ''
  const at = new Date(Date.now() + 3 * dayMs)
  const day = at.toISOString().slice(0, 10)
  const name = { fr: 'Heure rare', en: 'Scarce hour' }
  await staff(endpoints.putService, {
    params: { code: scarce },
    body: {
      name,
      description: name,
      durationMinutes: 60,
      bufferMinutes: 0,
      stepMinutes: 60,
      starts: null,
      leadMinutes: 60,
      horizonDays: 30,
      mostSeats: 1,
      active: true,
    },
  })
  const hours = [{ weekday: at.getUTCDay() || 7, opens: '14:00', closes: '15:00' }]
  const resource = { siteId, kind: 'workshop' as const, name: 'Poste rare', capacity: 1, overbooking: 0, active: true }
  await staff(endpoints.putResource, {
    params: { resourceId: crypto.randomUUID() },
    body: { ...resource, hours, serviceCodes: [scarce] },
  })
  const { days } = await staff(endpoints.listSlots, { params: { code: scarce }, query: { siteId, from: day, days: 1 } })
  const contact = { name: 'Paul Henry', email: 'paul.henry@exemple.fr' }
  const startsAt = days[0]?.slots[0]?.startsAt ?? ''
  const booked = await staff(endpoints.bookAppointment, { body: { service: scarce, siteId, startsAt, contact } })
  return { staff, siteId, day, booked }
}

/** The link of an hour that is held for somebody, as their message has it. */
async function linkTo(name: string, { staff, siteId, day }: Awaited<ReturnType<typeof oneHour>>): Promise<string> {
  const query = { siteId, from: `${day}T00:00:00Z`, until: `${day}T23:59:59Z` }
  const { items } = await staff(endpoints.listAppointments, { query })
  const offered = items.find(({ state, contact }) => state === 'offered' && contact.name === name)
  expect(offered).toBeDefined()
  let href = ''
  await expect
    .poll(
      async () => {
        const { items: messages } = await staff(endpoints.listMessages, { query: { orderId: offered?.id ?? '' } })
        const [message] = messages.filter(({ template }) => template === 'appointment_offered')
        if (!message) return ''
        const { text } = await staff(endpoints.getMessage, { params: { messageId: message.id } })
        href = /https?:\S+\/mes-rendez-vous\/\S+/.exec(text)?.[0] ?? ''
        return href
      },
      { timeout: 20_000 },
    )
    .not.toBe('')
  return href
}

test('two wait for one hour: given back, it is held for the first, who passes, then for the second, who takes it', async () => {
  const made = await oneHour()
  for (const name of ['Ana Le Roux', 'Bob Martin']) {
    const phone = await openPage(browser, {
      javaScriptEnabled: false,
      viewport: viewports.phone,
      expectedErrors: ['422'],
    })
    await phone.goto(`${office.home()}/rendez-vous/${scarce}?shop=nantes`)
    await phone.getByRole('link', { name: 'Être prévenu quand une heure se libère' }).click()
    await phone.click('main button.primary')
    await phone.locator('.banner.urgent').waitFor()
    await phone.fill('[name=from]', made.day)
    await phone.fill('[name=until]', made.day)
    await phone.fill('[name=name]', name)
    await phone.fill('[name=email]', `${name.toLowerCase().replaceAll(' ', '.')}@exemple.fr`)
    await phone.click('main button.primary')
    await phone.getByText('C’est noté').waitFor()
  }
  const look = await openPage(browser, { viewport: viewports.phone })
  await look.goto(`${office.home()}/rendez-vous/${scarce}/attente`)
  await expectAccessible(look)
  const page = await openSignedIn(`/appointments?site=${made.siteId}`)
  await page.getByText('Liste d’attente (2)').waitFor()
  await expectAccessible(page)
  await made.staff(endpoints.cancelAppointment, {
    params: { appointmentId: made.booked.id },
    query: {},
    body: {},
  })
  const first = await openPage(browser, { javaScriptEnabled: false, viewport: viewports.phone })
  await first.goto(await linkTo('Ana Le Roux', made))
  await first.getByText('Une heure s’est libérée').first().waitFor()
  await look.goto(first.url())
  await expectAccessible(look)
  await first.getByRole('button', { name: 'Ne plus me prévenir' }).click()
  await first.getByText('Cette heure n’est plus gardée pour vous').waitFor()
  const second = await openPage(browser, { javaScriptEnabled: false, viewport: viewports.phone })
  await second.goto(await linkTo('Bob Martin', made))
  await second.getByRole('button', { name: 'Prendre cette heure' }).click()
  await second.getByText('C’est noté').waitFor()
  await page.reload()
  await page.locator('.ec-calendar').waitFor()
  expect(await page.getByText('Liste d’attente').count()).toBe(0)
})

test('hours of a stand are edited line by line', async () => {
  const page = await openSignedIn('/appointments')
  await page.getByRole('button', { name: 'Services et horaires' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('li', { hasText: 'Cours de mécanique' }).getByRole('button').first().click()
  await dialog.getByText('Débuts fixes').waitFor()
  const before = await dialog.getByLabel('Jour', { exact: true }).count()
  await dialog.getByRole('button', { name: 'Ajouter une ligne' }).click()
  await dialog
    .getByLabel(/à partir de/)
    .last()
    .fill('11:30')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  await toast(page, /Cours de mécanique/).waitFor()
  const staff = await apiOf(administrator())
  const { items } = await staff(endpoints.listServices, { query: {} })
  const starts = items.find(({ code }) => code === 'cours-mecanique')?.starts ?? []
  expect(starts).toHaveLength(before + 1)
  expect(starts.map(({ at }) => at)).toContain('11:30')
})
