import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { MailContent } from '@ecluse/contracts/mail-templates.ts'
import { expect, test } from 'vitest'
import { inTransaction } from '../../../../kernel/db.ts'
import { resolveParties } from '../../../customers/public.ts'
import { createWorld, dayMs, entry, exit, way } from '../../journeys/test/world.ts'
import { fillSegmentJob } from '../../jobs/names.ts'
import { batchFile, batchTicket } from '../letter-files.ts'
import { letterSender } from '../letter-sender.ts'

const world = await createWorld()
const { allow, clock, ctx, does, drain, live, publish, staff } = world
Object.assign(world.senders, { letter: letterSender })

const both = (fr: string, en = fr) => ({ fr, en })
const content: MailContent = {
  subject: both('Le printemps est là'),
  preheader: both('', ''),
  title: both('Le printemps est là'),
  accent: null,
  variables: [],
  blocks: [
    { kind: 'text', text: both('Bonjour {{first_name|à vous}},\n\nPassez nous voir.') },
    { kind: 'voucher', label: both('Votre réduction'), code: '{{letter_code}}', hint: both('En magasin') },
  ],
}
let number = 0
async function template(purpose: 'marketing' | 'service' = 'marketing', changes: Partial<MailContent> = {}) {
  const body = { name: `Lettre ${++number}`, purpose, medium: 'letter' as const, topic: 'news' as const }
  const { id } = await staff(endpoints.createMailTemplate, { body: { ...body, content: { ...content, ...changes } } })
  return staff(endpoints.publishMailTemplate, { params: { templateId: id }, body: { revision: 1 } })
}
async function partyAt(name: string, street = '12 rue des Lilas', email?: string): Promise<string> {
  const address = { name, street, postalCode: '69003', locality: 'Lyon', country: 'FR' }
  const [party] = await inTransaction(ctx.db, (tx) =>
    resolveParties(ctx, tx, [
      {
        name,
        email: email ?? `${++number}@lettres.fr`,
        address: street === '' ? null : address,
        locale: 'fr',
        source: 'test',
      },
    ]),
  )
  return party?.partyId ?? ''
}
const write = (customerId: string, templateId: string) =>
  staff(endpoints.queueLetter, { params: { customerId }, body: { templateId } })
const draw = () => staff(endpoints.drawLetters, {})
const messageOf = async (partyId: string) => {
  const { rows } = await ctx.db.query(
    'select state, error, parts, cost_micro::int as cost, provider_ref as code, recipient, body, delivery from engagement.message where party_id = $1 order by id desc',
    [partyId],
  )
  return rows[0] as {
    state: string
    error: string | null
    parts: number
    cost: number
    code: string
    recipient: string
    body: string
    delivery: string | null
  }
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

test('letters are drawn once into one batch, weighed and paid by the tariff, and leave when they are handed over', async () => {
  const { id: templateId } = await template()
  const tariff = {
    bothSides: true,
    sheetGrams: 5,
    envelopeGrams: 5,
    sheetMicro: 50_000,
    classes: [{ upToGrams: 20, micro: 900_000 }],
  }
  await staff(endpoints.putLetterTariff, { body: tariff })
  const people = [await partyAt('Anne Petit'), await partyAt('Bruno Grand')]
  for (const id of people) expect(await write(id, templateId)).toEqual({ queued: 1, leftOut: {} })
  const drawn = await Promise.all([draw(), draw()])
  const batches = drawn.flatMap(({ batch }) => batch ?? [])
  expect(batches).toHaveLength(1)
  const [batch] = batches
  expect(batch).toMatchObject({ letters: 2, sheets: 2, costMicro: 1_900_000, handedOverAt: null })
  expect(batch?.classes).toEqual([{ upToGrams: 20, letters: 2, sheets: 2, costMicro: 1_900_000 }])
  const one = await messageOf(people[0] ?? '')
  expect(one).toMatchObject({
    state: 'waiting',
    parts: 1,
    cost: 950_000,
    recipient: 'Anne Petit / 12 RUE DES LILAS / 69003 LYON',
  })
  expect(one.body).toContain('Bonjour Anne,')
  expect(one.body).toContain(one.code)
  const params = { batchId: batch?.id ?? '' }
  const desk = { article: () => null, preferences: () => '', answerCode: () => 'https://shop.example/reponse' }
  for (const file of [await batchFile(ctx, desk, params.batchId), await batchTicket(ctx, params.batchId)])
    expect(file.subarray(0, 5).toString()).toBe('%PDF-')
  const handed = await Promise.all([1, 2].map(() => staff(endpoints.handOverLetters, { params })))
  expect(handed[0]?.handedOverAt).toBe(handed[1]?.handedOverAt)
  expect((await messageOf(people[1] ?? '')).state).toBe('sent')
})

test('the gate is asked as letters are written and again as they are drawn; what sells goes to nobody who refused', async () => {
  const { id: templateId } = await template()
  const [refusing, silent, nowhere, changing] = [
    await partyAt('Claire Refus'),
    await partyAt('Denis Muet'),
    await partyAt('Eve Sans', ''),
    await partyAt('Fred Change'),
  ]
  const refuse = (customerId: string) =>
    staff(endpoints.recordConsent, {
      params: { customerId },
      body: { act: 'withdrawn', medium: 'letter', purpose: 'marketing', proof: 'Courrier reçu' },
    })
  await refuse(refusing)
  expect(await write(refusing, templateId)).toEqual({ queued: 0, leftOut: { opposed: 1 } })
  expect(await write(nowhere, templateId)).toEqual({ queued: 0, leftOut: { no_address: 1 } })
  await write(silent, templateId)
  await write(changing, templateId)
  await refuse(changing)
  const { batch, refused } = await draw()
  expect([batch?.letters, refused]).toEqual([1, { opposed: 1 }])
  expect(await messageOf(changing)).toMatchObject({ state: 'failed', error: 'letter: opposed' })
  const { id: service } = await template('service')
  expect(await write(refusing, service)).toEqual({ queued: 1, leftOut: {} })
})

test('a letter that came back marks its address dead, once; one that was refused is a refusal', async () => {
  const { id: templateId } = await template()
  const [gone, refusing] = [await partyAt('Gaston Parti'), await partyAt('Hélène Non')]
  for (const id of [gone, refusing]) await write(id, templateId)
  await draw()
  const back = async (id: string, reason: 'npai' | 'refused') =>
    staff(endpoints.returnLetter, { body: { code: (await messageOf(id)).code.toLowerCase(), reason } })
  expect(await back(gone, 'npai')).toMatchObject({ customerId: gone, name: 'Gaston Parti', news: true })
  expect(await back(gone, 'npai')).toMatchObject({ news: false })
  expect(await messageOf(gone)).toMatchObject({ state: 'sent', delivery: 'undelivered', error: 'returned: npai' })
  expect(await write(gone, templateId)).toEqual({ queued: 0, leftOut: { dead_address: 1 } })
  // Whoever lives there now is somebody else.
  expect(await write(await partyAt('Irène Nouvelle'), templateId)).toMatchObject({ queued: 1 })
  await back(refusing, 'refused')
  expect(await write(refusing, templateId)).toEqual({ queued: 0, leftOut: { opposed: 1 } })
  const [dead] = (await staff(endpoints.listDeadAddresses, { query: {} })).items
  expect(dead).toMatchObject({ address: 'gaston parti / 12 rue des lilas / 69003 lyon', reason: 'npai' })
  await staff(endpoints.liftDeadAddress, { body: { address: dead?.address ?? '' } })
  expect(await write(gone, templateId)).toMatchObject({ queued: 1 })
  expect(await codeOf(staff(endpoints.returnLetter, { body: { code: 'LT-AAAA-AAAA', reason: 'npai' } }))).toBe(
    'engagement.letter_unknown',
  )
})

test('a segment is written to once for each version; a code that is told is in the history, and can end letters', async () => {
  const { id: templateId } = await template()
  const one = await partyAt('Jean Segment', '3 place Bellecour', 'jean@courrier.fr')
  const [opposed, chosen, other] = [
    await partyAt('Maud Foyer', '5 quai du Port'),
    await partyAt('Noé Foyer', '5 quai du Port'),
    await partyAt('Odile Foyer', '5 quai du Port'),
  ]
  for (const otherId of [chosen, other])
    await staff(endpoints.joinHousehold, { params: { customerId: opposed }, body: { otherId } })
  await staff(endpoints.recordConsent, {
    params: { customerId: opposed },
    body: { act: 'withdrawn', medium: 'letter', purpose: 'marketing', proof: 'Courrier reçu' },
  })

  const { id: segmentId } = await staff(endpoints.createSegment, {
    body: {
      name: 'Courrier',
      description: '',
      rule: { match: 'all', groups: [{ match: 'all', conditions: [{ type: 'reachable', by: 'post' }] }] },
    },
  })
  await drain(fillSegmentJob.name)

  const queue = () => staff(endpoints.queueLettersOfSegment, { params: { segmentId }, body: { templateId } })
  const first = await queue()
  expect(first.queued).toBeGreaterThan(0)
  // One letter for a household: of who may get it, who is a customer longest. What one refused binds nobody else.
  expect(first.leftOut).toMatchObject({ household: 1 })
  const texts = async (id: string) => (await messageOf(id))?.state ?? 'none'
  expect([await texts(opposed), await texts(chosen), await texts(other)]).toEqual(['none', 'waiting', 'none'])
  expect(await queue()).toMatchObject({ queued: 0, leftOut: { household: 1 } })
  // By name, and of what everybody has to know, each gets their own.
  expect(await write(other, templateId)).toEqual({ queued: 1, leftOut: {} })
  const { id: service } = await template('service')
  const told = await staff(endpoints.queueLettersOfSegment, { params: { segmentId }, body: { templateId: service } })
  expect(told.leftOut).not.toHaveProperty('household')
  expect(await texts(opposed)).toBe('waiting')
  await draw()
  const { code } = await messageOf(one)
  const answer = { body: { code } }
  expect(await staff(endpoints.noteLetterAnswer, answer)).toMatchObject({ customerId: one, news: true })
  expect(await staff(endpoints.noteLetterAnswer, answer)).toMatchObject({ news: false })
  const { items } = await staff(endpoints.listAnswers, { query: { customerId: one } })
  expect(items).toMatchObject([{ medium: 'letter', text: code, wish: 'neither' }])
  await staff(endpoints.answerLetter, { body: { code, stop: true } })
  expect(await write(one, templateId)).toEqual({ queued: 0, leftOut: { opposed: 1 } })
})

test('a journey sends a letter; its code brings whoever waits for it on, and what came back stays paid', async () => {
  await allow({ costs: [{ medium: 'letter', micro: 1_200_000 }] })
  const letter = {
    id: 'lettre',
    type: 'message',
    medium: 'letter',
    content: { title: both('Une invitation'), text: both('Venez nous voir.'), link: null },
  }
  const pause = { id: 'reponse', type: 'wait', until: { kind: 'event', what: 'answer', minutes: 60 * 24 * 20 } }
  const done = { id: 'parti', type: 'exit' }
  const journeyId = await publish({
    nodes: [entry('order'), letter, pause, exit, done],
    edges: [way('in', 'lettre'), way('lettre', 'reponse'), way('reponse', 'out'), way('reponse', 'parti', 'timeout')],
  })
  const [answers, gone] = [await partyAt('Karl Répond'), await partyAt('Lise Partie')]
  const [mother, son] = [await partyAt('Paule Maison'), await partyAt('Quentin Maison')]
  await staff(endpoints.joinHousehold, { params: { customerId: son }, body: { otherId: mother } })
  for (const id of [answers, gone, mother, son]) await does({ id, email: '' }, 'order')
  await live()
  const decided = await Promise.all(
    [mother, son].map((customerId) => staff(endpoints.listContactDecisions, { params: { customerId }, query: {} })),
  )
  expect(new Set(decided.map(({ items }) => items[0]?.reason))).toEqual(new Set(['household', 'only']))
  const { batch } = await draw()
  expect(batch?.letters).toBeGreaterThanOrEqual(2)
  await staff(endpoints.handOverLetters, { params: { batchId: batch?.id ?? '' } })
  clock.advance(3 * dayMs)
  await staff(endpoints.noteLetterAnswer, { body: { code: (await messageOf(answers)).code } })
  await staff(endpoints.returnLetter, { body: { code: (await messageOf(gone)).code, reason: 'npai' } })
  await live()
  const people = await world.peopleIn(journeyId)
  const stands = new Map(people.map(({ customerId, nodeId, state }) => [customerId, `${nodeId} ${state}`]))
  expect([stands.get(answers), stands.get(gone)]).toEqual(['out done', 'reponse inside'])
  const results = await staff(endpoints.getJourneyResults, { params: { journeyId } })
  const node = results.nodes.find(({ nodeId }) => nodeId === 'lettre')
  expect(node).toMatchObject({ costMicro: 3_600_000, contacts: { sent: 2, failed: 1, clicked: 1 } })
})
