import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Client } from '@ecluse/contracts/client.ts'
import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import { journeyGraphSchema } from '@ecluse/contracts/journey-graph.ts'
import type { JourneyParticipant } from '@ecluse/contracts/journeys.ts'
import { expect } from 'vitest'
import type { TestClock } from '../../../../../test/kit/clock.ts'
import { createTestShop, type TestShop } from '../../../../../test/kit/shop.ts'
import type { Ctx } from '../../../../kernel/context.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { recordInteractions } from '../../../customers/public.ts'
import { followJourneysJob } from '../../jobs/names.ts'
import { createRunJourneys, createSendContacts } from '../../jobs/run-journeys.ts'
import type { ContactSender, ContactSenders, OutgoingContact } from '../send-contacts.ts'

export const minuteMs = 60_000
export const dayMs = 86_400_000

export type Person = { readonly id: string; readonly email: string }

const content = (title: string) => ({ title: { fr: title, en: '' }, text: { fr: 'Bonjour.', en: '' }, link: null })
export const message = (id: string, medium: 'email' | 'sms' = 'email') =>
  ({ id, type: 'message', medium, content: content(id) }) as const
export const candidate = (key: string, medium: 'email' | 'sms', valueMinor: number, hours: number[] = []) =>
  ({ key, name: key, medium, content: content(key), valueMinor, hours }) as const
export const entry = (what: InteractionKind, againAfterDays: number | null = null) =>
  ({ id: 'in', type: 'entry', by: { kind: 'event', what }, againAfterDays }) as const
export const wait = (id: string, minutes: number) =>
  ({ id, type: 'wait', until: { kind: 'duration', minutes } }) as const
export const exit = { id: 'out', type: 'exit' } as const
export const way = (from: string, to: string, port = 'next') => ({ from, port, to })

/** People, journeys, and a carrier that keeps what it was given, over a small shop. */
export type World = {
  readonly ctx: Ctx
  readonly clock: TestClock
  readonly staff: Client
  /** What was carried, each key once. */
  readonly carried: OutgoingContact[]
  readonly senders: ContactSenders
  /** Everything that waits is followed, looked at and sent. */
  live(): Promise<void>
  /** Only followed: nobody moves. */
  follow(): Promise<void>
  /** Does what waits of jobs of a name. */
  drain(name: string): Promise<void>
  readonly app: TestShop['app']
  readonly shop: TestShop['shop']
  actAs: TestShop['actAs']
  person(consent?: 'email' | 'all' | 'none'): Promise<Person>
  does(who: Person, kind: InteractionKind, valueMinor?: bigint): Promise<void>
  publish(graph: { nodes: readonly object[]; edges: readonly object[] }, settings?: object): Promise<string>
  peopleIn(journeyId: string): Promise<JourneyParticipant[]>
  /** Titles of what reached somebody. */
  sentTo(who: Person): string[]
  /** Contacts are allowed as often as one likes, to everybody, at any hour; but for what is said. */
  allow(changes?: object): Promise<void>
}

/** Makes a world: call it at the top of a test file. */
export async function createWorld(options: Parameters<typeof createTestShop>[1] = {}): Promise<World> {
  const made = await createTestShop({ products: 2, unitsPerPlace: 50 }, options)
  const { app, clock, ctx, asStaff, settle } = made
  const staff = asStaff()
  const carried: OutgoingContact[] = []
  const carrier: ContactSender = {
    takesKey: true,
    send: (_ctx, outgoing) => {
      if (!carried.some(({ key }) => key === outgoing.key)) carried.push(outgoing)
      return Promise.resolve()
    },
  }
  const senders: ContactSenders = { email: carrier, sms: carrier }
  let nth = 0
  const drain = async (name: string): Promise<void> => {
    const job = app.wiring.jobs.find((one) => one.name === name)
    if (!job) throw new Error(`no job ${name}`)
    const { rows } = await ctx.db.query<{ payload: unknown }>(
      `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
       where t.id = j.task_id and t.identifier = $1 returning payload`,
      [name],
    )
    for (const { payload } of rows) await job.run(ctx, job.payload.parse(payload))
  }
  const follow = async (): Promise<void> => {
    await settle()
    await drain(followJourneysJob.name)
  }
  return {
    ...made,
    staff,
    carried,
    senders,
    follow,
    drain,
    async live() {
      await follow()
      await createRunJourneys(senders).run(ctx, {})
      await createSendContacts(senders).run(ctx, {})
    },
    person: (consent = 'all') => makePerson({ ctx, clock, staff }, ++nth, consent),
    async does(who, kind, valueMinor = 5_000n) {
      const event = { partyId: who.id, kind, at: clock.now(), id: ctx.ids.next(), channelCode: 'web', valueMinor }
      await inTransaction(ctx.db, (tx) => recordInteractions(ctx, tx, [event]))
    },
    async publish(graph, settings = {}) {
      // What was done before is not done after, not even at the same instant.
      clock.advance(1_000)
      const body = { name: `Essai ${++nth}`, graph: journeyGraphSchema.parse(graph), settings }
      const { id, problems } = await staff(endpoints.createJourney, { body })
      expect(problems).toEqual([])
      await staff(endpoints.publishJourney, { params: { journeyId: id }, body: { revision: 1 } })
      clock.advance(1_000)
      return id
    },
    async peopleIn(journeyId) {
      return (await staff(endpoints.listJourneyPeople, { params: { journeyId }, query: {} })).items
    },
    sentTo: (who) =>
      carried
        .filter(({ contact }) => contact.recipient === who.email)
        .map(({ candidate: { content } }) => content.title.fr),
    async allow(changes = {}) {
      const policy = await staff(endpoints.getContactPolicy, {})
      const free = { ...policy, caps: [], heldOutPercent: 0, quiet: null }
      await staff(endpoints.putContactPolicy, { body: { ...free, ...changes } })
    },
  }
}

/** Somebody who said yes on paper, to all or to e-mails alone; or nothing. */
async function makePerson(
  { ctx, clock, staff }: Pick<World, 'ctx' | 'clock' | 'staff'>,
  nth: number,
  consent: 'email' | 'all' | 'none',
): Promise<Person> {
  const id = ctx.ids.next()
  const email = `client${nth}@exemple.fr`
  await ctx.db.query(
    `insert into customers.party (id, kind, name, email, phone, locale, sort_name, search, created_at, updated_at)
     values ($1, 'person', $2, $3, $4, 'fr', '', '', $5, $5)`,
    [id, `Client ${nth}`, email, `+3361200${String(nth).padStart(4, '0')}`, clock.now()],
  )
  const medium = consent === 'email' ? 'email' : null
  const body = { act: 'granted', medium, purpose: null, proof: 'sur papier' } as const
  if (consent !== 'none') await staff(endpoints.recordConsent, { params: { customerId: id }, body })
  return { id, email }
}
