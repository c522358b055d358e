import { command } from '../kernel/command.ts'
import { handOver, listFulfillments, markReady, type FulfillmentRow } from '../modules/fulfillment/public.ts'
import { normaliseCode, returnArticles, selectOrderLines } from '../modules/orders/public.ts'
import type { DemoApplication } from './demo-host.ts'
import type { Draw, DrawnOrder, Shelves } from './draw-order.ts'
import { onceKey, settle } from './demo-stage.ts'
import type { FollowUp } from './follow-up.ts'
import { rateLater } from './rate-order.ts'
import { sendParcels } from './send-parcels.ts'
import { sendBackLater } from './send-back.ts'
import { demoShops } from './sites.ts'
import { staffOf } from './staff-of.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000

type Followed = {
  readonly app: DemoApplication
  readonly shelves: Shelves
  readonly draw: Draw
  readonly order: DrawnOrder
  readonly placed: { readonly orderId: string; readonly number: string }
  readonly now: Date
}

/** What becomes of an order: prepared, handed over or shipped, now and then returned, and judged by who has it. */
export function followOrder(followed: Followed): FollowUp[] {
  const { app, placed, now } = followed
  return [...fulfilLater(followed), ...rateLater(app, placed, now.getTime())]
}

/** Drawn at once, done when its time comes. */
function fulfilLater(followed: Followed): FollowUp[] {
  const { draw, order, now } = followed
  const start = now.getTime()
  const returned =
    draw.float() < 0.12 ? [returnLater(followed, start + (3 + draw.below(6)) * dayMs + draw.below(6 * hourMs))] : []
  const { method } = order.body.delivery
  if (method === 'carry_out') return returned
  if (method === 'delivery') {
    const at = atWork(start + dayMs * 0.6 + draw.below(dayMs))
    return [shipLater(followed, at), ...returned.map((later) => ({ ...later, at: Math.max(later.at, at + 4 * dayMs) }))]
  }
  const ready = atWork(start + hourMs + draw.below(5 * hourMs))
  const collected = atWork(ready + 0.3 * dayMs + draw.below(3 * dayMs))
  return [
    prepareLater(followed, ready, draw.float() < 0.93 ? collected : null),
    ...returned.map((later) => ({ ...later, at: Math.max(later.at, collected + 2 * dayMs) })),
  ]
}

/** People work from nine to five and not on Sundays: later moments wait until they do (UTC, near enough). */
function atWork(time: number): number {
  const date = new Date(time)
  if (date.getUTCHours() >= 17) date.setTime(Math.floor(time / dayMs + 1) * dayMs + 8.5 * hourMs + (time % hourMs))
  else if (date.getUTCHours() < 8) date.setTime(Math.floor(time / dayMs) * dayMs + 8.5 * hourMs + (time % hourMs))
  if (date.getUTCDay() === 0) date.setTime(date.getTime() + dayMs)
  return date.getTime()
}

async function preparationsOf({ app, placed }: Followed): Promise<FulfillmentRow[]> {
  const { number } = placed
  const rows = await listFulfillments(app.services.db, {
    siteIds: null,
    q: number,
    code: normaliseCode(number),
    limit: 20,
  })
  return rows.filter((row) => row.order_id === placed.orderId)
}

function shipLater(followed: Followed, at: number): FollowUp {
  return {
    at,
    async act(ctx) {
      const next: FollowUp[] = []
      for (const row of await preparationsOf(followed)) next.push(...(await sendParcels(ctx, row, at)))
      return next
    },
  }
}

function prepareLater(followed: Followed, at: number, collectedAt: number | null): FollowUp {
  return {
    at,
    async act(ctx) {
      const rows = await preparationsOf(followed)
      const seller = { ...ctx, actor: staffOf(followed.order.shop, 'Service client') }
      for (const row of rows)
        if (row.state === 'to_prepare') await command(seller, (tx) => markReady(seller, tx, row.id))
      return collectedAt === null ? [] : [collectLater(followed, collectedAt)]
    },
  }
}

function collectLater(followed: Followed, at: number): FollowUp {
  return {
    at,
    async act(ctx) {
      const seller = { ...ctx, actor: staffOf(followed.order.shop, 'Service client') }
      for (const row of await preparationsOf(followed))
        await command(seller, (tx) => handOver(seller, tx, row.id, row.pickup_code ?? ''))
      return []
    },
  }
}

const reasons = ['changed_mind', 'wrong_size', 'wrong_size', 'defective', 'not_as_described'] as const

/** Taken back in whichever shop is near, which need not be the one that sold it. */
function returnLater(followed: Followed, at: number): FollowUp {
  const { app, shelves, draw, placed } = followed
  const shop = demoShops[draw.below(demoShops.length)]
  const reason = reasons[draw.below(reasons.length)] ?? 'other'
  // What came by parcel mostly goes back by parcel.
  if (followed.order.body.delivery.method === 'delivery' && reason !== 'wrong_size')
    return sendBackLater({ app, shelves, placed, reason }, at)
  return {
    at,
    async act(ctx) {
      const line = (await selectOrderLines(app.services.db, [placed.orderId])).find(
        (candidate) => candidate.fulfilled_quantity > candidate.returned_quantity,
      )
      if (!line) return []
      const disposition = reason === 'defective' ? ('inspect' as const) : ('restock' as const)
      const actor = staffOf(shop ?? null, 'Service client')
      const once = { ...ctx, actor, idempotency: onceKey(`return-${placed.orderId}`) }
      await command(once, (tx) =>
        returnArticles(once, tx, app.placement.model, placed.orderId, {
          siteId: shelves.siteIdOf.get(shop?.code ?? '') ?? '',
          lines: [{ lineId: line.id, quantity: 1, reason, disposition }],
          refundTo: 'means',
        }),
      )
      await settle(followed, ['make-refunds'])
      return []
    },
  }
}
