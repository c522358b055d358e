import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { address, atOnce, contact, onceOnly, pick, pickupCodeOf, someSite, type Theme, type World } from './world.ts'

/** Two articles that reach their buyer in two ways. */
async function buyInParts(world: World): Promise<void> {
  const [first = '', second = ''] = world.shop.variantIds.toSorted(() => world.rng.below(3) - 1)
  const sites = [...new Set([someSite(world), someSite(world)])]
  const placed = await world.visitor(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [first, second].map((variantId) => ({ variantId, quantity: 1 + world.rng.below(2) })),
      contact,
      delivery: pick(world, [
        { method: 'delivery' as const, address },
        { method: 'pickup' as const, siteId: someSite(world) },
      ]),
      pickups: [{ siteId: sites[0] ?? '', variantIds: [first] }],
      payments: [{ method: 'online_card', token: pick(world, ['tok_accept', 'tok_accept', 'tok_challenge']) }],
    },
  })
  world.orders.push(placed)
  world.mixed.push(placed)
}

async function buyForDrive(world: World): Promise<void> {
  const siteId = world.shop.sites['lille'] ?? ''
  const { sites } = await world.visitor(endpoints.offerDriveSlots, { query: { channel: 'web', siteId } })
  const slots = (sites[0]?.days ?? []).flatMap((day) => day.slots).slice(0, 2)
  if (slots.length === 0) return
  const placed = await world.visitor(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [{ variantId: pick(world, world.shop.variantIds), quantity: 1 }],
      contact,
      delivery: { method: 'pickup', siteId, slotId: pick(world, slots).id },
      payments: [{ method: 'online_card', token: pick(world, ['tok_accept', 'tok_accept', 'tok_decline']) }],
    },
  })
  world.orders.push(placed)
  world.visits.push(placed)
}

export async function cancelPart(world: World): Promise<void> {
  if (world.mixed.length === 0) return
  const { orderId, accessToken: token } = pick(world, world.mixed)
  const params = { orderId, no: world.rng.below(2) }
  const ask = () =>
    pick(world, [
      () => world.visitor(endpoints.cancelPart, { params, body: { token } }),
      () => world.staff(endpoints.cancelPart, { params, body: { reason: 'le client a changé d’avis' } }),
    ])()
  await onceOnly(world, ask, 'one part was cancelled twice')
}

/** Orders in parts. */
export const parts: Theme = {
  acts: [
    { name: 'buy in parts', perform: buyInParts },
    { name: 'buy in parts', perform: buyInParts },
    { name: 'cancel a part', perform: cancelPart },
  ],
}

/** The drive of Lille: two customers in each hour, two bays. */
export const drive: Theme = {
  async open({ staff, shop }) {
    const body = { bays: 2, slotMinutes: 60 as const, capacity: 2, active: true }
    await staff(endpoints.putDrive, { params: { siteId: shop.sites['lille'] ?? '' }, body })
  },
  acts: [
    { name: 'buy for the drive', perform: buyForDrive },
    { name: 'buy for the drive', perform: buyForDrive },
    {
      name: 'arrive at the drive',
      async perform(world) {
        if (world.visits.length === 0) return
        const arrive = () => {
          const { orderId, accessToken: token } = pick(world, world.visits)
          const bay = pick(world, [null, 1, 2])
          return world.visitor(endpoints.signalArrival, { params: { orderId }, body: { token, vehicle: 'rouge', bay } })
        }
        await atOnce([arrive(), arrive()])
      },
    },
    {
      name: 'send a car to a bay',
      async perform(world) {
        if (world.visits.length === 0) return
        const send = () =>
          world.staff(endpoints.assignBay, {
            params: { orderId: pick(world, world.visits).orderId },
            body: { bay: 1 + world.rng.below(2) },
          })
        await atOnce([send(), send()])
      },
    },
    {
      name: 'hand over into a car',
      async perform(world) {
        if (world.visits.length === 0) return
        const { orderId } = pick(world, world.visits)
        const { items } = await world.staff(endpoints.listFulfillments, {
          query: { siteId: world.shop.sites['lille'], state: ['to_prepare', 'ready'], method: 'pickup', limit: 50 },
        })
        const found = items.find((item) => item.orderId === orderId)
        if (!found) return
        const params = { fulfillmentId: found.id }
        if (found.state === 'to_prepare') await world.staff(endpoints.markPrepared, { params })
        await world.staff(endpoints.handOver, { params, body: { pickupCode: await pickupCodeOf(world, found) } })
      },
    },
  ],
}
