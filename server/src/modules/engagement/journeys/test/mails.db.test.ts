import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { afterAll, expect, test } from 'vitest'
import { sendMessagesJob } from '../../jobs/names.ts'
import { takeMail } from '../../mailbox/take-mail.ts'
import { createRunJourneys, createSendContacts } from '../../jobs/run-journeys.ts'
import { startMailServer } from '../../test/mail-server.ts'
import { createMailSender } from '../mail-sender.ts'
import type { ContactSenders } from '../send-contacts.ts'
import { createWorld, entry, exit, message, minuteMs, wait, way } from './world.ts'

const mail = await startMailServer()
afterAll(() => mail.close())
const world = await createWorld({ config: { smtpUrl: mail.url, mailFrom: 'Alizé <boutique@alize.example>' } })
const { allow, app, clock, ctx, does, follow, peopleIn, person, publish, staff } = world

test('an e-mail of a journey leaves by the mail server once, with its words, its link and the one-click end', async () => {
  await allow()
  const words = {
    title: { fr: 'Révision offerte', en: '' },
    text: { fr: 'Votre vélo a un an.', en: '' },
    link: { label: { fr: 'Choisir une heure', en: '' }, url: 'https://alize.example/rendez-vous' },
  }
  const journeyId = await publish({
    nodes: [entry('order'), { id: 'revision', type: 'message', medium: 'email', content: words }, exit],
    edges: [way('in', 'revision'), way('revision', 'out')],
  })
  const who = await person()
  await does(who, 'order')
  await follow()
  const preferences = (_locale: string, token: string | null) => `https://alize.example/p/${token ?? ''}`
  const mailSender = createMailSender({ article: () => null, preferences })
  let cut = true
  const senders: ContactSenders = {
    email: {
      takesKey: true,
      async send(life, outgoing) {
        await mailSender.send(life, outgoing)
        // Nobody hears that it was taken: it is sent again with its key.
        if (cut) {
          cut = false
          throw new Error('cut off')
        }
      },
    },
  }
  await createRunJourneys(senders).run(ctx, {})
  await createSendContacts(senders).run(ctx, {})
  const sendJob = app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)
  clock.advance(minuteMs)
  await createSendContacts(senders).run(ctx, {})
  await sendJob?.run(ctx, {})
  await sendJob?.run(ctx, {})
  const got = mail.received.filter(({ to }) => to === who.email)
  expect(got).toHaveLength(1)
  const [letter] = got
  expect(letter?.headers).toMatchObject({
    subject: 'Révision offerte',
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  })
  const text = letter?.parts.find(({ type }) => type === 'text/plain')?.content.toString() ?? ''
  expect(text).toContain('Votre vélo a un an.')
  expect(text).toContain('https://alize.example/p/')
  expect(text).toContain('Choisir une heure')
  const html = letter?.parts.find(({ type }) => type === 'text/html')?.content.toString() ?? ''
  linksOf = (nth) => [...html.matchAll(/href="([^"]*\/links\?token=[^"]*)"/g)][nth]?.[1] ?? ''
  expect((await staff(endpoints.getJourneyResults, { params: { journeyId } })).nodes).toContainEqual(
    expect.objectContaining({ nodeId: 'revision', contacts: expect.objectContaining({ sent: 1 }) as object }),
  )
})

/** The links of the e-mail that was sent: first the one that nobody sees, then the button. */
let linksOf: (nth: number) => string = () => ''
const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/149.0.0.0 Safari/537.36'

/** Follows a link as a program would; answers where it leads. */
async function followed(nth: number, changes: { method?: 'GET' | 'HEAD'; headers?: object; token?: string } = {}) {
  clock.advance(10)
  const url = new URL(linksOf(nth))
  if (changes.token !== undefined) url.searchParams.set('token', changes.token)
  const answer = await app.fastify.inject({
    method: changes.method ?? 'GET',
    url: url.pathname + url.search,
    headers: { 'user-agent': chrome, ...changes.headers },
  })
  expect(answer.statusCode).toBe(302)
  return String(answer.headers.location)
}

test('a link leads where it was written to lead and nowhere else; who follows it is told from what tries every link', async () => {
  const home = `${ctx.config.publicUrl}/`
  const target = 'https://alize.example/rendez-vous'
  const clicks = async () => {
    clock.advance(2 * minuteMs)
    await app.wiring.jobs.find(({ name }) => name === 'engagement.judge-clicks')?.run(ctx, {})
    const { items } = await staff(endpoints.listJourneys, {})
    const { nodes } = await staff(endpoints.getJourneyResults, { params: { journeyId: items[0]?.id ?? '' } })
    const contacts = nodes.find(({ nodeId }) => nodeId === 'revision')?.contacts
    return [contacts?.clicked, contacts?.clickedByMachine]
  }
  clock.advance(minuteMs)
  // What asks without reading, what fetches ahead, what names itself.
  expect(await followed(1, { method: 'HEAD' })).toBe(target)
  await followed(1, { headers: { 'sec-purpose': 'prefetch;prerender' } })
  await followed(1, { headers: { 'user-agent': 'Barracuda Sentinel (EE)' } })
  expect(await clicks()).toEqual([0, 3])
  // What tries every link follows the one nobody sees too, a little later, under the name of a browser.
  await followed(1)
  clock.advance(20_000)
  expect(await followed(0)).toBe(home)
  expect(await clicks()).toEqual([0, 5])
  clock.advance(minuteMs)
  await followed(1)
  clock.advance(3_000)
  // Judged only once what surrounds it is known.
  await app.wiring.jobs.find(({ name }) => name === 'engagement.judge-clicks')?.run(ctx, {})
  await followed(1)
  expect(await clicks()).toEqual([1, 5])
  expect(await clicks()).toEqual([1, 5])
  // None that we did not write leads anywhere but home, and nothing is counted of it.
  const right = new URL(linksOf(1)).searchParams.get('token') ?? ''
  const wrong = [
    'abc',
    '',
    right.slice(0, -4),
    `${right.slice(0, 4)}AAAA${right.slice(8)}`,
    Buffer.concat([Buffer.from(right, 'base64url'), Buffer.from('.mechant.example/')]).toString('base64url'),
  ]
  for (const token of wrong) expect(await followed(1, { token })).toBe(home)
  expect(await clicks()).toEqual([1, 5])
  // Whoever is erased leaves no trace, and the link still leads where it did.
  await ctx.db.query('delete from engagement.contact')
  expect(await followed(1)).toBe(target)
  expect((await ctx.db.query('select from engagement.link_click where judged_at is null')).rowCount).toBe(0)
})

const asks = (id: string, what: 'sent' | 'uncertain') =>
  ({ id, type: 'branch', on: { kind: 'contact', nodeId: 'avis', what } }) as const
/** Asks of an e-mail whether it was sent, and if not whether it may have been. */
const asking = {
  nodes: [
    entry('return'),
    message('avis'),
    wait('pause', 30),
    asks('parti', 'sent'),
    asks('peut-etre', 'uncertain'),
    exit,
    { id: 'incertain', type: 'exit' },
    { id: 'revenu', type: 'exit' },
  ],
  edges: [
    way('in', 'avis'),
    way('avis', 'pause'),
    way('pause', 'parti'),
    way('parti', 'out', 'yes'),
    way('parti', 'peut-etre', 'no'),
    way('peut-etre', 'incertain', 'yes'),
    way('peut-etre', 'revenu', 'no'),
  ],
}

const replyTo = (messageId: string, from: string): string[] => [
  `From: ${from}`,
  'Subject: Re: avis',
  `In-Reply-To: <${messageId}@alize.example>`,
  '',
  'Bien reçu',
]
const reportOf = (messageId: string, recipient: string): string[] => [
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
  'MIME-Version: 1.0',
  '',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; relais.example',
  '',
  `Final-Recipient: rfc822; ${recipient}`,
  'Action: failed',
  'Status: 5.1.1',
  '',
  '--b',
  'Content-Type: text/rfc822-headers',
  '',
  `Message-ID: <${messageId}@alize.example>`,
  '',
  '--b--',
  '',
]

/** How the e-mail of somebody's contact stands. */
const contactOf = async (who: { id: string }) =>
  (
    await ctx.db.query<{ state: string; sent: boolean; left: string; messageId: string }>(
      `select c.state, c.sent_at is not null as sent, m.state as left, m.id as "messageId" from engagement.contact c
       join engagement.message m on m.order_id = c.party_id and m.occurrence = c.id::text where c.party_id = $1`,
      [who.id],
    )
  ).rows[0]

test('what the mail server may have taken is uncertain in its journey too, which can ask; an answer or a return settles it, once', async () => {
  const journeyId = await publish(asking)
  const senders: ContactSenders = {
    email: createMailSender({ article: () => null, preferences: () => 'https://alize.example/p' }),
  }
  const sends = async () => {
    await createSendContacts(senders).run(ctx, {})
    await app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)?.run(ctx, {})
  }
  const [plain, silent, answers, gone] = [await person(), await person(), await person(), await person()]
  for (const who of [plain, silent, answers, gone]) {
    mail.breaks = who === plain ? 0 : 1
    await does(who, 'return')
    await follow()
    await createRunJourneys(senders).run(ctx, {})
    await sends()
  }
  const counted = async () => {
    const { nodes } = await staff(endpoints.getJourneyResults, { params: { journeyId } })
    return nodes.find(({ nodeId }) => nodeId === 'avis')?.contacts
  }
  const learned = async () =>
    (await ctx.db.query(`select sum(sent)::int as n from engagement.contact_answer where scope = $1`, [journeyId])).rows
  // The last broke after its contact counted as sent: the next run finds it.
  await sends()
  await sends()
  expect(await contactOf(silent)).toMatchObject({ state: 'unknown', sent: true, left: 'unknown' })
  expect(await contactOf(plain)).toMatchObject({ state: 'sent', left: 'sent' })
  expect(await counted()).toMatchObject({ sent: 1, uncertain: 3, failed: 0 })
  const spent = async () => (await staff(endpoints.getJourney, { params: { journeyId } })).spentMicro
  const cost = await spent()
  const { messageId: answered = '' } = (await contactOf(answers)) ?? {}
  const { messageId: returned = '' } = (await contactOf(gone)) ?? {}
  const [reply, report] = [replyTo(answered, answers.email), reportOf(returned, gone.email)]
  for (const lines of [reply, report, reply, report]) {
    await takeMail(ctx, Buffer.from(lines.join('\r\n')), clock.now())
    await sends()
  }
  expect([await contactOf(answers), await contactOf(gone), await contactOf(silent)]).toMatchObject([
    { state: 'sent', left: 'sent' },
    { state: 'failed' },
    { state: 'unknown' },
  ])
  expect(await counted()).toMatchObject({ sent: 2, uncertain: 1, failed: 1 })
  // Each was learned of once, and what was paid for stays paid.
  expect([await learned(), await spent()]).toEqual([[{ n: 4 }], cost])
  clock.advance(31 * minuteMs)
  await createRunJourneys(senders).run(ctx, {})
  const stands = Object.fromEntries((await peopleIn(journeyId)).map(({ customerId, nodeId }) => [customerId, nodeId]))
  expect(stands).toEqual({ [plain.id]: 'out', [answers.id]: 'out', [silent.id]: 'incertain', [gone.id]: 'revenu' })
})
