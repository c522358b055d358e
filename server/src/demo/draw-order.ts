import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { CatalogProduct } from '../modules/catalog/public.ts'
import type { ReadModel, Sellable } from '../modules/offers/public.ts'
import type { DemoShop } from './sites.ts'
import { demoShops } from './sites.ts'
import { demoCustomer, demoCustomerCount, type DemoCustomer } from './people.ts'

export type Draw = { below(n: number): number; float(): number }

export type DrawnOrder = {
  readonly body: PlaceOrderBody
  /** The shop it is sold in or picked up at; null for a parcel. */
  readonly shop: DemoShop | null
  readonly customer: DemoCustomer | null
}

/** What orders are drawn from. */
export type Shelves = {
  readonly model: ReadModel
  readonly products: readonly CatalogProduct[]
  readonly siteIdOf: ReadonlyMap<string, string>
  readonly placeIdOf: ReadonlyMap<string, string>
}

type Way = 'parcel' | 'pickup' | 'till' | 'phone'

function drawWay(draw: Draw): Way {
  const luck = draw.float()
  return luck < 0.36 ? 'parcel' : luck < 0.64 ? 'pickup' : luck < 0.92 ? 'till' : 'phone'
}

/** An order somebody could have placed at that moment, from what was there; null when nothing fitted. */
export function drawOrder(shelves: Shelves, draw: Draw, now: Date): DrawnOrder | null {
  const way = drawWay(draw)
  const shop = demoShops[draw.below(demoShops.length)] as DemoShop
  // The first customer has an account to sign in with: it shows more than one order.
  const customer = demoCustomer(draw.float() < 0.06 ? 0 : draw.below(demoCustomerCount))
  const channel = way === 'till' ? `shop-${shop.code}` : way === 'phone' ? 'phone' : 'web'
  const inShop = way === 'pickup' || way === 'till'
  const basket = drawBasket(shelves, draw, { channel, placeCode: inShop ? shop.code : 'entrepot', now })
  if (basket.length === 0) return null
  const lines = basket.map(({ sellable, quantity }) => ({ variantId: sellable.variantId, quantity }))
  const contact = { name: customer.name, email: customer.email, phone: customer.phone }
  const common = { channel, locale: customer.locale, lines }
  const siteId = shelves.siteIdOf.get(shop.code) ?? ''
  const card = [{ method: 'online_card' as const, token: 'tok_accept' }]
  if (way === 'till') {
    // Most people at a till do not leave their name.
    const known = draw.float() < 0.35
    const totalMinor = basket.reduce((sum, line) => sum + Number(line.sellable.unitPriceMinor) * line.quantity, 0)
    const payments = [tillPayment(totalMinor, draw)]
    const delivery = { method: 'carry_out' as const, siteId }
    return {
      body: { ...common, contact: known ? contact : null, delivery, payments },
      shop,
      customer: known ? customer : null,
    }
  }
  const delivery =
    way === 'pickup'
      ? { method: 'pickup' as const, siteId }
      : { method: 'delivery' as const, address: customer.address }
  return { body: { ...common, contact, delivery, payments: card }, shop: way === 'pickup' ? shop : null, customer }
}

function tillPayment(totalMinor: number, draw: Draw): PlaceOrderBody['payments'][number] {
  if (totalMinor > 10_000 || draw.float() < 0.6)
    return { method: 'terminal_card', amountMinor: totalMinor, terminalReference: `T${1_000 + draw.below(9_000)}` }
  return { method: 'cash', amountMinor: totalMinor, tenderedMinor: Math.ceil(totalMinor / 1_000) * 1_000 }
}

/** One to three articles that the channel sells and the place has; a bicycle comes with accessories, not with another. */
function drawBasket(
  { model, products, placeIdOf }: Shelves,
  draw: Draw,
  { channel, placeCode, now }: { channel: string; placeCode: string; now: Date },
): { sellable: Sellable; quantity: number }[] {
  const wanted = 1 + (draw.below(10) % 3)
  const basket = new Map<string, { sellable: Sellable; quantity: number }>()
  let total = 0n
  for (let attempt = 0; attempt < 60 && basket.size < wanted; attempt++) {
    const product = products[draw.below(products.length)]
    const variant = product?.variants[draw.below(product.variants.length)]
    const sellable = variant && model.sellable(channel, variant.id, now)
    if (!sellable || model.available(sellable.variantId, placeIdOf.get(placeCode) ?? '') < 2) continue
    if (sellable.unitPriceMinor > 60_000n && (total > 60_000n || draw.float() < 0.72)) continue
    total += sellable.unitPriceMinor
    basket.set(sellable.variantId, {
      sellable,
      quantity: sellable.unitPriceMinor < 2_000n && draw.float() < 0.3 ? 2 : 1,
    })
  }
  return [...basket.values()]
}
