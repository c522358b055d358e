import type { VisitorContact } from '@ecluse/contracts/reservations.ts'
import { Temporal } from 'temporal-polyfill'
import { assert } from '../../kernel/assert.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { refuse, Refusal } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { firstBy, requireEntitled } from './entitled.ts'
import { settlePromises } from '../promises/public.ts'
import { codeLength, promise, readContact, reminderFor, tell } from './book-appointment.ts'
import { dateIn, findSlotsIn, openDesk } from './find-slots.ts'
import {
  forgetPromisesOf,
  insertAppointment,
  insertPromisesOf,
  promisesOf,
  updateAppointment,
  type AppointmentRow,
} from './queries/appointments.ts'
import { lockAppointment, lockWaiting, shareResources } from './queries/locks.ts'
import {
  countBefore,
  endPastWaits,
  insertWaiting,
  lineOf,
  overdueOffers,
  selectWaiting,
  updateWaiting,
  waitingOf,
  waitingSites,
  type WaitingRow,
} from './queries/waiting.ts'
import { holds } from './holds-token.ts'

/** How long an hour that freed is held for whoever is first, before the next is asked. */
const holdMs = 60 * 60_000
/** How many days ahead somebody may wait for. */
const mostDays = 31

export type Wish = {
  readonly service: string
  readonly siteId: string
  readonly from: string
  readonly until: string
  readonly seats: number
  readonly contact: VisitorContact
  readonly locale: 'fr' | 'en'
}

/**
 * Somebody waits for an hour to be free on the days that suit them. When one is free already, it is held for them at once.
 * @returns how many asked before for the same
 * @throws service.not_found, channels.site_not_found, service.too_many_seats, service.days_wrong, orders.contact_required
 */
export async function joinWaitingList(ctx: Ctx, tx: Tx, wish: Wish): Promise<{ id: string; ahead: number }> {
  const desk = await openDesk(ctx, tx, wish.service, wish.siteId)
  if (wish.seats > desk.service.mostSeats) throw refuse('service.too_many_seats', { most: desk.service.mostSeats })
  await requireEntitled(ctx, tx, desk.service)
  const now = ctx.clock.now()
  const today = dateIn(desk.site.timeZone, now)
  const last = Temporal.PlainDate.from(today).add({ days: desk.service.horizonDays }).toString()
  if (wish.until < wish.from || wish.until < today || wish.from > last) throw refuse('service.days_wrong')
  const contact = readContact(wish.contact)
  await lockWaiting(tx, wish.siteId)
  const row: WaitingRow = {
    id: ctx.ids.next(),
    offering_code: wish.service,
    site_id: wish.siteId,
    seats: wish.seats,
    from_date: wish.from < today ? today : wish.from,
    until_date: wish.until > last ? last : wish.until,
    locale: wish.locale,
    contact_name: contact.name,
    contact_email: contact.email,
    contact_phone: contact.phone,
    state: 'waiting',
    asked_at: now,
    passed: [],
    appointment_id: null,
    expires_at: null,
    first_by: await firstBy(ctx, tx, contact.email),
  }
  await insertWaiting(tx, row)
  const ahead = await countBefore(tx, row)
  await offerFree(ctx, tx, wish.siteId)
  return { id: row.id, ahead }
}

/**
 * Holds what is free in a shop for those who wait, in their order: each hour for the first whom it suits. The caller holds the
 * lock of the shop's line, so that an hour given back in this transaction is seen by nobody else before.
 */
export async function offerFree(ctx: Ctx, tx: Tx, siteId: string): Promise<void> {
  for (const row of await lineOf(tx, siteId)) await offerTo(ctx, tx, row)
}

async function offerTo(ctx: Ctx, tx: Tx, row: WaitingRow): Promise<void> {
  await shareResources(tx, row.offering_code, row.site_id)
  const desk = await openDesk(ctx, tx, row.offering_code, row.site_id).catch((error: unknown) => {
    if (error instanceof Refusal) return null
    throw error
  })
  if (!desk) return
  const now = ctx.clock.now()
  const startsAt = await firstFree(ctx, tx, row, dateIn(desk.site.timeZone, now))
  if (!startsAt) return
  const expiresAt = new Date(Math.min(now.getTime() + holdMs, startsAt.getTime()))
  const id = ctx.ids.next()
  const wanted = { id, startsAt, seats: row.seats }
  // Somebody may have booked it in this very moment: the next time, then.
  const found = await promise(ctx, tx, desk, wanted, false, expiresAt).catch((error: unknown) => {
    if (error instanceof Refusal) return null
    throw error
  })
  if (!found) return
  const { promises, ...place } = found
  const appointment: AppointmentRow = {
    id,
    code: ctx.ids.code(codeLength),
    access_token: ctx.ids.secret(),
    offering_code: row.offering_code,
    site_id: row.site_id,
    ...place,
    state: 'offered',
    seats: row.seats,
    locale: row.locale,
    contact_name: row.contact_name,
    contact_email: row.contact_email,
    contact_phone: row.contact_phone,
    note: '',
    reservation_id: null,
    sequence: 0,
    remind_at: null,
    created_at: now,
    updated_at: now,
    actor: null,
  }
  await insertAppointment(tx, appointment)
  await insertPromisesOf(tx, id, promises)
  await updateWaiting(tx, row.id, { ...row, state: 'offered', appointment_id: id, expires_at: expiresAt })
  await tellOffer(ctx, tx, appointment, 'service.slot_offered', { expiresAt: expiresAt.toISOString() })
}

/** The first hour that is free for somebody, which they have not passed on. */
async function firstFree(ctx: Ctx, tx: Tx, row: WaitingRow, today: string): Promise<Date | null> {
  const from = row.from_date > today ? row.from_date : today
  const days = Temporal.PlainDate.from(from).until(row.until_date).total('days') + 1
  if (days < 1) return null
  const asked = { code: row.offering_code, siteId: row.site_id, from, seats: row.seats }
  const offer = await findSlotsIn(ctx, tx, { ...asked, days: Math.min(days, mostDays) })
  const passed = new Set(row.passed.map((at) => at.getTime()))
  const slot = offer.days.flatMap(({ slots }) => slots).find(({ startsAt }) => !passed.has(Date.parse(startsAt)))
  return slot ? new Date(slot.startsAt) : null
}

/**
 * Takes the hour that is held. Whoever comes after its time is told that it went to the next.
 * @throws service.appointment_not_found, service.appointment_state
 */
export async function acceptOffer(ctx: Ctx, tx: Tx, appointmentId: string, token: string): Promise<void> {
  const { row, waiting } = await openOffer(tx, appointmentId, token)
  const now = ctx.clock.now()
  if (!waiting.expires_at || waiting.expires_at <= now)
    throw refuse('service.appointment_state', { state: 'cancelled' })
  const promises = await promisesOf(tx, appointmentId)
  const committed = await settlePromises(ctx, tx, 'commit', promises)
  assert(committed.length === promises.length, 'what is offered is held')
  const change = { state: 'booked' as const, remind_at: reminderFor(row.starts_at, now) }
  await updateAppointment(tx, row, change, now)
  await updateWaiting(tx, waiting.id, { ...waiting, state: 'booked', expires_at: null })
  await tell(ctx, tx, { ...row, ...change }, 'service.appointment_booked')
}

/**
 * Passes the hour that is held on to the next who waits; whoever passes waits for another at the end of the line, or leaves it.
 * @throws service.appointment_not_found, service.appointment_state
 */
export async function passOffer(
  ctx: Ctx,
  tx: Tx,
  appointmentId: string,
  { token, leave }: { token: string; leave: boolean },
): Promise<void> {
  const { row, waiting } = await openOffer(tx, appointmentId, token)
  await passOn(ctx, tx, row, waiting, leave ? 'left' : 'waiting', 'release')
}

async function openOffer(tx: Tx, id: string, token: string): Promise<{ row: AppointmentRow; waiting: WaitingRow }> {
  const row = await lockAppointment(tx, id)
  if (!row || !holds(row, token)) throw refuse('service.appointment_not_found')
  await lockWaiting(tx, row.site_id)
  const waiting = row.state === 'offered' ? await waitingOf(tx, id) : undefined
  if (!waiting) throw refuse('service.appointment_state', { state: row.state })
  return { row, waiting }
}

async function passOn(
  ctx: Ctx,
  tx: Tx,
  row: AppointmentRow,
  waiting: WaitingRow,
  state: 'waiting' | 'left',
  settlement: 'release' | 'expire',
): Promise<void> {
  const now = ctx.clock.now()
  await settlePromises(ctx, tx, settlement, await promisesOf(tx, row.id))
  await forgetPromisesOf(tx, row.id)
  await updateAppointment(tx, row, { state: 'cancelled', sequence: row.sequence + 1 }, now)
  const passed = [...waiting.passed, row.starts_at]
  await updateWaiting(tx, waiting.id, { state, asked_at: now, passed, appointment_id: null, expires_at: null })
  await tellOffer(ctx, tx, row, 'service.offer_passed', { expired: settlement === 'expire' })
  await offerFree(ctx, tx, row.site_id)
}

/**
 * Passes on the hours that nobody answered for, and holds for those who wait what is free by now, whatever freed it.
 * @returns how many hours were passed on
 */
export async function keepWaitingList(ctx: Ctx): Promise<number> {
  let passed = 0
  for (const { appointment_id: id } of await overdueOffers(ctx.db, ctx.clock.now()))
    await inTransaction(ctx.db, async (tx) => {
      const row = await lockAppointment(tx, id)
      if (!row) return
      await lockWaiting(tx, row.site_id)
      const waiting = await waitingOf(tx, id)
      if (row.state !== 'offered' || !waiting?.expires_at || waiting.expires_at > ctx.clock.now()) return
      await passOn(ctx, tx, row, waiting, 'waiting', 'expire')
      passed += 1
    })
  const today = ctx.clock.now().toISOString().slice(0, 10)
  for (const siteId of await waitingSites(ctx.db))
    await inTransaction(ctx.db, async (tx) => {
      await lockWaiting(tx, siteId)
      await endPastWaits(tx, today)
      await offerFree(ctx, tx, siteId)
    })
  ctx.wakeRelay()
  return passed
}

/**
 * Takes somebody off the list; an hour that is held for them goes to the next.
 * @throws service.waiting_not_found, access.wrong_site
 */
export async function removeWaiting(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  const found = await selectWaiting(tx, id)
  if (!found) throw refuse('service.waiting_not_found')
  requireSite(ctx.actor, found.site_id)
  const row = found.appointment_id === null ? undefined : await lockAppointment(tx, found.appointment_id)
  await lockWaiting(tx, found.site_id)
  const waiting = (await selectWaiting(tx, id)) ?? found
  if (waiting.state === 'offered' && row?.state === 'offered') await passOn(ctx, tx, row, waiting, 'left', 'release')
  else if (waiting.state === 'waiting') await updateWaiting(tx, id, { ...waiting, state: 'left' })
}

async function tellOffer(
  ctx: Ctx,
  tx: Tx,
  row: AppointmentRow,
  type: 'service.slot_offered' | 'service.offer_passed',
  details: Record<string, unknown>,
): Promise<void> {
  const payload = {
    appointmentId: row.id,
    service: row.offering_code,
    siteId: row.site_id,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    ...details,
  }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: row.id, payload }])
}
