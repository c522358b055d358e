import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Gift } from '@ecluse/contracts/gifts.ts'
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { newIdempotencyKey } from '@ecluse/ui/staff/api.ts'
import { addLabel } from '@ecluse/ui/staff/lots/lot-draft.ts'
import type { BasketLine } from './basket-line.ts'
import { lacksLots, lotsOf } from './basket-lots.ts'

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

/** One of the ways offered to bring it home: by parcel when there is no window. */
export type DeliveryChoice = {
  readonly windowId: string | null
  readonly from: string
  readonly until: string
  readonly feeMinor: number
}

/** Sent to the customer's home instead of carried out. */
export type HomeDelivery = {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly street: string
  readonly postalCode: string
  readonly locality: string
  /** Null once the lines have changed: what can be promised is asked again. */
  readonly choice: DeliveryChoice | null
  /** It is brought to somebody as a present. */
  readonly gift?: Gift | null
}

/** A purchase that was sent and not answered: it is sent again as it was, under its key, before anything else is done. */
export type Unanswered = { readonly body: PlaceOrderBody; readonly key: string; readonly tenderedMinor: number | null }

/** What lies on the counter. `key` is the idempotency key of its purchase: pressing “pay” twice sells once. */
export type Basket = {
  readonly key: string
  readonly lines: readonly BasketLine[]
  readonly customer: Customer | null
  /** The loyalty card that was shown. */
  readonly card?: LoyaltyMember | null
  readonly unanswered: Unanswered | null
  readonly continued?: Continued | null
  /** Where it is brought to; carried out when there is none. */
  readonly delivery?: HomeDelivery | null
  /** What its quote says of a present: proposed when it is sent home, and taken back at the counter. */
  readonly proposedGift?: Gift | null
}

export const mostOfOne = 999

export function emptyBasket(): Basket {
  return { key: newIdempotencyKey(), lines: [], customer: null, unanswered: null }
}

/** Adds units of an article; the line that has it already grows and takes the newest price. */
export function addLine(basket: Basket, line: BasketLine): Basket {
  const known = basket.lines.find(({ variantId }) => variantId === line.variantId)
  if (!known) return withLines(basket, [...basket.lines, line])
  const quantity = Math.min(mostOfOne, known.quantity + line.quantity)
  return withLines(
    basket,
    basket.lines.map((old) => (old === known ? { ...line, ...lotsAfter(old, line), quantity } : old)),
  )
}

/** What was scanned before stays named, and what is scanned now is added. */
function lotsAfter(known: BasketLine, line: BasketLine): Pick<BasketLine, 'followed' | 'lots'> {
  const mode = known.followed?.tracking.mode ?? 'serial'
  const lots = (line.lots ?? []).reduce<readonly LotUnits[]>(
    (all, label) => addLabel(all, label, mode) ?? all,
    known.lots ?? [],
  )
  return { followed: known.followed ?? null, lots }
}

/** Other lines may be promised otherwise, and carried for another price: how they come home is to be chosen again. */
function withLines(basket: Basket, lines: readonly BasketLine[]): Basket {
  return { ...basket, lines, ...(basket.delivery ? { delivery: { ...basket.delivery, choice: null } } : {}) }
}

/** Sets how many of an article are bought; zero takes the line away. */
export function setQuantity(basket: Basket, variantId: string, quantity: number): Basket {
  const wanted = Math.min(mostOfOne, Math.max(0, Math.trunc(quantity)))
  const lines = basket.lines.flatMap((line) =>
    line.variantId !== variantId ? [line] : wanted === 0 ? [] : [{ ...line, quantity: wanted }],
  )
  return withLines(basket, lines)
}

/** Puts a line back where it was. */
export function putBack(basket: Basket, line: BasketLine, index: number): Basket {
  if (basket.lines.some(({ variantId }) => variantId === line.variantId)) return basket
  return withLines(basket, basket.lines.toSpliced(index, 0, line))
}

/** Writes what was read anew about articles into their lines. */
export function refreshLines(
  basket: Basket,
  news: ReadonlyMap<
    string,
    Pick<BasketLine, 'name' | 'label' | 'unitPriceMinor' | 'vatBasisPoints' | 'available' | 'download'>
  >,
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

/** What carriage costs, VAT included, in minor units. */
export const feeOf = (basket: Basket): number => basket.delivery?.choice?.feeMinor ?? 0

/** What the basket costs, carriage and VAT included, in minor units. */
export function totalOf(basket: Basket): number {
  return basket.lines.reduce((sum, line) => sum + lineTotal(line), feeOf(basket))
}

/** Whether there are files among what is bought: they are fetched by a link, sent or printed. */
export const hasFiles = ({ lines }: Basket): boolean => lines.some(({ download }) => download)

/** Whether the shop has less of an article than is being bought, as far as is known. */
export const isShort = (line: BasketLine): boolean => line.available !== null && line.quantity > line.available

/**
 * Whether the basket can be paid: the server refuses a purchase whole when one of its lines is short. What is brought home
 * comes from wherever it lies.
 */
export function isPayable(basket: Basket): boolean {
  if (basket.unanswered) return true
  if (basket.delivery) return basket.lines.length > 0 && basket.delivery.choice !== null
  return basket.lines.length > 0 && !basket.lines.some((line) => isShort(line) || lacksLots(line))
}

export function unitsIn(basket: Basket): number {
  return basket.lines.reduce((sum, line) => sum + line.quantity, 0)
}

/** Carriage follows the standard rate, whatever is in the parcel. */
const carriageVatBasisPoints = 2_000

/** VAT contained in lines and carriage, by rate, highest first; rounded one by one to the nearest cent, as the server does. */
export function vatOf(basket: Basket): { basisPoints: number; vatMinor: number }[] {
  const rates = new Map<number, number>()
  const add = (totalMinor: number, basisPoints: number): void => {
    const vat = Math.round((totalMinor * basisPoints) / (10_000 + basisPoints))
    rates.set(basisPoints, (rates.get(basisPoints) ?? 0) + vat)
  }
  for (const line of basket.lines) if (line.vatBasisPoints !== null) add(lineTotal(line), line.vatBasisPoints)
  if (feeOf(basket) > 0) add(feeOf(basket), carriageVatBasisPoints)
  return [...rates].toSorted(([a], [b]) => b - a).map(([basisPoints, vatMinor]) => ({ basisPoints, vatMinor }))
}

/** The order that buys this basket in a shop. The customer's name is their e-mail when they gave only that. */
export function purchaseOf(
  basket: Basket,
  where: { channelCode: string; siteId: string; locale: 'fr' | 'en' },
  payments: PlaceOrderBody['payments'],
): PlaceOrderBody {
  return {
    channel: where.channelCode,
    locale: where.locale,
    ...(basket.continued
      ? { cartId: basket.continued.cartId }
      : { lines: basket.lines.map(({ variantId, quantity }) => ({ variantId, quantity })) }),
    ...lotsOf(basket),
    contact: contactOf(basket),
    delivery: basket.delivery ? deliveryTo(basket.delivery) : { method: 'carry_out', siteId: where.siteId },
    payments,
    ...(basket.delivery?.gift ? { gift: basket.delivery.gift } : {}),
    ...(basket.card ? { cardNumber: basket.card.cardNumber } : {}),
    expectedTotalMinor: totalOf(basket),
  }
}

function contactOf({ customer, delivery }: Basket): PlaceOrderBody['contact'] {
  const email = (delivery ?? customer)?.email.trim() || null
  const name = (delivery ?? customer)?.name.trim() || email
  return name ? { name, email, phone: delivery?.phone.trim() || null } : null
}

function deliveryTo({ name, street, postalCode, locality, choice }: HomeDelivery): PlaceOrderBody['delivery'] {
  const address = { name, street, postalCode, locality, country: 'FR' }
  return { method: 'delivery', address, ...(choice?.windowId ? { windowId: choice.windowId } : {}) }
}
