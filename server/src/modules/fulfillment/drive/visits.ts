import { requireSite, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { whereAt } from '../../channels/public.ts'
import { holdsToken, lockOrder, type OrderRow } from '../../orders/public.ts'
import { settlePromises, takePromises } from '../../promises/public.ts'
import {
  isAwaited,
  saveVisit,
  selectDriveSites,
  selectVisit,
  slotOfOrder,
  type DriveVisitRow,
} from '../queries/drive.ts'
import { bayPoolOf } from './slots.ts'

/**
 * A customer of a drive says that they are there. Said again, the car or the bay changes, and the time they have waited does not.
 * @throws orders.not_found, fulfillment.not_awaited, fulfillment.bay_taken, fulfillment.bay_unknown
 */
export async function signalArrival(
  ctx: Ctx,
  tx: Tx,
  orderId: string,
  told: { token: string; vehicle: string; bay: number | null },
): Promise<DriveVisitRow> {
  const order = await lockOrder(tx, orderId)
  if (!order || !holdsToken(order, told.token)) throw refuse('orders.not_found')
  const slot = await slotOfOrder(tx, orderId)
  const before = await selectVisit(tx, orderId)
  const over = !slot || order.document_state !== 'confirmed' || before?.served_at
  if (over || !(await isAwaited(tx, orderId, slot.site_id))) throw refuse('fulfillment.not_awaited')
  const first: DriveVisitRow = before ?? {
    order_id: orderId,
    site_id: slot.site_id,
    arrived_at: ctx.clock.now(),
    vehicle: '',
    bay: null,
    bay_promise_id: null,
    served_at: null,
  }
  const here = { ...first, vehicle: told.vehicle || first.vehicle }
  const visit = told.bay === null || told.bay === here.bay ? here : await moveTo(ctx, tx, here, told.bay)
  await saveVisit(tx, visit)
  if (!before) await announceVisit(ctx, tx, order, visit, 'fulfillment.customer_arrived')
  return visit
}

/**
 * Sends a customer who is there to a bay. One bay takes one car: of two clerks who send two there, one is told that it is taken.
 * @throws orders.not_found, fulfillment.not_awaited, fulfillment.bay_taken, fulfillment.bay_unknown, access.wrong_site
 */
export async function assignBay(ctx: Ctx, tx: Tx, orderId: string, bay: number): Promise<DriveVisitRow> {
  const order = await lockOrder(tx, orderId)
  const visit = order && (await selectVisit(tx, orderId))
  if (!visit || visit.served_at) throw refuse('fulfillment.not_awaited')
  requireSite(ctx.actor, visit.site_id)
  if (visit.bay === bay) return visit
  const moved = await moveTo(ctx, tx, visit, bay)
  await saveVisit(tx, moved)
  await announceVisit(ctx, tx, order, moved, 'fulfillment.bay_assigned')
  return moved
}

/** A bay is a promise of a pool of one: taken by a guarded update, like everything that can be promised once. */
async function moveTo(ctx: Ctx, tx: Tx, visit: DriveVisitRow, bay: number): Promise<DriveVisitRow> {
  const [drive] = await selectDriveSites(tx, visit.site_id)
  if (!drive || bay > drive.bays) throw refuse('fulfillment.bay_unknown')
  const promiseId = ctx.ids.next()
  const lines = [{ promiseId, poolId: bayPoolOf(visit.site_id, bay), quantity: 1n }]
  const { refusals } = await takePromises(ctx, tx, [
    { referenceId: visit.order_id, as: 'committed', expiresAt: null, lines },
  ])
  if (refusals[0]) throw refuse('fulfillment.bay_taken', { bay })
  await freeBay(ctx, tx, visit)
  return { ...visit, bay, bay_promise_id: promiseId }
}

async function freeBay(ctx: Ctx, tx: Tx, { site_id: siteId, bay, bay_promise_id: id }: DriveVisitRow): Promise<void> {
  if (bay !== null && id !== null) await settlePromises(ctx, tx, 'cancel', [{ poolId: bayPoolOf(siteId, bay), id }])
}

/** The customer drives off, with the order or without: the bay is free again. The caller holds the order's lock. */
export async function endVisit(ctx: Ctx, tx: Tx, orderId: string): Promise<void> {
  const visit = await selectVisit(tx, orderId)
  if (!visit || visit.served_at) return
  await freeBay(ctx, tx, visit)
  await saveVisit(tx, { ...visit, bay_promise_id: null, served_at: ctx.clock.now() })
}

/**
 * The same, once the drive has nothing more to hand over: not when another shop hands another part of the order over. The caller holds
 * the order's lock.
 */
export async function endVisitWhenDone(ctx: Ctx, tx: Tx, orderId: string): Promise<void> {
  const visit = await selectVisit(tx, orderId)
  if (visit && !visit.served_at && !(await isAwaited(tx, orderId, visit.site_id))) await endVisit(ctx, tx, orderId)
}

async function announceVisit(ctx: Ctx, tx: Tx, order: OrderRow, visit: DriveVisitRow, type: string): Promise<void> {
  const { channelCode, siteName } = await whereAt(tx, visit.site_id)
  const payload = { orderId: order.id, number: order.number, siteId: visit.site_id, siteName, bay: visit.bay }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: order.id, channelCode, payload }])
}
