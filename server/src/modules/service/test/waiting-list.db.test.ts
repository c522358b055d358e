import { ApiError, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { secondServer } from '../../../../test/kit/second-server.ts'
import { one, query } from '../../../kernel/db.ts'
import { keepWaitingList } from '../waiting-list.ts'

// Monday 2 March 2026, 10:00 in Paris; shops are open from 9 to 19 every day.
const kit = await createTestShop({ products: 1, unitsPerPlace: 1 })
const { clock, ctx, shop, visitor, asStaff, settle } = kit
const { nantes = '', lyon = '' } = shop.sites
const manager = asStaff()
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
let people = 0

/** A service with one stand, open one hour a day: one slot of a day. */
async function scarce(code: string): Promise<string> {
  await manager(endpoints.putService, {
    params: { code },
    body: {
      name: { fr: code, en: code },
      description: { fr: '', en: '' },
      durationMinutes: 60,
      bufferMinutes: 0,
      stepMinutes: 60,
      starts: null,
      leadMinutes: 60,
      horizonDays: 30,
      mostSeats: 1,
      active: true,
    },
  })
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '14:00', closes: '15:00' }))
  await manager(endpoints.putResource, {
    params: { resourceId: ctx.ids.next() },
    body: {
      siteId: nantes,
      kind: 'workshop',
      name: 'Stand',
      capacity: 1,
      overbooking: 0,
      hours,
      active: true,
      serviceCodes: [code],
    },
  })
  return code
}

const contact = () => ({ name: 'Inès Le Goff', email: `ines${people++}@exemple.fr` })
const book = (service: string, day: string, client: Client = visitor) =>
  client(endpoints.bookAppointment, {
    body: { service, siteId: nantes, startsAt: `2026-03-${day}T14:00:00+01:00`, contact: contact() },
  })
const wait = (code: string, days: [string, string], client: Client = visitor) =>
  client(endpoints.joinWaitingList, {
    params: { code },
    body: { siteId: nantes, from: `2026-03-${days[0]}`, until: `2026-03-${days[1]}`, contact: contact() },
  })
const cancel = ({ id, accessToken }: { id: string; accessToken: string | null }, client: Client = visitor) =>
  client(endpoints.cancelAppointment, { params: { appointmentId: id }, query: {}, body: { token: accessToken ?? '' } })

/** The hour held for somebody who waits, with the secret their message carries. */
async function offerOf(waitingId: string): Promise<{ id: string; token: string; starts_at: Date } | undefined> {
  const [row] = await query<{ id: string; token: string; starts_at: Date }>(
    ctx.db,
    sql`select a.id, a.access_token as token, a.starts_at from service.waiting w join service.appointment a on a.id = w.appointment_id
        where w.id = ${waitingId} and w.state = 'offered'`,
  )
  return row
}
const stateOf = async (waitingId: string) =>
  (await one<{ state: string }>(ctx.db, sql`select state from service.waiting where id = ${waitingId}`)).state
const accept = ({ id, token }: { id: string; token: string }, client: Client = visitor) =>
  client(endpoints.acceptOffer, { params: { appointmentId: id }, query: {}, body: { token } })
const pass = ({ id, token }: { id: string; token: string }, leave = false) =>
  visitor(endpoints.passOffer, { params: { appointmentId: id }, query: {}, body: { token, leave } })

test('an hour that frees is held for the first who waits, told by message, and taken', async () => {
  const code = await scarce('etude')
  const booked = await book(code, '04')
  const first = await wait(code, ['04', '04'])
  const second = await wait(code, ['04', '04'])
  expect([first.ahead, second.ahead]).toEqual([0, 1])
  expect(await offerOf(first.id)).toBeUndefined()
  await cancel(booked)
  const offer = (await offerOf(first.id))!
  expect(offer.starts_at.toISOString()).toBe('2026-03-04T13:00:00.000Z')
  // Nobody else gets it meanwhile, not even at the moment it was given back.
  expect(await book(code, '04').catch(codeOf)).toBe('orders.promise_full')
  await settle()
  const [mail] = await query<{ template: string }>(
    ctx.db,
    sql`select template from engagement.message where order_id = ${offer.id}`,
  )
  expect(mail?.template).toBe('appointment_offered')
  const view = await visitor(endpoints.getAppointment, {
    params: { appointmentId: offer.id },
    query: { token: offer.token },
  })
  expect(view).toMatchObject({ state: 'offered', offerExpiresAt: '2026-03-02T10:00:00.000Z' })
  expect(await accept({ ...offer, token: 'guessed' }).catch(codeOf)).toBe('service.appointment_not_found')
  expect(await accept(offer)).toMatchObject({ state: 'booked', offerExpiresAt: null })
  expect(await accept(offer).catch(codeOf)).toBe('service.appointment_state')
  expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['booked', 'waiting'])
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('who does not answer in time, or passes, gives it to the next; the last gives it back to everybody', async () => {
  const code = await scarce('atelier')
  const booked = await book(code, '05')
  const [one_, two, three] = [
    await wait(code, ['03', '05']),
    await wait(code, ['05', '06']),
    await wait(code, ['05', '05']),
  ]
  // The third and the fourth are free: who can come then is offered them at once.
  expect((await offerOf(one_.id))?.starts_at.toISOString()).toBe('2026-03-03T13:00:00.000Z')
  expect((await offerOf(two.id))?.starts_at.toISOString()).toBe('2026-03-06T13:00:00.000Z')
  await cancel(booked)
  const offer = (await offerOf(three.id))!
  clock.advance(61 * 60_000)
  expect(await accept(offer).catch(codeOf)).toBe('service.appointment_state')
  expect(await keepWaitingList(ctx)).toBe(3)
  await settle()
  // Each has passed one hour, and is offered another that suits them.
  expect((await offerOf(one_.id))?.starts_at.toISOString()).toBe('2026-03-04T13:00:00.000Z')
  const next = (await offerOf(two.id))!
  expect(next.starts_at.toISOString()).toBe('2026-03-05T13:00:00.000Z')
  expect(await stateOf(three.id)).toBe('waiting')
  await pass(next, true)
  expect(await stateOf(two.id)).toBe('left')
  // Nobody is left for it who has not passed it on: everybody may book it.
  expect((await book(code, '05')).state).toBe('booked')
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('two servers: one hour given back is held once, and taken once', async () => {
  const code = await scarce('cours')
  const other = await secondServer(kit)
  for (const day of ['10', '11', '12', '13']) {
    const booked = await book(code, day)
    // One after the other: two servers' ids of one moment have no order.
    const first = await wait(code, [day, day])
    clock.advance(1_000)
    const second = await wait(code, [day, day], other)
    clock.advance(1_000)
    const results = await Promise.allSettled([
      cancel(booked),
      book(code, day, other),
      book(code, day),
      wait(code, [day, day], other),
    ])
    expect(results[0]?.status).toBe('fulfilled')
    expect(results.slice(1, 3).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await offerOf(second.id)).toBeUndefined()
    const offer = (await offerOf(first.id))!
    const answers = await Promise.allSettled([accept(offer), accept(offer, other), pass(offer)])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  }
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('days that are over or upside down are refused; staff of the shop see the line, and take somebody off it', async () => {
  const code = await scarce('conseil')
  expect(await wait(code, ['09', '08']).catch(codeOf)).toBe('service.days_wrong')
  expect(await wait(code, ['01', '01']).catch(codeOf)).toBe('service.days_wrong')
  const booked = await book(code, '20')
  const first = await wait(code, ['20', '20'])
  const second = await wait(code, ['20', '20'])
  const { items } = await manager(endpoints.listWaiting, { query: { siteId: nantes } })
  expect(items.filter(({ serviceCode }) => serviceCode === code).map(({ id }) => id)).toEqual([first.id, second.id])
  const elsewhere = asStaff(['orders:read', 'fulfillment:write'], [lyon])
  expect(await elsewhere(endpoints.listWaiting, { query: { siteId: nantes } }).catch(codeOf)).toBe('access.wrong_site')
  const remove = (client: Client, waitingId: string) => client(endpoints.removeWaiting, { params: { waitingId } })
  expect(await remove(elsewhere, first.id).catch(codeOf)).toBe('access.wrong_site')
  await cancel(booked)
  expect(await offerOf(first.id)).toBeDefined()
  await remove(manager, first.id)
  expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['left', 'offered'])
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})
