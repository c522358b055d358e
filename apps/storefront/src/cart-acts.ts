import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Cart } from '@ecluse/contracts/carts.ts'
import { isRefusal, keepCart, type Visit } from './visit.ts'

/** Most units of one article in a cart: what the API takes. */
const lineLimit = 9_999

/** The visitor's cart as it is now, or null when they have none (any more). */
export async function currentCart(visit: Visit, cartId = visit.cart?.id): Promise<Cart | null> {
  if (!cartId) return null
  try {
    const cart = await visit.call(endpoints.getCart, { params: { cartId }, query: { locale: visit.locale } })
    if (visit.cart?.id === cart.id && visit.cart.count !== cart.itemCount) keep(visit, cart)
    return cart
  } catch (error) {
    if (!isRefusal(error, 'orders.cart_not_found')) throw error
    if (visit.cart?.id === cartId) keepCart(visit, null)
    return null
  }
}

function keep(visit: Visit, cart: Cart): Cart {
  keepCart(visit, { id: cart.id, count: cart.itemCount })
  return cart
}

async function openCart(visit: Visit): Promise<Cart> {
  return visit.call(endpoints.createCart, { body: { channel: visit.options.channelCode, locale: visit.locale } })
}

async function setQuantity(visit: Visit, cartId: string, variantId: string, quantity: number): Promise<Cart> {
  return visit.call(endpoints.setCartLine, {
    params: { cartId, variantId },
    query: { locale: visit.locale },
    body: { quantity: Math.min(lineLimit, quantity) },
  })
}

/** Puts units of an article into the visitor's cart, opening one when there is none. */
export async function addToCart(visit: Visit, variantId: string, quantity: number): Promise<Cart> {
  const cart = (await currentCart(visit)) ?? (await openCart(visit))
  const had = cart.lines.find((line) => line.variantId === variantId)?.quantity ?? 0
  return keep(visit, await setQuantity(visit, cart.id, variantId, had + quantity))
}

/** Sets how many units of an article the cart holds; zero takes it out. Null when there is no cart any more. */
export async function changeLine(visit: Visit, variantId: string, quantity: number): Promise<Cart | null> {
  const cart = await currentCart(visit)
  return cart && keep(visit, await setQuantity(visit, cart.id, variantId, quantity))
}

/** Puts the lines of an order that came to nothing back into a cart. */
export async function fillCart(
  visit: Visit,
  lines: readonly { variantId: string; quantity: number }[],
): Promise<Cart | null> {
  let cart = (await currentCart(visit)) ?? (await openCart(visit))
  for (const line of lines) cart = await setQuantity(visit, cart.id, line.variantId, line.quantity)
  return keep(visit, cart)
}

/** Puts many articles into the visitor's cart at once, opening one when there is none. */
export async function addLinesToCart(
  visit: Visit,
  lines: readonly { variantId: string; quantity: number }[],
): Promise<Cart> {
  const cart = (await currentCart(visit)) ?? (await openCart(visit))
  const { locale } = visit
  return keep(
    visit,
    await visit.call(endpoints.addCartLines, {
      params: { cartId: cart.id },
      query: { locale },
      body: { lines: [...lines] },
    }),
  )
}
