import type { DriveArrival, DriveBoard, DriveVisit } from '@ecluse/contracts/drive.ts'
import { requireSite, type Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { siteById } from '../../channels/public.ts'
import { holdsToken, selectOrder } from '../../orders/public.ts'
import { dateAt, daysLater, instantOf } from '../domain/window-days.ts'
import { selectBoard, selectDriveSites, selectVisit, slotOfOrder, type BoardRow } from '../queries/drive.ts'

/** Whoever waits longer than this was promised better. */
const goodWaitSeconds = 300

/**
 * The customers of a drive on a day, first those who wait, and how long those who were served have waited.
 * @throws fulfillment.drive_not_found, access.wrong_site
 */
export async function readBoard(ctx: Ctx, siteId: string, asked: string | undefined): Promise<DriveBoard> {
  requireSite(ctx.actor, siteId)
  const [drive] = await selectDriveSites(ctx.db, siteId)
  const site = await siteById(ctx.db, siteId)
  if (!drive || !site) throw refuse('fulfillment.drive_not_found')
  const now = ctx.clock.now()
  const date = asked ?? dateAt(now, site.timeZone)
  const from = instantOf(date, '00:00', site.timeZone)
  // Whoever looks at today sees who comes tomorrow too: what is to be prepared.
  const until = instantOf(daysLater(date, asked === undefined ? 2 : 1), '00:00', site.timeZone)
  const visits = (await selectBoard(ctx.db, siteId, from, until)).map((row) => viewVisit(row, now))
  const waits = visits
    .flatMap(({ servedAt, waitedSeconds }) => (servedAt !== null && waitedSeconds !== null ? [waitedSeconds] : []))
    .sort((a, b) => a - b)
  return {
    siteId,
    date,
    bays: drive.bays,
    slotMinutes: drive.slot_minutes as DriveBoard['slotMinutes'],
    capacity: drive.capacity,
    active: drive.active,
    visits,
    measured: {
      served: waits.length,
      medianWaitSeconds: waits[Math.floor((waits.length - 1) / 2)] ?? null,
      withinFiveMinutes: waits.filter((seconds) => seconds <= goodWaitSeconds).length,
    },
  }
}

/** What the customer sees of their own visit. @throws orders.not_found */
export async function readArrival(ctx: Ctx, orderId: string, token: string): Promise<DriveArrival | null> {
  const order = await selectOrder(ctx.db, orderId)
  if (!order || !holdsToken(order, token)) throw refuse('orders.not_found')
  const slot = await slotOfOrder(ctx.db, orderId)
  const [drive] = slot ? await selectDriveSites(ctx.db, slot.site_id) : []
  if (!slot || !drive) return null
  const visit = await selectVisit(ctx.db, orderId)
  return {
    startsAt: slot.starts_at.toISOString(),
    endsAt: slot.ends_at.toISOString(),
    bays: drive.bays,
    arrivedAt: visit?.arrived_at.toISOString() ?? null,
    vehicle: visit?.vehicle || null,
    bay: visit?.served_at ? null : (visit?.bay ?? null),
    servedAt: visit?.served_at?.toISOString() ?? null,
  }
}

/** One customer of the drive as the API tells it. */
function viewVisit(row: BoardRow, now: Date): DriveVisit {
  const { arrived_at: arrivedAt, served_at: servedAt } = row
  return {
    orderId: row.order_id,
    orderNumber: row.number,
    fulfillmentId: row.fulfillment_id,
    state: row.state,
    customerName: row.customer_name,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    arrivedAt: arrivedAt?.toISOString() ?? null,
    vehicle: row.vehicle || null,
    bay: servedAt ? null : row.bay,
    servedAt: servedAt?.toISOString() ?? null,
    waitedSeconds: arrivedAt && Math.max(0, Math.round(((servedAt ?? now).getTime() - arrivedAt.getTime()) / 1000)),
  }
}
