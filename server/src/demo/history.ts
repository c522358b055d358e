import { command, Replay } from '../kernel/command.ts'
import { systemContext, type Actor, type Ctx } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { loadCatalogProducts, type CatalogProduct } from '../modules/catalog/public.ts'
import { listSites } from '../modules/channels/public.ts'
import { listPlaces, recordMovements } from '../modules/inventory/public.ts'
import { placeOrder } from '../modules/orders/public.ts'
import { drawOrder, type Draw, type DrawnOrder, type Shelves } from './draw-order.ts'
import { followOrder } from './follow-order.ts'
import type { FollowUp } from './follow-up.ts'
import { historyDays, onceKey, settle, type DemoStage } from './demo-stage.ts'
import { staffOf } from './staff-of.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** What happens at one moment of the history. */
type Moment = { at: number; act(): Promise<readonly FollowUp[]> }

/**
 * The last thirty days: some 150 orders through every channel, prepared, handed over, shipped and returned as the days go by,
 * and a delivery of goods each week. Each act happens at its own time, through the same use cases as a real one.
 */
export async function liveThrough(stage: DemoStage): Promise<void> {
  const { app, clock, state, today } = stage
  const draw = createSeededRng(state.seed + 1)
  await app.model.refresh()
  // Setting up left events behind that no later act has to wait for.
  await app.relay.drain()
  const shelves = await readShelves(stage)
  const moments: Moment[] = openingMoments(stage, shelves, draw)
  while (moments.length > 0) {
    moments.sort((a, b) => b.at - a.at)
    const moment = moments.pop() as Moment
    clock.set(new Date(moment.at))
    for (const next of await moment.act())
      if (next.at < today.getTime())
        moments.push({ at: next.at, act: () => actOnce(() => next.act(contextFor(stage))) })
  }
  clock.set(today)
  await settle(stage, ['capture', 'make-refunds'])
  await settle(stage, [])
}

async function readShelves({ app }: DemoStage): Promise<Shelves> {
  const { db } = app.services
  const products: CatalogProduct[] = []
  for await (const page of loadCatalogProducts(db)) products.push(...page)
  return {
    model: app.model,
    // In an order that does not depend on identifiers, for they change from one loading to the next.
    products: products.sort((a, b) => (a.handle < b.handle ? -1 : 1)),
    siteIdOf: new Map((await listSites(db)).map((site) => [site.code, site.id])),
    placeIdOf: new Map((await listPlaces(db)).map((place) => [place.code, place.id])),
  }
}

function openingMoments(stage: DemoStage, shelves: Shelves, draw: Draw): Moment[] {
  const firstDay = Math.floor(stage.today.getTime() / dayMs) * dayMs - historyDays * dayMs
  const moments: Moment[] = []
  let number = 0
  for (let day = 0; day <= historyDays; day++) {
    const start = firstDay + day * dayMs
    const weekday = new Date(start).getUTCDay()
    const orders = weekday === 0 ? 1 + draw.below(3) : weekday === 6 ? 5 + draw.below(5) : 3 + draw.below(5)
    for (let index = 0; index < orders; index++) {
      const at = start + 8.5 * hourMs + draw.below(10 * hourMs)
      const mine = ++number
      if (at < stage.today.getTime()) moments.push({ at, act: () => buy(stage, shelves, draw, mine) })
    }
    if (weekday === 2) moments.push({ at: start + 7 * hourMs, act: () => receiveGoods(stage, shelves, draw, day) })
  }
  return moments.filter(({ at }) => at < stage.today.getTime())
}

async function buy(stage: DemoStage, shelves: Shelves, draw: Draw, number: number): Promise<readonly FollowUp[]> {
  const { app, clock, state } = stage
  const now = clock.now()
  const order = drawOrder(shelves, draw, now)
  if (!order) return []
  const ctx: Ctx = {
    ...contextFor(stage),
    actor: actorOf(order, state.members ?? {}),
    locale: order.body.locale,
    idempotency: onceKey(`order-${number}`),
  }
  const placed = await placeOrder(app.placement, ctx, order.body).catch((error: unknown) => {
    // Placed before an earlier start was cut short: the same answer leads on.
    if (error instanceof Replay) return error.response as { orderId: string; number: string }
    // Somebody else took the last one.
    if (error instanceof Refusal) return null
    throw error
  })
  if (!placed) return []
  await settle(stage, order.body.delivery.method === 'carry_out' ? [] : ['capture'])
  return followOrder({ app, shelves, draw, order, placed, now })
}

/** Who buys or sells: a member or anybody on the web, someone of the shop at its till, an adviser on the telephone. */
function actorOf({ body, shop, customer }: DrawnOrder, members: Readonly<Record<string, string>>): Actor {
  const accountId = members[customer?.email ?? '']
  if (body.channel === 'web' && customer && accountId !== undefined)
    return { kind: 'account', accountId, email: customer.email, name: customer.name }
  if (body.channel === 'web') return { kind: 'anonymous' }
  return staffOf(shop, 'Service client')
}

/** A lorry comes on Tuesdays, with what the warehouse has run low of. */
async function receiveGoods(
  { app, clock }: DemoStage,
  { products, placeIdOf, model }: Shelves,
  draw: Draw,
  day: number,
): Promise<readonly FollowUp[]> {
  const ctx = { ...systemContext(app.services, 'demo'), idempotency: onceKey(`goods-${day}`) }
  const placeId = placeIdOf.get('entrepot') ?? ''
  const received = Array.from({ length: 14 }, () => {
    const product = products[draw.below(products.length)]
    return { variantId: product?.variants[draw.below(product.variants.length)]?.id ?? '', units: 4 + draw.below(9) }
  }).filter(({ variantId }) => variantId !== '' && model.available(variantId, placeId) > 0)
  const reference = `BL-${clock.now().toISOString().slice(2, 10).replaceAll('-', '')}`
  await actOnce(async () => {
    await command(ctx, (tx) =>
      recordMovements(
        ctx,
        tx,
        [...new Map(received.map((line) => [line.variantId, line])).values()].map(({ variantId, units }) => ({
          kind: 'receipt' as const,
          variantId,
          placeId,
          quantity: BigInt(units),
          reason: 'Réassort',
          reference,
        })),
      ),
    )
    return []
  })
  return []
}

function contextFor({ app }: DemoStage): Ctx {
  return systemContext(app.services, 'demo')
}

/** An act that was done before an earlier start was cut short, or that no longer applies, is passed over. */
async function actOnce(act: () => Promise<readonly FollowUp[]>): Promise<readonly FollowUp[]> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Replay || error instanceof Refusal) return []
    throw error
  }
}
