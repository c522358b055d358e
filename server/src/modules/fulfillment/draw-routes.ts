import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { keptRoutes } from './domain/day-plan.ts'
import { planRoutes } from './domain/routing/plan-routes.ts'
import type { Plan } from './domain/routing/problem.ts'
import { readDay, readDepot } from './open-days.ts'
import { lockRouteDay } from './queries/locks.ts'
import { updateProgress, updateRoutes } from './queries/route-days.ts'

export type DepotDay = { readonly placeId: string; readonly date: string }

export const drawRoutesName = {
  name: 'fulfillment.draw-routes',
  payload: z.object({ placeId: z.string(), date: z.string(), slices: z.number().int().min(1).max(1_000) }),
}

/** A booking moves little; whoever asks for routes to be drawn again wants the best. */
const slicesAfterBooking = 6
const slicesWhenAsked = 60
/** Bookings of a moment are gathered. */
const gatherMs = 2_000

/** Asks for the routes of a day to be drawn again soon, in the caller's transaction. */
export async function askForRoutes(ctx: Ctx, tx: Tx, day: DepotDay, thoroughly = false): Promise<void> {
  const slices = thoroughly ? slicesWhenAsked : slicesAfterBooking
  const runAt = new Date(ctx.clock.now().getTime() + (thoroughly ? 0 : gatherMs))
  const key = `routes ${day.placeId} ${day.date}${thoroughly ? ' thoroughly' : ''}`
  await enqueue(tx, drawRoutesName, { ...day, slices }, { key, runAt, keepRunAt: true })
  if (thoroughly) await updateProgress(tx, day, 0, true)
}

/**
 * Draws the routes of a day: a search in slices of a few milliseconds, so that whatever else this process does goes on meanwhile. What
 * was booked while it searched is fitted in at the end, under the lock of the day; a plan that serves fewer is not kept.
 */
export async function drawRoutes(ctx: Ctx, day: DepotDay & { slices: number }): Promise<void> {
  const depot = await readDepot(ctx.db, day.placeId)
  let best = (await readDay(ctx.db, depot, day.date)).plan
  for (let slice = 1; slice <= day.slices; slice++) {
    const found = planRoutes(best.problem, { iterations: roundsOf(best), seed: slice, objective: 'cost', from: best })
    if (isBetter(found, best)) best = found
    if (slice % 5 === 0) await updateProgress(ctx.db, day, Math.round((99 * slice) / day.slices))
    await turn()
  }
  await inTransaction(ctx.db, async (tx) => {
    await lockRouteDay(tx, day.placeId, day.date)
    const now = await readDay(tx, depot, day.date)
    const fitted = planRoutes(now.plan.problem, { iterations: 0, seed: 1, objective: 'cost', from: best })
    const kept = isBetter(fitted, now.plan) ? fitted : now.plan
    await updateRoutes(tx, day.placeId, day.date, keptRoutes(now, kept), ctx.clock.now())
  })
}

/** Rounds of the search that take a few milliseconds. */
function roundsOf({ problem }: Plan): number {
  return Math.max(10, Math.round(3_000 / (10 + problem.stops.length)))
}

function isBetter(one: Plan, than: Plan): boolean {
  if (one.unserved.length !== than.unserved.length) return one.unserved.length < than.unserved.length
  return one.cost < than.cost
}
