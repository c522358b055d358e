import { z } from 'zod'
import { inTransaction } from '../../../kernel/db.ts'
import { job, type Job } from '../../../kernel/jobs.ts'
import { drawRoutes, drawRoutesName } from '../draw-routes.ts'
import { makeWindows } from '../make-windows.ts'
import { bookStops, standingOrderOf, staleReservations } from '../queries/route-days.ts'
import { selectZoneList } from '../queries/zones.ts'
import { removeStops } from '../window-desk.ts'

/** Draws the routes of a day again, after bookings or when somebody asks. */
export const drawDayRoutes: Job = job({ ...drawRoutesName, run: (ctx, day) => drawRoutes(ctx, day) })

/** Makes the windows of the days ahead: each hour, as a server need not be up at night. */
export const makeComingWindows: Job = job({
  name: 'fulfillment.make-windows',
  payload: z.object({}),
  schedule: '10 * * * *',
  async run(ctx) {
    for (const zone of await selectZoneList(ctx.db)) await inTransaction(ctx.db, (tx) => makeWindows(ctx, tx, zone))
  },
})

/** A purchase takes seconds: a reservation older than this, without an order, was left behind by a process that ended. */
const staleMs = 30 * 60_000

/** Gives reservations back whose order never came. */
export const sweepReservations: Job = job({
  name: 'fulfillment.sweep-reservations',
  payload: z.object({}),
  schedule: '*/10 * * * *',
  async run(ctx) {
    for (const { id } of await staleReservations(ctx.db, new Date(ctx.clock.now().getTime() - staleMs)))
      await inTransaction(ctx.db, async (tx) => {
        const order = await standingOrderOf(tx, id)
        if (order) await bookStops(tx, [{ stop_id: id, order_id: order.order_id }])
        else await removeStops(ctx, tx, [id])
      })
  },
})
