import type { AddressInfo } from 'node:net'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import createImapServer from 'hoodiecrow-imap'
import { afterAll, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../../test/kit/shop.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { resolveParties } from '../../../customers/public.ts'
import { sendMessagesJob } from '../../jobs/names.ts'
import { mayContact } from '../../may-contact.ts'
import { startMailServer } from '../../test/mail-server.ts'
import { readMailbox } from '../read-mailbox.ts'

const imap = createImapServer({ plugins: ['ID', 'UIDPLUS', 'UNSELECT'], storage: { INBOX: { messages: [] } } })
await new Promise<void>((resolve) => imap.listen(0, '127.0.0.1', resolve))
const { port } = imap.server.address() as AddressInfo
const imapUrl = `imap://testuser:testpass@127.0.0.1:${port}/INBOX`
const mail = await startMailServer()
afterAll(async () => {
  await mail.close()
  await new Promise<void>((resolve) => imap.close(resolve))
})
const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop(
  { products: 1, unitsPerPlace: 50 },
  { config: { smtpUrl: mail.url, imapUrl, mailFrom: 'Alizé <boutique@alize.example>' } },
)
const staff = asStaff()

async function send(): Promise<void> {
  await settle()
  await app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)?.run(ctx, {})
}
const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]
/** Buys, and gives the confirmation that was sent. */
async function confirmation(email: string) {
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase(lines, { contact: { name: 'Camille Roux', email } }),
  })
  await send()
  const [message] = (await staff(endpoints.listMessages, { query: { orderId } })).items
  return message
}
const drop = (raw: readonly string[]) =>
  imap.appendMessage('INBOX', [], clock.now(), Buffer.from(raw.join('\r\n')).toString('latin1'))
const bounce = (recipient: string, messageId: string, status = '5.1.1', action = 'failed') =>
  drop([
    'From: MAILER-DAEMON@relais.example',
    'To: boutique@alize.example',
    'Subject: Undelivered Mail',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="frontiere"',
    'MIME-Version: 1.0',
    '',
    '--frontiere',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relais.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; no such user here',
    '',
    '--frontiere',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${messageId}@alize.example>`,
    '',
    '--frontiere--',
    '',
  ])
const reply = (from: string, messageId: string, text: string) =>
  drop([
    `From: ${from}`,
    'To: boutique@alize.example',
    'Subject: Re: votre commande',
    `In-Reply-To: <${messageId}@alize.example>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ])

test('an address that does not exist is not written to again, until somebody lifts it', async () => {
  const email = 'parti@client.example'
  const message = await confirmation(email)
  expect(message).toMatchObject({ state: 'sent', to: email })
  bounce(email, message?.id ?? '')
  // Two servers read at once; and once more later.
  await Promise.all([readMailbox(ctx, imapUrl), readMailbox(ctx, imapUrl)])
  expect(await readMailbox(ctx, imapUrl)).toEqual({})
  expect(await staff(endpoints.getMessage, { params: { messageId: message?.id ?? '' } })).toMatchObject({
    delivery: 'undelivered',
  })
  const { items } = await staff(endpoints.listDeadAddresses, { query: {} })
  expect(items).toMatchObject([{ address: email, reason: '5.1.1 smtp; no such user here', messageId: message?.id }])
  const before = mail.received.length
  expect(await confirmation(email)).toMatchObject({ state: 'failed', error: expect.stringContaining('5.1.1') })
  expect(mail.received).toHaveLength(before)
  await staff(endpoints.liftDeadAddress, { body: { address: email } })
  expect(await confirmation(email)).toMatchObject({ state: 'sent' })
  // The same report read again, as after a mailbox was made anew, does not kill what was lifted.
  await ctx.db.query('delete from engagement.mailbox')
  await readMailbox(ctx, imapUrl)
  expect((await staff(endpoints.listDeadAddresses, { query: {} })).items).toEqual([])
})

test('a full mailbox, a delay, and a report about what we never sent kill nobody', async () => {
  const email = 'plein@client.example'
  const message = await confirmation(email)
  bounce(email, message?.id ?? '', '4.2.2', 'delayed')
  bounce(email, message?.id ?? '', '5.2.2')
  bounce('innocent@client.example', ctx.ids.next())
  expect(await readMailbox(ctx, imapUrl)).toEqual({ report: 3 })
  expect((await staff(endpoints.listDeadAddresses, { query: {} })).items).toEqual([])
})

test('an answer is kept once, with whom it is of and what it answers; STOP to news is a refusal', async () => {
  const email = 'lea@client.example'
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [{ name: 'Léa Roux', email, locale: 'fr', source: 'test' }]),
  )
  const partyId = party?.partyId ?? ''
  await staff(endpoints.recordConsent, {
    params: { customerId: partyId },
    body: { act: 'granted', medium: 'email', purpose: 'marketing', proof: 'Formulaire' },
  })
  const message = await confirmation(email)
  reply(`Léa <${email}>`, message?.id ?? '', 'Je passe demain à 15 h.')
  reply(`Léa <${email}>`, message?.id ?? '', 'STOP')
  drop(['From: x@y.example', 'Subject: Publicité', '', 'Achetez'])
  expect(await readMailbox(ctx, imapUrl)).toEqual({ answer: 2, other: 1 })
  await ctx.db.query('delete from engagement.mailbox')
  await readMailbox(ctx, imapUrl)
  const { items } = await staff(endpoints.listAnswers, { query: { customerId: partyId } })
  expect(items.map(({ text, messageId, medium }) => [text, messageId, medium])).toEqual([
    ['STOP', message?.id, 'email'],
    ['Je passe demain à 15 h.', message?.id, 'email'],
  ])
  const answered = await staff(endpoints.getCustomerTimeline, {
    params: { customerId: partyId },
    query: { kind: 'answer', limit: 10 },
  })
  expect(answered.items.map(({ detail }) => detail)).toEqual(['email', 'email'])
  const may = async () =>
    (await mayContact(ctx, { partyId, medium: 'email', purpose: 'marketing', address: email, at: clock.now() })).reason
  expect(await may()).toBe('consented')
  await ctx.db.query(`update engagement.message set purpose = 'marketing', party_id = $1 where id = $2`, [
    partyId,
    message?.id,
  ])
  reply(`Léa <${email}>`, message?.id ?? '', 'Stop, merci.')
  await readMailbox(ctx, imapUrl)
  expect(await may()).toBe('opposed')
})

test('a mailbox that cannot be opened says so, and is read when it is back', async () => {
  await expect(readMailbox(ctx, `imap://testuser:wrong@127.0.0.1:${port}/INBOX`)).rejects.toThrow(/./)
  await expect(readMailbox(ctx, 'imap://testuser:testpass@127.0.0.1:1/INBOX')).rejects.toThrow(/./)
  expect(await readMailbox(ctx, imapUrl)).toEqual({})
})
