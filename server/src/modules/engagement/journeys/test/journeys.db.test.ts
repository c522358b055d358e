import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { inTransaction } from '../../../../kernel/db.ts'
import { isHeldOut } from '../domain/draw.ts'
import { candidate, createWorld, dayMs, entry, exit, message, minuteMs, wait, way } from './world.ts'

const world = await createWorld()
const { allow, clock, ctx, does, live, peopleIn, person, publish, sentTo, staff } = world

test('who orders enters once, waits, is written to by what they did, and leaves', async () => {
  await allow()
  const journeyId = await publish({
    nodes: [
      entry('order'),
      message('bienvenue'),
      wait('pause', 60),
      { id: 'revenu', type: 'branch', on: { kind: 'did', what: 'return' } },
      message('merci'),
      exit,
    ],
    edges: [
      way('in', 'bienvenue'),
      way('bienvenue', 'pause'),
      way('pause', 'revenu'),
      way('revenu', 'out', 'yes'),
      way('revenu', 'merci', 'no'),
      way('merci', 'out'),
    ],
  })
  const [keeps, returns] = [await person(), await person()]
  await does(keeps, 'order')
  await does(returns, 'order')
  await live()
  await live()
  expect([sentTo(keeps), sentTo(returns)]).toEqual([['bienvenue'], ['bienvenue']])
  expect((await peopleIn(journeyId)).map(({ nodeId, reason }) => [nodeId, reason])).toEqual([
    ['pause', 'waiting'],
    ['pause', 'waiting'],
  ])
  await does(returns, 'return')
  clock.advance(60 * minuteMs)
  await does(keeps, 'order')
  await live()
  expect([sentTo(keeps), sentTo(returns)]).toEqual([['bienvenue', 'merci'], ['bienvenue']])
  const journey = await staff(endpoints.getJourney, { params: { journeyId } })
  expect(journey.people).toEqual({ entered: 2, inside: 0, goal: 0 })
  expect(journey.spentMicro).toBe(3 * 800)
  await staff(endpoints.stopJourney, { params: { journeyId }, body: { reason: 'fini' } })
})

const simple = {
  nodes: [entry('order'), wait('pause', 60), message('offre'), exit],
  edges: [way('in', 'pause'), way('pause', 'offre'), way('offre', 'out')],
}

test('a pause holds everybody, a correction moves them on, and what stops says so', async () => {
  await allow()
  const journeyId = await publish(simple)
  const params = { journeyId }
  const [one, two] = [await person(), await person()]
  await does(one, 'order')
  await does(two, 'order')
  await live()
  const paused = await staff(endpoints.pauseJourney, { params, body: { reason: 'faute dans le texte' } })
  expect(paused).toMatchObject({ state: 'paused', stateReason: 'faute dans le texte' })
  clock.advance(61 * minuteMs)
  await live()
  expect(sentTo(one)).toEqual([])
  const graph = {
    nodes: [entry('order'), wait('attente', 60), message('corrigee'), exit],
    edges: [way('in', 'attente'), way('attente', 'corrigee'), way('corrigee', 'out')],
  }
  const { revision } = await staff(endpoints.updateJourney, { params, body: { graph, revision: 1 } })
  const body = { revision, people: 'move', instead: { pause: 'corrigee' } } as const
  const published = await staff(endpoints.publishJourney, { params, body })
  expect(published).toMatchObject({ state: 'running', publishedVersion: 2 })
  await live()
  expect([sentTo(one), sentTo(two)]).toEqual([['corrigee'], ['corrigee']])
  const three = await person()
  await does(three, 'order')
  await live()
  await staff(endpoints.stopJourney, { params, body: { reason: 'opération annulée' } })
  clock.advance(61 * minuteMs)
  await live()
  expect(sentTo(three)).toEqual([])
  expect((await peopleIn(journeyId))[0]).toMatchObject({ customerId: three.id, state: 'stopped', reason: 'stopped' })
  await expect(staff(endpoints.resumeJourney, { params })).rejects.toMatchObject({
    problem: { code: 'engagement.journey_state' },
  })
})

test('nothing is sent without permission, beyond the caps, or beyond the budget; each is decided and says why', async () => {
  await allow({ caps: [{ medium: null, contacts: 1, days: 7 }] })
  const choice = {
    nodes: [
      entry('order'),
      {
        id: 'choix',
        type: 'decision',
        candidates: [candidate('mail', 'email', 2_000), candidate('texto', 'sms', 9_000)],
      },
      exit,
    ],
    edges: [way('in', 'choix'), way('choix', 'out')],
  }
  const first = await publish(choice)
  const second = await publish(simple, { budgetMinor: 0 })
  const [all, byMail, nobody] = [await person('all'), await person('email'), await person('none')]
  for (const who of [all, byMail, nobody]) await does(who, 'order')
  await live()
  const decisions = async (id: string) =>
    (await staff(endpoints.listContactDecisions, { params: { customerId: id }, query: {} })).items
  const [best] = await decisions(all.id)
  expect(best).toMatchObject({
    chosen: 'mail',
    reason: 'best',
    contact: { state: 'sent', medium: 'email' },
    candidates: [{ struck: null }, { key: 'texto', struck: 'email_first' }],
    replay: { same: true },
  })
  expect((await decisions(byMail.id))[0]).toMatchObject({
    chosen: 'mail',
    candidates: [{ struck: null }, { key: 'texto', struck: 'not_asked' }],
    replay: { same: true },
  })
  expect((await decisions(nobody.id))[0]).toMatchObject({ chosen: null, reason: 'not_asked', contact: null })
  // The other journey would write too, within the week, and has no budget: it waits for the cap, then finds no money.
  clock.advance(61 * minuteMs)
  await live()
  expect((await peopleIn(second)).find(({ customerId }) => customerId === all.id)).toMatchObject({
    reason: 'caps',
    nodeId: 'offre',
  })
  clock.advance(7 * dayMs)
  await live()
  expect((await decisions(all.id))[0]).toMatchObject({ chosen: null, reason: 'budget', replay: { same: true } })
  for (const journeyId of [first, second])
    await staff(endpoints.stopJourney, { params: { journeyId }, body: { reason: 'fini' } })
})

test('who withdraws between the decision and its moment gets nothing, and it costs nothing', async () => {
  await allow()
  const at = new Date(clock.now().getTime() + dayMs)
  clock.set(`${at.toISOString().slice(0, 10)}T05:00:00Z`)
  const journeyId = await publish({
    nodes: [
      entry('order'),
      { id: 'choix', type: 'decision', candidates: [candidate('matin', 'email', 900, [9])] },
      exit,
    ],
    edges: [way('in', 'choix'), way('choix', 'out')],
  })
  const who = await person()
  await does(who, 'order')
  await live()
  const params = { customerId: who.id }
  const read = async () => (await staff(endpoints.listContactDecisions, { params, query: {} })).items[0]
  expect(await read()).toMatchObject({ chosen: 'matin', contact: { state: 'queued' } })
  await staff(endpoints.recordConsent, {
    params,
    body: { act: 'withdrawn', medium: 'email', purpose: 'marketing', proof: 'au téléphone' },
  })
  clock.advance(dayMs)
  await live()
  expect(await read()).toMatchObject({ contact: { state: 'refused', reason: 'withdrawn' } })
  expect((await staff(endpoints.getJourney, { params: { journeyId } })).spentMicro).toBe(0)
  await staff(endpoints.stopJourney, { params: { journeyId }, body: { reason: 'fini' } })
})

test('held out stays held out across a merge, and results are lift with an interval', { timeout: 60_000 }, async () => {
  await allow()
  const journeyId = await publish(
    {
      nodes: [
        entry('order'),
        message('relance'),
        wait('pause', 6_000),
        exit,
        { id: 'but', type: 'goal', what: 'return', withinDays: 30 },
      ],
      edges: [way('in', 'relance'), way('relance', 'pause'), way('pause', 'out')],
    },
    { heldOutPercent: 50 },
  )
  const crowd = await Promise.all(Array.from({ length: 40 }, () => person()))
  for (const who of crowd) await does(who, 'order')
  await live()
  const held = crowd.filter(({ id }) => isHeldOut(journeyId, 50, [id]))
  const asked = crowd.filter(({ id }) => !isHeldOut(journeyId, 50, [id]))
  expect(held.length).toBeGreaterThan(5)
  expect(held.flatMap(sentTo)).toEqual([])
  expect(asked.flatMap(sentTo)).toHaveLength(asked.length)
  for (const who of asked.slice(0, 10)) await does(who, 'return', 10_000n)
  for (const who of held.slice(0, 2)) await does(who, 'return', 10_000n)
  await live()
  await live()
  const results = await staff(endpoints.getJourneyResults, { params: { journeyId } })
  expect(
    results.arms.map(({ arm, people, goal, contacts, valueMinor }) => ({ arm, people, goal, contacts, valueMinor })),
  ).toEqual([
    { arm: 'contacted', people: asked.length, goal: 10, contacts: asked.length, valueMinor: 100_000 },
    { arm: 'held_out', people: held.length, goal: 2, contacts: 0, valueMinor: 20_000 },
  ])
  const difference = 10 / asked.length - 2 / held.length
  expect(results.lift?.rate.difference).toBeCloseTo(difference, 9)
  expect(results.lift?.rate.low).toBeLessThan(difference)
  expect(results.lift?.netMinor.difference).toBeCloseTo(3_000 * difference - 0.08, 6)
  expect(results.nodes.find(({ nodeId }) => nodeId === 'relance')).toMatchObject({
    visits: asked.length,
    contacts: { sent: asked.length, queued: 0 },
  })
  // Merged with somebody held out, somebody contacted counts as held out; the one who entered later waits aside, and comes back.
  const [control, treated] = [held.at(-1), asked.at(-1)]
  if (!control || !treated) throw new Error('both arms have people')
  await staff(endpoints.mergeCustomers, {
    params: { customerId: control.id },
    body: { otherId: treated.id, note: 'même personne' },
  })
  await live()
  expect((await peopleIn(journeyId)).filter(({ state }) => state === 'merged')).toHaveLength(1)
})

test('who is left alone by all journeys is compared with nobody, and never contacted', async () => {
  await allow({ heldOutPercent: 30 })
  const journeyId = await publish(
    { nodes: [entry('order'), message('seule'), exit], edges: [way('in', 'seule'), way('seule', 'out')] },
    { heldOutPercent: 30 },
  )
  const crowd = await Promise.all(Array.from({ length: 40 }, () => person()))
  for (const who of crowd) await does(who, 'order')
  await live()
  const ofAll = crowd.filter(({ id }) => isHeldOut(null, 30, [id]))
  const ofThis = crowd.filter((one) => !ofAll.includes(one) && isHeldOut(journeyId, 30, [one.id]))
  const contacted = crowd.length - ofAll.length - ofThis.length
  expect(Math.min(ofAll.length, ofThis.length)).toBeGreaterThan(0)
  expect(ofAll.flatMap(sentTo)).toEqual([])
  expect(ofThis.flatMap(sentTo)).not.toContain('seule')
  const { arms, nodes } = await staff(endpoints.getJourneyResults, { params: { journeyId } })
  expect(Object.fromEntries(arms.map(({ arm, people }) => [arm, people]))).toEqual({
    contacted,
    held_out: ofThis.length,
    held_out_of_all: ofAll.length,
  })
  expect(nodes.find(({ nodeId }) => nodeId === 'seule')).toMatchObject({ visits: contacted })
  await staff(endpoints.stopJourney, { params: { journeyId }, body: { reason: 'fini' } })
  await allow()
})

test('what machines open and click is kept apart, and told twice counts once', async () => {
  const [contact] = world.carried.toReversed()
  if (!contact) throw new Error('something was carried')
  const at = new Date(clock.now().getTime() + 30 * minuteMs).toISOString()
  const of = { contactId: contact.key, customerId: contact.contact.party_id, at, ip: '' }
  const events = [
    { ...of, kind: 'opened', userAgent: 'Mozilla/5.0' },
    { ...of, kind: 'clicked', userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' },
  ] as const
  const body = { events: [...events] }
  expect(await staff(endpoints.recordContactEvents, { body })).toEqual({ recorded: 2 })
  expect(await staff(endpoints.recordContactEvents, { body })).toEqual({ recorded: 0 })
  const { rows } = await ctx.db.query(
    `select kind, detail from customers.interaction where party_id = $1 and id = $2 order by kind`,
    [contact.contact.party_id, contact.key],
  )
  expect(rows).toEqual(['click', 'machine_open'].map((kind) => ({ kind, detail: contact.contact.medium })))
  const params = { journeyId: contact.contact.journey_id }
  const { nodes } = await staff(endpoints.getJourneyResults, { params })
  expect(nodes.find(({ nodeId }) => nodeId === contact.contact.node_id)?.contacts).toMatchObject({
    opened: 0,
    openedByMachine: 1,
    clicked: 1,
    clickedByMachine: 0,
  })
})

test('of two who look at once, one has its turn, and nobody steps twice', async () => {
  const journeyId = await publish(simple)
  const crowd = await Promise.all(Array.from({ length: 10 }, () => person()))
  for (const who of crowd) await does(who, 'order')
  await world.follow()
  await Promise.all([live(), live(), live()])
  clock.advance(61 * minuteMs)
  await Promise.all([live(), live(), live()])
  await live()
  expect(crowd.flatMap(sentTo).filter((title) => title === 'offre')).toHaveLength(10)
  const { rows } = await inTransaction(ctx.db, (tx) =>
    tx.query<{ n: string }>('select count(*) as n from engagement.journey_step where journey_id = $1', [journeyId]),
  )
  expect(Number(rows[0]?.n)).toBe(40)
})
