import type { Order } from './orders.ts'

/**
 * A part of a mixed order as an order of its own, to be told of as one: its way, its code, its dates and its articles. The whole order
 * when it goes one way, or when no part is named.
 */
export function orderOfGroup(order: Order, no: number | undefined): Order {
  const group = order.groups.find((candidate) => candidate.no === no)
  if (!group) return order
  const { method, siteId, siteName, promisedAt, latestAt, pickupCode, timed } = group
  const inWindow = timed === 'window'
  const address = method === 'delivery' ? order.delivery.address : null
  return {
    ...order,
    delivery: { ...order.delivery, method, siteId, siteName, promisedAt, latestAt, inWindow, pickupCode, address },
    lines: order.lines.filter(({ groupNo }) => groupNo === no),
  }
}
