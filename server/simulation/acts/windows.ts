import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { address, contact, pick, someLines, type Act } from './world.ts'

/** What is done with delivery windows: few places, wanted by many. */
export const windows: readonly Act[] = [
  {
    name: 'buy for a window',
    async perform(world) {
      const today = world.clock.now()
      const [from, until] = [1, 2].map((days) =>
        new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10),
      )
      const { items } = await world.staff(endpoints.listWindows, { query: { from: from ?? '', until: until ?? '' } })
      if (items.length === 0) return
      const placed = await world.visitor(endpoints.placeOrder, {
        body: {
          channel: 'web',
          lines: someLines(world),
          contact,
          delivery: { method: 'delivery', address, windowId: pick(world, items).id },
          payments: [{ method: 'online_card', token: pick(world, ['tok_accept', 'tok_challenge', 'tok_decline']) }],
        },
      })
      world.orders.push(placed)
    },
  },
]
