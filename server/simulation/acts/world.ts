import type { Client } from '@ecluse/contracts/client.ts'
import type { App } from '../../src/app.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import type { createSeededRng } from '../../src/kernel/rng.ts'
import type { SmallShop } from '../small-shop.ts'

/** What the people of a simulation share. */
export type World = {
  readonly app: App
  readonly ctx: Ctx
  readonly clock: Clock & { advance(milliseconds: number): void }
  readonly rng: ReturnType<typeof createSeededRng>
  readonly shop: SmallShop
  readonly bank: { healthy: boolean }
  readonly visitor: Client
  readonly staff: Client
  /** Orders placed so far, as their buyers know them. */
  readonly orders: PlacedOrder[]
  /** Carts opened so far, and quotes with the link their buyers got. */
  readonly carts: string[]
  readonly quotes: { id: string; token: string }[]
}

export type PlacedOrder = { orderId: string; number: string; accessToken: string; challengeUrl: string | null }

export type Act = {
  readonly name: string
  /** Done again at the end, until everything is at rest. */
  readonly settles?: true
  perform(world: World): Promise<void>
}

export const towns = ['nantes', 'lyon', 'lille'] as const
export const contact = { name: 'Dominique Morel', email: 'dominique@exemple.fr' }
export const address = { name: 'Dominique Morel', street: '8 place Royale', postalCode: '44000', locality: 'Nantes' }

/** One of a list, by the seed. */
export function pick<const T>(world: World, items: readonly T[]): T {
  return items[world.rng.below(items.length)] as T
}

export function someLines(world: World): { variantId: string; quantity: number }[] {
  return Array.from({ length: 1 + world.rng.below(2) }, () => ({
    variantId: pick(world, world.shop.variantIds),
    quantity: 1 + world.rng.below(2),
  }))
}

export function someSite(world: World): string {
  return world.shop.sites[pick(world, towns)] ?? ''
}

/** One of the orders placed so far, or none yet. */
export function someOrder(world: World): PlacedOrder | undefined {
  return world.orders.length === 0 ? undefined : pick(world, world.orders)
}

/** Has two people ask for the same at once, now and then. @throws when both got what only one may have, or neither did */
export async function onceOnly<T>(world: World, ask: () => Promise<T>, fault: string): Promise<void> {
  const answers = await Promise.allSettled(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
  const granted = answers.filter((answer) => answer.status === 'fulfilled').length
  if (granted > 1) throw new Error(fault)
  const [first] = answers
  if (granted === 0 && first?.status === 'rejected') throw first.reason
}
