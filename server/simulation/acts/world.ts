import { ApiError, type Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import type { App } from '../../src/app.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import type { Actor, Ctx } from '../../src/kernel/context.ts'
import { query } from '../../src/kernel/db.ts'
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
  /** Reservations and appointments made so far, with what their customers were given. */
  readonly reservations: { id: string; code: string; token: string }[]
  readonly appointments: { id: string; token: string }[]
  /** Parcels packed so far, orders that go several ways, and orders that are fetched by car. */
  readonly parcels: { orderId: string; fulfillmentId: string; parcelId: string }[]
  readonly mixed: PlacedOrder[]
  readonly visits: PlacedOrder[]
  /** Rounds in which several orders are picked. */
  readonly rounds: string[]
  /** Returns that were asked for, with the token of their orders. */
  readonly returns: { id: string; token: string }[]
  /** Changes that cost more, and wait to be paid. */
  readonly changes: { orderId: string; changeId: string; token: string; paymentId: string | null }[]
  /** Companies that buy, with their people and what these asked their approvers. */
  readonly companies: {
    readonly companyId: string
    readonly siteId: string
    readonly buyers: readonly Client[]
    readonly approver: Client
    readonly requests: string[]
  }[]
  /** Companies with prices of their own: what was ever asked for each article, and what was shown before each of their orders. */
  readonly priced: (Pick<World['companies'][number], 'companyId' | 'siteId' | 'approver'> & {
    readonly entries: readonly { id: string; sku: string; variantId: string; asked: Set<number> }[]
    readonly shown: Map<string, number>
  })[]
  /** What was ever asked for each article, where prices of channels change. */
  readonly asked: Map<string, Set<number>>
  /** Articles that are files, and orders with some. */
  readonly files: string[]
  readonly downloads: PlacedOrder[]
  /** Codes of vouchers given so far. */
  readonly vouchers: string[]
  /** What themes ask at the end, when nothing waits any more, and what they leave open. */
  readonly atTheEnd: (() => Promise<string[]>)[]
  readonly closing: (() => void)[]
  /** What makes a request one of the staff, for those that are not JSON. */
  readonly staffHeaders: Readonly<Record<string, string>>
  /** The API as somebody sees it. */
  actAs(actor: Actor): Client
}

export type PlacedOrder = { orderId: string; number: string; accessToken: string; challengeUrl: string | null }

export type Act = {
  readonly name: string
  perform(world: World): Promise<void>
}

/** Something a shop may do or not: what is done in it, and what it needs to be set up. */
export type Theme = { readonly acts: readonly Act[]; open?(world: World): Promise<void> }

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

/** The town of one of the shops. */
export function townOf({ shop }: World, siteId: string): string {
  return towns.find((town) => shop.sites[town] === siteId) ?? ''
}

/** One of few people, so that what one person may have is reached. */
export function person(world: World) {
  return { name: 'Camille Petit', email: `camille-${world.rng.below(4)}@exemple.fr` }
}

/** What may be looked for in an order, as a condition on the order `o`. */
const looks = {
  /** Goods that left, and did not come back. */
  left: sql`exists (select from orders.order_line l where l.order_id = o.id and l.fulfilled_quantity > l.returned_quantity)`,
  /** Goods that are to leave. */
  open: sql`o.document_state = 'confirmed' and exists (select from orders.order_line l
    where l.order_id = o.id and l.exception is null and l.fulfilled_quantity < l.quantity)`,
  /** A line nobody can serve. */
  stuck: sql`exists (select from orders.order_line l where l.order_id = o.id and l.exception in ('unsourced', 'waiting'))`,
}

/**
 * One of the orders placed so far, or none yet. Mostly one of which what is to be done can be done: among all of them nearly every
 * choice would be in vain, and what is in vain finds no fault.
 */
export async function someOrder(world: World, look?: keyof typeof looks): Promise<PlacedOrder | undefined> {
  if (world.orders.length === 0) return undefined
  if (look === undefined || world.rng.below(8) === 0) return pick(world, world.orders)
  const fitting = await query<{ id: string }>(
    world.ctx.db,
    sql`select o.id from orders.sales_order o where o.id = any(${world.orders.map(({ orderId }) => orderId)}::uuid[])
        and ${looks[look]} order by o.id`,
  )
  if (fitting.length === 0) return undefined
  const { id } = pick(world, fitting)
  return world.orders.find(({ orderId }) => orderId === id)
}

/** One of the preparations at hand, or none. */
export async function someFulfillment(world: World, state: 'to_prepare' | 'ready', method?: 'delivery' | 'pickup') {
  const { items } = await world.staff(endpoints.listFulfillments, { query: { state, method, limit: 20 } })
  return items.length === 0 ? undefined : pick(world, items)
}

/** What whoever fetches a pick-up shows: the code of its part of the order. */
export async function pickupCodeOf(
  world: World,
  { orderId, siteId }: { orderId: string; siteId: string },
): Promise<string> {
  const { groups, delivery } = await world.staff(endpoints.getOrder, { params: { orderId }, query: {} })
  return groups.find((group) => group.siteId === siteId)?.pickupCode ?? delivery.pickupCode ?? 'NONE'
}

/** Waits for what people do at the same moment: some may be refused. @throws the first refusal, when nobody got anything; a fault */
export async function atOnce<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  const answers = await Promise.allSettled(asked)
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
  const fault = refusals.find((reason) => !(reason instanceof ApiError) || reason.problem.status >= 500)
  const granted = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  if (fault !== undefined || granted.length === 0) throw fault ?? refusals[0]
  return granted
}

/** Has two people ask for the same at once, now and then. @throws when both got what only one may have, or neither did */
export async function onceOnly<T>(world: World, ask: () => Promise<T>, fault: string): Promise<void> {
  const granted = await atOnce(world.rng.below(2) === 0 ? [ask()] : [ask(), ask()])
  if (granted.length > 1) throw new Error(fault)
}
