import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { atOnce, onceOnly, pick, someFulfillment, type Theme, type World } from './world.ts'

const query = {}

/** Packs some units of a preparation; two packers reach for the same ones. */
async function pack(world: World): Promise<void> {
  const found = await someFulfillment(world, pick(world, ['to_prepare', 'ready']), 'delivery')
  if (!found) return
  const params = { fulfillmentId: found.id }
  const { left } = await world.staff(endpoints.getPacking, { params, query })
  if (left.length === 0) return
  const { lineId, quantity } = pick(world, left)
  const ask = () =>
    world.staff(endpoints.packParcel, {
      params,
      body: { lines: [{ lineId, quantity: 1 + world.rng.below(quantity) }] },
    })
  const packings = await atOnce(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
  for (const { parcels } of packings)
    for (const { id } of parcels)
      if (!world.parcels.some(({ parcelId }) => parcelId === id))
        world.parcels.push({ ...params, parcelId: id, orderId: found.orderId })
}

function someParcel(world: World) {
  return world.parcels.length === 0 ? undefined : pick(world, world.parcels)
}

/** Parcels: packed with some of an order, given to a carrier, followed, and made good when they do not arrive. */
export const parcels: Theme = {
  acts: [
    { name: 'pack a parcel', perform: pack },
    { name: 'pack a parcel', perform: pack },
    {
      name: 'ship or unpack a parcel',
      async perform(world) {
        const params = someParcel(world)
        if (!params) return
        const ship = () => world.staff(endpoints.shipParcel, { params, body: { carrier: 'DPD', trackingNumber: null } })
        const unpack = () => world.staff(endpoints.unpackParcel, { params })
        await onceOnly(world, pick(world, [ship, ship, unpack]), 'one parcel left twice')
      },
    },
    {
      name: 'pack, ship and cancel at once',
      async perform(world) {
        const params = someParcel(world)
        if (!params) return
        await atOnce<unknown>([
          world.staff(endpoints.shipParcel, { params, body: { carrier: 'DPD', trackingNumber: null } }),
          world.staff(endpoints.cancelOrder, { params, body: { reason: 'le client a changé d’avis' } }),
        ])
      },
    },
    {
      name: 'follow a parcel',
      async perform(world) {
        const params = someParcel(world)
        if (params)
          await world.staff(endpoints.moveParcel, {
            params,
            body: { state: pick(world, ['in_transit', 'delivered', 'returned_to_sender', 'lost', 'lost']) },
          })
      },
    },
    {
      name: 'make a parcel good',
      async perform(world) {
        const params = someParcel(world)
        if (!params) return
        const body = { choice: pick(world, ['reship', 'refund']), restock: world.rng.below(2) === 0 }
        const ask = () => world.staff(endpoints.resolveParcel, { params, body })
        await onceOnly(world, ask, 'one parcel was made good twice')
      },
    },
  ],
}
