import type { AppointmentState } from '@ecluse/contracts/appointments.ts'
import { may, requireSite, type Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { insertOrderPromises, lockOrder, updateOrderAppointment } from '../orders/public.ts'
import { giveBack, promise, reminderFor, tell } from './book-appointment.ts'
import { openDesk } from './find-slots.ts'
import { holds } from './holds-token.ts'
import {
  insertPromisesOf,
  orderOfAppointment,
  takeReminders,
  updateAppointment,
  type AppointmentRow,
} from './queries/appointments.ts'
import { lockAppointment, lockWaiting, shareResources } from './queries/locks.ts'
import { offerFree } from './waiting-list.ts'

/** An appointment for whoever may change it: staff of its shop, or the holder of its token. @throws service.appointment_not_found, access.wrong_site */
async function openAppointment(
  ctx: Ctx,
  tx: Tx,
  id: string,
  token: string | undefined,
): Promise<{ row: AppointmentRow; staff: boolean }> {
  // An order and what was bought with it are locked in that order.
  const orderId = await orderOfAppointment(tx, id)
  const order = orderId === null ? undefined : await lockOrder(tx, orderId)
  if (order && order.document_state !== 'confirmed') throw refuse('service.appointment_state', { state: 'cancelled' })
  const row = await lockAppointment(tx, id)
  const staff = may(ctx.actor, 'fulfillment:write')
  if (!row || (!staff && !holds(row, token))) throw refuse('service.appointment_not_found')
  if (staff && !holds(row, token)) requireSite(ctx.actor, row.site_id)
  return { row, staff }
}

/**
 * Moves an appointment: the new time is promised and the old one given back in one moment, so that it may be moved by a quarter of
 * an hour within itself, and that who moves keeps what they had when the new time is taken.
 *
 * @throws service.appointment_not_found, service.appointment_state, service.slot_not_offered, orders.promise_full, access.wrong_site
 */
export async function moveAppointment(
  ctx: Ctx,
  tx: Tx,
  id: string,
  to: { token: string | undefined; startsAt: Date; resourceId: string | undefined },
): Promise<void> {
  const { row, staff } = await openAppointment(ctx, tx, id, to.token)
  if (row.state !== 'booked' || (!staff && row.starts_at <= ctx.clock.now()))
    throw refuse('service.appointment_state', { state: row.state })
  const sameTime = to.startsAt.getTime() === row.starts_at.getTime()
  if (sameTime && (to.resourceId === undefined || to.resourceId === row.resource_id)) return
  await shareResources(tx, row.offering_code, row.site_id)
  const desk = await openDesk(ctx, tx, row.offering_code, row.site_id)
  await lockWaiting(tx, row.site_id)
  await giveBack(ctx, tx, row)
  const wanted = { id, startsAt: to.startsAt, seats: row.seats, resourceId: to.resourceId }
  const { promises, ...place } = await promise(ctx, tx, desk, wanted, staff)
  await insertPromisesOf(tx, id, promises)
  if (row.order_id) await promiseWithOrder(tx, row.order_id, place, promises)
  const now = ctx.clock.now()
  const change = { ...place, sequence: row.sequence + 1, remind_at: reminderFor(to.startsAt, now) }
  await updateAppointment(tx, row, change, now)
  await tell(ctx, tx, { ...row, ...change }, 'service.appointment_moved')
  await offerFree(ctx, tx, row.site_id)
}

/**
 * Cancels an appointment: its time is free at once. Doing it again changes nothing.
 * @throws service.appointment_not_found, service.appointment_state, access.wrong_site
 */
export async function cancelAppointment(ctx: Ctx, tx: Tx, id: string, token: string | undefined): Promise<void> {
  const { row } = await openAppointment(ctx, tx, id, token)
  if (row.state === 'cancelled') return
  if (row.state !== 'booked') throw refuse('service.appointment_state', { state: row.state })
  await giveUp(ctx, tx, row)
}

/** Ends the appointment that was bought with an order when the order ends; what has begun stays as it was. */
export async function endWithOrder(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  const row = await lockAppointment(tx, id)
  if (row?.state === 'booked') await giveUp(ctx, tx, row)
}

async function giveUp(ctx: Ctx, tx: Tx, row: AppointmentRow): Promise<void> {
  await lockWaiting(tx, row.site_id)
  await giveBack(ctx, tx, row)
  const now = ctx.clock.now()
  if (row.order_id) await updateOrderAppointment(tx, { ...placeOf(row), order_id: row.order_id, ended_at: now })
  const change = { state: 'cancelled' as const, remind_at: null, sequence: row.sequence + 1 }
  await updateAppointment(tx, row, change, now)
  await tell(ctx, tx, { ...row, ...change }, 'service.appointment_cancelled')
  // What is given back is held for who waits, before anybody else can see it.
  await offerFree(ctx, tx, row.site_id)
}

type Place = Pick<AppointmentRow, 'resource_id' | 'also_resource_id' | 'starts_at' | 'ends_at' | 'blocked_until'>

const placeOf = ({ resource_id, also_resource_id = null, starts_at, ends_at, blocked_until }: Place) => ({
  resource_id,
  also_resource_id,
  starts_at,
  ends_at,
  blocked_until,
})

/** The new time of an appointment is promised with its order, as the old one was. */
async function promiseWithOrder(
  tx: Tx,
  orderId: string,
  place: Place,
  promises: readonly { promiseId: string; poolId: string }[],
): Promise<void> {
  await insertOrderPromises(
    tx,
    promises.map(({ promiseId, poolId }) => ({
      order_id: orderId,
      promise_id: promiseId,
      pool_id: poolId,
      kind: 'appointment' as const,
      quantity: 1,
    })),
  )
  await updateOrderAppointment(tx, { ...placeOf(place), order_id: orderId, ended_at: null })
}

const allowed: Readonly<Record<AppointmentState, readonly AppointmentState[]>> = {
  offered: [],
  booked: ['arrived', 'done', 'no_show'],
  arrived: ['done', 'booked'],
  done: ['arrived', 'booked'],
  no_show: ['booked', 'arrived'],
  cancelled: [],
}

/**
 * Notes that somebody came, was served or did not come, or takes that back. The time stays theirs: it has passed.
 * @throws service.appointment_not_found, service.appointment_state, access.wrong_site
 */
export async function settleAppointment(
  ctx: Ctx,
  tx: Tx,
  id: string,
  state: Exclude<AppointmentState, 'cancelled' | 'offered'>,
): Promise<void> {
  const { row } = await openAppointment(ctx, tx, id, undefined)
  if (row.state === state) return
  if (!allowed[row.state].includes(state)) throw refuse('service.appointment_state', { state: row.state })
  await updateAppointment(tx, row, { state, remind_at: null }, ctx.clock.now())
  await tell(ctx, tx, { ...row, state }, 'service.appointment_settled')
}

/** Reminds people of their appointments, once. @returns how many */
export async function remindAppointments(ctx: Ctx): Promise<number> {
  const count = await inTransaction(ctx.db, async (tx) => {
    const due = await takeReminders(tx, ctx.clock.now())
    await publish(
      tx,
      ctx,
      due.map(({ id, code, sequence }) => ({
        type: 'service.appointment_due',
        version: 1,
        aggregateId: id,
        payload: { appointmentId: id, code, sequence },
      })),
    )
    return due.length
  })
  if (count > 0) ctx.wakeRelay()
  return count
}
