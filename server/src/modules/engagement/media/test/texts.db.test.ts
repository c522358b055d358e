import { createServer, type IncomingMessage } from 'node:http'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../../test/kit/shop.ts'
import type { ChainValue } from '../../../../kernel/chain.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { resolveParties } from '../../../customers/public.ts'
import { sendMessagesJob } from '../../jobs/names.ts'
import { mayContact } from '../../may-contact.ts'
import { startMailServer } from '../../test/mail-server.ts'
import { isSealed, textSignature } from '../text-provider.ts'

const secret = 'a secret for text messages'
type Carried = { key: string; to: string; text: string; sealed: boolean }
const carried: Carried[] = []
/** Statuses the provider answers with next; it takes what comes once the list is empty. */
const statuses: number[] = []
const provider = createServer((request, response) => {
  void bodyOf(request).then((written) => {
    const body = JSON.parse(written) as { to: string; text: string }
    const told = (name: string) => String(request.headers[name])
    const timestamp = told('x-ecluse-timestamp')
    const sealed = isSealed(secret, { timestamp, signature: told('x-ecluse-signature'), body }, clock.now())
    const status = statuses.shift() ?? 200
    if (status === 200) carried.push({ key: told('idempotency-key'), to: body.to, text: body.text, sealed })
    response.writeHead(status).end(JSON.stringify({ reference: `ref-${told('idempotency-key')}` }))
  })
})
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
const bound = provider.address()
const port = typeof bound === 'object' && bound !== null ? bound.port : 0
const mail = await startMailServer()
afterAll(async () => {
  provider.closeAllConnections()
  provider.close()
  await mail.close()
})
const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop(
  { products: 1, unitsPerPlace: 50 },
  {
    config: {
      smtpUrl: mail.url,
      mailFrom: 'Alizé <boutique@alize.example>',
      smsUrl: `http://127.0.0.1:${port}/`,
      smsSecret: secret,
      smsPrices: '+33:50000,+:90000',
    },
  },
)
const staff = asStaff()

async function send(): Promise<void> {
  await settle()
  await app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)?.run(ctx, {})
}
async function partyOf(phone: string, email: string | null = null, name = 'Léa Roux'): Promise<string> {
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [{ name, email, phone, locale: 'fr', source: 'test' }]),
  )
  return party?.partyId ?? ''
}
const allow = (customerId: string) =>
  staff(endpoints.recordConsent, {
    params: { customerId },
    body: { act: 'granted', medium: 'sms', purpose: 'marketing', proof: 'Formulaire' },
  })
const write = (customerId: string, text: string, purpose: 'service' | 'marketing' = 'service', onePart = true) =>
  staff(endpoints.sendText, { params: { customerId }, body: { text, purpose, onePart } })
const messageOf = (messageId: string) => staff(endpoints.getMessage, { params: { messageId } })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
async function tell(body: ChainValue, changes: { at?: Date; secret?: string } = {}): Promise<number> {
  const timestamp = String(Math.floor((changes.at ?? clock.now()).getTime() / 1_000))
  const signature = textSignature(changes.secret ?? secret, timestamp, body)
  const answer = await app.fastify.inject({
    method: 'POST',
    url: '/api/v1/texts/events',
    headers: { 'content-type': 'application/json', 'x-ecluse-timestamp': timestamp, 'x-ecluse-signature': signature },
    payload: JSON.stringify(body),
  })
  return answer.statusCode
}
const report = (id: string, state: 'delivered' | 'undelivered') =>
  tell({ type: 'report', reference: `ref-${id}`, state, at: clock.now().toISOString() })
const answer = (id: string, from: string, text: string, reference?: string) =>
  tell({ type: 'answer', id, from, text, at: clock.now().toISOString(), ...(reference ? { reference } : {}) })

test('a text is weighed, sealed, carried once under its key by three processes, and its delivery is proved', async () => {
  const customerId = await partyOf('+33612340001')
  const weighed = await staff(endpoints.weighText, {
    body: { text: 'Votre vélo attend… à demain', purpose: 'service' },
  })
  expect(weighed).toMatchObject({
    encoding: 'UCS-2',
    parts: 1,
    fixed: 'Votre vélo attend... à demain',
    costMicro: 50_000,
  })
  const { messageId, to, parts, costMicro } = await write(customerId, 'Votre vélo est prêt.')
  expect([to, parts, costMicro]).toEqual(['+33612340001', 1, 50_000])
  statuses.push(503)
  await send()
  expect(await messageOf(messageId)).toMatchObject({ state: 'waiting', attempts: 1 })
  clock.advance(31_000)
  await Promise.all([1, 2, 3].map(send))
  expect(carried).toEqual([{ key: messageId, to: '+33612340001', text: 'Votre vélo est prêt.', sealed: true }])
  expect(await report(messageId, 'delivered')).toBe(204)
  expect(await report(messageId, 'undelivered')).toBe(204)
  expect(await messageOf(messageId)).toMatchObject({
    medium: 'sms',
    state: 'sent',
    reference: `ref-${messageId}`,
    delivery: 'delivered',
    costMicro: 50_000,
  })
  const { rows } = await ctx.db.query(
    `select id, detail from customers.interaction where party_id = $1 and kind = 'message_sent'`,
    [customerId],
  )
  expect(rows).toEqual([{ id: messageId, detail: 'sms' }])
})

test('what is longer than a part is refused unless each part is to be paid; what sells says how to stop it', async () => {
  const customerId = await partyOf('+33612340002')
  const long = 'a'.repeat(161)
  expect(await codeOf(write(customerId, long))).toBe('engagement.text_too_long')
  expect(await write(customerId, long, 'service', false)).toMatchObject({ parts: 2, costMicro: 100_000 })
  const { text } = await staff(endpoints.weighText, { body: { text: 'Soldes !', purpose: 'marketing' } })
  expect(text).toMatch(/^Soldes ! STOP/)
})

test('what sells waits for the hours of its reader; without consent it does not leave', async () => {
  const customerId = await partyOf('+33612340003')
  const silent = await partyOf('+33612340004', null, 'Autre')
  await allow(customerId)
  clock.set('2026-03-08T10:00:00+01:00')
  const { messageId } = await write(customerId, 'Soldes', 'marketing')
  const refused = await write(silent, 'Soldes', 'marketing')
  await send()
  expect(carried.map(({ key }) => key)).not.toContain(messageId)
  expect(await messageOf(messageId)).toMatchObject({ state: 'waiting', attempts: 0, error: 'consent: hours' })
  expect(await messageOf(refused.messageId)).toMatchObject({ state: 'failed', error: 'consent: not_asked' })
  clock.set('2026-03-09T08:00:00+01:00')
  await send()
  expect(carried.map(({ key }) => key)).toContain(messageId)
  clock.set('2026-03-09T11:00:00+01:00')
})

test('STOP is written as a withdrawal, once, of whoever wrote it, known or not', async () => {
  const phone = '+33612340005'
  const customerId = await partyOf(phone, null, 'Stop')
  await allow(customerId)
  const may = async (partyId: string | null, address: string) =>
    (await mayContact(ctx, { partyId, medium: 'sms', purpose: 'marketing', address, at: clock.now() })).reason
  expect(await may(customerId, phone)).toBe('consented')
  await answer('a1', '06 12 34 00 05', 'Quand ouvrez-vous ?')
  expect(await may(customerId, phone)).toBe('consented')
  for (let twice = 0; twice < 2; twice++) await answer('a2', '06 12 34 00 05', 'S.T.O.P merci')
  expect(await may(customerId, phone)).toBe('opposed')
  const { entries } = await staff(endpoints.getCustomerConsents, { params: { customerId }, query: {} })
  expect(entries.map(({ act, source, medium }) => `${act} ${source} ${medium}`)).toEqual([
    'withdrawn sms sms',
    'granted staff sms',
  ])
  await answer('a3', '+33612349999', 'stop')
  expect(await may(null, '+33612349999')).toBe('opposed')
  const { items } = await staff(endpoints.listAnswers, { query: { customerId } })
  expect(items.map(({ text, wish }) => `${wish} ${text}`)).toEqual([
    'stop S.T.O.P merci',
    'neither Quand ouvrez-vous ?',
  ])
})

test('what is not sealed, sealed by another, or old, is not believed', async () => {
  const body = { type: 'answer', id: 'z1', from: '+33612340005', text: 'STOP', at: clock.now().toISOString() }
  expect(await tell(body, { secret: 'another secret altogether' })).toBe(403)
  expect(await tell(body, { at: new Date(clock.now().getTime() - 400_000) })).toBe(403)
  const { rows } = await ctx.db.query(`select 1 from engagement.answer where external_id = 'sms:z1'`)
  expect(rows).toEqual([])
})

test('a service message goes by the medium one wishes, and by e-mail when that fails; a confirmation stays an e-mail', async () => {
  const [phone, email] = ['+33612340006', 'sms@exemple.fr']
  const customerId = await partyOf(phone, email, 'Sam Sèche')
  expect(await staff(endpoints.putServiceWish, { params: { customerId }, body: { medium: 'sms' } })).toEqual({
    medium: 'sms',
    phone,
    notified: null,
    social: null,
  })
  const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]
  const siteId = shop.sites['nantes'] ?? ''
  const delivery = { method: 'pickup', siteId }
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase(lines, { delivery, contact: { name: 'Sam Sèche', email } }),
  })
  await send()
  expect(mail.received.at(-1)?.to).toBe(email)
  const before = mail.received.length
  const { items } = await staff(endpoints.listFulfillments, { query: { siteId } })
  const fulfillmentId = items.find((one) => one.orderId === orderId)?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  await send()
  expect(mail.received).toHaveLength(before)
  expect(carried.at(-1)).toMatchObject({
    to: phone,
    text: expect.stringMatching(/^Alizé.: Votre commande .* est prête\. http/),
  })
  const { items: messages } = await staff(endpoints.listMessages, { query: { orderId } })
  const ready = messages.find(({ template }) => template === 'pickup_ready')
  expect(ready).toMatchObject({ medium: 'sms', state: 'sent', to: phone, costMicro: expect.any(Number) })
  await Promise.all([report(ready?.id ?? '', 'undelivered'), report(ready?.id ?? '', 'undelivered')])
  await send()
  await send()
  expect(mail.received).toHaveLength(before + 1)
  expect(mail.received.at(-1)).toMatchObject({ to: email })
  expect(await messageOf(ready?.id ?? '')).toMatchObject({ medium: 'email', state: 'sent', to: email })
})

test('a refusal of the provider for good also leads to e-mail, at once', async () => {
  const [phone, email] = ['+33612340007', 'refus@exemple.fr']
  const customerId = await partyOf(phone, email, 'Rita Refus')
  await staff(endpoints.putServiceWish, { params: { customerId }, body: { medium: 'sms' } })
  const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase(lines, { contact: { name: 'Rita Refus', email } }),
  })
  await send()
  const { items } = await staff(endpoints.listFulfillments, { query: {} })
  const fulfillmentId = items.find((one) => one.orderId === orderId)?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  await staff(endpoints.ship, {
    params: { fulfillmentId },
    body: { carrier: 'Colissimo', trackingNumber: '6A12345678901' },
  })
  statuses.push(422)
  await send()
  await send()
  const { items: messages } = await staff(endpoints.listMessages, { query: { orderId } })
  expect(messages.find(({ template }) => template === 'shipped')).toMatchObject({
    medium: 'email',
    state: 'sent',
    to: email,
  })
  expect(mail.received.at(-1)?.to).toBe(email)
})

test('by which medium a customer is reached is told, with what each other lacks', async () => {
  const customerId = await partyOf('+33612340008', 'choix@exemple.fr', 'Chloé Choix')
  const choose = () => staff(endpoints.chooseMedium, { params: { customerId }, query: { purpose: 'marketing' } })
  expect(await choose()).toMatchObject({ medium: null, reason: 'nothing_left' })
  await allow(customerId)
  expect(await choose()).toEqual({
    medium: 'sms',
    reason: 'first',
    passed: [
      { medium: 'email', why: 'not_allowed' },
      { medium: 'phone', why: 'not_allowed' },
    ],
  })
})

test('a buyer chooses text messages with the token of their order, and nobody does without it', async () => {
  const contact = { name: 'Sam Texto', email: 'sam.texto@choix.fr', phone: '06 55 44 33 22' }
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 1 }], { contact }),
  })
  const params = { orderId: placed.orderId }
  const choose = (token: string) => visitor(endpoints.putOrderServiceWish, { params, body: { token, medium: 'sms' } })
  await expect(choose('un-autre-jeton')).rejects.toBeInstanceOf(ApiError)
  await choose(placed.accessToken)
  await settle()
  const { rows } = await ctx.db.query(
    `select w.medium, p.phone from engagement.service_wish w join customers.party p on p.id = w.party_id where p.email = $1`,
    [contact.email],
  )
  expect(rows).toEqual([{ medium: 'sms', phone: '+33655443322' }])
})
