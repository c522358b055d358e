import { assert } from '../../kernel/assert.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { keptRoutes, type KeptRoute } from './domain/day-plan.ts'
import { askForRoutes, type DepotDay } from './draw-routes.ts'
import { readDay, readDepot } from './open-days.ts'
import { lockRouteDay } from './queries/locks.ts'
import { noteArrival } from './queries/parcels.ts'
import {
  openFulfillmentsOf,
  selectStops,
  setOnTheRoad,
  updateOutcome,
  updateRoutes,
  type StopRow,
} from './queries/route-days.ts'
import { ship } from './ship-parcel.ts'

/**
 * A vehicle leaves: its route is settled, and what it carries leaves the stock.
 * @throws fulfillment.stop_not_found when it has no route, inventory.place_not_found, access.wrong_site, fulfillment.wrong_state
 */
export async function departRoute(ctx: Ctx, tx: Tx, day: DepotDay, vehicleId: string): Promise<void> {
  const depot = await readDepot(tx, day.placeId)
  requireSite(ctx.actor, depot.site_id)
  const stops = await selectStops(tx, day.placeId, day.date)
  const planned = keptRoutes({ left: [] }, (await readDay(tx, depot, day.date)).plan)
  const route = planned.find((one) => one.vehicleId === vehicleId)
  if (!route) throw refuse('fulfillment.stop_not_found')
  const booked = new Map(stops.filter(({ state }) => state === 'booked').map((stop) => [stop.id, stop]))
  const aboard = route.stopIds.flatMap((id) => booked.get(id) ?? [])
  // Orders are locked before the day, here as everywhere.
  await shipAll(ctx, tx, depot.vehicles.find(({ id }) => id === vehicleId)?.name ?? '', aboard)
  const { routes } = await lockRouteDay(tx, day.placeId, day.date)
  await leave(ctx, tx, day, routes, { ...route, stopIds: aboard.map(({ id }) => id) })
}

/** The route with only what is aboard is settled; what was booked into it meanwhile is for another vehicle. */
async function leave(
  ctx: Ctx,
  tx: Tx,
  day: DepotDay,
  routes: readonly KeptRoute[],
  { vehicleId, stopIds }: KeptRoute,
): Promise<void> {
  const others = routes.filter((one) => one.vehicleId !== vehicleId)
  assert(!routes.some((one) => one.vehicleId === vehicleId && one.leftAt !== null), 'a vehicle leaves once a day')
  const left = { vehicleId, stopIds, leftAt: ctx.clock.now().toISOString() }
  await updateRoutes(tx, day.placeId, day.date, [left, ...others])
  await setOnTheRoad(tx, day.placeId, stopIds)
  await askForRoutes(ctx, tx, day)
}

/** Parcels leave with a vehicle of the depot's own. */
async function shipAll(ctx: Ctx, tx: Tx, vehicle: string, stops: readonly StopRow[]): Promise<void> {
  const orderIds = stops.flatMap((stop) => stop.order_id ?? [])
  for (const { id } of await openFulfillmentsOf(tx, orderIds))
    await ship(ctx, tx, id, { carrier: vehicle, trackingNumber: null })
}

export type Outcome = {
  outcome: 'delivered' | 'failed' | 'undone'
  at?: string | undefined
  reason?: string | undefined
}

/**
 * Notes how a delivery ended and when, or takes it back. The promise is kept when it was delivered within its window.
 * @throws fulfillment.stop_not_found, fulfillment.not_yet, access.wrong_site
 */
export async function recordStop(ctx: Ctx, tx: Tx, day: DepotDay, stopId: string, told: Outcome): Promise<void> {
  const depot = await readDepot(tx, day.placeId)
  requireSite(ctx.actor, depot.site_id)
  const stop = (await selectStops(tx, day.placeId, day.date)).find(({ id }) => id === stopId)
  if (!stop?.order_id) throw refuse('fulfillment.stop_not_found')
  const now = ctx.clock.now()
  const at = told.at === undefined ? now : new Date(told.at)
  if (at > now) throw refuse('fulfillment.not_yet')
  const { left, plan } = await readDay(tx, depot, day.date)
  const isGone = left.some(({ kept }) => kept.stopIds.includes(stopId))
  if (told.outcome !== 'undone' && !isGone) {
    const route = plan.routes.find(({ visits }) => visits.some((visit) => visit.stop.id === stopId))
    // Whoever is at a door has left the depot.
    if (route) await departRoute(ctx, tx, day, route.vehicle.id)
    else await shipAll(ctx, tx, '–', [stop])
  }
  await lockRouteDay(tx, day.placeId, day.date)
  const state = told.outcome === 'undone' ? (isGone ? 'on_the_road' : 'booked') : told.outcome
  const failure = told.outcome === 'failed' ? (told.reason ?? '') : null
  await updateOutcome(tx, day.placeId, stopId, { state, doneAt: told.outcome === 'undone' ? null : at, failure })
  await noteArrival(tx, stop.order_id, day.placeId, state === 'delivered' ? at : null)
  const onTime = state === 'delivered' && at >= stop.starts_at && at <= stop.ends_at
  await publish(tx, ctx, [
    {
      type: told.outcome === 'undone' ? 'fulfillment.delivery_undone' : `fulfillment.delivery_${told.outcome}`,
      version: 1,
      aggregateId: stop.order_id,
      payload: {
        orderId: stop.order_id,
        number: stop.order_number,
        deliveredAt: at.toISOString(),
        promisedAt: stop.starts_at.toISOString(),
        latestAt: stop.ends_at.toISOString(),
        onTime,
        reason: failure,
      },
    },
  ])
}
