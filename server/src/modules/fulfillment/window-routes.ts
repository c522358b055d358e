import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { requireSite, sitesOf } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { changeWindow } from './change-window.ts'
import { daysLater, holidayOf } from './domain/window-days.ts'
import { askForRoutes } from './draw-routes.ts'
import { measurePromises } from './measure-promises.ts'
import { offerWindows, type CartGoodsOf } from './offer-windows.ts'
import { readDepot } from './open-days.ts'
import { putVehicles } from './put-vehicles.ts'
import { putZone, setZoneDay } from './put-zone.ts'
import { lockRouteDay } from './queries/locks.ts'
import { selectCalendar } from './queries/windows.ts'
import { selectDepots, selectZoneList } from './queries/zones.ts'
import { readRoutes } from './read-routes.ts'
import { departRoute, recordStop } from './run-routes.ts'

/** Longest stretch of the calendar shown at once, in days. */
const mostDays = 62

/** Delivery windows: zones, calendar, offers, and the routes that keep them. */
export const windowRoutes =
  (deps: { cartGoodsOf: CartGoodsOf }): Routes =>
  (app, services) => {
    implement(app, services, 'offerWindows', endpoints.offerWindows, (ctx, { query }) =>
      offerWindows(ctx, deps.cartGoodsOf, query),
    )
    implement(app, services, 'listZones', endpoints.listZones, async (ctx) => {
      const siteIds = sitesOf(ctx.actor)
      const items = await selectZoneList(ctx.db)
      return { items: siteIds ? items.filter((zone) => siteIds.includes(zone.siteId)) : items }
    })
    implement(app, services, 'putZone', endpoints.putZone, (ctx, { params, body }) =>
      command(ctx, (tx) => putZone(ctx, tx, params.code, body)),
    )
    implement(app, services, 'setZoneDay', endpoints.setZoneDay, (ctx, { params, body }) =>
      command(ctx, (tx) => setZoneDay(ctx, tx, params.code, params.date, body)),
    )
    implement(app, services, 'listWindows', endpoints.listWindows, async (ctx, { query }) => {
      const dates: string[] = []
      for (let date = query.from; date <= query.until && dates.length < mostDays; date = daysLater(date, 1))
        dates.push(date)
      const until = dates.at(-1) ?? query.from
      const items = await selectCalendar(ctx.db, { ...query, zone: query.zone, until, siteIds: sitesOf(ctx.actor) })
      const holidays = dates.flatMap((date) => {
        const name = holidayOf(date)
        return name === null ? [] : [{ date, name }]
      })
      return { items, holidays }
    })
    implement(app, services, 'changeWindow', endpoints.changeWindow, (ctx, { params, body }) =>
      command(ctx, (tx) => changeWindow(ctx, tx, params.windowId, body)),
    )
    implement(app, services, 'getKeptPromises', endpoints.getKeptPromises, (ctx, { query }) =>
      measurePromises(ctx, query),
    )
    depotRoutes(app, services)
  }

const depotRoutes: Routes = (app, services) => {
  implement(app, services, 'listDepots', endpoints.listDepots, async (ctx) => {
    const siteIds = sitesOf(ctx.actor)
    const items = await selectDepots(ctx.db)
    return { items: siteIds ? items.filter((depot) => siteIds.includes(depot.siteId)) : items }
  })
  implement(app, services, 'putVehicles', endpoints.putVehicles, (ctx, { params, body }) =>
    command(ctx, (tx) => putVehicles(ctx, tx, params.placeId, body.vehicles)),
  )
  implement(app, services, 'getRoutes', endpoints.getRoutes, (ctx, { params }) => readRoutes(ctx, ctx.db, params))
  implement(app, services, 'planDay', endpoints.planDay, (ctx, { params }) =>
    command(ctx, async (tx) => {
      requireSite(ctx.actor, (await readDepot(tx, params.placeId)).site_id)
      await lockRouteDay(tx, params.placeId, params.date)
      await askForRoutes(ctx, tx, params, true)
      return readRoutes(ctx, tx, params)
    }),
  )
  implement(app, services, 'departRoute', endpoints.departRoute, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await departRoute(ctx, tx, params, body.vehicleId)
      return readRoutes(ctx, tx, params)
    }),
  )
  implement(app, services, 'recordStop', endpoints.recordStop, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      if (body.outcome === 'failed' && !body.reason) throw refuse('fulfillment.reason_required')
      await recordStop(ctx, tx, params, params.stopId, body)
      return readRoutes(ctx, tx, params)
    }),
  )
}
