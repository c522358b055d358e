import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { execute } from '../../../kernel/db.ts'

const { app, ctx, shop, visitor } = await createTestShop({ products: 1, unitsPerPlace: 5 })
const variantId = shop.variantIds[0] ?? ''

/** The shops that say, in each of the three ways a buyer meets them, that the web's goods can be picked up there. */
async function pickupShops(): Promise<{ page: string[]; cart: string[]; order: string[] }> {
  const { items } = await visitor(endpoints.listOffers, { query: { channel: 'web' } })
  const handle = items[0]?.handle ?? ''
  const offer = await visitor(endpoints.getOffer, { params: { handle }, query: { channel: 'web' } })
  const { id: cartId } = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  const cart = await visitor(endpoints.setCartLine, { params: { cartId, variantId }, query: {}, body: { quantity: 1 } })
  const order: string[] = []
  for (const siteId of Object.values(shop.sites)) {
    const purchase = webPurchase([{ variantId, quantity: 1 }], { delivery: { method: 'pickup', siteId } })
    const refused = await visitor(endpoints.placeOrder, { body: purchase }).then(
      () => undefined,
      (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
    )
    if (refused === undefined) order.push(siteId)
    else expect(refused).toBe('orders.delivery_not_offered')
  }
  return {
    page: (offer.variants[0]?.shops ?? []).flatMap((one) => (one.readyAt === null ? [] : [one.siteId])).sort(),
    cart: cart.deliveryOptions.flatMap((option) => (option.siteId === null ? [] : [option.siteId])).sort(),
    order: order.sort(),
  }
}

const { nantes = '', lyon = '', lille = '' } = shop.sites
const everyTown = [nantes, lyon, lille].sort()

test('a product’s page, the cart and the order agree where the goods of a channel can be picked up', async () => {
  expect(await pickupShops()).toEqual({ page: everyTown, cart: everyTown, order: everyTown })

  await execute(
    ctx.db,
    sql`delete from channels.channel_site where site_id = ${lyon}
    and channel_id = (select id from channels.channel where code = 'web')`,
  )
  await app.wiring.model.refreshTerms()
  const withoutLyon = everyTown.filter((siteId) => siteId !== lyon)
  expect(await pickupShops()).toEqual({ page: withoutLyon, cart: withoutLyon, order: withoutLyon })

  await execute(ctx.db, sql`update channels.site set offers_pickup = false where id = ${lille}`)
  await app.wiring.model.refreshTerms()
  expect(await pickupShops()).toEqual({ page: [nantes], cart: [nantes], order: [nantes] })
})
