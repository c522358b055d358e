import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { refusalReasons } from '@ecluse/contracts/sourcing.ts'
import { onceOnly, pick, pickupCodeOf, someFulfillment, someOrder, type Act } from './world.ts'

/** What staff do with what was ordered, and with the stock. */
export const preparing: readonly Act[] = [
  {
    name: 'prepare',
    async perform(world) {
      const found = await someFulfillment(world, 'to_prepare')
      if (found) await world.staff(endpoints.markPrepared, { params: { fulfillmentId: found.id } })
    },
  },
  {
    name: 'undo a preparation',
    async perform(world) {
      const found = await someFulfillment(world, 'ready')
      if (found) await world.staff(endpoints.undoPrepared, { params: { fulfillmentId: found.id } })
    },
  },
  {
    name: 'refuse a line',
    async perform(world) {
      const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']))
      const line = found?.lines[world.rng.below(found.lines.length)]
      if (!found || !line) return
      const ask = () =>
        world.staff(endpoints.refuseLine, {
          params: { fulfillmentId: found.id },
          body: { lineId: line.lineId, reason: pick(world, refusalReasons) },
        })
      // Two clerks say so at once: one of them is told that it has been said.
      await onceOnly(world, ask, 'one line was refused twice')
    },
  },
  {
    name: 'decide about a line',
    async perform(world) {
      const orderId = (await someOrder(world, 'stuck'))?.orderId
      if (!orderId) return
      const order = await world.staff(endpoints.getOrder, { params: { orderId }, query: {} })
      const line = order.lines.find(({ exception }) => exception === 'unsourced' || exception === 'waiting')
      if (line)
        await world.staff(endpoints.resolveLine, {
          params: { orderId, lineId: line.id },
          body: { choice: pick(world, ['retry', 'wait', 'cancel']) },
        })
    },
  },
  {
    name: 'hand over',
    async perform(world) {
      const found = await someFulfillment(world, 'ready', 'pickup')
      if (!found) return
      await world.staff(endpoints.handOver, {
        params: { fulfillmentId: found.id },
        body: { pickupCode: await pickupCodeOf(world, found) },
      })
    },
  },
  {
    name: 'ship',
    async perform(world) {
      const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']), 'delivery')
      if (found)
        await world.staff(endpoints.ship, {
          params: { fulfillmentId: found.id },
          body: { carrier: 'Colissimo', trackingNumber: null },
        })
    },
  },
  {
    name: 'goods come in',
    async perform(world) {
      // Or the first buyers have it all, and nothing happens afterwards.
      const some = () => pick(world, world.shop.variantIds)
      const placeId = pick(world, Object.values(world.shop.places))
      for (const variantId of new Set([some(), some()]))
        await world.staff(endpoints.recordMovement, {
          body: { kind: 'receipt', variantId, placeId, quantity: 1 + world.rng.below(3), reason: 'simulation' },
        })
    },
  },
  {
    name: 'move stock',
    async perform(world) {
      const variantId = pick(world, world.shop.variantIds)
      const places = Object.values(world.shop.places)
      const placeId = pick(world, places)
      const common = { variantId, placeId, reason: 'simulation' }
      await world.staff(endpoints.recordMovement, {
        body: pick(world, [
          { ...common, kind: 'receipt' as const, quantity: 1 + world.rng.below(3) },
          { ...common, kind: 'count' as const, counted: world.rng.below(5) },
          { ...common, kind: 'loss' as const, quantity: 1, reasonCode: 'damaged' as const },
          { ...common, kind: 'transfer' as const, toPlaceId: pick(world, places), quantity: 1 },
        ]),
      })
    },
  },
]
