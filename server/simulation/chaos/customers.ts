import { setTimeout as wait } from 'node:timers/promises'
import type { SeededRng } from '../../src/kernel/rng.ts'

/** What customers asked under which key, and which order they were answered. */
export type Bought = { readonly asked: Set<string>; readonly answered: Map<string, string>; refused: number }

/**
 * Customers who buy as fast as they can. Whoever gets no answer does what a careful program does: asks again under the same
 * key until there is one, however often the server dies meanwhile.
 */
export function startCustomers(shop: {
  url: string
  variantIds: readonly string[]
  count: number
  rng: SeededRng
}): Bought & { stop(): Promise<void> } {
  const bought: Bought = { asked: new Set(), answered: new Map(), refused: 0 }
  let over = false
  const customer = async (number: number): Promise<void> => {
    for (let purchase = 0; !over; purchase++) {
      const key = `customer-${number}-purchase-${purchase}`
      bought.asked.add(key)
      const body = purchaseOf(shop.variantIds[shop.rng.below(shop.variantIds.length)] ?? '')
      const orderId = await insist(shop.url, key, body)
      if (orderId === null) bought.refused += 1
      else bought.answered.set(key, orderId)
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

function purchaseOf(variantId: string): string {
  return JSON.stringify({
    channel: 'web',
    lines: [{ variantId, quantity: 1 }],
    contact: { name: 'Alix', email: 'alix@exemple.fr' },
    delivery: {
      method: 'delivery',
      address: { name: 'Alix', street: '1 rue', postalCode: '44000', locality: 'Nantes' },
    },
    payments: [{ method: 'online_card', token: 'tok_accept' }],
  })
}

/** Asks until somebody answers. @returns the order, or null when the purchase was refused for good */
async function insist(url: string, key: string, body: string): Promise<string | null> {
  for (;;) {
    const answer = await ask(url, key, body).catch(() => undefined)
    if (answer?.status === 201) return answer.orderId
    // A refusal is an answer; an overload, a failure or silence is none.
    if (answer !== undefined && answer.status < 500 && answer.status !== 429) return null
    await wait(20)
  }
}

/** Asks once. */
async function ask(url: string, key: string, body: string): Promise<{ status: number; orderId: string }> {
  const response = await fetch(`${url}/api/v1/orders`, {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body,
  })
  const { orderId = '' } = (await response.json()) as { orderId?: string }
  return { status: response.status, orderId }
}
