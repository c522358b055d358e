import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { inTransaction, query } from '../../src/kernel/db.ts'
import { publicList, putPriceList, setChannelPriceLists, setPrices } from '../../src/modules/pricing/public.ts'
import { quoteInput } from './documents.ts'
import { contact, pick, someSite, towns, type Theme, type World } from './world.ts'

const season = 'saison'

/** A second list beside that of everybody; which channel asks which changes while people buy. */
async function openLists(world: World): Promise<void> {
  const { ctx, shop } = world
  await inTransaction(ctx.db, (tx) => putPriceList(ctx, tx, { code: season, name: { fr: 'Saison', en: 'Season' } }))
  const listed = await query<{ variantId: string; amountMinor: string }>(
    ctx.db,
    sql`select variant_id as "variantId", amount_minor as "amountMinor" from pricing.price where variant_id = any(${shop.variantIds}::uuid[])`,
  )
  for (const { variantId, amountMinor } of listed) world.asked.set(variantId, new Set([Number(amountMinor)]))
  world.atTheEnd.push(() => neverAsked(world))
}

async function changePrice(world: World, variantId: string): Promise<void> {
  const { ctx } = world
  const amountMinor = 700 + 50 * world.rng.below(12)
  world.asked.get(variantId)?.add(amountMinor)
  const listCode = pick(world, [publicList, publicList, season])
  await inTransaction(ctx.db, (tx) => setPrices(ctx, tx, [{ listCode, variantId, amountMinor: BigInt(amountMinor) }]))
}

async function changeLists(world: World): Promise<void> {
  const { ctx } = world
  const channelCode = pick(world, ['web', 'phone', ...towns.map((town) => `shop-${town}`)])
  const listCodes = pick(world, [[publicList], [season, publicList]])
  await inTransaction(ctx.db, (tx) => setChannelPriceLists(ctx, tx, { channelCode, listCodes }))
}

/** The price of an article changes, or who asks which; whoever sells hears of it now, or a moment later. */
async function changeSomething(world: World, variantId = pick(world, world.shop.variantIds)): Promise<void> {
  await pick(world, [changePrice, changePrice, changeLists])(world, variantId)
  if (world.rng.below(2) === 0) return
  const { relay, model } = world.app.wiring
  await relay.drain()
  await model.refreshTerms()
  await model.refresh()
}

async function whileChanging(world: World, variantId: string, buy: () => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.allSettled([buy(), changeSomething(world, variantId)])
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}

/** Sees what an article costs on the web, and buys it for that and nothing else while prices change. */
async function buyAsShown(world: World): Promise<void> {
  const variantId = pick(world, world.shop.variantIds)
  const { variant } = await world.staff(endpoints.findOfferByGtin, {
    params: { code: `SKU-${world.shop.variantIds.indexOf(variantId)}` },
    query: { channel: 'web' },
  })
  const quantity = 1 + world.rng.below(2)
  const buy = async () => {
    const placed = await world.visitor(endpoints.placeOrder, {
      body: {
        channel: 'web',
        lines: [{ variantId, quantity }],
        contact,
        delivery: { method: 'pickup', siteId: someSite(world) },
        payments: [{ method: 'online_card', token: 'tok_accept' }],
        expectedTotalMinor: quantity * variant.price.amountMinor,
      },
    })
    world.orders.push(placed)
  }
  // Where it has changed since they looked, they are told so.
  if (world.rng.below(2) === 0) await changeSomething(world, variantId)
  await whileChanging(world, variantId, buy)
}

/** Buys what was promised at a price until an instant, after prices have changed. @throws when the price did not hold */
async function buyAsPromised(
  world: World,
  { until, variantId }: { until: string; variantId: string },
  buy: () => Promise<unknown>,
): Promise<void> {
  await changeSomething(world, variantId)
  try {
    await whileChanging(world, variantId, buy)
  } catch (error) {
    const dearer = error instanceof ApiError && error.problem.code === 'orders.price_changed'
    if (dearer && world.clock.now() < new Date(until))
      throw new Error('a price that was promised did not hold', { cause: error })
    throw error
  }
}

/** A cart is carried from the web to a till: its price is that of its pass. */
async function carryOver(world: World): Promise<void> {
  const variantId = pick(world, world.shop.variantIds)
  const { id: cartId } = await world.visitor(endpoints.createCart, { body: { channel: 'web' } })
  await world.visitor(endpoints.setCartLine, {
    params: { cartId, variantId },
    query: {},
    body: { quantity: 1 + world.rng.below(2) },
  })
  const { code, subtotal, expiresAt } = await world.visitor(endpoints.createPass, { body: { cartId } })
  const town = pick(world, towns)
  const channel = `shop-${town}`
  await buyAsPromised(world, { until: expiresAt, variantId }, async () => {
    await world.staff(endpoints.pickUpPass, { params: { code }, body: { channel } })
    await world.staff(endpoints.placeOrder, {
      body: {
        channel,
        cartId,
        delivery: { method: 'carry_out', siteId: world.shop.sites[town] ?? '' },
        payments: [{ method: 'cash', amountMinor: subtotal.amountMinor }],
        expectedTotalMinor: subtotal.amountMinor,
      },
    })
  })
}

/** A quote is sent, accepted and paid for, each after prices have changed. */
async function holdToQuote(world: World): Promise<void> {
  const quote = await world.staff(endpoints.createQuote, { body: quoteInput(world) })
  const params = { quoteId: quote.id }
  const { link, revisions } = await world.staff(endpoints.sendQuote, { params, body: { revision: quote.revision } })
  const [drawn] = revisions
  if (!drawn) throw new Error('a quote that was sent has a revision')
  const token = new URL(link).searchParams.get('token') ?? ''
  await changeSomething(world)
  await world.visitor(endpoints.acceptQuote, {
    params,
    body: { token, revision: quote.revision, name: contact.name },
  })
  await buyAsPromised(world, { until: drawn.validUntil, variantId: drawn.lines[0]?.variantId ?? '' }, async () => {
    const { delivery } = quoteInput(world)
    const placed = await world.visitor(endpoints.placeOrder, {
      body: {
        channel: 'web',
        cartId: quote.id,
        contact,
        delivery,
        payments: [{ method: 'online_card', token: 'tok_accept' }],
        expectedTotalMinor: drawn.total.amountMinor,
      },
    })
    world.orders.push(placed)
  })
}

/** Whatever was bought at the price of a list was asked for at some time. */
async function neverAsked({ ctx, asked }: World): Promise<string[]> {
  const rows = await query<{ orderId: string; variantId: string; unit: number; rule: string }>(
    ctx.db,
    sql`select order_id as "orderId", variant_id as "variantId", unit_price_minor::int as unit, price_rule as rule
        from orders.order_line where price_rule = any(${[publicList, season].map((list) => `list:${list}`)})`,
  )
  return rows.flatMap(({ orderId, variantId, unit, rule }) => {
    const prices = asked.get(variantId)
    return !prices || prices.has(unit)
      ? []
      : [`order ${orderId} has the price ${unit} by ${rule}, which was never asked`]
  })
}

/** Prices and lists of channels that change while people look, carry on, are quoted and buy. */
export const askedPrices: Theme = {
  open: openLists,
  acts: [
    { name: 'change what is asked', perform: changeSomething },
    { name: 'buy as shown', perform: buyAsShown },
    { name: 'carry a cart to a till at its price', perform: carryOver },
    { name: 'hold to a quote', perform: holdToQuote },
  ],
}
