import type { Appointment } from '@ecluse/contracts/appointments.ts'
import { ApiError, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { describe, expect, inject, test } from 'vitest'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { secondServer } from '../../../../test/kit/second-server.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { createSeededRng } from '../../../kernel/rng.ts'
import { comparePools } from '../../promises/public.ts'
import { forgetContacts } from '../queries/appointments.ts'
import { remindAppointments } from '../settle-appointment.ts'

// Monday 2 March 2026, 10:00 in Paris; shops are open from 9 to 19 every day.
const test_ = await createTestShop({ products: 2, unitsPerPlace: 2 })
const { clock, ctx, shop, visitor, asStaff } = test_
const { db } = ctx
const { nantes = '', lyon = '' } = shop.sites
const manager = asStaff()
const clerk = asStaff(['orders:read', 'fulfillment:write'], [nantes])
const draw = createSeededRng(inject('seed'))
let people = 0
const person = () => ({ name: 'Inès Le Goff', email: `ines${people++}@exemple.fr` })

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}

async function service(code: string, changes: object = {}): Promise<string> {
  await manager(endpoints.putService, {
    params: { code },
    body: {
      name: { fr: code, en: code },
      description: { fr: '', en: '' },
      durationMinutes: 45,
      bufferMinutes: 15,
      stepMinutes: 30,
      starts: null,
      leadMinutes: 60,
      horizonDays: 30,
      mostSeats: 1,
      active: true,
      ...changes,
    },
  })
  return code
}
async function resource(serviceCodes: string[], changes: object = {}): Promise<string> {
  const resourceId = ctx.ids.next()
  await manager(endpoints.putResource, {
    params: { resourceId },
    body: {
      siteId: nantes,
      kind: 'workshop',
      name: 'Stand',
      capacity: 1,
      overbooking: 0,
      hours: null,
      serviceCodes,
      active: true,
      ...changes,
    },
  })
  return resourceId
}

const book = (code: string, time: string, changes: object = {}, client: Client = visitor): Promise<Appointment> =>
  client(endpoints.bookAppointment, {
    body: { service: code, siteId: nantes, startsAt: `2026-03-${time}:00+01:00`, contact: person(), ...changes },
  })
const slotsOn = async (code: string, date: string, client: Client = visitor): Promise<string[]> => {
  const query = { siteId: nantes, from: date, days: 1 }
  const { days } = await client(endpoints.listSlots, { params: { code }, query })
  return (days[0]?.slots ?? []).map(({ startsAt }) =>
    new Date(startsAt).toLocaleTimeString('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }),
  )
}
const at = (appointment: Appointment, time: string, client: Client = visitor, changes: object = {}) =>
  client(endpoints.moveAppointment, {
    params: { appointmentId: appointment.id },
    query: {},
    body: { token: appointment.accessToken ?? undefined, startsAt: `2026-03-${time}:00+01:00`, ...changes },
  })
const cancel = (appointment: Appointment, token = appointment.accessToken ?? undefined) =>
  visitor(endpoints.cancelAppointment, {
    params: { appointmentId: appointment.id },
    query: {},
    body: token === undefined ? {} : { token },
  })

describe('an appointment', () => {
  test('is booked without an account at an hour that is offered, and offered no more', async () => {
    const code = await service('etude-posturale')
    await resource([code])
    const { items } = await visitor(endpoints.listServices, { query: {} })
    expect(items.find((one) => one.code === code)).toMatchObject({ siteIds: [nantes] })
    // An hour's notice; the last one ends before closing.
    expect((await slotsOn(code, '2026-03-02'))[0]).toBe('11:00')
    expect((await slotsOn(code, '2026-03-03')).at(-1)).toBe('18:00')
    const made = await book(code, '03T10:00')
    expect(made).toMatchObject({ state: 'booked', resourceKind: 'workshop', seats: 1 })
    expect(new Date(made.endsAt).getTime() - new Date(made.startsAt).getTime()).toBe(45 * 60_000)
    expect(await slotsOn(code, '2026-03-03')).not.toContain('10:30')
    expect((await slotsOn(code, '2026-03-03')).slice(0, 2)).toEqual(['09:00', '11:00'])
    expect(await refusal(book(code, '03T10:30'))).toBe('orders.promise_full')
    for (const time of ['03T10:10', '03T08:00', '03T18:30', '02T10:30', '31T10:00'])
      expect(await refusal(book(code, time)), time).toBe(
        time === '31T10:00' ? 'not refused: undefined' : 'service.slot_not_offered',
      )
    // Its page is its holder's.
    const params = { appointmentId: made.id }
    expect(await refusal(visitor(endpoints.getAppointment, { params, query: {} }))).toBe(
      'service.appointment_not_found',
    )
    const query = { token: made.accessToken ?? '' }
    expect((await visitor(endpoints.getAppointment, { params, query })).code).toBe(made.code)
    const elsewhere = asStaff(['orders:read', 'fulfillment:write'], [lyon])
    expect(await refusal(elsewhere(endpoints.getAppointment, { params, query: {} }))).toBe(
      'service.appointment_not_found',
    )
  })

  test('is moved, by a quarter within itself or to another day, and cancelled by its link', async () => {
    const code = await service('reglage', { stepMinutes: 15, durationMinutes: 30, bufferMinutes: 0 })
    await resource([code])
    const made = await book(code, '04T10:00')
    const other = await book(code, '04T11:00')
    expect(await at(made, '04T10:15')).toMatchObject({ sequence: 1, startsAt: '2026-03-04T09:15:00.000Z' })
    expect(await slotsOn(code, '2026-03-04')).not.toContain('10:00')
    // What is taken is refused, and nothing is lost by having tried.
    expect(await refusal(at(made, '04T11:15'))).toBe('orders.promise_full')
    expect(await refusal(book(code, '04T10:30'))).toBe('orders.promise_full')
    expect(await at(made, '05T15:00')).toMatchObject({ sequence: 2 })
    expect(await slotsOn(code, '2026-03-04')).toContain('10:00')
    expect(await refusal(cancel(other, 'another-token'))).toBe('service.appointment_not_found')
    expect(await cancel(made)).toMatchObject({ state: 'cancelled' })
    expect(await cancel(made)).toMatchObject({ state: 'cancelled' })
    expect(await slotsOn(code, '2026-03-05')).toContain('15:00')
    expect(await refusal(at(made, '05T16:00'))).toBe('service.appointment_state')
    expect(await comparePools(db)).toEqual([])
  })

  test('is booked by staff without notice, with whom they choose, marked and taken back', async () => {
    const code = await service('conseil', { durationMinutes: 30, bufferMinutes: 0, leadMinutes: 1_440 })
    await resource([code], { kind: 'adviser', name: 'Anaïs' })
    const second = await resource([code], { kind: 'adviser', name: 'Basile' })
    expect(await refusal(book(code, '02T11:00'))).toBe('service.slot_not_offered')
    const made = await book(
      code,
      '02T11:00',
      { resourceId: second, contact: { name: 'Luc', phone: '0639981111' } },
      clerk,
    )
    expect(made).toMatchObject({ resourceName: 'Basile' })
    const settle = (state: 'arrived' | 'done' | 'no_show' | 'booked') =>
      clerk(endpoints.settleAppointment, { params: { appointmentId: made.id }, query: {}, body: { state } })
    expect(await settle('arrived')).toMatchObject({ state: 'arrived' })
    expect(await settle('done')).toMatchObject({ state: 'done' })
    expect(await settle('booked')).toMatchObject({ state: 'booked' })
    expect(await settle('no_show')).toMatchObject({ state: 'no_show' })
    const query = { siteId: nantes, from: '2026-03-01T00:00:00Z', until: '2026-03-03T00:00:00Z' }
    const { items } = await clerk(endpoints.listAppointments, { query })
    expect(items.map(({ id }) => id)).toEqual([made.id])
    expect(items[0]?.accessToken).toBeNull()
    // To another adviser, at the same hour.
    const later = await book(code, '04T14:00', {}, clerk)
    expect(later.resourceName).toBe('Anaïs')
    expect(await at(later, '04T14:00', clerk, { resourceId: second })).toMatchObject({ resourceName: 'Basile' })
  })

  test('is in a calendar file', async () => {
    const code = await service('entretien')
    await resource([code])
    const made = await book(code, '06T10:00')
    const url = `/api/v1/appointments/${made.id}/calendar`
    const answer = await test_.app.fastify.inject({ url: `${url}?token=${made.accessToken}` })
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(answer.body).toContain('DTSTART:20260306T090000Z')
    expect(answer.body.replaceAll('\r\n ', '')).toContain(`/mes-rendez-vous/${made.id}?token=${made.accessToken}`)
    expect((await test_.app.fastify.inject({ url })).statusCode).toBe(404)
  })

  test('keeps to closures, to hours of its own, to seats, and to what one person may have', async () => {
    const code = await service('atelier', {
      durationMinutes: 90,
      bufferMinutes: 0,
      starts: [{ weekday: 6, at: '10:00' }],
      mostSeats: 3,
    })
    const room = await resource([code], { kind: 'room', capacity: 6 })
    expect(await slotsOn(code, '2026-03-07')).toEqual(['10:00'])
    await book(code, '07T10:00', { seats: 3 })
    await book(code, '07T10:00', { seats: 2 })
    expect(await refusal(book(code, '07T10:00', { seats: 2 }))).toBe('orders.promise_full')
    expect(await refusal(book(code, '07T10:00', { seats: 4 }))).toBe('service.too_many_seats')
    await book(code, '07T10:00')
    expect(await slotsOn(code, '2026-03-07')).toEqual([])

    const closed = {
      siteId: nantes,
      resourceId: room,
      startsAt: '2026-03-14T00:00:00Z',
      endsAt: '2026-03-15T00:00:00Z',
    }
    const closure = await manager(endpoints.createClosure, { body: { ...closed, reason: 'Salon' } })
    expect(await slotsOn(code, '2026-03-14')).toEqual([])
    expect(await refusal(book(code, '14T10:00'))).toBe('service.slot_not_offered')
    await manager(endpoints.deleteClosure, { params: { closureId: closure.id } })
    expect(await slotsOn(code, '2026-03-14')).toEqual(['10:00'])

    const same = { contact: { name: 'Léo', email: 'leo@exemple.fr' } }
    const often = await service('avis', { durationMinutes: 15, bufferMinutes: 0 })
    await resource([often], { hours: [{ weekday: 2, opens: '09:00', closes: '12:00' }] })
    expect((await slotsOn(often, '2026-03-10')).length).toBe(6)
    expect(await slotsOn(often, '2026-03-11')).toEqual([])
    const tried = await Promise.all(
      ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'].map((time) => refusal(book(often, `10T${time}`, same))),
    )
    expect(tried.filter((outcome) => outcome === 'service.limit')).toHaveLength(2)
    expect(await refusal(book(often, '10T11:30', { contact: { name: 'X' } }))).toBe('orders.contact_required')
  })

  test('is overbooked no further than allowed, and not at all once that is taken back', async () => {
    const code = await service('visite', { durationMinutes: 30, bufferMinutes: 0 })
    const id = await resource([code], { capacity: 2, overbooking: 1 })
    for (let count = 0; count < 3; count++) await book(code, '11T10:00', {}, clerk)
    expect(await refusal(book(code, '11T10:00', {}, clerk))).toBe('orders.promise_full')
    await manager(endpoints.putResource, {
      params: { resourceId: id },
      body: {
        siteId: nantes,
        kind: 'workshop',
        name: 'Stand',
        capacity: 2,
        overbooking: 0,
        hours: null,
        serviceCodes: [code],
        active: true,
      },
    })
    await book(code, '11T11:00', {}, clerk)
    await book(code, '11T11:00', {}, clerk)
    expect(await refusal(book(code, '11T11:00', {}, clerk))).toBe('orders.promise_full')
  })

  test('is reminded of once, and its contact is forgotten after a year', async () => {
    const code = await service('rappel')
    await resource([code])
    const made = await book(code, '04T17:00', {}, clerk)
    expect(await remindAppointments(ctx)).toBe(0)
    clock.advance(new Date(made.startsAt).getTime() - 23 * 3_600_000 - clock.now().getTime())
    expect(await remindAppointments(ctx)).toBeGreaterThan(0)
    expect(await remindAppointments(ctx)).toBe(0)
    await inTransaction(db, (tx) => forgetContacts(tx, new Date('2027-01-01')))
    const read = await clerk(endpoints.getAppointment, { params: { appointmentId: made.id }, query: {} })
    expect(read.contact).toEqual({ name: '–', email: null, phone: null })
  })
})

describe('a fitting room', () => {
  test('goes with articles reserved to be tried, while they are kept and there, and is free again with them', async () => {
    const code = await service('cabine', { durationMinutes: 30, bufferMinutes: 0 })
    await resource([code], { kind: 'fitting_room', capacity: 1 })
    await manager(endpoints.putReservationPolicy, {
      params: { siteId: nantes },
      body: { active: true, openDays: 1, mostUnits: 4, mostOpen: 4 },
    })
    const [variantId = ''] = shop.variantIds
    const made = await manager(endpoints.createReservation, {
      body: { channel: 'web', siteId: nantes, lines: [{ variantId, quantity: 1 }], contact: person() },
    })
    const token = made.accessToken ?? ''
    const until = new Date(made.expiresAt)
    const last = new Date(until.getTime() - 60 * 60_000)
    const asked = (startsAt: Date, reservation: object) =>
      manager(endpoints.bookAppointment, {
        body: {
          service: code,
          siteId: nantes,
          startsAt: startsAt.toISOString(),
          contact: person(),
          reservation: reservation as { id: string; token: string },
        },
      })
    expect(await refusal(asked(last, { id: made.id, token: 'another' }))).toBe('orders.reservation_not_found')
    const later = new Date(last.getTime() + 24 * 60 * 60_000)
    expect(await refusal(asked(later, { id: made.id, token }))).toBe('service.slot_not_offered')
    const booked = await asked(last, { id: made.id, token })
    expect(booked).toMatchObject({ reservationId: made.id, resourceKind: 'fitting_room' })
    const of = { params: { reservationId: made.id }, query: { token } }
    expect((await visitor(endpoints.getReservationAppointment, of)).appointment?.id).toBe(booked.id)
    expect(await refusal(asked(last, { id: made.id, token }))).toBe('orders.promise_full')

    await visitor(endpoints.cancelReservation, { params: of.params, query: {}, body: { token } })
    await test_.settle()
    const params = { appointmentId: booked.id }
    expect((await clerk(endpoints.getAppointment, { params, query: {} })).state).toBe('cancelled')
    expect((await visitor(endpoints.getReservationAppointment, of)).appointment).toBeNull()
  })
})

describe('never twice', () => {
  test('k seats asked for by many through two servers: exactly k', async () => {
    const other = await secondServer(test_)
    // Networks are counted by the quarter of an hour.
    clock.advance(16 * 60_000)
    const code = await service('course', { durationMinutes: 60, bufferMinutes: 0, mostSeats: 2 })
    await resource([code], { kind: 'room', capacity: 5 })
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, index) => refusal(book(code, '18T10:00', {}, index % 2 === 0 ? visitor : other))),
    )
    expect(outcomes.filter((code_) => code_.startsWith('not refused'))).toHaveLength(5)
    expect(outcomes.filter((code_) => code_ === 'orders.promise_full')).toHaveLength(11)
    expect(await comparePools(db)).toEqual([])
  })

  test('one stand is never used by more than it has, whatever is booked, moved and cancelled at once by two servers', async () => {
    const staff = {
      kind: 'staff',
      accountId: 'desk',
      email: 'desk@alize.example',
      name: 'Desk',
      role: 'clerk',
    } as const
    const rights = { permissions: new Set(['orders:read', 'fulfillment:write'] as const), siteIds: new Set([nantes]) }
    const other = await secondServer(test_, test_.actAs({ ...staff, ...rights }))
    const lengths = [15, 20, 45, 60, 75, 120]
    const codes = await Promise.all(
      lengths.map((durationMinutes) =>
        service(`longueur-${durationMinutes}`, {
          durationMinutes,
          bufferMinutes: durationMinutes % 2 === 0 ? 10 : 0,
          stepMinutes: 15,
        }),
      ),
    )
    const capacity = 2
    const stand = await resource(codes, { capacity })
    const time = () => `20T${String(9 + draw.below(4)).padStart(2, '0')}:${['00', '15', '30', '45'][draw.below(4)]}`
    const made: Appointment[] = []
    for (let round = 0; round < 8; round++) {
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const client = index % 2 === 0 ? clerk : other
          const known = made[draw.below(Math.max(1, made.length))]
          const act = draw.below(4)
          if (known && act === 0) return void (await at(known, time(), client).catch(expected))
          if (known && act === 1) return void (await cancel(known).catch(expected))
          const code = codes[draw.below(codes.length)] ?? ''
          const booked = await book(code, time(), {}, client).catch(expected)
          if (booked) made.push(booked)
        }),
      )
    }
    const query = { siteId: nantes, from: '2026-03-20T00:00:00Z', until: '2026-03-21T00:00:00Z' }
    const { items } = await clerk(endpoints.listAppointments, { query })
    const ours = items.filter(({ resourceId }) => resourceId === stand)
    expect(made.length).toBeGreaterThan(6)
    expect(ours.length).toBeGreaterThan(0)
    for (const { startsAt } of ours) {
      const during = ours.filter((one) => one.startsAt <= startsAt && startsAt < one.endsAt)
      expect(during.length, startsAt).toBeLessThanOrEqual(capacity)
    }
    expect(await comparePools(db)).toEqual([])
  })

  const expected = (error: unknown): undefined => {
    const codes = ['orders.promise_full', 'service.slot_not_offered', 'service.appointment_state', 'service.limit']
    if (!(error instanceof ApiError) || !codes.includes(error.problem.code)) throw error
  }
})
