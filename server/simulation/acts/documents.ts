import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { address, contact, onceOnly, pick, someLines, someSite, towns, type Act, type World } from './world.ts'

async function fillCart(world: World): Promise<void> {
  const { id: cartId } = await world.visitor(endpoints.createCart, { body: { channel: 'web' } })
  for (const { variantId, quantity } of someLines(world))
    await world.visitor(endpoints.setCartLine, { params: { cartId, variantId }, query: {}, body: { quantity } })
  world.carts.push(cartId)
}

function someDocument(world: World): string | undefined {
  const documents = [...world.carts, ...world.quotes.map(({ id }) => id)]
  return documents.length === 0 ? undefined : pick(world, documents)
}

/** Buys what lies in a cart or a quote: on the web, or at the till of a shop that picked it up. */
async function buyDocument(world: World, cartId: string): Promise<void> {
  if (world.rng.below(2) === 0) {
    const delivery =
      world.rng.below(2) === 0
        ? { method: 'delivery' as const, address }
        : { method: 'pickup' as const, siteId: someSite(world) }
    const payments = [
      { method: 'online_card' as const, token: pick(world, ['tok_accept', 'tok_challenge', 'tok_decline']) },
    ]
    const placed = await world.visitor(endpoints.placeOrder, {
      body: { channel: 'web', cartId, contact, delivery, payments },
    })
    world.orders.push(placed)
    return
  }
  const town = pick(world, towns)
  const { cart } = await world.staff(endpoints.pickUpPass, {
    params: { code: (await world.visitor(endpoints.createPass, { body: { cartId } })).code },
    body: { channel: `shop-${town}` },
  })
  await world.staff(endpoints.placeOrder, {
    body: {
      channel: `shop-${town}`,
      cartId: cart.id,
      delivery: { method: 'carry_out', siteId: world.shop.sites[town] ?? '' },
      payments: [{ method: 'cash', amountMinor: cart.subtotal.amountMinor }],
    },
  })
}

async function drawUpQuote(world: World): Promise<void> {
  const quote = await world.staff(endpoints.createQuote, { body: quoteInput(world) })
  const { link } = await world.staff(endpoints.sendQuote, {
    params: { quoteId: quote.id },
    body: { revision: quote.revision },
  })
  world.quotes.push({ id: quote.id, token: new URL(link).searchParams.get('token') ?? '' })
}

export function quoteInput(world: World) {
  const inDays = new Date(world.clock.now().getTime() + 86_400_000 * (1 + world.rng.below(3)))
  return {
    channel: 'phone',
    contact,
    lines: [...new Map(someLines(world).map((line) => [line.variantId, line])).values()],
    delivery: { method: 'delivery' as const, address },
    validUntil: inDays.toISOString().slice(0, 10),
    keepGoods: world.rng.below(2) === 0,
  }
}

/** What buyers and staff do with carts, passes and quotes, in whatever channel they are opened. */
export const documents: readonly Act[] = [
  { name: 'fill a cart', perform: fillCart },
  {
    name: 'put a cart aside',
    async perform(world) {
      if (world.carts.length === 0) return
      const siteId = world.rng.below(2) === 0 ? someSite(world) : null
      await world.visitor(endpoints.holdCart, {
        params: { cartId: pick(world, world.carts) },
        query: {},
        body: { siteId },
      })
    },
  },
  {
    name: 'give a cart back',
    async perform(world) {
      if (world.carts.length > 0)
        await world.visitor(endpoints.releaseCartHold, { params: { cartId: pick(world, world.carts) }, query: {} })
    },
  },
  {
    name: 'change a cart',
    async perform(world) {
      const cartId = world.carts.length > 0 ? pick(world, world.carts) : undefined
      if (cartId)
        await world.visitor(endpoints.setCartLine, {
          params: { cartId, variantId: pick(world, world.shop.variantIds) },
          query: {},
          body: { quantity: world.rng.below(3) },
        })
    },
  },
  {
    name: 'buy a document',
    async perform(world) {
      const cartId = someDocument(world)
      // Its buyer and a till want it at once: it becomes one order.
      if (cartId) await onceOnly(world, () => buyDocument(world, cartId), 'one document became two orders')
    },
  },
  { name: 'draw up a quote', perform: drawUpQuote },
  {
    name: 'revise a quote',
    async perform(world) {
      if (world.quotes.length === 0) return
      const { id: quoteId } = pick(world, world.quotes)
      const { revision } = await world.staff(endpoints.getQuote, { params: { quoteId }, query: {} })
      const body = { ...quoteInput(world), basedOn: revision }
      await onceOnly(
        world,
        () => world.staff(endpoints.reviseQuote, { params: { quoteId }, body }),
        'two revisions replaced the same one',
      )
      await world.staff(endpoints.sendQuote, { params: { quoteId }, body: { revision: revision + 1 } })
    },
  },
  {
    name: 'answer a quote',
    async perform(world) {
      if (world.quotes.length === 0) return
      const { id: quoteId, token } = pick(world, world.quotes)
      const { revision } = await world.visitor(endpoints.getQuote, { params: { quoteId }, query: { token } })
      if (world.rng.below(4) === 0) await world.visitor(endpoints.refuseQuote, { params: { quoteId }, body: { token } })
      else
        await world.visitor(endpoints.acceptQuote, {
          params: { quoteId },
          body: { token, revision, name: contact.name },
        })
    },
  },
]
