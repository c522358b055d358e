import type { Resource } from '@ecluse/contracts/appointments.ts'
import type { VisitorContact } from '@ecluse/contracts/reservations.ts'
import { actorLabel, may, requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { normalisePhone } from '../customers/public.ts'
import { deleteAppointmentPromises } from '../orders/public.ts'
import { setCapacity, settlePromises, takePromises } from '../promises/public.ts'
import { requireEntitled } from './entitled.ts'
import { quarterPoolId } from './domain/pool-id.ts'
import { groupsOf } from './domain/groups.ts'
import { isOpenFor, quartersOf, timesOf } from './domain/slots.ts'
import { beginningsOn, dateIn, openDesk, resourceOn, type Desk } from './find-slots.ts'
import {
  countAhead,
  forgetPromisesOf,
  insertAppointment,
  insertPromisesOf,
  promisesOf,
  type AppointmentRow,
} from './queries/appointments.ts'
import { lockPerson, shareResources } from './queries/locks.ts'

export type Booking = {
  readonly service: string
  readonly siteId: string
  readonly startsAt: Date
  readonly seats: number
  readonly contact: VisitorContact
  readonly note: string
  readonly reservationId: string | null
  readonly resourceId?: string | undefined
  readonly locale: 'fr' | 'en'
}

const hourMs = 3_600_000
/** Letters and digits of an appointment's code. */
export const codeLength = 8
/** Appointments one person may have before them, booked by themselves. */
const mostAhead = 4

/**
 * Books a service at an hour: the first resource that is open and has enough left in each quarter of it is promised, all of it or
 * nothing. Visitors keep to the notice and the horizon of the service; staff do not.
 *
 * @returns the id of the appointment
 * @throws service.not_found, channels.site_not_found, service.slot_not_offered, service.too_many_seats, orders.contact_required,
 *   service.limit, service.not_entitled, orders.promise_full, access.wrong_site
 */
export async function bookAppointment(ctx: Ctx, tx: Tx, wish: Booking): Promise<string> {
  const staff = may(ctx.actor, 'orders:read')
  if (staff) requireSite(ctx.actor, wish.siteId)
  await shareResources(tx, wish.service, wish.siteId)
  const desk = await openDesk(ctx, tx, wish.service, wish.siteId)
  if (wish.seats > desk.service.mostSeats) throw refuse('service.too_many_seats', { most: desk.service.mostSeats })
  await requireEntitled(ctx, tx, desk.service)
  const contact = readContact(wish.contact)
  if (!staff) await requireFew(ctx, tx, contact)
  const id = ctx.ids.next()
  const { promises, ...place } = await promise(ctx, tx, desk, { id, ...wish }, staff)
  const now = ctx.clock.now()
  const row: AppointmentRow = {
    id,
    code: ctx.ids.code(codeLength),
    access_token: ctx.ids.secret(),
    offering_code: wish.service,
    site_id: wish.siteId,
    ...place,
    state: 'booked',
    seats: wish.seats,
    locale: wish.locale,
    contact_name: contact.name,
    contact_email: contact.email,
    contact_phone: contact.phone,
    note: wish.note,
    reservation_id: wish.reservationId,
    sequence: 0,
    remind_at: reminderFor(wish.startsAt, now),
    created_at: now,
    updated_at: now,
    actor: actorLabel(ctx.actor),
  }
  await insertAppointment(tx, row)
  await insertPromisesOf(tx, id, promises)
  await tell(ctx, tx, row, 'service.appointment_booked')
  return id
}

/** The day before; for what is booked later than that, three hours before. */
export function reminderFor(startsAt: Date, now: Date): Date | null {
  for (const hours of [24, 3]) {
    const at = startsAt.getTime() - hours * hourMs
    if (at - now.getTime() > 2 * hourMs) return new Date(at)
  }
  return null
}

type Wanted = Pick<Booking, 'startsAt' | 'seats' | 'resourceId'> & { readonly id: string }
type Place = Pick<AppointmentRow, 'resource_id' | 'also_resource_id' | 'starts_at' | 'ends_at' | 'blocked_until'> & {
  readonly promises: readonly { promiseId: string; poolId: string }[]
}
type ResourceGroup = ReturnType<typeof groupsOf<Resource>>[number]
type Quarter = { readonly poolId: string; readonly resource: Resource }

/**
 * Who can serve an appointment at a moment: one resource, or a person and a place where the service needs both.
 * @throws service.slot_not_offered
 */
export function groupsAt(
  ctx: Ctx,
  desk: Desk,
  { startsAt, resourceId }: Pick<Wanted, 'startsAt' | 'resourceId'>,
  staff: boolean,
): { groups: ResourceGroup[]; endsAt: Date; blockedUntil: Date } {
  const { endsAt, blockedUntil } = timesOf(desk.service, startsAt)
  const date = dateIn(desk.site.timeZone, startsAt)
  const offered = beginningsOn(desk, date, ctx.clock.now(), staff).some((at) => at.getTime() === startsAt.getTime())
  const open = desk.resources.filter((resource) => isOpenFor(resourceOn(desk, resource, date), startsAt, endsAt))
  const groups = groupsOf(desk.service, open).filter(
    (group) => resourceId === undefined || group.some(({ id }) => id === resourceId),
  )
  if (!offered || groups.length === 0) throw refuse('service.slot_not_offered')
  return { groups, endsAt, blockedUntil }
}

/** The quarters of an hour of all that serves an appointment: each a pool. */
export function quartersIn(group: ResourceGroup, startsAt: Date, blockedUntil: Date): Quarter[] {
  const quarters = quartersOf(startsAt, blockedUntil)
  return group.flatMap((resource) =>
    quarters.map((quarter) => ({ resource, poolId: quarterPoolId(resource.id, quarter) })),
  )
}

/** Makes quarters promisable, by as many as their resources take. */
export async function openPools(tx: Tx, quarters: readonly Quarter[]): Promise<void> {
  // Several groups may share a place.
  const once = [...new Map(quarters.map((quarter) => [quarter.poolId, quarter])).values()]
  const kinds = new Set(once.map(({ resource }) => poolKind(resource)))
  for (const kind of kinds)
    await setCapacity(
      tx,
      kind,
      once
        .filter(({ resource }) => poolKind(resource) === kind)
        .map(({ poolId, resource }) => ({ poolId, capacity: BigInt(resource.capacity + resource.overbooking) })),
    )
}

/**
 * Takes every quarter of an appointment from who serves it, for good or to be held until a moment: all of them or none.
 * @throws service.slot_not_offered, orders.promise_full
 */
export async function promise(
  ctx: Ctx,
  tx: Tx,
  desk: Desk,
  wanted: Wanted,
  staff: boolean,
  heldUntil: Date | null = null,
): Promise<Place> {
  const { startsAt, seats } = wanted
  const { groups, endsAt, blockedUntil } = groupsAt(ctx, desk, wanted, staff)
  for (const group of groups) {
    const quarters = quartersIn(group, startsAt, blockedUntil)
    const lines = quarters.map(({ poolId }) => ({ promiseId: ctx.ids.next(), poolId, quantity: BigInt(seats) }))
    await openPools(tx, quarters)
    const as = heldUntil ? ('held' as const) : ('committed' as const)
    const demand = { referenceId: wanted.id, as, expiresAt: heldUntil, lines }
    const { refusals } = await takePromises(ctx, tx, [demand])
    if (refusals[0] !== undefined) continue
    return {
      resource_id: group[0].id,
      also_resource_id: group[1]?.id ?? null,
      starts_at: startsAt,
      ends_at: endsAt,
      blocked_until: blockedUntil,
      promises: lines,
    }
  }
  throw refuse('orders.promise_full', { kind: poolKind((groups[0] as ResourceGroup)[0]) })
}

/** Gives back every quarter of an appointment; an order it was bought with, locked by the caller, is not promised it any more. */
export async function giveBack(ctx: Ctx, tx: Tx, { id, order_id: orderId }: AppointmentRow): Promise<void> {
  await settlePromises(ctx, tx, 'cancel', await promisesOf(tx, id))
  await forgetPromisesOf(tx, id)
  if (orderId) await deleteAppointmentPromises(tx, orderId)
}

function poolKind({ kind }: Pick<Resource, 'kind'>): 'fitting_room' | 'seat' | 'appointment' {
  if (kind === 'fitting_room') return 'fitting_room'
  return kind === 'room' ? 'seat' : 'appointment'
}

type Person = { readonly name: string; readonly email: string | null; readonly phone: string | null }

/** Who somebody is, written one way. @throws orders.contact_required */
export function readContact({ name, email, phone }: VisitorContact): Person {
  const person = { name, email: email?.toLowerCase() ?? null, phone: phone === null ? null : normalisePhone(phone) }
  if (person.email === null && person.phone === null) throw refuse('orders.contact_required')
  return person
}

async function requireFew(ctx: Ctx, tx: Tx, { email, phone }: Person): Promise<void> {
  await lockPerson(
    tx,
    [email, phone].filter((key) => key !== null),
  )
  if ((await countAhead(tx, { email, phone }, ctx.clock.now())) >= mostAhead)
    throw refuse('service.limit', { most: mostAhead })
}

/** Tells what became of an appointment; nobody's name is in it. */
export async function tell(
  ctx: Ctx,
  tx: Tx,
  row: AppointmentRow,
  type: `service.appointment_${'booked' | 'moved' | 'cancelled' | 'settled'}`,
): Promise<void> {
  const payload = {
    appointmentId: row.id,
    code: row.code,
    service: row.offering_code,
    siteId: row.site_id,
    resourceId: row.resource_id,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    seats: row.seats,
    state: row.state,
    sequence: row.sequence,
  }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: row.id, payload }])
}
