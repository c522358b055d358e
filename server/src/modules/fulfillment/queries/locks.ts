import sql from 'sql-template-tag'
import { execute, one, type Tx } from '../../../kernel/db.ts'
import type { KeptRoute } from '../domain/day-plan.ts'

/**
 * Locks of deliveries, taken in this order: an order (`orders/queries/locks.ts`), then a depot's day, then pools. Every change to
 * the stops or the routes of a day begins here, so that two deliveries that fit alone but not together are not both promised.
 */

export type RouteDayRow = { routes: KeptRoute[]; revision: number }

/** Locks a depot's day, making it when nobody has needed it yet. */
export async function lockRouteDay(tx: Tx, placeId: string, date: string): Promise<RouteDayRow> {
  await execute(
    tx,
    sql`insert into fulfillment.route_day (place_id, date) values (${placeId}, ${date}::date) on conflict do nothing`,
  )
  return one(
    tx,
    sql`select routes, revision from fulfillment.route_day where place_id = ${placeId} and date = ${date}::date for update`,
  )
}
