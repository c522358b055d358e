import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type pg from 'pg'
import { expect, test } from 'vitest'
import type { Ctx } from '../../../../kernel/context.ts'
import { inTransaction, type Db } from '../../../../kernel/db.ts'
import { createRunJourneys, createSendContacts } from '../../jobs/run-journeys.ts'
import type { ContactSender } from '../send-contacts.ts'
import { noteContactEvents } from '../told-contacts.ts'
import { createWorld, entry, exit, message, minuteMs, way, type Person } from './world.ts'

const world = await createWorld()
const { ctx, clock } = world

/** A process that dies at some point of what it says to the world outside it. */
type Death = {
  left: number
  dead: boolean
  /** Says something, unless the process is dead. */
  say<T>(speak: () => Promise<T>, cut: () => void): Promise<T>
}

/** Dies before the nth thing it says; which is when the answer to the one before was heard by nobody. */
function deathAt(nth: number): Death {
  return {
    left: nth,
    dead: false,
    say(speak, cut) {
      if (!this.dead && --this.left === 0) this.dead = true
      if (!this.dead) return speak()
      cut()
      return Promise.reject(new Error('killed'))
    },
  }
}

/** The same database, as a process that is about to die sees it: its connections are cut with it, and nothing is rolled back by it. */
function mortal(db: Db, death: Death): Db {
  const speaking = (client: pg.PoolClient): pg.PoolClient =>
    new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (name === 'query')
          return (...said: Parameters<pg.PoolClient['query']>) =>
            death.say(
              () => target.query(...said) as unknown as Promise<unknown>,
              () => target.connection.stream.destroy(),
            )
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  return new Proxy(db, {
    get(target, name) {
      if (name === 'connect') return async () => speaking(await target.connect())
      if (name === 'query')
        return (...said: Parameters<Db['query']>) =>
          death.say(
            () => target.query(...said) as unknown as Promise<unknown>,
            () => undefined,
          )
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

/** What reached people, each time. */
type Reached = { key: string; email: string; title: string }

/** Somebody who carries, in whose house no process of ours dies; whoever asked may, before asking or before the answer. */
function carrierOf(reached: Reached[], takesKey: boolean, death: Death | null): ContactSender {
  return {
    takesKey,
    async send(_ctx, { key, contact, candidate }) {
      const carry = () => {
        if (!takesKey || !reached.some((one) => one.key === key))
          reached.push({ key, email: contact.recipient, title: candidate.content.title.fr })
        return Promise.resolve()
      }
      await (death ? death.say(carry, () => undefined) : carry())
    },
  }
}

const graph = {
  nodes: [entry('order'), message('un'), exit],
  edges: [way('in', 'un'), way('un', 'out')],
}

/** One process's life: it steps, then sends. */
async function lifeOf(life: Ctx, carrier: ContactSender): Promise<void> {
  await createRunJourneys({ email: carrier }).run(life, {})
  await createSendContacts({ email: carrier }).run(life, {})
}

async function orders(): Promise<Person> {
  const who = await world.person('email')
  await world.does(who, 'order')
  await world.follow()
  return who
}

/** How many things a life says to the world outside it, with one person to take through. */
async function boundariesOf(live: (life: Ctx, death: Death) => Promise<void>): Promise<number> {
  const before = 1_000_000
  const death = deathAt(before)
  await live({ ...ctx, db: mortal(ctx.db, death) }, death)
  return before - death.left
}

/**
 * A process dies at each boundary of its life in turn; each next one takes up what it left, with somebody new on their way, and
 * dies a little later. The last one lives.
 */
async function dieEverywhere(
  prepare: () => Promise<Person>,
  live: (life: Ctx, death: Death | null) => Promise<void>,
): Promise<Person[]> {
  const first = await prepare()
  const boundaries = await boundariesOf(live)
  const people = [first]
  for (let at = 1; at <= boundaries; at++) {
    people.push(await prepare())
    const death = deathAt(at)
    await live({ ...ctx, db: mortal(ctx.db, death) }, death).catch(() => undefined)
    clock.advance(3 * minuteMs)
  }
  for (let turn = 0; turn < 6; turn++) {
    clock.advance(10 * minuteMs)
    await live(ctx, null)
  }
  return people
}

async function stepsOf(journey: string): Promise<Map<string, string[]>> {
  const { rows } = await ctx.db.query<{ party_id: string; node_id: string }>(
    'select party_id, node_id from engagement.journey_step where journey_id = $1 order by visit',
    [journey],
  )
  const steps = new Map<string, string[]>()
  for (const { party_id, node_id } of rows) steps.set(party_id, [...(steps.get(party_id) ?? []), node_id])
  return steps
}

test(
  'killed at every boundary: with a key, everybody gets everything once, and walks each node once',
  { timeout: 240_000 },
  async () => {
    await world.allow()
    const journey = await world.publish(graph)
    const reached: Reached[] = []
    const people = await dieEverywhere(orders, (life, death) => lifeOf(life, carrierOf(reached, true, death)))
    expect(people.length).toBeGreaterThan(40)
    const steps = await stepsOf(journey)
    for (const who of people) {
      expect(reached.filter(({ email }) => email === who.email)).toHaveLength(1)
      expect(steps.get(who.id)).toEqual(['in', 'un', 'out'])
    }
    // What was counted is what happened, however often it was begun.
    const params = { journeyId: journey }
    const { arms, nodes } = await world.staff(endpoints.getJourneyResults, { params })
    expect(arms).toMatchObject([{ arm: 'contacted', people: people.length, contacts: people.length }])
    expect(nodes.find(({ nodeId }) => nodeId === 'un')?.contacts).toMatchObject({ sent: people.length, queued: 0 })
    await world.staff(endpoints.stopJourney, { params, body: { reason: 'fini' } })
  },
)

test(
  'killed at every boundary: without a key, nobody gets anything twice, and what is uncertain is settled by what the carrier tells',
  { timeout: 240_000 },
  async () => {
    const journey = await world.publish(graph)
    const reached: Reached[] = []
    const queued = async (): Promise<Person> => {
      const who = await orders()
      await createRunJourneys({ email: carrierOf(reached, false, null) }).run(ctx, {})
      return who
    }
    const people = await dieEverywhere(queued, (life, death) =>
      createSendContacts({ email: carrierOf(reached, false, death) }).run(life, {}),
    )
    const { rows } = await ctx.db.query<{ id: string; party_id: string; state: string }>(
      'select id, party_id, state from engagement.contact where journey_id = $1',
      [journey],
    )
    expect(rows).toHaveLength(people.length)
    const contactsOf = async () => {
      const { nodes } = await world.staff(endpoints.getJourneyResults, { params: { journeyId: journey } })
      return nodes.find(({ nodeId }) => nodeId === 'un')?.contacts
    }
    const unknown = rows.filter(({ state }) => state === 'unknown').length
    expect(await contactsOf()).toMatchObject({ sent: people.length - unknown, failed: 0, uncertain: unknown })
    let uncertain = 0
    for (const { id, party_id, state } of rows) {
      const email = people.find((who) => who.id === party_id)?.email
      const times = reached.filter((one) => one.email === email).length
      expect(times).toBeLessThanOrEqual(1)
      if (state === 'sent') {
        expect(times).toBe(1)
        continue
      }
      expect(state).toBe('unknown')
      uncertain += 1
      // Whoever carries says what they know: that it arrived, or that it did not.
      const kind = times === 1 ? 'delivered' : 'bounced'
      const told = { contactId: id, partyId: party_id, at: clock.now(), userAgent: '', ip: '', kind } as const
      await inTransaction(ctx.db, (tx) => noteContactEvents(ctx, tx, [told]))
      const after = await ctx.db.query<{ state: string }>('select state from engagement.contact where id = $1', [id])
      expect(after.rows).toEqual([{ state: times === 1 ? 'sent' : 'failed' }])
    }
    expect(uncertain).toBeGreaterThan(1)
    expect(await contactsOf()).toMatchObject({ uncertain: 0 })
  },
)
