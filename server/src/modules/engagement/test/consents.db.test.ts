import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { afterAll, expect, test } from 'vitest'
import { actorHeader, clientOf, createTestShop } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { resolveParties, verifyConsents } from '../../customers/public.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { mayContact } from '../may-contact.ts'
import { startMailServer } from './mail-server.ts'

const mail = await startMailServer()
afterAll(() => mail.close())
const { app, actAs, clock, ctx, visitor, asStaff, settle } = await createTestShop(
  { products: 1, unitsPerPlace: 1 },
  { config: { smtpUrl: mail.url, mailFrom: 'Alizé <boutique@alize.example>' } },
)
const staff = asStaff()

async function send(): Promise<void> {
  await settle()
  const job = app.wiring.jobs.find((one) => one.name === sendMessagesJob.name)
  await job?.run(ctx, {})
}
async function partyOf(email: string, name = 'Léa Roux', phone: string | null = null): Promise<string> {
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [{ name, email, phone, locale: 'fr', source: 'test' }]),
  )
  return party?.partyId ?? ''
}
const may = (partyId: string | null, address?: string, at = clock.now()) =>
  mayContact(ctx, { partyId, medium: 'email', purpose: 'marketing', address, at }).then(({ reason }) => reason)
const textOf = () => String(mail.received.at(-1)?.parts.find(({ type }) => type.startsWith('text/plain'))?.content)
const tokenIn = (text: string): string => decodeURIComponent(/[?&]token=([\w%-]+)/.exec(text)?.[1] ?? '')
const say = (partyId: string, act: 'granted' | 'withdrawn', medium: 'email' | null = 'email') =>
  staff(endpoints.recordConsent, {
    params: { customerId: partyId },
    body: { act, medium, purpose: 'marketing', proof: 'Formulaire papier 12' },
  })
async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof ApiError ? error.problem.code : String(error)
}

test('news are asked for by anybody, and sent to whoever confirmed from the mailbox', async () => {
  const email = 'lea@lettre.fr'
  const partyId = await partyOf(email)
  await visitor(endpoints.askNewsletter, { body: { email: 'LEA@lettre.fr', locale: 'fr' } })
  expect(await may(partyId, email)).toBe('not_confirmed')
  await send()
  expect(mail.received.at(-1)?.to.toLowerCase()).toBe(email)
  expect(mail.received.at(-1)?.headers).not.toHaveProperty('list-unsubscribe')
  const token = tokenIn(textOf())
  await visitor(endpoints.confirmNewsletter, { query: { token } })
  expect(await may(partyId, email)).toBe('consented')
  expect(await may(partyId, 'autre@lettre.fr')).toBe('other_address')
  // Twice, or by somebody who changed a letter of the link.
  await visitor(endpoints.confirmNewsletter, { query: { token } })
  const { entries, intact } = await staff(endpoints.getCustomerConsents, { params: { customerId: partyId }, query: {} })
  expect(entries.map(({ act }) => act)).toEqual(['granted', 'asked'])
  expect(entries[1]).toMatchObject({ source: 'newsletter', wording: 'marketing-1', proof: { network: '127.0.0.0' } })
  expect(intact).toBe(true)
  const forged = token.slice(0, -6) + (token.endsWith('A') ? 'BBBBBB' : 'AAAAAA')
  expect(await refusal(visitor(endpoints.confirmNewsletter, { query: { token: forged } }))).toBe(
    'customers.link_invalid',
  )
  expect(await refusal(visitor(endpoints.getPreferences, { query: { token } }))).toBe('customers.link_invalid')
})

test('a link of a question works for seven days, and not after a refusal', async () => {
  const email = 'tard@lettre.fr'
  await visitor(endpoints.askNewsletter, { body: { email, locale: 'en' } })
  await send()
  const token = tokenIn(textOf())
  const partyId = await partyOf(email)
  await say(partyId, 'withdrawn')
  await visitor(endpoints.confirmNewsletter, { query: { token } })
  expect(await may(partyId)).toBe('opposed')
  clock.advance(8 * 86_400_000)
  expect(await refusal(visitor(endpoints.confirmNewsletter, { query: { token } }))).toBe('customers.link_invalid')
})

test('a chain is replayed at any past moment, and a change of the database is found', async () => {
  const partyId = await partyOf('rejouer@lettre.fr')
  await say(partyId, 'granted')
  const then = clock.now()
  clock.advance(86_400_000)
  await say(partyId, 'withdrawn', null)
  expect(await may(partyId, undefined, then)).toBe('consented')
  expect(await may(partyId)).toBe('opposed')
  expect((await verifyConsents(ctx.config, ctx.db)).broken).toEqual([])
  await ctx.db.query(
    `update customers.consent set content = replace(content, '"withdrawn"', '"granted"'), act = 'granted'
     where party_id = $1 and sequence = 2`,
    [partyId],
  )
  expect((await verifyConsents(ctx.config, ctx.db)).broken).toEqual([{ partyId, sequence: 2, fault: 'hash' }])
  await ctx.db.query('delete from customers.consent where party_id = $1', [partyId])
  expect(await may(partyId, 'rejouer@lettre.fr')).toBe('opposed')
})

test('entries written at once follow one another', async () => {
  const partyId = await partyOf('ensemble@lettre.fr')
  await Promise.all(Array.from({ length: 12 }, (_, n) => say(partyId, n % 2 === 0 ? 'granted' : 'withdrawn')))
  const { entries, intact } = await staff(endpoints.getCustomerConsents, { params: { customerId: partyId }, query: {} })
  expect(entries).toHaveLength(12)
  expect(intact).toBe(true)
})

test('of two merged the refusal holds, and each has their own again when they are taken apart', async () => {
  const yes = await partyOf('oui@fusion.fr', 'Oui')
  const no = await partyOf('non@fusion.fr', 'Non')
  await say(yes, 'granted')
  await say(no, 'withdrawn')
  const consents = async (customerId: string) =>
    JSON.stringify(await staff(endpoints.getCustomerConsents, { params: { customerId }, query: {} }))
  const before = [await consents(yes), await consents(no)]
  await staff(endpoints.mergeCustomers, { params: { customerId: yes }, body: { otherId: no } })
  expect(await may(yes, 'oui@fusion.fr')).toBe('withdrawn')
  expect(await may(no)).toBe('opposed')
  await staff(endpoints.unmergeCustomer, { params: { customerId: no }, body: {} })
  expect(await may(yes, 'oui@fusion.fr')).toBe('consented')
  expect([await consents(yes), await consents(no)]).toEqual(before)
})

test('what is no service message passes the gate as it leaves, and ends with one click of the mailbox', async () => {
  const email = 'campagne@lettre.fr'
  const partyId = await partyOf(email)
  await say(partyId, 'granted')
  const write = async (): Promise<string> => {
    const id = ctx.ids.next()
    await ctx.db.query(
      `insert into engagement.message (order_id, id, medium, template, occurrence, locale, recipient, details, subject, html, body,
         state, created_at, next_attempt_at, purpose, party_id)
       values ($1, $2, 'email', 'consent_confirmation', $3, 'fr', $4, '{}', 'Vélos', '<p>Vélos</p>', 'Vélos', 'waiting', $5, $5,
         'marketing', $1)`,
      [partyId, id, id, email, clock.now()],
    )
    await send()
    const { rows } = await ctx.db.query('select state, error from engagement.message where id = $1', [id])
    return [rows[0].state, rows[0].error].filter(Boolean).join(' ')
  }
  expect(await write()).toBe('sent')
  const headers = mail.received.at(-1)?.headers
  expect(headers?.['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  const url = headers?.['list-unsubscribe']?.slice(1, -1) ?? ''
  const { pathname, search } = new URL(url)
  const click = (type: string, payload: string) =>
    app.fastify.inject({ method: 'POST', url: pathname + search, headers: { 'content-type': type }, payload })
  expect((await app.fastify.inject({ method: 'GET', url: pathname + search })).statusCode).toBe(200)
  expect(await may(partyId, email)).toBe('consented')
  const parts = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
  for (const [type, body] of [
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    ['multipart/form-data; boundary=x', parts],
  ] as const)
    // To a mailbox nothing is redirected: some would ask anew, and end nothing.
    expect((await click(type, body)).statusCode).toBe(200)
  expect((await click('application/x-www-form-urlencoded', 'by=person')).statusCode).toBe(303)
  expect(await may(partyId, email)).toBe('opposed')
  const { entries } = await staff(endpoints.getCustomerConsents, { params: { customerId: partyId }, query: {} })
  expect(entries.map(({ source }) => source)).toEqual(['unsubscribe', 'staff'])
  expect(await write()).toBe('failed consent: opposed')
  expect(await refusal(visitor(endpoints.unsubscribe, { query: { token: 'x'.repeat(40) } }))).toBe(
    'customers.link_invalid',
  )
})

test('preferences are read and changed by the link of a message, and only what changed is written', async () => {
  const partyId = await partyOf('gouts@lettre.fr')
  await visitor(endpoints.askNewsletter, { body: { email: 'gouts@lettre.fr', locale: 'fr' } })
  await send()
  const asked = tokenIn(textOf())
  const { preferencesToken: token } = await visitor(endpoints.confirmNewsletter, { query: { token: asked } })
  const page = await visitor(endpoints.getPreferences, { query: { token } })
  expect(page).toMatchObject({ address: 'g…s@lettre.fr', preferences: { frequency: 'any', subjectsOff: [] } })
  const wish = {
    subjectsOff: ['offers' as const],
    frequency: 'weekly' as const,
    pausedUntil: '2026-05-01T00:00:00.000Z',
  }
  const body = { media: ['email' as const, 'sms' as const], preferences: wish }
  for (let twice = 0; twice < 2; twice++) await visitor(endpoints.putPreferences, { query: { token }, body })
  const { entries, preferences } = await staff(endpoints.getCustomerConsents, {
    params: { customerId: partyId },
    query: {},
  })
  expect(preferences).toEqual(wish)
  expect(entries.map(({ act, medium }) => [act, medium])).toEqual([
    ['preferred', null],
    ['withdrawn', 'visit'],
    ['withdrawn', 'letter'],
    ['granted', 'sms'],
    ['granted', 'email'],
    ['asked', 'email'],
  ])
  expect(await may(partyId)).toBe('paused')
  clock.set('2026-05-02T10:00:00Z')
  expect(await may(partyId)).toBe('consented')
  const offers = { partyId, medium: 'email', purpose: 'marketing', subject: 'offers', at: clock.now() } as const
  expect((await mayContact(ctx, offers)).reason).toBe('subject')
})

test('whoever is signed in reads and narrows their wishes without a link; a new yes waits for the mailbox', async () => {
  const account = { kind: 'account', accountId: 'compte-ines', email: 'ines@lettre.fr', name: 'Inès Roy' } as const
  const me = clientOf(app, { [actorHeader]: actAs(account) })
  expect(await refusal(visitor(endpoints.getMyPreferences))).toBe('access.not_signed_in')
  const before = await me(endpoints.getMyPreferences)
  expect(before).toMatchObject({ address: 'i…s@lettre.fr', preferences: { frequency: 'any' } })
  const preferences = { subjectsOff: ['advice' as const], frequency: 'monthly' as const, pausedUntil: null }
  const body = { media: ['email' as const, 'letter' as const], preferences }
  const saved = await me(endpoints.putMyPreferences, { body })
  expect(saved).toMatchObject({ toConfirm: ['email'], preferences })
  const cellOf = (medium: string) =>
    saved.cells.find((cell) => cell.medium === medium && cell.purpose === 'marketing')?.reason
  expect(['email', 'letter', 'visit'].map(cellOf)).toEqual(['not_asked', 'no_objection', 'withdrawn'])
  await me(endpoints.putMyPreferences, { body })
  const partyId = await partyOf(account.email, account.name)
  const { entries } = await staff(endpoints.getCustomerConsents, { params: { customerId: partyId }, query: {} })
  expect(entries.map(({ act, medium }) => [act, medium])).toEqual([
    ['preferred', null],
    ['withdrawn', 'visit'],
  ])
})
