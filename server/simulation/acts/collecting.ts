import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { atOnce, pick, pickupCodeOf, someFulfillment, someOrder, type Theme } from './world.ts'

const dayMs = 86_400_000

/** Pick-ups that wait: reminded, fetched by somebody else, or never fetched. */
export const collecting: Theme = {
  async open({ staff }) {
    await staff(endpoints.putPickupRules, { body: { remindAfterDays: 1, keepDays: 2 } })
  },
  acts: [
    {
      name: 'name who fetches',
      async perform(world) {
        const order = await someOrder(world, 'open')
        if (!order) return
        const body = { token: order.accessToken, name: pick(world, ['Lou Petit', null]) }
        await world.visitor(endpoints.nameCollector, { params: { orderId: order.orderId }, body })
      },
    },
    {
      name: 'fetch for somebody while it is undone',
      async perform(world) {
        const found = await someFulfillment(world, 'ready', 'pickup')
        if (!found) return
        const params = { fulfillmentId: found.id }
        const body = { pickupCode: await pickupCodeOf(world, found), collectedBy: 'Lou Petit' }
        await atOnce([
          world.staff(endpoints.handOver, { params, body }),
          pick(world, [
            () => world.staff(endpoints.undoPrepared, { params }),
            () => world.staff(endpoints.handOver, { params, body }),
          ])(),
        ])
      },
    },
    {
      name: 'let days pass',
      async perform(world) {
        if (world.rng.below(3) === 0) world.clock.advance(1.5 * dayMs)
      },
    },
  ],
}
