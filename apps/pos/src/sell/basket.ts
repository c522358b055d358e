import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { newIdempotencyKey } from '@ecluse/ui/staff/api.ts'

/** One article in the basket, as it was when it was put there; prices and stock are read again while it lies there. */
export type BasketLine = {
  readonly variantId: string
  readonly handle: string
  readonly name: string
  readonly label: string
  readonly sku: string
  readonly imageUrl: string | null
  readonly quantity: number
  readonly unitPriceMinor: number
  /** Null until the product has been read. */
  readonly vatBasisPoints: number | null
  /** Units this shop can still sell; null until known. */
  readonly available: number | null
  /** Its price was kept from another channel, or agreed upon: the shelf's does not replace it. */
  readonly kept?: boolean
  /** It was put aside for this customer: there are enough. */
  readonly held?: boolean
}

/** The document another channel opened, whose lines these are. */
export type Continued = {
  readonly cartId: string
  readonly kind: 'cart' | 'quote'
  readonly code: string
  /** The quote's number and revision. */
  readonly number: string | null
  readonly revision: number | null
  readonly keptUntil: string
}

export type Customer = { readonly name: string; readonly email: string }

/** A purchase that was sent and not answered: it is sent again as it was, under its key, before anything else is done. */
export type Unanswered = { readonly body: PlaceOrderBody; readonly key: string; readonly tenderedMinor: number | null }

/** What lies on the counter. `key` is the idempotency key of its purchase: pressing “pay” twice sells once. */
export type Basket = {
  readonly key: string
  readonly lines: readonly BasketLine[]
  readonly customer: Customer | null
  readonly unanswered: Unanswered | null
  readonly continued?: Continued | null
}

export const mostOfOne = 999

export function emptyBasket(): Basket {
  return { key: newIdempotencyKey(), lines: [], customer: null, unanswered: null }
}

/** Adds units of an article; the line that has it already grows and takes the newest price. */
export function addLine(basket: Basket, line: BasketLine): Basket {
  const known = basket.lines.find(({ variantId }) => variantId === line.variantId)
  if (!known) return { ...basket, lines: [...basket.lines, line] }
  const quantity = Math.min(mostOfOne, known.quantity + line.quantity)
  return { ...basket, lines: basket.lines.map((old) => (old === known ? { ...line, quantity } : old)) }
}

/** Sets how many of an article are bought; zero takes the line away. */
export function setQuantity(basket: Basket, variantId: string, quantity: number): Basket {
  const wanted = Math.min(mostOfOne, Math.max(0, Math.trunc(quantity)))
  const lines = basket.lines.flatMap((line) =>
    line.variantId !== variantId ? [line] : wanted === 0 ? [] : [{ ...line, quantity: wanted }],
  )
  return { ...basket, lines }
}

/** Puts a line back where it was. */
export function putBack(basket: Basket, line: BasketLine, index: number): Basket {
  if (basket.lines.some(({ variantId }) => variantId === line.variantId)) return basket
  return { ...basket, lines: basket.lines.toSpliced(index, 0, line) }
}

/** Writes what was read anew about articles into their lines. */
export function refreshLines(
  basket: Basket,
  news: ReadonlyMap<string, Pick<BasketLine, 'name' | 'label' | 'unitPriceMinor' | 'vatBasisPoints' | 'available'>>,
): Basket {
  let changed = false
  const lines = basket.lines.map((line) => {
    const fresh = news.get(line.variantId)
    if (!fresh) return line
    const next = {
      ...fresh,
      ...(line.kept ? { unitPriceMinor: line.unitPriceMinor } : {}),
      ...(line.held ? { available: null } : {}),
    }
    const same = (Object.keys(next) as (keyof typeof next)[]).every((name) => next[name] === line[name])
    if (same) return line
    changed = true
    return { ...line, ...next }
  })
  return changed ? { ...basket, lines } : basket
}

/** Whether its lines are those of a quote, which is changed by a revision and not on the counter. */
export const isFixed = (basket: Basket): boolean => basket.continued?.kind === 'quote'

export const lineTotal = (line: BasketLine): number => line.unitPriceMinor * line.quantity

/** What the basket costs, VAT included, in minor units. */
export function totalOf(basket: Basket): number {
  return basket.lines.reduce((sum, line) => sum + lineTotal(line), 0)
}

/** Whether the shop has less of an article than is being bought, as far as is known. */
export const isShort = (line: BasketLine): boolean => line.available !== null && line.quantity > line.available

/** Whether the basket can be paid: the server refuses a purchase whole when one of its lines is short. */
export function isPayable(basket: Basket): boolean {
  if (basket.unanswered) return true
  return basket.lines.length > 0 && !basket.lines.some(isShort)
}

export function unitsIn(basket: Basket): number {
  return basket.lines.reduce((sum, line) => sum + line.quantity, 0)
}

/** VAT contained in the lines, by rate, highest first; rounded per line to the nearest cent, as the server does. */
export function vatOf(basket: Basket): { basisPoints: number; vatMinor: number }[] {
  const rates = new Map<number, number>()
  for (const line of basket.lines) {
    if (line.vatBasisPoints === null) continue
    const vat = Math.round((lineTotal(line) * line.vatBasisPoints) / (10_000 + line.vatBasisPoints))
    rates.set(line.vatBasisPoints, (rates.get(line.vatBasisPoints) ?? 0) + vat)
  }
  return [...rates].toSorted(([a], [b]) => b - a).map(([basisPoints, vatMinor]) => ({ basisPoints, vatMinor }))
}

/** The order that buys this basket in a shop. The customer's name is their e-mail when they gave only that. */
export function purchaseOf(
  basket: Basket,
  where: { channelCode: string; siteId: string; locale: 'fr' | 'en' },
  payments: PlaceOrderBody['payments'],
): PlaceOrderBody {
  const email = basket.customer?.email.trim() || null
  const name = basket.customer?.name.trim() || email
  return {
    channel: where.channelCode,
    locale: where.locale,
    ...(basket.continued
      ? { cartId: basket.continued.cartId }
      : { lines: basket.lines.map(({ variantId, quantity }) => ({ variantId, quantity })) }),
    contact: name ? { name, email, phone: null } : null,
    delivery: { method: 'carry_out', siteId: where.siteId },
    payments,
    expectedTotalMinor: totalOf(basket),
  }
}
