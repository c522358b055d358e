import { setTimeout as wait } from 'node:timers/promises'
import { ApiError, createClient, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SeededRng } from '../../src/kernel/rng.ts'

/** What became of an order, as its buyer was answered: as it was bought, with one unit less, or given up. */
export type OrderFate = 'kept' | 'lowered' | 'ended'
export type ReservationFate = 'open' | 'cancelled'

/** What customers asked, and what they were answered. */
export type Bought = {
  /** Purchases and reservations asked for, by their keys. */
  readonly asked: Set<string>
  /** The order or the reservation each of these keys was answered. */
  readonly answered: Map<string, string>
  readonly orders: Map<string, OrderFate>
  readonly reservations: Map<string, ReservationFate>
  refused: number
}

type Shop = {
  readonly url: string
  readonly variantIds: readonly string[]
  readonly siteIds: readonly string[]
  readonly count: number
  readonly rng: SeededRng
}

const address = { name: 'Alix', street: '1 rue', postalCode: '44000', locality: 'Nantes' }

/**
 * Customers who buy, change, give up and reserve as fast as they can. Whoever gets no answer does what a careful program does: asks
 * again under the same key until there is one, however often the server dies meanwhile.
 */
export function startCustomers(shop: Shop): Bought & { stop(): Promise<void> } {
  const bought: Bought = {
    asked: new Set(),
    answered: new Map(),
    orders: new Map(),
    reservations: new Map(),
    refused: 0,
  }
  let over = false
  const customer = async (number: number): Promise<void> => {
    for (let visit = 0; !over; visit++) {
      const key = `customer-${number}-visit-${visit}`
      bought.asked.add(key)
      const visitor = visitorOf(shop.url, number, visit)
      const id = await (shop.rng.below(5) === 0 ? reserve(shop, bought, visitor, key) : buy(shop, bought, visitor, key))
      if (id === null) bought.refused += 1
      else bought.answered.set(key, id)
    }
  }
  const all = Promise.all(Array.from({ length: shop.count }, (_, number) => customer(number)))
  return Object.assign(bought, {
    async stop() {
      over = true
      await all
    },
  })
}

/** Buys two of something, by parcel or in a shop; a few then want one less, or nothing any more. */
async function buy({ rng, variantIds, siteIds }: Shop, bought: Bought, visitor: Client, key: string) {
  const delivery =
    rng.below(2) === 0
      ? { method: 'delivery' as const, address }
      : { method: 'pickup' as const, siteId: siteIds[rng.below(siteIds.length)] ?? '' }
  const body = {
    channel: 'web',
    lines: [{ variantId: variantIds[rng.below(variantIds.length)] ?? '', quantity: 2 }],
    contact: { name: 'Alix', email: 'alix@exemple.fr' },
    delivery,
    payments: [{ method: 'online_card' as const, token: 'tok_accept' }],
  }
  const placed = await insist(() => visitor(endpoints.placeOrder, { body }, { idempotencyKey: key }))
  if (placed === null) return null
  const { orderId, accessToken: token } = placed
  bought.orders.set(orderId, 'kept')
  const wish = rng.below(6)
  if (wish < 2) {
    const params = { orderId }
    const seen = await insist(() => visitor(endpoints.getChangeable, { params, query: { token } }))
    const lines = (seen?.lines ?? []).map(({ lineId }) => ({ lineId, quantity: wish }))
    const change = { token, revision: seen?.revision ?? 1, lines }
    const options = { idempotencyKey: `${key}-change` }
    if ((await insist(() => visitor(endpoints.changeOrder, { params, body: change }, options))) !== null)
      bought.orders.set(orderId, wish === 0 ? 'ended' : 'lowered')
  }
  return orderId
}

/** Reserves something to try; half of those who do think better of it. */
async function reserve({ rng, variantIds, siteIds }: Shop, bought: Bought, visitor: Client, key: string) {
  const body = {
    channel: 'web',
    siteId: siteIds[rng.below(siteIds.length)] ?? '',
    lines: [{ variantId: variantIds[rng.below(variantIds.length)] ?? '', quantity: 1 }],
    contact: { name: 'Alix', email: `${key}@exemple.fr` },
  }
  const made = await insist(() => visitor(endpoints.createReservation, { body }, { idempotencyKey: key }))
  if (made === null) return null
  bought.reservations.set(made.id, 'open')
  const given = { params: { reservationId: made.id }, query: {}, body: { token: made.accessToken ?? '' } }
  if (rng.below(2) === 0 && (await insist(() => visitor(endpoints.cancelReservation, given))) !== null)
    bought.reservations.set(made.id, 'cancelled')
  return made.id
}

/** Asks until somebody answers. @returns the answer, or null when it was refused for good */
async function insist<T>(ask: () => Promise<T>): Promise<T | null> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      // A refusal is an answer; an overload, a failure or silence is none.
      if (error instanceof ApiError && error.problem.status < 500 && error.problem.status !== 429) return null
    }
    await wait(20)
  }
}

/** Somebody at an address of their own: one network may only reserve so much. */
function visitorOf(url: string, number: number, visit: number): Client {
  const from = `10.${number % 250}.${Math.floor(visit / 250) % 250}.${visit % 250}`
  return createClient(
    async ({ url: path, ...request }) => {
      const response = await fetch(`${url}${path}`, {
        ...request,
        headers: { ...request.headers, 'x-forwarded-for': from },
        signal: AbortSignal.timeout(10_000),
      })
      return { status: response.status, body: await response.text(), headers: response.headers }
    },
    { locale: () => 'fr' },
  )
}
