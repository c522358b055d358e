import type { DayRoutes, RouteStop } from '@ecluse/contracts/windows.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { instantIn, type DayPlan } from './domain/day-plan.ts'
import type { Route } from './domain/routing/problem.ts'
import { instantOf } from './domain/window-days.ts'
import type { DepotDay } from './draw-routes.ts'
import { readDay, readDepot, type PlacedDepot } from './open-days.ts'
import { selectRouteDays, selectStops, type StopRow } from './queries/route-days.ts'

/**
 * The routes of a depot's day as people read them.
 * @throws inventory.place_not_found, fulfillment.depot_without_position, access.wrong_site
 */
export async function readRoutes(ctx: Ctx, db: Queryable, { placeId, date }: DepotDay): Promise<DayRoutes> {
  const depot = await readDepot(db, placeId)
  requireSite(ctx.actor, depot.site_id)
  const stops = new Map((await selectStops(db, placeId, date)).map((stop) => [stop.id, stop]))
  const day = await readDay(db, depot, date)
  const [kept] = await selectRouteDays(db, placeId, [date])
  const now = ctx.clock.now()
  const routes = [
    ...day.left.flatMap(({ leftAt, route }) => (route ? [routeOf(depot, date, day, route, stops, leftAt, now)] : [])),
    ...day.plan.routes.map((route) => routeOf(depot, date, day, route, stops, null, now)),
  ].sort((a, b) => a.vehicleName.localeCompare(b.vehicleName, 'fr'))
  const served = new Set(routes.flatMap((route) => route.stops.map(({ id }) => id)))
  const busy = new Set(routes.map((route) => route.vehicleId))
  return {
    placeId,
    placeName: depot.name,
    timeZone: depot.time_zone,
    date,
    depot: { latitude: depot.latitude, longitude: depot.longitude },
    routes,
    unserved: [...stops.values()].filter(({ id }) => !served.has(id)).map((stop) => viewOf(stop, null, now)),
    idle: depot.vehicles
      .filter(({ id, active }) => active && !busy.has(id))
      .map(({ id, name }) => ({ vehicleId: id, vehicleName: name })),
    revision: kept?.revision ?? 0,
    plannedAt: kept?.planned_at?.toISOString() ?? null,
    progress: kept?.progress ?? null,
  }
}

function routeOf(
  depot: PlacedDepot,
  date: string,
  day: DayPlan,
  route: Route,
  stops: ReadonlyMap<string, StopRow>,
  leftAt: string | null,
  now: Date,
): DayRoutes['routes'][number] {
  const vehicle = depot.vehicles.find(({ id }) => id === route.vehicle.id)
  const instant = (seconds: number): string => instantIn(day, seconds).toISOString()
  const shift = (time: string): string => instantOf(date, time, depot.time_zone).toISOString()
  return {
    vehicleId: route.vehicle.id,
    vehicleName: vehicle?.name ?? '–',
    capacityKg: vehicle?.capacityKg ?? 1,
    shiftFrom: shift(vehicle?.from ?? '00:00'),
    shiftUntil: shift(vehicle?.until ?? '23:59'),
    departsAt: instant(route.departure),
    returnsAt: instant(route.arrival),
    leftAt,
    kilometres: Math.round(route.distance / 100) / 10,
    loadKg: Math.round(route.load / 100) / 10,
    stops: route.visits.flatMap((visit) => {
      const stop = stops.get(visit.stop.id)
      return stop ? [viewOf(stop, instant(visit.start), now)] : []
    }),
  }
}

function viewOf(stop: StopRow, plannedAt: string | null, now: Date): RouteStop {
  const isOver = stop.state === 'delivered' || stop.state === 'failed'
  return {
    id: stop.id,
    orderId: stop.order_id,
    orderNumber: stop.order_number,
    customerName: stop.customer_name,
    phone: stop.phone,
    address: stop.address,
    coordinates: { latitude: stop.latitude, longitude: stop.longitude },
    windowId: stop.window_id,
    zoneName: stop.zone_name,
    startsAt: stop.starts_at.toISOString(),
    endsAt: stop.ends_at.toISOString(),
    plannedAt,
    serviceMinutes: Math.round(stop.service_seconds / 60),
    weightKg: Math.round(stop.weight_grams / 100) / 10,
    pieces: stop.pieces,
    articles: stop.articles,
    state: stop.state,
    doneAt: stop.done_at?.toISOString() ?? null,
    failure: stop.failure,
    late: (isOver ? (stop.done_at ?? now) : now) > stop.ends_at,
  }
}
