import type { Depot } from '@ecluse/contracts/windows.ts'
import type { z } from 'zod'
import type { windowEndpoints } from '@ecluse/contracts/windows.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { dateAt } from './domain/window-days.ts'
import { askForRoutes } from './draw-routes.ts'
import { datesWithStops, selectDepot } from './queries/route-days.ts'
import { putVehicleRows, selectDepots } from './queries/zones.ts'

type Vehicles = z.output<typeof windowEndpoints.putVehicles.body>['vehicles']

/**
 * Sets the vehicles of a depot; the routes of its coming days are drawn again.
 * @throws inventory.place_not_found, access.wrong_site
 */
export async function putVehicles(ctx: Ctx, tx: Tx, placeId: string, vehicles: Vehicles): Promise<Depot> {
  const depot = await selectDepot(tx, placeId)
  if (!depot) throw refuse('inventory.place_not_found')
  requireSite(ctx.actor, depot.site_id)
  const known = new Set(depot.vehicles.map(({ id }) => id))
  const rows = vehicles.map(({ id, ...vehicle }) => ({
    ...vehicle,
    id: id !== undefined && known.has(id) ? id : ctx.ids.next(),
  }))
  await putVehicleRows(tx, placeId, rows)
  for (const date of await datesWithStops(tx, placeId, dateAt(ctx.clock.now(), depot.time_zone)))
    await askForRoutes(ctx, tx, { placeId, date })
  const [after] = await selectDepots(tx, placeId)
  if (!after) throw refuse('inventory.place_not_found')
  return after
}
