import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { atOnce, pick, someFulfillment, towns, type Theme, type World } from './world.ts'

/** One article is followed lot by lot from now on, another unit by unit. */
async function follow({ staff, shop }: World): Promise<void> {
  const [lots = '', serials = ''] = shop.variantIds
  const common = { withExpiry: false, minDaysLeft: 0 }
  await staff(endpoints.setTracking, { params: { variantId: lots }, body: { tracking: { ...common, mode: 'lot' } } })
  await staff(endpoints.setTracking, {
    params: { variantId: serials },
    body: { tracking: { ...common, mode: 'serial' } },
  })
}

async function receive(world: World): Promise<void> {
  const [lots = '', serials = ''] = world.shop.variantIds
  const variantId = pick(world, [lots, serials])
  const number = variantId === lots ? pick(world, ['L1', 'L2']) : `S${world.rng.below(12)}`
  const quantity = variantId === lots ? 1 + world.rng.below(3) : 1
  const body = {
    kind: 'receipt' as const,
    variantId,
    quantity,
    reason: 'simulation',
    lots: [{ number, units: quantity }],
  }
  const ask = () =>
    world.staff(endpoints.recordMovement, {
      body: { ...body, placeId: pick(world, Object.values(world.shop.places)) },
    })
  // One serial number is received in two places: it is in one of them.
  await atOnce(variantId === serials ? [ask(), ask()] : [ask()])
}

/** Two tills reach for the same lot, or the same unit. */
async function sell(world: World): Promise<void> {
  const town = pick(world, towns)
  const siteId = world.shop.sites[town] ?? ''
  const index = world.rng.below(2)
  const variantId = world.shop.variantIds[index] ?? ''
  const { items } = await world.staff(endpoints.listShelfLots, { query: { siteId, variantIds: variantId } })
  const shelf = (items[0]?.lots ?? []).filter(({ units }) => units > 0)
  if (shelf.length === 0) return
  const { number } = pick(world, shelf)
  const channel = `shop-${town}`
  const { variant } = await world.staff(endpoints.findOfferByGtin, {
    params: { code: `SKU-${index}` },
    query: { channel },
  })
  const ask = () =>
    world.staff(endpoints.placeOrder, {
      body: {
        channel,
        lines: [{ variantId, quantity: 1 }],
        lots: number === null ? [] : [{ variantId, lots: [{ number, units: 1 }] }],
        delivery: { method: 'carry_out', siteId },
        payments: [{ method: 'cash', amountMinor: variant.price.amountMinor }],
      },
    })
  await atOnce([ask(), ask()])
}

/** Somebody says which lots were taken from the shelf for a preparation. */
async function take(world: World): Promise<void> {
  const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']))
  if (!found) return
  const params = { fulfillmentId: found.id }
  const { lines } = await world.staff(endpoints.getFulfillmentLots, { params })
  const taken = lines.flatMap(({ lineId, shelf, quantity }) => {
    const lot = shelf.find(({ number, units }) => number !== null && units > 0)
    return lot?.number ? [{ lineId, lots: [{ number: lot.number, units: Math.min(quantity, lot.units) }] }] : []
  })
  if (taken.length > 0) await world.staff(endpoints.pickLots, { params, body: { lines: taken } })
}

/** Lots and serial numbers: received, sold, taken for orders, recalled. */
export const tracing: Theme = {
  open: follow,
  acts: [
    { name: 'receive a lot', perform: receive },
    { name: 'receive a lot', perform: receive },
    { name: 'sell a lot at the till', perform: sell },
    { name: 'take lots for an order', perform: take },
    { name: 'take lots for an order', perform: take },
    {
      name: 'recall a lot',
      async perform(world) {
        const { items } = await world.staff(endpoints.listLots, { query: {} })
        if (items.length === 0) return
        const params = { lotId: pick(world, items).id }
        const block = () => world.staff(endpoints.blockLot, { params, body: { reason: 'recall', note: null } })
        const unblock = () => world.staff(endpoints.unblockLot, { params, body: {} })
        await atOnce(pick(world, [[block], [unblock], [block, block], [block, unblock]]).map((ask) => ask()))
      },
    },
  ],
}
