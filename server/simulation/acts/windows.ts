import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { listSites, putSite } from '../../src/modules/channels/public.ts'
import { inTransaction } from '../../src/kernel/db.ts'
import { cancelPart } from './parts.ts'
import { address, contact, pick, someLines, someSite, type Theme, type World } from './world.ts'

/** Nantes delivers in windows: two places in each, one van. */
async function openWindows({ ctx, shop, staff }: World): Promise<void> {
  const placeId = shop.places['nantes'] ?? ''
  await inTransaction(ctx.db, async (tx) => {
    const site = (await listSites(tx)).find(({ code }) => code === 'nantes')
    if (site) await putSite(ctx, tx, { ...site, latitude: 47.2126, longitude: -1.5561 })
  })
  await staff(endpoints.putZone, {
    params: { code: 'nantes' },
    body: {
      name: 'Nantes',
      placeId,
      centre: { latitude: 47.2126, longitude: -1.5561 },
      serviceMinutes: 10,
      active: true,
      areas: [{ prefix: '440', coordinates: { latitude: 47.218, longitude: -1.553 } }],
      template: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
        ['10:00', '14:00'].map((from) => ({ weekday, from, capacity: 2, cutOffHours: 3, feeMinor: 790 })),
      ),
    },
  })
  const van = { name: 'Fourgon', capacityKg: 800, from: '07:00', until: '19:00', active: true }
  await staff(endpoints.putVehicles, { params: { placeId }, body: { vehicles: [van] } })
}

/** One of the windows of the two days to come. */
async function someWindow(world: World): Promise<string | undefined> {
  const [from = '', until = ''] = [1, 2].map((days) =>
    new Date(world.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10),
  )
  const { items } = await world.staff(endpoints.listWindows, { query: { from, until } })
  return items.length === 0 ? undefined : pick(world, items).id
}

/** A part delivered in a window, and another fetched in a shop. */
async function buyPartInWindow(world: World): Promise<void> {
  const [first = '', second = ''] = world.shop.variantIds.toSorted(() => world.rng.below(3) - 1)
  const windowId = await someWindow(world)
  if (windowId === undefined) return
  const placed = await world.visitor(endpoints.placeOrder, {
    body: {
      channel: 'web',
      lines: [first, second].map((variantId) => ({ variantId, quantity: 1 + world.rng.below(2) })),
      contact,
      delivery: { method: 'delivery', address, windowId },
      pickups: [{ siteId: someSite(world), variantIds: [second] }],
      payments: [
        { method: 'online_card', token: pick(world, ['tok_accept', 'tok_accept', 'tok_challenge', 'tok_decline']) },
      ],
    },
  })
  world.orders.push(placed)
  world.mixed.push(placed)
}

/** What is done with delivery windows: few places, wanted by many. */
export const windows: Theme = {
  open: openWindows,
  acts: [
    { name: 'buy a part for a window', perform: buyPartInWindow },
    { name: 'buy a part for a window', perform: buyPartInWindow },
    { name: 'give up a part', perform: cancelPart },
    {
      name: 'buy for a window',
      async perform(world) {
        const windowId = await someWindow(world)
        if (windowId === undefined) return
        const placed = await world.visitor(endpoints.placeOrder, {
          body: {
            channel: 'web',
            lines: someLines(world),
            contact,
            delivery: { method: 'delivery', address, windowId },
            payments: [{ method: 'online_card', token: pick(world, ['tok_accept', 'tok_challenge', 'tok_decline']) }],
          },
        })
        world.orders.push(placed)
      },
    },
  ],
}
