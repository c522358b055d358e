import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { MailBlock, MailContent } from '@ecluse/contracts/mail-templates.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { resolveParties } from '../../../customers/public.ts'
import { takeMail } from '../../mailbox/take-mail.ts'
import { sendMessagesJob } from '../../jobs/names.ts'
import { startMailServer } from '../../test/mail-server.ts'
import { queueMails, type MailWish } from '../queue-mails.ts'

const mail = await startMailServer()
afterAll(() => mail.close())
const { app, clock, ctx, shop, asStaff, settle } = await createTestShop(
  { products: 2, unitsPerPlace: 5 },
  { config: { smtpUrl: mail.url, mailFrom: 'Alizé <boutique@alize.example>' } },
)
const staff = asStaff()
const productId = app.wiring.model.variantById(shop.variantIds[0] ?? '')?.product.id ?? ''
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const send = async (): Promise<void> => {
  await settle()
  await app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)?.run(ctx, {})
}
const both = (fr: string, en = fr) => ({ fr, en })
const preferences: MailBlock = { kind: 'preferences', label: both('Mes préférences', 'My preferences') }
const contentOf = (blocks: MailBlock[], changes: Partial<MailContent> = {}): MailContent => ({
  subject: both('{{first_name|Bonjour}}, le printemps', '{{first_name|Hello}}, spring'),
  preheader: both('', ''),
  title: both('Printemps', 'Spring'),
  accent: null,
  variables: [{ name: 'code', sample: 'ABC' }],
  blocks: [...blocks, preferences],
  ...changes,
})
let number = 0
const write = async (content: MailContent, purpose: 'marketing' | 'service' = 'marketing') =>
  staff(endpoints.createMailTemplate, { body: { name: `Modèle ${++number}`, purpose, topic: 'news', content } })
const publish = async (content: MailContent, purpose: 'marketing' | 'service' = 'marketing') => {
  const { id, revision } = await write(content, purpose)
  return staff(endpoints.publishMailTemplate, { params: { templateId: id }, body: { revision } })
}
async function partyOf(email: string | null, name: string, allowed = true): Promise<string> {
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [{ name, email, phone: email ? null : '+33612345678', locale: 'fr', source: 'test' }]),
  )
  const customerId = party?.partyId ?? ''
  if (allowed)
    await staff(endpoints.recordConsent, {
      params: { customerId },
      body: { act: 'granted', medium: 'email', purpose: 'marketing', proof: 'Formulaire' },
    })
  return customerId
}
const queue = (...wishes: MailWish[]) => inTransaction(ctx.db, (tx) => queueMails(ctx, tx, wishes))
const part = (type: string) => mail.received.at(-1)?.parts.find((one) => one.type === type)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

test('a template is published, sent to a customer once, and the message names its version', async () => {
  const picture = await staff(endpoints.addMailPicture, { body: { name: 'vélo.png', data: png } })
  expect(picture).toMatchObject({ width: 1, height: 1 })
  const template = await publish(
    contentOf([
      { kind: 'text', text: both('Bonjour {{name|cher client}},\n\nVoici <b>votre</b> code.') },
      { kind: 'image', pictureId: picture.id, alt: both('Un vélo'), href: '/catalogue' },
      { kind: 'voucher', label: both('Votre code'), code: '{{code|RIEN}}', hint: both('', '') },
      { kind: 'product', productId },
      {
        kind: 'columns',
        columns: [
          [{ kind: 'button', label: both('Voir'), href: 'https://ailleurs.example/?a=1&b=2' }],
          [{ kind: 'heading', text: both('À droite') }],
        ],
      },
      { kind: 'divider' },
    ]),
  )
  expect(template).toMatchObject({ publishedVersion: 1, changed: false, faults: [] })
  const partyId = await partyOf('camille@modele.fr', 'Camille Roux')
  const wish = { partyId, templateId: template.id, occurrence: 'printemps', values: { code: 'AZ-12<3' } }
  const [first] = await queue(wish)
  const [again] = await queue(wish)
  expect(first?.message_id).toBeTruthy()
  expect(again).toEqual(first)
  await Promise.all([1, 2, 3].map(send))
  expect(mail.received).toHaveLength(1)
  const html = String(part('text/html')?.content)
  const text = String(part('text/plain')?.content)
  expect(mail.received[0]?.headers).toMatchObject({
    subject: 'Camille, le printemps',
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  })
  expect(html).toContain('Voici &lt;b>votre&lt;/b> code.')
  expect(html).toContain('AZ-12&lt;3')
  expect(html).toContain('href="https://ailleurs.example/?a=1&amp;b=2"')
  expect(html).toContain(`href="${ctx.config.publicUrl}/catalogue"`)
  expect(html).toMatch(/mes-preferences\?token=/)
  expect(part('image/png')?.id).toBe(`<${picture.id}>`)
  expect(html).toContain(`src="cid:${picture.id}"`)
  for (const side of ['Bonjour Camille Roux', 'AZ-12<3', 'Mes préférences']) expect(text).toContain(side)
  expect(text.toLocaleUpperCase()).toContain('À DROITE')
  const shown = await staff(endpoints.getMessage, { params: { messageId: first?.message_id ?? '' } })
  expect(shown).toMatchObject({
    state: 'sent',
    orderId: null,
    customerId: partyId,
    source: { templateId: template.id, version: 1, name: template.name },
  })
  expect(shown.html).toContain('src="data:image/png;base64,')
})

test('what is changed is not sent before it is published, and older messages keep their version', async () => {
  const template = await publish(contentOf([{ kind: 'text', text: both('Un') }]))
  const params = { templateId: template.id }
  const { name, purpose, topic } = template
  const changed = await staff(endpoints.updateMailTemplate, {
    params,
    body: {
      name,
      purpose,
      topic,
      revision: template.revision,
      content: contentOf([{ kind: 'text', text: both('Deux') }]),
    },
  })
  expect(changed).toMatchObject({ publishedVersion: 1, changed: true })
  const partyId = await partyOf('version@modele.fr', 'Vera Sion')
  await queue({ partyId, templateId: template.id, occurrence: 'a' })
  await send()
  expect(String(part('text/plain')?.content)).toContain('Un')
  const stale = staff(endpoints.publishMailTemplate, { params, body: { revision: template.revision } })
  expect(await codeOf(stale)).toBe('engagement.template_changed')
  const body = { revision: changed.revision }
  const both2 = await Promise.all([1, 2].map(() => staff(endpoints.publishMailTemplate, { params, body })))
  expect(both2.map(({ publishedVersion }) => publishedVersion)).toEqual([2, 2])
  await queue(
    { partyId, templateId: template.id, occurrence: 'b' },
    { partyId, templateId: template.id, occurrence: 'c', version: 1 },
  )
  await send()
  const sides = mail.received
    .slice(-2)
    .map(({ parts }) => String(parts.find(({ type }) => type === 'text/plain')?.content))
  expect(sides.filter((side) => side.includes('Deux'))).toHaveLength(1)
  const { versions } = await staff(endpoints.getMailTemplate, { params })
  expect(versions.map(({ version, sent }) => [version, sent])).toEqual([
    [2, 1],
    [1, 2],
  ])
  await staff(endpoints.deleteMailTemplate, { params })
  expect(await codeOf(staff(endpoints.getMailTemplate, { params }))).toBe('engagement.template_not_found')
})

test('who has no address or no consent gets nothing, and it is said why', async () => {
  const template = await publish(contentOf([{ kind: 'text', text: both('Texte') }]))
  const draft = await write(contentOf([{ kind: 'text', text: both('Texte') }]))
  const mute = await partyOf(null, 'Muet')
  const silent = await partyOf('silence@modele.fr', 'Silence', false)
  const answers = await queue(
    { partyId: mute, templateId: template.id, occurrence: 'x' },
    { partyId: silent, templateId: draft.id, occurrence: 'x' },
    { partyId: silent, templateId: template.id, occurrence: 'y' },
  )
  expect(
    answers.map(({ occurrence, refusal }) => [occurrence, refusal].join(' ')).toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['x no_address', 'x no_version', 'y '])
  const before = mail.received.length
  await send()
  expect(mail.received).toHaveLength(before)
  const { rows } = await ctx.db.query('select state, error from engagement.message where party_id = $1', [silent])
  expect(rows).toEqual([{ state: 'failed', error: 'consent: not_asked' }])
})

test('a template with faults is kept but not published, and each fault says where it is', async () => {
  const content = contentOf(
    [
      { kind: 'text', text: both('Bonjour {{first_name}} {{inconnu|x}}', '') },
      { kind: 'image', pictureId: null, alt: both(''), href: 'javascript:alert(1)' },
      { kind: 'columns', columns: [[], [{ kind: 'button', label: both('Ici'), href: 'http://clair.example' }]] },
      { kind: 'text', text: both('Il {{reste') },
    ],
    { accent: '#ffee88', subject: both('x'.repeat(61), 'Hello') },
  )
  content.blocks = content.blocks.filter(({ kind }) => kind !== 'preferences')
  const template = await write(content)
  expect(
    template.faults.map(({ code, at, locale }) => [code, at, locale].filter((one) => one !== null).join(' ')),
  ).toEqual([
    'subject_long subject fr',
    'contrast accent',
    'variable_no_fallback 0 fr',
    'variable_unknown 0 fr',
    'empty 0 en',
    'picture_missing 1',
    'alt_missing 1 fr',
    'alt_missing 1 en',
    'link_unsafe 1',
    'link_unsafe 2.1.0',
    'variable_malformed 3 fr',
    'variable_malformed 3 en',
    'no_preferences blocks',
  ])
  const refused = staff(endpoints.publishMailTemplate, {
    params: { templateId: template.id },
    body: { revision: template.revision },
  })
  expect(await codeOf(refused)).toBe('engagement.template_faulty')
})

test('a preview and a test to oneself are made with examples; a link cannot leave its scheme', async () => {
  const content = contentOf([
    { kind: 'text', text: both('{{first_name|vous}} {{code|rien}}') },
    { kind: 'button', label: both('Aller'), href: '{{code|/}}' },
  ])
  content.variables = [{ name: 'code', sample: 'javascript:alert(1)' }]
  const body = { purpose: 'marketing', content, locale: 'fr', theme: 'dark' } as const
  const preview = await staff(endpoints.previewMail, { body })
  expect(preview.html).toContain(`href="${ctx.config.publicUrl}/"`)
  expect(preview.html).not.toContain('href="javascript')
  expect(preview.html).toContain('color-scheme:dark')
  expect(preview.text).toContain('Camille javascript:alert(1)')
  const template = await write(content)
  const { to } = await staff(endpoints.testMailTemplate, {
    params: { templateId: template.id },
    body: { locale: 'en' },
  })
  await send()
  expect(mail.received.at(-1)).toMatchObject({ to, headers: { subject: '[Test] Camille, spring' } })
  expect(await codeOf(staff(endpoints.addMailPicture, { body: { name: 'x', data: 'bm90IGEgcGljdHVyZQ==' } }))).toBe(
    'engagement.not_a_picture',
  )
})

test('a message that comes too early for its reader waits for its hour, and the wait counts as no attempt', async () => {
  const template = await publish(contentOf([{ kind: 'text', text: both('Plus tard') }]))
  const partyId = await partyOf('tard@modele.fr', 'Tard')
  const later = new Date(clock.now().getTime() + 3600_000)
  await queue({ partyId, templateId: template.id, occurrence: 'tard', notBefore: later })
  const before = mail.received.length
  await send()
  expect(mail.received).toHaveLength(before)
  clock.advance(3600_000)
  await send()
  expect(mail.received).toHaveLength(before + 1)
})

const messagesOf = async (partyId: string) => {
  const { rows } = await ctx.db.query<{ state: string; error: string | null; handed: boolean }>(
    'select state, error, handed_at is not null as handed from engagement.message where party_id = $1 order by id',
    [partyId],
  )
  return rows
}

test('a mail server takes no key: what may have left is not sent again, unless it is a service message', async () => {
  const sells = await publish(contentOf([{ kind: 'text', text: both('Une offre.') }]))
  const serves = await publish(contentOf([{ kind: 'text', text: both('Votre vélo est prêt.') }]), 'service')
  const partyId = await partyOf('une.fois@modele.fr', 'Une Fois')
  const sentNow = () => mail.received.filter(({ to }) => to === 'une.fois@modele.fr').length
  mail.breaks = 1
  await queue({ partyId, templateId: sells.id, occurrence: 'rompu' })
  await send()
  expect([sentNow(), await messagesOf(partyId)]).toEqual([
    1,
    [{ state: 'unknown', error: expect.any(String), handed: true }],
  ])
  clock.advance(3_600_000)
  await send()
  expect(sentNow()).toBe(1)
  // Whoever answers has got it.
  const { rows } = await ctx.db.query<{ id: string }>('select id from engagement.message where party_id = $1', [
    partyId,
  ])
  const answer = `From: une.fois@modele.fr\r\nTo: boutique@alize.example\r\nMessage-ID: <r1@modele.fr>\r\nIn-Reply-To: <${rows[0]?.id}@alize.example>\r\nSubject: Re\r\n\r\nMerci !\r\n`
  await takeMail(ctx, Buffer.from(answer), clock.now())
  expect((await messagesOf(partyId))[0]?.state).toBe('sent')
  mail.breaks = 1
  await queue({ partyId, templateId: serves.id, occurrence: 'service' })
  await send()
  expect((await messagesOf(partyId))[1]?.state).toBe('waiting')
  clock.advance(3_600_000)
  await send()
  expect([sentNow(), (await messagesOf(partyId))[1]?.state]).toEqual([3, 'sent'])
})

test('killed between giving an e-mail to the server and noting it, it is not given again', async () => {
  const sells = await publish(contentOf([{ kind: 'text', text: both('Une autre offre.') }]))
  const partyId = await partyOf('tue@modele.fr', 'Paul Tué')
  await queue({ partyId, templateId: sells.id, occurrence: 'tué' })
  const before = mail.received.length
  // Dead from the statement on that notes what was sent: everything before it was committed.
  const dying = new Proxy(ctx.db, {
    get(pool, name: keyof typeof ctx.db) {
      if (name === 'connect') return () => Promise.reject(new Error('killed'))
      const own: unknown = Reflect.get(pool, name)
      return typeof own === 'function' ? own.bind(pool) : own
    },
  })
  const job = app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)
  await settle()
  await job?.run({ ...ctx, db: dying }, {}).catch(() => undefined)
  expect(mail.received.length).toBe(before + 1)
  clock.advance(3_600_000)
  await send()
  await send()
  expect(mail.received.length).toBe(before + 1)
  expect((await messagesOf(partyId))[0]?.state).toBe('unknown')
})
