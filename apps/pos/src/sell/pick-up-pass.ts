import type { Cart } from '@ecluse/contracts/carts.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Pass } from '@ecluse/contracts/passes.ts'
import { call, newIdempotencyKey } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import type { Basket } from './basket.ts'
import type { BasketLine } from './basket-line.ts'
import { changeCounter } from './basket-store.ts'

const passLink = /\/(?:laissez-passer|pass)\/([0-9A-Z]{8}\.[\w-]{20,40})/
const quoteLink = /\/(?:devis|quotes)\/([0-9a-f-]{36})\?.*token=([\w-]+)/

/** Whether a scanned text is the link of a pass, or of a quote. */
export function isPassLink(text: string): boolean {
  return passLink.test(text) || quoteLink.test(text)
}

/** Opens a pass in this shop, by its code, its link, or the link of its quote. @throws ApiError */
export async function pickUp(typed: string, channel: string): Promise<{ pass: Pass; cart: Cart }> {
  const code = await passOf(typed)
  return call(endpoints.pickUpPass, { params: { code }, body: { channel, locale: currentLocale() } })
}

async function passOf(typed: string): Promise<string> {
  const [, quoteId, token] = quoteLink.exec(typed) ?? []
  if (!quoteId) return passLink.exec(typed)?.[1] ?? typed
  const quote = await call(endpoints.getQuote, { params: { quoteId }, query: { token, locale: currentLocale() } })
  return quote.pass?.token ?? quote.number
}

/** What a quote already says of its sale. */
type AgreedUpon = Pick<Basket, 'customer' | 'delivery' | 'proposedGift'>

/**
 * Whom a quote is for, and where it is brought when that was agreed upon: nobody at the counter is asked again.
 * @throws ApiError
 */
export async function agreedUpon({ kind }: Pass, { id, quote }: Cart): Promise<AgreedUpon> {
  if (kind !== 'quote' || !quote) return { customer: null }
  const { revisions } = await call(endpoints.getQuote, { params: { quoteId: id }, query: { locale: currentLocale() } })
  const agreed = revisions.find(({ revision }) => revision === quote.revision)
  if (!agreed) return { customer: null }
  const { name, email, phone } = agreed.contact
  const { method, address } = agreed.delivery
  const customer = email === null ? null : { name, email }
  const proposedGift = agreed.gift
  if (method !== 'delivery' || !address) return { customer, proposedGift }
  const { street, postalCode, locality } = address
  const delivery = {
    name: address.name,
    email: email ?? '',
    phone: phone ?? '',
    street,
    postalCode,
    locality,
    choice: null,
    gift: proposedGift,
  }
  return { customer, delivery, proposedGift }
}

/** Puts a document on the counter; what lay there is put aside. */
export function putOnCounter(
  siteId: string,
  pass: Pass,
  cart: Cart,
  now: Date,
  known: AgreedUpon = { customer: null },
): void {
  changeCounter(siteId, ({ basket, held }) => ({
    basket: { ...basketOf(pass, cart), ...known },
    held:
      basket.lines.length === 0 || basket.continued?.cartId === cart.id
        ? held
        : [{ basket, heldAt: now.toISOString() }, ...held],
  }))
}

function basketOf(pass: Pass, cart: Cart): Basket {
  return {
    key: newIdempotencyKey(),
    lines: cart.lines.map(lineOf),
    customer: null,
    unanswered: null,
    continued: {
      cartId: cart.id,
      kind: pass.kind,
      code: pass.code,
      number: pass.quoteNumber,
      revision: cart.quote?.revision ?? null,
      keptUntil: pass.expiresAt,
    },
  }
}

function lineOf(line: Cart['lines'][number]): BasketLine {
  return {
    variantId: line.variantId,
    handle: line.handle,
    name: line.name,
    label: line.variantLabel,
    sku: line.sku,
    imageUrl: line.imageUrl,
    quantity: line.quantity,
    unitPriceMinor: line.unitPrice.amountMinor,
    vatBasisPoints: line.vatRateBasisPoints,
    available: null,
    kept: line.priceKeptUntil !== null,
    held: line.heldUntil !== null,
    ...(line.download ? { download: true } : {}),
  }
}

/**
 * Writes what was changed on the counter into the document, before it is paid: it is the document that is bought.
 * @throws ApiError
 */
export async function writeBack({ continued, lines }: Basket): Promise<void> {
  if (continued?.kind !== 'cart') return
  const query = { locale: currentLocale() }
  const cart = await call(endpoints.getCart, { params: { cartId: continued.cartId }, query })
  const wanted = new Map(lines.map((line) => [line.variantId, line.quantity]))
  const known = new Map(cart.lines.map((line) => [line.variantId, line.quantity]))
  for (const variantId of new Set([...wanted.keys(), ...known.keys()])) {
    const quantity = wanted.get(variantId) ?? 0
    if (quantity === known.get(variantId)) continue
    await call(endpoints.setCartLine, { params: { cartId: continued.cartId, variantId }, query, body: { quantity } })
  }
}

/** The cart the server knows what lies on the counter by: the document's own, or a new one. @throws ApiError */
export async function cartFor(basket: Basket, channel: string): Promise<string> {
  const locale = currentLocale()
  if (basket.continued) {
    await writeBack(basket)
    return basket.continued.cartId
  }
  const { id: cartId } = await call(endpoints.createCart, { body: { channel, locale } })
  for (const { variantId, quantity } of basket.lines)
    await call(endpoints.setCartLine, { params: { cartId, variantId }, query: { locale }, body: { quantity } })
  return cartId
}

/** Makes a pass for what lies on the counter, so that its customer can go on elsewhere. @throws ApiError */
export async function passFor(basket: Basket, channel: string): Promise<Pass> {
  const cartId = await cartFor(basket, channel)
  return call(endpoints.createPass, { body: { cartId, locale: currentLocale() } })
}
