import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { onceOnly, person, pick, someLines, someSite, townOf, type Act, type Theme, type World } from './world.ts'

const anyLocale = { query: {} }

function someReservation(world: World) {
  return world.reservations.length === 0 ? undefined : pick(world, world.reservations)
}

/** What staff do to a reservation that is there. */
const staffAct = (
  name: string,
  act: (world: World, reservationId: string) => Promise<unknown>,
  fault?: string,
): Act => ({
  name,
  async perform(world) {
    const found = someReservation(world)
    if (!found) return
    const ask = () => act(world, found.id)
    if (fault) await onceOnly(world, ask, fault)
    else await ask()
  },
})

async function reserve(world: World): Promise<void> {
  const made = await world.visitor(endpoints.createReservation, {
    body: { channel: 'web', siteId: someSite(world), lines: someLines(world), contact: person(world) },
  })
  world.reservations.push({ id: made.id, code: made.code, token: made.accessToken ?? '' })
}

/** Whoever tried things pays for what they keep, at the till of the shop; a clerk in a hurry rings it up twice. */
async function buyReserved(world: World): Promise<void> {
  const found = someReservation(world)
  if (!found) return
  const { siteId } = await world.staff(endpoints.getReservation, { params: { reservationId: found.id }, query: {} })
  const channel = `shop-${townOf(world, siteId)}`
  const { cart } = await world.staff(endpoints.pickUpPass, { params: { code: found.code }, body: { channel } })
  const buy = () =>
    world.staff(endpoints.placeOrder, {
      body: {
        channel,
        cartId: cart.id,
        delivery: { method: 'carry_out', siteId },
        payments: [{ method: 'cash', amountMinor: cart.subtotal.amountMinor }],
      },
    })
  await onceOnly(world, buy, 'one reservation became two orders')
}

/** Reserve and try: articles put aside in a shop without payment, tried, bought, given back or never fetched. */
export const reserving: Theme = {
  async open({ staff, shop }) {
    const body = { active: true, openDays: 0, mostUnits: 4, mostOpen: 2 }
    for (const town of ['nantes', 'lyon'])
      await staff(endpoints.putReservationPolicy, { params: { siteId: shop.sites[town] ?? '' }, body })
  },
  acts: [
    { name: 'reserve', perform: reserve },
    { name: 'reserve', perform: reserve },
    staffAct('put a reservation aside', (world, reservationId) =>
      world.staff(endpoints.putReservationAside, { params: { reservationId }, ...anyLocale, body: { shelf: 'B2' } }),
    ),
    staffAct('receive a visitor', (world, reservationId) =>
      world.staff(endpoints.receiveVisitor, { params: { reservationId }, ...anyLocale }),
    ),
    staffAct('put a reservation back', async (world, reservationId) => {
      const { lines } = await world.staff(endpoints.getReservation, { params: { reservationId }, query: {} })
      const some = pick(world, [undefined, lines.slice(0, 1).map(({ variantId }) => variantId)])
      await world.staff(endpoints.releaseReservation, {
        params: { reservationId },
        ...anyLocale,
        body: { variantIds: some },
      })
    }),
    {
      name: 'give up a reservation',
      async perform(world) {
        const found = someReservation(world)
        if (found)
          await world.visitor(endpoints.cancelReservation, {
            params: { reservationId: found.id },
            ...anyLocale,
            body: { token: found.token },
          })
      },
    },
    {
      name: 'change what is reserved',
      async perform(world) {
        const found = someReservation(world)
        if (found)
          await world.visitor(endpoints.setCartLine, {
            params: { cartId: found.id, variantId: pick(world, world.shop.variantIds) },
            query: {},
            body: { quantity: world.rng.below(3) },
          })
      },
    },
    { name: 'buy what was reserved', perform: buyReserved },
  ],
}
