import type { ReservationState } from '@ecluse/contracts/reservations.ts'
import { assert } from '../../../kernel/assert.ts'
import { may, requireSite, type Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import type { ReadModel } from '../../offers/public.ts'
import { transferPromises } from '../../promises/public.ts'
import { freeHolds, renewHold, tellFreed } from '../passes/hold-cart.ts'
import { selectCartLines, upsertCartLine, type KeptLine } from '../queries/carts.ts'
import { bumpTerms } from '../queries/holds.ts'
import { channelCodeOf } from '../queries/list.ts'
import { lockCart, lockReservation } from '../queries/locks.ts'
import { revokePassesOf } from '../queries/passes.ts'
import {
  overdueReservations,
  prolongHolds,
  recordBought,
  reservationsOfOrders,
  takeReminders,
  updateReservation,
  type ReservationRow,
} from '../queries/reservations.ts'
import { holdsToken } from '../read-order.ts'
import { openReservationOf } from './require-reservable.ts'

/** Whoever tries something on is not hurried: articles are kept this long once they are there. */
const tryingMs = 2 * 3_600_000

type Outcome = Extract<ReservationState, 'bought' | 'released' | 'cancelled' | 'no_show'>

/** A reservation and its cart, locked in this order; the cart is gone when it has become an order. */
async function open(tx: Tx, id: string): Promise<ReservationRow | undefined> {
  await lockCart(tx, id)
  return lockReservation(tx, id)
}

/** The same for staff of its shop. @throws orders.reservation_not_found, orders.reservation_state, access.wrong_site */
async function openForStaff(ctx: Ctx, tx: Tx, id: string): Promise<ReservationRow> {
  const row = await open(tx, id)
  if (!row) throw refuse('orders.reservation_not_found')
  requireSite(ctx.actor, row.site_id)
  if (row.ended_at) throw refuse('orders.reservation_state', { state: row.state })
  return row
}

/**
 * Its articles lie ready on a shelf of the shop: the customer is told.
 * @throws orders.reservation_not_found, orders.reservation_state, access.wrong_site
 */
export async function putAside(ctx: Ctx, tx: Tx, id: string, shelf: string | null): Promise<void> {
  const row = await openForStaff(ctx, tx, id)
  if (row.state !== 'to_put_aside' && row.state !== 'ready')
    throw refuse('orders.reservation_state', { state: row.state })
  await updateReservation(tx, row, { state: 'ready', shelf: shelf || null, ready_at: row.ready_at ?? ctx.clock.now() })
  if (row.state === 'to_put_aside') await tell(ctx, tx, row, 'orders.reservation_ready', {})
}

/**
 * The customer is there: what they try is kept for at least two hours more.
 * @throws orders.reservation_not_found, orders.reservation_state, access.wrong_site
 */
export async function receiveVisitor(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  await receive(ctx, tx, await openForStaff(ctx, tx, id))
}

async function receive(ctx: Ctx, tx: Tx, row: ReservationRow): Promise<void> {
  if (row.state === 'trying') return
  const now = ctx.clock.now()
  const until = new Date(Math.max(row.expires_at.getTime(), now.getTime() + tryingMs))
  await transferPromises(tx, prolonged(row.id, await selectCartLines(tx, row.id), until))
  await prolongHolds(tx, row.id, until)
  await updateReservation(tx, row, { state: 'trying', came_at: now, expires_at: until, remind_at: null })
  await tell(ctx, tx, row, 'orders.reservation_visited', {})
}

/** What lines hold, held until later. */
function prolonged(id: string, lines: readonly KeptLine[], expiresAt: Date) {
  return lines.flatMap(({ holdPoolId, holdPromiseId, quantity }) =>
    holdPoolId === null || holdPromiseId === null
      ? []
      : [{ poolId: holdPoolId, id: holdPromiseId, quantity: BigInt(quantity), to: id, as: 'held' as const, expiresAt }],
  )
}

/** The pass of a reservation was opened at a till: its customer is there. */
export async function receiveByPass(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  const row = await open(tx, id)
  if (row && !row.ended_at) await receive(ctx, tx, row)
}

/**
 * Puts articles back on the shelf: some, or all of them, which ends the reservation.
 * @throws orders.reservation_not_found, orders.reservation_state, access.wrong_site
 */
export async function releaseReservation(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  id: string,
  variantIds: readonly string[] | undefined,
): Promise<void> {
  const row = await openForStaff(ctx, tx, id)
  const before = await selectCartLines(tx, id)
  const leaving = variantIds ? before.filter((line) => variantIds.includes(line.variantId)) : before
  if (leaving.length === before.length) return end(ctx, tx, row, 'released')
  for (const { variantId } of leaving) await upsertCartLine(tx, id, variantId, 0, ctx.clock.now())
  await renewHold(ctx, tx, model, id, before)
  const payload = { lines: leaving.map(({ variantId, quantity }) => ({ variantId, quantity })) }
  await tell(ctx, tx, row, 'orders.reservation_lines_released', payload)
}

/**
 * Gives a reservation up, by its customer with the link or by staff. Doing it again changes nothing.
 * @throws orders.reservation_not_found, orders.reservation_state, access.wrong_site
 */
export async function cancelReservation(ctx: Ctx, tx: Tx, id: string, token: string | undefined): Promise<void> {
  const row = await open(tx, id)
  const staff = may(ctx.actor, 'fulfillment:write')
  if (!row || (!staff && !holdsToken(row, token))) throw refuse('orders.reservation_not_found')
  if (staff && !holdsToken(row, token)) requireSite(ctx.actor, row.site_id)
  if (row.state === 'cancelled') return
  if (row.ended_at) throw refuse('orders.reservation_state', { state: row.state })
  await end(ctx, tx, row, 'cancelled')
}

/**
 * Nothing is left in the cart of a reservation, or its goods were given back: that ends it, as if it had been given up or put back.
 * @returns whether it was an open reservation; one that has just been bought is not
 */
export async function leaveReservation(ctx: Ctx, tx: Tx, id: string): Promise<boolean> {
  const row = (await lockCart(tx, id)) && (await openReservationOf(tx, id))
  if (!row) return false
  await end(ctx, tx, row, may(ctx.actor, 'fulfillment:write') ? 'released' : 'cancelled')
  return true
}

/** Ends a reservation without a purchase: what it still holds is free at once, and its code opens nothing any more. */
async function end(ctx: Ctx, tx: Tx, row: ReservationRow, outcome: Exclude<Outcome, 'bought'>): Promise<void> {
  const lines = await selectCartLines(tx, row.id)
  const freed = await freeHolds(ctx, tx, row.id, lines, outcome === 'no_show' ? 'expire' : 'release')
  const now = ctx.clock.now()
  await bumpTerms(tx, row.id)
  await revokePassesOf(tx, row.id, now)
  await recordBought(tx, row.id, null)
  await updateReservation(tx, row, { state: outcome, ended_at: now, remind_at: null })
  if (freed) await tellFreed(ctx, tx, row.id, await channelCodeOf(tx, row.channel_id), lines, outcome === 'no_show')
  await tell(ctx, tx, row, 'orders.reservation_ended', { outcome, units: 0 })
}

/**
 * A cart became an order: if it was a reservation, that was bought, as far as the order has its articles; even when its time
 * had just ended, and they were taken from the shelf again.
 */
export async function settleBought(ctx: Ctx, tx: Tx, id: string, orderId: string): Promise<void> {
  const row = await open(tx, id)
  if (!row || row.state === 'bought') return
  const units = await recordBought(tx, id, orderId)
  const outcome = units > 0 ? 'bought' : 'released'
  const change = { state: outcome, ended_at: ctx.clock.now(), remind_at: null, order_id: orderId } as const
  await updateReservation(tx, row, change)
  await tell(ctx, tx, row, 'orders.reservation_ended', { outcome, units, orderId })
}

/** Orders that came to nothing bought nothing. */
export async function undoBought(tx: Tx, orderIds: readonly string[]): Promise<void> {
  for (const id of await reservationsOfOrders(tx, orderIds)) {
    const row = await lockReservation(tx, id)
    assert(row, 'a reservation found is there')
    await recordBought(tx, id, null)
    await updateReservation(tx, row, { state: 'released' })
  }
}

/**
 * Ends what was not fetched in time: a visitor who came and bought nothing has given it back, another never came.
 * @returns how many ended
 */
export async function expireReservations(ctx: Ctx): Promise<number> {
  let ended = 0
  for (const id of await overdueReservations(ctx.db, ctx.clock.now(), 200)) {
    await inTransaction(ctx.db, async (tx) => {
      // A cart that has become an order is settled by the order's own news.
      if (!(await lockCart(tx, id))) return
      const row = await lockReservation(tx, id)
      if (!row || row.ended_at || row.expires_at > ctx.clock.now()) return
      await end(ctx, tx, row, row.state === 'trying' ? 'released' : 'no_show')
      ended += 1
    })
  }
  if (ended > 0) ctx.wakeRelay()
  return ended
}

/** Tells customers, once, that what they reserved is soon for others. @returns how many */
export async function remindVisitors(ctx: Ctx): Promise<number> {
  const count = await inTransaction(ctx.db, async (tx) => {
    const due = await takeReminders(tx, ctx.clock.now())
    await publish(
      tx,
      ctx,
      due.map(({ id, code, channel_code: channelCode, expires_at: expiresAt }) => ({
        type: 'orders.reservation_ending',
        version: 1,
        aggregateId: id,
        channelCode,
        payload: { reservationId: id, code, expiresAt: expiresAt.toISOString() },
      })),
    )
    return due.length
  })
  if (count > 0) ctx.wakeRelay()
  return count
}

type Told = 'ready' | 'visited' | 'lines_released' | 'ended'

async function tell(
  ctx: Ctx,
  tx: Tx,
  row: ReservationRow,
  type: `orders.reservation_${Told}`,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const channelCode = await channelCodeOf(tx, row.channel_id)
  const payload = { reservationId: row.id, code: row.code, siteId: row.site_id, ...more }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: row.id, channelCode, payload }])
}
