import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillSegmentJob, followCustomersJob } from '../../jobs/names.ts'
import { createRunJourneys, createSendContacts } from '../../jobs/run-journeys.ts'
import { capOf } from '../load-decisions.ts'
import { candidate, createWorld, dayMs, entry, exit, message, minuteMs, wait, way } from './world.ts'

const world = await createWorld()
const { allow, clock, ctx, does, drain, follow, live, peopleIn, person, publish, sentTo, staff } = world

/** Who reserved something, as a segment; filled. */
async function reservers(): Promise<string> {
  const did = { type: 'did', what: 'reservation', atLeast: 1, not: false } as const
  const rule: SegmentRule = { match: 'all', groups: [{ match: 'all', conditions: [did] }] }
  const { id } = await staff(endpoints.createSegment, {
    body: { name: `Essayeurs ${ctx.ids.next().slice(-12)}`, rule },
  })
  await drain(fillSegmentJob.name)
  return id
}
const bySegment = (by: object, again: number | null = null) => ({
  nodes: [{ id: 'in', type: 'entry', by, againAfterDays: again }, message('un'), exit],
  edges: [way('in', 'un'), way('un', 'out')],
})
const stop = (journeyId: string) => staff(endpoints.stopJourney, { params: { journeyId }, body: { reason: 'fini' } })

test('a segment is taken in when it is published, and whoever comes into it from then on where that is asked', async () => {
  await allow()
  const [early, late, never] = [await person(), await person(), await person()]
  await does(early, 'reservation')
  await follow()
  const segmentId = await reservers()
  const now = await publish(bySegment({ kind: 'segment', segmentId, when: 'now' }))
  const entering = await publish(bySegment({ kind: 'segment', segmentId, when: 'entering' }))
  await live()
  await does(late, 'reservation')
  await does(never, 'order')
  await follow()
  await drain(followCustomersJob.name)
  await live()
  expect((await peopleIn(now)).map(({ customerId }) => customerId)).toEqual([early.id])
  expect((await peopleIn(entering)).map(({ customerId }) => customerId)).toEqual([late.id])
  expect([early, late, never].map(sentTo)).toEqual([['un'], ['un'], []])
  for (const journeyId of [now, entering]) await stop(journeyId)
})

test('a segment is taken in on its date, again each week, and nobody twice for one date', async () => {
  await allow()
  const segmentId = await reservers()
  const at = new Date(clock.now().getTime() + 2 * dayMs)
  const journeyId = await publish(bySegment({ kind: 'date', segmentId, at: at.toISOString(), every: 'week' }, 0))
  await live()
  expect(await peopleIn(journeyId)).toEqual([])
  const entered: number[] = []
  for (const days of [2, 1, 6, 7]) {
    clock.advance(days * dayMs)
    await live()
    await live()
    entered.push((await peopleIn(journeyId)).length)
  }
  const members = (await staff(endpoints.getSegment, { params: { segmentId } })).memberCount
  expect(members).toBeGreaterThan(1)
  expect(entered).toEqual([members, members, 2 * members, 3 * members])
  expect((await staff(endpoints.getJourney, { params: { journeyId } })).startsAt).toBe(
    new Date(at.getTime() + 21 * dayMs).toISOString(),
  )
  await stop(journeyId)
})

test('one waits until an hour of their own day, or until they do something, or have not for too long', async () => {
  await allow()
  clock.set('2026-06-10T08:30:00Z')
  const journeyId = await publish({
    nodes: [
      entry('order'),
      { id: 'matin', type: 'wait', until: { kind: 'time', time: '09:15', weekdays: [4] } },
      { id: 'retour', type: 'wait', until: { kind: 'event', what: 'return', minutes: 600 } },
      message('merci'),
      message('relance'),
      exit,
    ],
    edges: [
      way('in', 'matin'),
      way('matin', 'retour'),
      way('retour', 'merci', 'next'),
      way('retour', 'relance', 'timeout'),
      way('merci', 'out'),
      way('relance', 'out'),
    ],
  })
  const [paris, island, silent] = [await person(), await person(), await person()]
  // Guadeloupe is six hours behind Paris in summer.
  const address = { line1: '1 rue des Acacias', postalCode: '97110', city: 'Pointe-à-Pitre', country: 'GP' }
  await ctx.db.query('update customers.party set address = $2 where id = $1', [island.id, JSON.stringify(address)])
  for (const who of [paris, island, silent]) await does(who, 'order')
  await live()
  const standing = async () =>
    new Map((await peopleIn(journeyId)).map(({ customerId, nodeId, nextAt }) => [customerId, [nodeId, nextAt]]))
  expect((await standing()).get(paris.id)).toEqual(['matin', '2026-06-11T07:15:00.000Z'])
  expect((await standing()).get(island.id)).toEqual(['matin', '2026-06-11T13:15:00.000Z'])
  const days = { from: '2026-06-10', until: '2026-06-12' }
  const { waits } = await staff(endpoints.getContactCalendar, { query: days })
  expect(waits).toEqual([{ date: '2026-06-11', journeyId, name: expect.any(String) as string, people: 3 }])
  clock.set('2026-06-11T07:16:00Z')
  await live()
  expect((await standing()).get(paris.id)).toEqual(['retour', '2026-06-11T17:16:00.000Z'])
  expect((await standing()).get(island.id)?.[0]).toBe('matin')
  await does(paris, 'return')
  await live()
  expect([sentTo(paris), sentTo(silent)]).toEqual([['merci'], []])
  clock.set('2026-06-11T17:17:00Z')
  await live()
  expect([sentTo(paris), sentTo(silent), sentTo(island)]).toEqual([['merci'], ['relance'], []])
  await stop(journeyId)
})

test('merged, one goes on for both; taken apart, the other goes on where they stood, and is sent what is theirs', async () => {
  await allow()
  const journeyId = await publish({
    nodes: [entry('order'), wait('pause', 60), message('suite'), exit],
    edges: [way('in', 'pause'), way('pause', 'suite'), way('suite', 'out')],
  })
  const [first, second] = [await person(), await person()]
  await does(first, 'order')
  await live()
  await does(second, 'order')
  await live()
  const body = { otherId: second.id, note: 'même personne' }
  await staff(endpoints.mergeCustomers, { params: { customerId: first.id }, body })
  await live()
  const states = async () =>
    Object.fromEntries((await peopleIn(journeyId)).map(({ id, state, nodeId }) => [id, `${state} ${nodeId}`]))
  const merged = Object.values(await states())
  expect(merged.toSorted()).toEqual(['inside pause', 'merged pause'])
  expect((await staff(endpoints.getJourney, { params: { journeyId } })).people.inside).toBe(1)
  clock.advance(61 * minuteMs)
  await live()
  const after = [sentTo(first), sentTo(second)].flat()
  expect(after).toEqual(['suite'])
  await staff(endpoints.unmergeCustomer, { params: { customerId: second.id }, body: { note: 'deux personnes' } })
  await live()
  clock.advance(61 * minuteMs)
  await live()
  expect([sentTo(first), sentTo(second)]).toEqual([['suite'], ['suite']])
  expect((await staff(endpoints.getJourney, { params: { journeyId } })).people).toMatchObject({ entered: 2, inside: 0 })
  await stop(journeyId)
})

test('one who cannot be stepped holds up nobody: they stop and say so, and go on once it is mended', async () => {
  await allow()
  const journeyId = await publish({
    nodes: [entry('order'), message('suite'), exit],
    edges: [way('in', 'suite'), way('suite', 'out')],
  })
  const crowd = await Promise.all(Array.from({ length: 9 }, () => person()))
  for (const who of crowd) await does(who, 'order')
  await follow()
  const [broken] = await peopleIn(journeyId)
  const who = crowd.find(({ id }) => id === broken?.customerId)
  if (!broken || !who) throw new Error('somebody entered')
  // What is kept of them contradicts where they stand: their step cannot be written.
  await ctx.db.query(
    `insert into engagement.journey_step (party_id, participant_id, visit, journey_id, version, node_id, port, at)
     values ($1, $2, 0, $3, 1, 'in', 'next', now())`,
    [who.id, broken.id, journeyId],
  )
  await live()
  expect(crowd.filter((one) => one !== who).flatMap(sentTo)).toEqual(Array(8).fill('suite'))
  const params = { journeyId, participantId: broken.id }
  const read = async () => (await staff(endpoints.getJourneyPerson, { params })).person
  expect(await read()).toMatchObject({ state: 'stopped', reason: 'broken', nodeId: 'in', nextAt: null })
  const counts = async () => (await staff(endpoints.getJourney, { params: { journeyId } })).people.inside
  expect(await counts()).toBe(0)
  await ctx.db.query('delete from engagement.journey_step where participant_id = $1', [broken.id])
  const twice = [0, 1].map(() => staff(endpoints.resumeJourneyPerson, { params }))
  const answers = await Promise.allSettled(twice)
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await counts()).toBe(1)
  await live()
  expect(sentTo(who)).toEqual(['suite'])
  // One's way is read step by step, with what was decided, taken again.
  const { steps } = await staff(endpoints.getJourneyPerson, { params })
  expect(steps.map(({ nodeId, nodeType, port, decision }) => [nodeId, nodeType, port, decision?.replay.same])).toEqual([
    ['in', 'entry', 'next', undefined],
    ['suite', 'message', 'next', true],
    ['out', 'exit', 'exit', undefined],
  ])
  const found = async (q: string) =>
    (await staff(endpoints.listJourneyPeople, { params: { journeyId }, query: { q } })).items.map(({ id }) => id)
  await ctx.db.query(`update customers.party set search = 'zoe latour zoe@exemple.fr' where id = $1`, [who.id])
  expect([await found('Latour ZOÉ'), await found('zoe@'), await found('autre')]).toEqual([[broken.id], [broken.id], []])
  await stop(journeyId)
})

test('where many break at one step, the journey is held with that for its reason, and nobody leaves', async () => {
  await allow()
  const journeyId = await publish({
    nodes: [entry('order'), message('suite'), exit],
    edges: [way('in', 'suite'), way('suite', 'out')],
  })
  const crowd = await Promise.all(Array.from({ length: 6 }, () => person()))
  for (const who of crowd) await does(who, 'order')
  await follow()
  await ctx.db.query(
    `insert into engagement.journey_step (party_id, participant_id, visit, journey_id, version, node_id, port, at)
     select party_id, id, 0, journey_id, 1, 'in', 'next', now() from engagement.journey_participant where journey_id = $1`,
    [journeyId],
  )
  await live()
  const read = () => staff(endpoints.getJourney, { params: { journeyId } })
  expect(await read()).toMatchObject({ state: 'paused', stateReason: 'broken', stateBy: null, people: { inside: 6 } })
  await ctx.db.query('delete from engagement.journey_step where journey_id = $1', [journeyId])
  await staff(endpoints.resumeJourney, { params: { journeyId } })
  await live()
  expect(crowd.flatMap(sentTo)).toEqual(Array(6).fill('suite'))
  await stop(journeyId)
})

test('what is paused or stopped while contacts leave holds for those that have not left yet', async () => {
  await allow()
  const journeyId = await publish({
    nodes: [entry('order'), message('suite'), exit],
    edges: [way('in', 'suite'), way('suite', 'out')],
  })
  const params = { journeyId }
  for (const who of await Promise.all([person(), person(), person()])) await does(who, 'order')
  await follow()
  const reached: string[] = []
  const during = (act: () => Promise<unknown>) =>
    createSendContacts({
      email: {
        takesKey: true,
        async send(_ctx, { contact }) {
          reached.push(contact.recipient)
          await act()
        },
      },
    })
  const states = async () => {
    const { rows } = await ctx.db.query<{ told: string }>(
      `select concat_ws(' ', state, reason) as told from engagement.contact where journey_id = $1 order by 1`,
      [journeyId],
    )
    return rows.map(({ told }) => told)
  }
  await createRunJourneys(world.senders).run(ctx, {})
  await during(() => staff(endpoints.pauseJourney, { params, body: { reason: 'faute' } })).run(ctx, {})
  expect([reached.length, await states()]).toEqual([1, ['queued paused', 'queued paused', 'sent']])
  await staff(endpoints.resumeJourney, { params })
  await during(() => staff(endpoints.stopJourney, { params, body: { reason: 'annulé' } })).run(ctx, {})
  expect([reached.length, await states()]).toEqual([2, ['refused stopped', 'sent', 'sent']])
  expect(new Set(reached).size).toBe(2)
  expect((await staff(endpoints.getJourney, { params })).spentMicro).toBe(2 * 800)
})

test('each gets what is for them, at the hour at which they act; the decision keeps both', async () => {
  await allow()
  const did = { type: 'did', what: 'reservation', atLeast: 1, not: false } as const
  const only: SegmentRule = { match: 'all', groups: [{ match: 'all', conditions: [did] }] }
  const journeyId = await publish({
    nodes: [
      entry('order'),
      {
        id: 'choix',
        type: 'decision',
        candidates: [
          { ...candidate('essai', 'email', 9_000), only },
          { ...candidate('atelier', 'email', 1_000, [9]), ownHour: true },
        ],
      },
      exit,
    ],
    edges: [way('in', 'choix'), way('choix', 'out')],
  })
  const [rider, late, silent] = [await person(), await person(), await person()]
  await does(rider, 'reservation')
  for (let day = 14; day < 20; day++) {
    clock.set(`2026-06-${day}T17:10:00Z`)
    await does(late, 'collection')
  }
  clock.set('2026-06-20T05:00:00Z')
  for (const who of [rider, late, silent]) await does(who, 'order')
  await live()
  const decided = async ({ id: customerId }: { id: string }) =>
    (await staff(endpoints.listContactDecisions, { params: { customerId }, query: {} })).items[0]
  expect(await decided(rider)).toMatchObject({
    chosen: 'essai',
    replay: { same: true },
    candidates: [{ kept: true }, {}],
  })
  expect(await decided(late)).toMatchObject({
    chosen: 'atelier',
    replay: { same: true },
    contact: { sendAt: '2026-06-20T17:00:00.000Z' },
    candidates: [
      { struck: 'not_for_them', kept: false },
      { own: { acts: 7, there: 6 }, kept: true },
    ],
  })
  expect(await decided(silent)).toMatchObject({
    chosen: 'atelier',
    contact: { sendAt: '2026-06-20T07:00:00.000Z' },
    candidates: [{ struck: 'not_for_them' }, { own: null, kept: true }],
  })
  await stop(journeyId)
})

test('a cap leaves room for no more than it says in any of its windows, and says when it does again', async () => {
  const policy = await staff(endpoints.getContactPolicy, {})
  const hours = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(hours, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), (wished, contacts, days) => {
      const caps = [{ medium: null, contacts, days, treatment: null }]
      const sent: number[] = []
      const ask = (at: number) => {
        const lately = sent.map(
          (ms) => ({ party_id: '', participant_id: '', medium: 'email', purpose: '', send_at: new Date(ms) }) as const,
        )
        return capOf({ ...policy, caps }, { lately, relational: false }, 'email', new Date(at))
      }
      for (const at of wished.map((hour) => hour * 60 * minuteMs).toSorted((a, b) => a - b)) {
        const within = sent.filter((ms) => at - ms < days * dayMs).length
        const cap = ask(at)
        expect(cap === null).toBe(within < contacts)
        if (cap === null) sent.push(at)
        else {
          const from = Date.parse(cap.from ?? '')
          expect([ask(from - 1) === null, ask(from)]).toEqual([false, null])
        }
      }
    }),
    { numRuns: 60 },
  )
})
