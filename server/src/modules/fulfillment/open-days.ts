import { refuse } from '../../kernel/errors.ts'
import type { Queryable } from '../../kernel/db.ts'
import { openDay, type DayPlan, type KeptRoute } from './domain/day-plan.ts'
import { selectDayStops, selectDepot, selectRouteDays, type DepotRow } from './queries/route-days.ts'

export type PlacedDepot = DepotRow & { latitude: number; longitude: number }

/**
 * A depot that routes can be drawn from.
 * @throws inventory.place_not_found, fulfillment.depot_without_position
 */
export async function readDepot(db: Queryable, placeId: string): Promise<PlacedDepot> {
  const depot = await selectDepot(db, placeId)
  if (!depot) throw refuse('inventory.place_not_found')
  const { latitude, longitude } = depot
  if (latitude === null || longitude === null) throw refuse('fulfillment.depot_without_position')
  return { ...depot, latitude, longitude }
}

/** Days of a depot as they stand, by date. */
export async function openDays(
  db: Queryable,
  depot: PlacedDepot,
  dates: readonly string[],
): Promise<Map<string, DayPlan>> {
  const stops = await selectDayStops(db, depot.place_id, dates)
  const days = new Map((await selectRouteDays(db, depot.place_id, dates)).map((day) => [day.date, day.routes]))
  return new Map(
    dates.map((date) => [
      date,
      dayOf(
        depot,
        date,
        stops.filter((stop) => stop.date === date),
        days.get(date) ?? [],
      ),
    ]),
  )
}

/** One day as it stands. */
export async function readDay(db: Queryable, depot: PlacedDepot, date: string): Promise<DayPlan> {
  return (await openDays(db, depot, [date])).get(date) as DayPlan
}

function dayOf(
  depot: PlacedDepot,
  date: string,
  stops: Parameters<typeof openDay>[0]['stops'],
  routes: readonly KeptRoute[],
): DayPlan {
  const { time_zone: timeZone, vehicles, latitude, longitude } = depot
  return openDay({ date, timeZone, depot: { latitude, longitude }, vehicles, stops, routes })
}
