import type { z } from 'zod'
import type { fulfillmentEndpoints } from '@ecluse/contracts/fulfillment.ts'
import { requireSite, sitesOf, type Ctx } from '../../kernel/context.ts'
import { countAwaitingPayment, ordersPerDay } from '../orders/public.ts'
import { countOutOfStock, countWork } from './queries/fulfillments.ts'

type Today = z.output<typeof fulfillmentEndpoints.getToday.response>

const shownDays = 30

/** The work of the day and the month behind it, for one shop or for all the actor may see. */
export async function readToday(ctx: Ctx, siteId: string | undefined): Promise<Today> {
  if (siteId) requireSite(ctx.actor, siteId)
  const siteIds = siteId ? [siteId] : sitesOf(ctx.actor)
  const now = ctx.clock.now()
  const from = new Date(now.getTime() - shownDays * 86_400_000)
  const [work, days, awaitingPayment, outOfStock] = await Promise.all([
    countWork(ctx.db, siteIds, now),
    ordersPerDay(ctx.db, from, siteIds),
    countAwaitingPayment(ctx.db, siteIds),
    countOutOfStock(ctx.db, siteIds),
  ])
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(now)
  const perDay = days.map((day) => ({
    date: day.date,
    channelCode: day.channel_code,
    orders: day.orders,
    revenueMinor: Number(day.revenue_minor),
  }))
  const ofToday = perDay.filter((day) => day.date === today)
  return {
    toPrepare: work.to_prepare,
    ready: work.ready,
    late: work.late,
    toShip: work.to_ship,
    awaitingPayment,
    ordersToday: ofToday.reduce((sum, day) => sum + day.orders, 0),
    revenueTodayMinor: ofToday.reduce((sum, day) => sum + day.revenueMinor, 0),
    outOfStock,
    byChannel: ofToday.map(({ channelCode, orders, revenueMinor }) => ({ channelCode, orders, revenueMinor })),
    perDay,
  }
}
