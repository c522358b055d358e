import type { Coordinates, PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import type { ChosenWindow, WindowDesk } from '../orders/public.ts'
import { keptRoutes, stopOf, type DayPlan, type DayStop } from './domain/day-plan.ts'
import { insertionOf, withInsertion } from './domain/routing/insertion.ts'
import type { Plan, Stop } from './domain/routing/problem.ts'
import { replanWith } from './domain/routing/replan.ts'
import { askForRoutes } from './draw-routes.ts'
import { readDay, readDepot } from './open-days.ts'
import { lockRouteDay } from './queries/locks.ts'
import {
  countInWindow,
  daysOfStops,
  deleteStop,
  isKept,
  insertStop,
  standingOrderOf,
  updateAddress,
  updateRoutes,
} from './queries/route-days.ts'
import { selectWindow } from './queries/windows.ts'
import { zoneOfPostalCode } from './queries/zones.ts'

/** How hard room is looked for by moving other deliveries, when there is none between them: some ten milliseconds. */
const rearrangements = 60

/**
 * Where orders find, reserve and give back delivery windows. A reservation is a delivery written into its day's routes under the lock
 * of the day, so that what was answered “yes” can be driven; the place in the window itself is taken with the stock, by the order.
 */
export const windowDesk: WindowDesk = { find, reserve, readdress, release }

/** @throws fulfillment.window_not_found, fulfillment.window_closed, fulfillment.window_elsewhere, orders.promise_full */
async function find(ctx: Ctx, asked: { windowId: string; postalCode: string; mine?: boolean }): Promise<ChosenWindow> {
  const [row, zone] = await Promise.all([
    selectWindow(ctx.db, asked.windowId),
    zoneOfPostalCode(ctx.db, asked.postalCode.replace(/\s/g, '')),
  ])
  if (!row) throw refuse('fulfillment.window_not_found')
  const now = ctx.clock.now()
  if ((row.closed && !asked.mine) || row.cut_off_at <= now || row.starts_at <= now)
    throw refuse('fulfillment.window_closed')
  if (zone?.id !== row.zone_id) throw refuse('fulfillment.window_elsewhere')
  if (row.taken >= row.capacity && !asked.mine) throw refuse('orders.promise_full', { kind: 'window' })
  return {
    id: row.id,
    placeId: row.place_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    lastAt: row.cut_off_at < row.starts_at ? row.cut_off_at : row.starts_at,
    feeMinor: row.fee_minor,
    capacity: Number(row.capacity),
    date: row.date,
    where: { latitude: zone.latitude, longitude: zone.longitude },
    serviceSeconds: zone.service_minutes * 60,
  }
}

/**
 * Writes a delivery into its day if it can be kept beside all that is promised.
 * @returns the id of the delivery, which is to be that of the order's promise
 * @throws fulfillment.window_out_of_reach, orders.promise_full
 */
async function reserve(
  ctx: Ctx,
  window: ChosenWindow,
  load: { address: PostalAddress; coordinates: Coordinates | undefined; weightGrams: number; pieces: number },
  instead?: string,
): Promise<string> {
  const id = ctx.ids.next()
  const depot = await readDepot(ctx.db, window.placeId)
  const stop: DayStop = {
    ...(load.coordinates ?? window.where),
    id,
    weightGrams: load.weightGrams,
    serviceSeconds: window.serviceSeconds,
    startsAt: window.startsAt,
    endsAt: window.endsAt,
  }
  await inTransaction(ctx.db, async (tx) => {
    await lockRouteDay(tx, window.placeId, window.date)
    // Who only tries must not crowd out others: no more are written down than the window takes.
    if ((await countInWindow(tx, window.placeId, window.id, instead)) >= window.capacity)
      throw refuse('orders.promise_full', { kind: 'window' })
    const day = await readDay(tx, depot, window.date)
    const plan = planWith(day, stopOf(day.midnight, stop))
    const place = { placeId: window.placeId, date: window.date }
    await insertStop(
      tx,
      { ...stop, ...place, windowId: window.id, address: load.address, pieces: load.pieces },
      ctx.clock.now(),
    )
    await updateRoutes(tx, window.placeId, window.date, keptRoutes(day, plan))
    await askForRoutes(ctx, tx, place)
  })
  return id
}

/** The plan with one more stop: between others if there is room, or with others moved. */
function planWith({ plan }: DayPlan, stop: Stop): Plan {
  const insertion = insertionOf(plan, stop)
  if (insertion.possible) return withInsertion(plan, stop, insertion)
  const moved = insertion.reason === 'shift' ? null : replanWith(plan, stop, { iterations: rearrangements, seed: 1 })
  if (moved) return moved
  throw refuse('fulfillment.window_out_of_reach', { reason: insertion.reason })
}

async function readdress(ctx: Ctx, stopId: string, address: PostalAddress): Promise<void> {
  await inTransaction(ctx.db, (tx) => updateAddress(tx, stopId, address))
}

/** Takes back a reservation whose order was not placed; whoever is not certain of that asks too. */
async function release(ctx: Ctx, stopId: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (!(await standingOrderOf(tx, stopId)) && !(await isKept(tx, stopId))) await removeStops(ctx, tx, [stopId])
  })
}

/** Takes deliveries that have not left out of their days and their routes. */
export async function removeStops(ctx: Ctx, tx: Tx, stopIds: readonly string[]): Promise<void> {
  for (const { id, place_id: placeId, date } of await daysOfStops(tx, stopIds)) {
    const { routes } = await lockRouteDay(tx, placeId, date)
    if (!(await deleteStop(tx, placeId, id))) continue
    const without = routes
      .map((route) => ({ ...route, stopIds: route.stopIds.filter((stopId) => stopId !== id) }))
      .filter((route) => route.stopIds.length > 0 || route.leftAt !== null)
    await updateRoutes(tx, placeId, date, without)
    await askForRoutes(ctx, tx, { placeId, date })
  }
}
