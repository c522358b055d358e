import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { inTransaction } from '../../../../kernel/db.ts'
import { liftRestrictions } from '../../../customers/public.ts'
import { callSender } from '../../calls/call-sender.ts'
import { visitSender } from '../../visits/visit-sender.ts'
import { textSender } from '../text-sender.ts'
import { candidate, createWorld, dayMs, entry, exit, message, minuteMs, wait, way } from './world.ts'

const world = await createWorld({ config: { smsPrices: '+33:52000' } })
const { allow, clock, ctx, does, live, peopleIn, person, publish, sentTo, staff } = world
Object.assign(world.senders, { sms: textSender, phone: callSender, visit: visitSender })
/** A Tuesday at eleven: calls and texts are allowed. */
clock.set('2026-09-08T11:00:00+02:00')

const content = (title: string, text = 'Bonjour.') => ({
  title: { fr: title, en: '' },
  text: { fr: text, en: '' },
  link: null,
})
const one = (key: string, medium: string, valueMinor: number) => ({
  key,
  name: key,
  medium,
  content: content(key),
  valueMinor,
  hours: [],
})
const decisionsOf = async (customerId: string) =>
  (await staff(endpoints.listContactDecisions, { params: { customerId }, query: {} })).items.toReversed()

test('by one journey e-mail comes first, then what is worth most to who volunteered; a call only to who asked', async () => {
  await allow({ costs: [{ medium: 'sms', micro: 65_000 }] })
  const candidates = [one('mail', 'email', 1_000), one('texto', 'sms', 50_000), one('appel', 'phone', 90_000)]
  const decide = (id: string) => ({ id, type: 'decision', candidates })
  await publish({
    nodes: [entry('order'), decide('premier'), wait('pause', 60), decide('second'), exit],
    edges: [way('in', 'premier'), way('premier', 'pause'), way('pause', 'second'), way('second', 'out')],
  })
  const [plain, asking] = [await person('all'), await person('all')]
  const phoneOf = async (id: string) => (await staff(endpoints.getCustomer, { params: { customerId: id } })).phone
  await staff(endpoints.addCall, {
    params: { customerId: asking.id },
    body: { about: 'Une question', asked: true, purpose: 'service' },
  })
  for (const who of [plain, asking]) await does(who, 'order')
  await live()
  clock.advance(61 * minuteMs)
  await live()
  const [first, second] = await decisionsOf(plain.id)
  expect([first?.chosen, first?.candidates.map(({ struck }) => struck)]).toEqual([
    'mail',
    [null, 'email_first', 'not_asked_for'],
  ])
  expect([second?.chosen, second?.candidates.map(({ struck }) => struck)]).toEqual([
    'texto',
    [null, null, 'not_asked_for'],
  ])
  expect((await decisionsOf(asking.id))[0]).toMatchObject({
    chosen: 'appel',
    contact: { medium: 'phone', state: 'sent' },
  })
  const { rows } = await ctx.db.query(
    `select recipient, body, parts, cost_micro::int as cost from engagement.message where party_id = $1 and medium = 'sms'`,
    [plain.id],
  )
  expect(rows).toEqual([
    { recipient: await phoneOf(plain.id), body: expect.stringMatching(/^Bonjour\. .*STOP/), parts: 1, cost: 52_000 },
  ])
})

test('a text of more than one part is not published', async () => {
  const long = { id: 'long', type: 'message', medium: 'sms', content: content('', 'Un mot de plus. '.repeat(11)) }
  const graph = { nodes: [entry('return'), long, exit], edges: [way('in', 'long'), way('long', 'out')] }
  const { problems } = await staff(endpoints.createJourney, {
    body: { name: 'Trop long', graph: graph as never, settings: {} },
  })
  expect(problems).toEqual([{ code: 'text_too_long', nodeId: 'long' }])
})

test('a step puts people on the call list once, with what to say; the outcome comes back and brings them on', async () => {
  const calling = {
    id: 'appel',
    type: 'message',
    medium: 'phone',
    content: content('Votre devis', 'Demander ce qui manque.'),
  }
  const answer = { id: 'suite', type: 'wait', until: { kind: 'event', what: 'call_answered', minutes: 30 * 24 * 60 } }
  const journeyId = await publish({
    nodes: [entry('quote'), calling, answer, exit],
    edges: [way('in', 'appel'), way('appel', 'suite'), way('suite', 'out'), way('suite', 'out', 'timeout')],
  })
  const who = await person('all')
  await does(who, 'quote')
  await live()
  await live()
  const mine = async () =>
    (await staff(endpoints.listCalls, { query: { limit: 200 } })).items.filter(
      ({ customerId }) => customerId === who.id,
    )
  const [call, ...more] = await mine()
  expect([call?.about, call?.script, more]).toEqual(['Votre devis', 'Demander ce qui manque.', []])
  const params = { customerId: who.id, callId: call?.id ?? '' }
  clock.set('2026-09-09T10:30:00+02:00')
  await staff(endpoints.takeCall, { params })
  await staff(endpoints.closeCall, { params, body: { outcome: 'appointment', note: 'Samedi' } })
  await live()
  clock.advance(dayMs)
  expect(await world.peopleIn(journeyId)).toMatchObject([{ nodeId: 'out', state: 'done' }])
  const { nodes } = await staff(endpoints.getJourneyResults, { params: { journeyId } })
  expect(nodes.find(({ nodeId }) => nodeId === 'appel')?.contacts).toMatchObject({ sent: 1, clicked: 1, failed: 0 })
})

test('whose data may only be kept leave at once, wherever they wait; what was decided is not sent, and its end brings nobody back', async () => {
  await allow()
  const graph = {
    nodes: [entry('collection', 0), wait('pause', 7 * 24 * 60), message('suite'), exit],
    edges: [way('in', 'pause'), way('pause', 'suite'), way('suite', 'out')],
  }
  const journeyId = await publish(graph)
  const [waiting, other, twin] = [await person(), await person(), await person()]
  for (const who of [waiting, other, twin]) await does(who, 'collection')
  await live()
  const restrict = ({ id: customerId }: { id: string }) =>
    staff(endpoints.restrictCustomer, { params: { customerId }, body: { reason: 'accuracy', note: 'conteste' } })
  const standing = async (of: string) =>
    Object.fromEntries((await peopleIn(of)).map(({ customerId, state, reason }) => [customerId, `${state} ${reason}`]))
  await restrict(waiting)
  await live()
  expect(await standing(journeyId)).toEqual({
    [waiting.id]: 'stopped restricted',
    [other.id]: 'inside waiting',
    [twin.id]: 'inside waiting',
  })
  expect((await staff(endpoints.getJourney, { params: { journeyId } })).people).toMatchObject({ entered: 3, inside: 2 })

  // Decided before, due after.
  await publish({
    nodes: [
      entry('return'),
      { id: 'tard', type: 'decision', candidates: [candidate('tard', 'email', 9_000, [9])] },
      exit,
    ],
    edges: [way('in', 'tard'), way('tard', 'out')],
  })
  await does(other, 'return')
  await live()
  await restrict(other)
  await live()
  clock.advance(2 * dayMs)
  await live()
  expect(sentTo(other)).toEqual([])
  const [decision] = (await staff(endpoints.listContactDecisions, { params: { customerId: other.id }, query: {} }))
    .items
  expect(decision?.contact).toMatchObject({ state: 'refused', reason: 'restricted' })

  // Merged with somebody restricted, one is restricted.
  const body = { otherId: waiting.id, note: 'même personne' }
  await staff(endpoints.mergeCustomers, { params: { customerId: twin.id }, body })
  await live()
  expect((await staff(endpoints.getJourney, { params: { journeyId } })).people.inside).toBe(0)

  // Lifted, nobody comes back by it; a new collection brings them in.
  const params = { customerId: other.id }
  await staff(endpoints.endRestriction, { params, body: { told: 'par téléphone' } })
  clock.advance(2 * dayMs)
  await inTransaction(ctx.db, (tx) => liftRestrictions(ctx, tx))
  clock.advance(8 * dayMs)
  await live()
  expect([other, waiting, twin].flatMap(sentTo)).toEqual([])
  await does(other, 'collection')
  await live()
  clock.advance(8 * dayMs)
  await live()
  expect(sentTo(other)).toEqual(['suite'])
})

test('a step puts people on the list of visits once, capped and paid as any contact; what came of it is told, a refusal is an opposition', async () => {
  await allow({ caps: [{ medium: 'visit', contacts: 1, days: 90 }], costs: [{ medium: 'visit', micro: 80_000_000 }] })
  // A Friday evening: the next working day is Monday.
  clock.set('2026-10-02T18:00:00+02:00')
  const visit = { type: 'message', medium: 'visit', content: content('La flotte', 'Montrer le cargo.\nCombien ?') }
  const journeyId = await publish({
    nodes: [entry('store_visit', 0), { ...visit, id: 'visite' }, { ...visit, id: 'encore' }, wait('pause', 60), exit],
    edges: [way('in', 'visite'), way('visite', 'encore'), way('encore', 'pause'), way('pause', 'out')],
  })
  const address = {
    name: 'Roux',
    street: '12 quai des Bateliers',
    postalCode: '67000',
    locality: 'Strasbourg',
    country: 'FR',
  }
  const [keen, weary, homeless, against] = [await person(), await person('none'), await person(), await person()]
  for (const { id } of [keen, weary, against])
    await ctx.db.query('update customers.party set address = $2 where id = $1', [id, { ...address, name: id }])
  const customerOf = (id: string) => ({ params: { customerId: id } })
  const body = { act: 'withdrawn', medium: 'visit', purpose: null, proof: 'au téléphone' } as const
  await staff(endpoints.recordConsent, { ...customerOf(against.id), body })
  for (const who of [keen, weary, homeless, against]) await does(who, 'store_visit')
  await live()
  await live()
  const strikes = async (id: string) =>
    (await decisionsOf(id)).map(({ contact, candidates }) => contact?.state ?? candidates[0]?.struck)
  expect(await strikes(keen.id)).toEqual(['sent'])
  const standing = (await peopleIn(journeyId)).find(({ customerId }) => customerId === keen.id)
  expect(standing).toMatchObject({ nodeId: 'encore', reason: 'caps' })
  expect([await strikes(homeless.id), await strikes(against.id)]).toMatchObject([
    ['no_address', 'no_address'],
    ['withdrawn', 'withdrawn'],
  ])
  const listed = (await staff(endpoints.listSalesVisits, { query: {} })).items
  expect(listed.map(({ customerId }) => customerId).sort()).toEqual([keen.id, weary.id].sort())
  const [first] = listed.filter(({ customerId }) => customerId === keen.id)
  expect(first).toMatchObject({
    about: 'La flotte',
    questions: 'Montrer le cargo.\nCombien ?',
    on: '2026-10-05',
    permission: { allowed: true, reason: 'consented' },
  })
  const close = (customerId: string, outcome: 'appointment' | 'refused') =>
    staff(endpoints.closeSalesVisit, {
      params: { customerId, visitId: listed.find((one) => one.customerId === customerId)?.id ?? '' },
      body: { outcome, note: 'Ne plus venir' },
    })
  // Said no since it was planned: the list says so before anybody leaves.
  await staff(endpoints.recordConsent, { ...customerOf(keen.id), body })
  expect((await staff(endpoints.listSalesVisits, { query: {} })).items).toMatchObject(
    [keen.id, weary.id].sort().map((id) => ({ permission: { allowed: id !== keen.id } })),
  )
  clock.set('2026-10-05T11:00:00+02:00')
  await close(keen.id, 'appointment')
  expect((await close(weary.id, 'refused')).permission).toEqual({ allowed: false, reason: 'withdrawn' })
  const { entries } = await staff(endpoints.getCustomerConsents, { ...customerOf(weary.id), query: {} })
  expect(entries).toMatchObject([{ act: 'withdrawn', medium: 'visit', purpose: null, source: 'visit' }])
  const { nodes, journey } = {
    ...(await staff(endpoints.getJourneyResults, { params: { journeyId } })),
    journey: await staff(endpoints.getJourney, { params: { journeyId } }),
  }
  expect(nodes.find(({ nodeId }) => nodeId === 'visite')?.contacts).toMatchObject({ sent: 2, clicked: 1, failed: 0 })
  expect(journey.spentMicro).toBe(160_000_000)
  // Nobody comes by a journey after that.
  clock.advance(100 * dayMs)
  await live()
  expect([(await strikes(keen.id)).at(-1), (await strikes(weary.id)).at(-1)]).toEqual(['withdrawn', 'withdrawn'])
})

test('a goal is not looked for among what may only be kept; lifted, it is counted again', async () => {
  await allow()
  const goal = { id: 'but', type: 'goal', what: 'purchase', withinDays: 30 }
  const journeyId = await publish({
    nodes: [entry('appointment', 0), wait('pause', 20 * 24 * 60), exit, goal],
    edges: [way('in', 'pause'), way('pause', 'out')],
  })
  const [free, kept] = [await person(), await person()]
  for (const who of [free, kept]) await does(who, 'appointment')
  await live()
  const params = { customerId: kept.id }
  await staff(endpoints.restrictCustomer, { params, body: { reason: 'objection', note: 'conteste' } })
  clock.advance(minuteMs)
  for (const who of [free, kept]) await does(who, 'purchase')
  await live()
  const reached = async () => (await staff(endpoints.getJourney, { params: { journeyId } })).people.goal
  expect(await reached()).toBe(1)
  await staff(endpoints.endRestriction, { params, body: { told: 'par courrier' } })
  clock.advance(2 * dayMs)
  await inTransaction(ctx.db, (tx) => liftRestrictions(ctx, tx))
  await does(kept, 'purchase')
  await live()
  expect(await reached()).toBe(2)
})
