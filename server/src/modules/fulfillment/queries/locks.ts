import sql from 'sql-template-tag'
import { execute, maybeOne, one, type Tx } from '../../../kernel/db.ts'
import type { KeptRoute } from '../domain/day-plan.ts'
import type { RoundRow } from './picking.ts'

/**
 * Locks of deliveries, taken in this order: a round that is picked, an order (`orders/queries/locks.ts`), then a depot's day, then pools. Every change to
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

/** Locks a round that is being picked: whoever ends it and whoever picks come one after the other. */
export async function lockRound(tx: Tx, id: string): Promise<RoundRow | undefined> {
  return maybeOne(
    tx,
    sql`select r.*, (select name from channels.site where id = r.site_id) as site_name
        from fulfillment.picking_round r where r.id = ${id} for update`,
  )
}
