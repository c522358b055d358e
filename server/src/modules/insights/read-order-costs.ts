import type { OrderCosts } from '@ecluse/contracts/insights.ts'
import { sitesOf, type Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { costsFor } from './count-days.ts'
import {
  costOfOrder,
  lostByReturn,
  withoutVat,
  type CostModels,
  type OrderFact,
  type UnitCosts,
} from './domain/count-sales.ts'
import { orderFacts, returnFacts } from './queries/order-facts.ts'

/**
 * What each line of an order costs to serve, and why; the same function the figures are counted with. A cancelled order sells nothing
 * and costs nothing; one that is not paid yet is not told of.
 * @throws orders.not_found
 */
export async function readOrderCosts(ctx: Ctx, orderId: string): Promise<OrderCosts> {
  const [order] = await orderFacts(ctx.db, { orderIds: [orderId] })
  const maySee = sitesOf(ctx.actor)
  const visible = order && (maySee === null || (order.siteId !== null && maySee.includes(order.siteId)))
  if (!visible) throw refuse('orders.not_found')
  return costsOf(order, await costsFor(ctx.db, [order]))
}

/** How many orders are read at once. */
const chunkSize = 2_000

/** What is left of each of these orders, without VAT, after all that serving it costs and what came back since, in minor units. */
export async function marginsOfOrders(db: Queryable, orderIds: readonly string[]): Promise<Map<string, number>> {
  const margins = new Map<string, number>()
  for (let at = 0; at < orderIds.length; at += chunkSize) {
    const which = { orderIds: orderIds.slice(at, at + chunkSize) }
    const [orders, returns] = await Promise.all([orderFacts(db, which), returnFacts(db, which)])
    const costs = await costsFor(db, orders, returns)
    for (const order of orders) margins.set(order.orderId, costsOf(order, costs).marginMinor)
    for (const back of returns) {
      const lost = Number(lostByReturn(back, costs.unitCosts, costs.models))
      margins.set(back.orderId, (margins.get(back.orderId) ?? 0) - lost)
    }
  }
  return margins
}

function costsOf(order: OrderFact, { unitCosts, models }: { unitCosts: UnitCosts; models: CostModels }): OrderCosts {
  const lines = costOfOrder(order, unitCosts, models).map(({ lineId, totalMinor, terms }, index) => {
    const line = order.lines[index]
    return {
      lineId,
      netMinor: line ? Number(withoutVat(line.grossMinor, line.vatBasisPoints)) : 0,
      costMinor: Number(totalMinor),
      terms: terms.map((term) => ({ ...term, amountMinor: Number(term.amountMinor) })),
    }
  })
  const goodsGross = order.lines.reduce((sum, { grossMinor }) => sum + grossMinor, 0n)
  const carriageGross = order.cancelled ? 0n : order.totalMinor - goodsGross
  const carriageMinor = Number(withoutVat(carriageGross, order.deliveryVatBasisPoints))
  const netMinor = carriageMinor + lines.reduce((sum, line) => sum + line.netMinor, 0)
  const costMinor = lines.reduce((sum, line) => sum + line.costMinor, 0)
  const { orderId, channelCode, day } = order
  return { orderId, channelCode, day, netMinor, carriageMinor, costMinor, marginMinor: netMinor - costMinor, lines }
}
