import { beforeAll } from 'vitest'
import type { Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PutZoneBody, WindowOffer } from '@ecluse/contracts/windows.ts'
import { createTestShop, webPurchase, type TestShop } from '../../../../test/kit/shop.ts'

/** A small shop whose place in Nantes delivers in windows with one van; call it at the top of a test file. */
export async function createWindowShop() {
  const small = await createTestShop({ products: 2, unitsPerPlace: 500 })
  const { app, shop, asStaff } = small
  const staff = asStaff()
  const [variantId = '', other = ''] = shop.variantIds
  const placeId = shop.places['nantes'] ?? ''
  const nantes = { latitude: 47.2126, longitude: -1.5561 }
  const street = { name: 'Camille Roux', street: '3 rue des Lilas', postalCode: '44000', locality: 'Nantes' }

  const everyDay = [1, 2, 3, 4, 5, 6, 7]
  const zone = (changes: Partial<PutZoneBody> = {}): PutZoneBody => ({
    name: 'Nantes',
    placeId,
    centre: nantes,
    serviceMinutes: 10,
    active: true,
    areas: [
      { prefix: '440', coordinates: { latitude: 47.218, longitude: -1.553 } },
      { prefix: '441', coordinates: null },
    ],
    template: everyDay.flatMap((weekday) =>
      ['08:00', '10:00', '14:00'].map((from) => ({ weekday, from, capacity: 4, cutOffHours: 3, feeMinor: 790 })),
    ),
    ...changes,
  })
  const van = { name: 'Fourgon 1', capacityKg: 800, from: '07:00', until: '19:00', active: true }

  beforeAll(async () => {
    await app.wiring.services.db.query('update channels.site set latitude = $1, longitude = $2 where code = $3', [
      nantes.latitude,
      nantes.longitude,
      'nantes',
    ])
    await staff(endpoints.putZone, { params: { code: 'nantes' }, body: zone() })
    await staff(endpoints.putVehicles, { params: { placeId }, body: { vehicles: [van] } })
  })

  return {
    ...small,
    staff,
    variantId,
    other,
    placeId,
    street,
    zone,
    van,
    ...dealings(small, { staff, variantId, street }),
  }
}

type Known = { staff: Client; variantId: string; street: object }

/** What buyers and staff do with windows, in few words. */
function dealings({ app, visitor }: TestShop, { staff, variantId, street }: Known) {
  async function cartOf(quantity = 1, variant = variantId): Promise<string> {
    const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
    await visitor(endpoints.setCartLine, {
      params: { cartId: cart.id, variantId: variant },
      query: {},
      body: { quantity },
    })
    return cart.id
  }

  async function offer(postalCode = '44000', quantity = 1, where: object = {}): Promise<WindowOffer> {
    return visitor(endpoints.offerWindows, { query: { cartId: await cartOf(quantity), postalCode, ...where } })
  }

  /** The id of the window of a date that begins at an hour of Paris. */
  async function windowAt(date: string, time: string): Promise<string> {
    const { items } = await staff(endpoints.listWindows, { query: { from: date, until: date } })
    const found = items.find(({ startsAt }) => parisTime(startsAt) === time)
    if (!found) throw new Error(`no window on ${date} at ${time}`)
    return found.id
  }

  function parisTime(instant: string): string {
    return new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' }).format(new Date(instant))
  }

  type Changes = { quantity?: number; address?: object; coordinates?: object; token?: string }

  function buyIn(windowId: string, { quantity = 1, address = {}, coordinates, token = 'tok_accept' }: Changes = {}) {
    return visitor(endpoints.placeOrder, {
      body: webPurchase([{ variantId, quantity }], {
        delivery: {
          method: 'delivery',
          address: { ...street, ...address },
          windowId,
          ...(coordinates ? { coordinates } : {}),
        },
        payments: [{ method: 'online_card', token }],
      }),
    })
  }

  async function taken(windowId: string, date: string): Promise<number> {
    const { items } = await staff(endpoints.listWindows, { query: { from: date, until: date } })
    return items.find(({ id }) => id === windowId)?.taken ?? -1
  }

  async function stopsOn(date: string): Promise<number> {
    const { rows } = await app.wiring.services.db.query<{ n: number }>(
      'select count(*)::int as n from fulfillment.route_stop where date = $1',
      [date],
    )
    return rows[0]?.n ?? -1
  }

  return { cartOf, offer, windowAt, parisTime, buyIn, taken, stopsOn }
}
