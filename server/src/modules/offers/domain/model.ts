import type { Category, Product } from '@ecluse/contracts/catalog.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import type { Locale, LocalizedText, VatClass } from '@ecluse/contracts/scalars.ts'
import type { WithdrawalException } from '@ecluse/contracts/withdrawal-exceptions.ts'
import type { SourcingDesk } from '../../inventory/public.ts'
import type { SellingChannel, StockPlace } from './sellable.ts'

/** What one price list asks for a variant. Minor units, VAT included; milliseconds since the epoch. */
export type ModelPrice = {
  readonly listCode: string
  readonly amountMinor: bigint
  readonly compareAtMinor: bigint | null
  readonly validFrom: number | null
  readonly validUntil: number | null
}

/** A variant in memory. */
export type ModelVariant = {
  readonly id: string
  readonly product: ModelProduct
  readonly sku: string
  readonly gtin: string | null
  /** Option code → value code. */
  readonly options: Readonly<Record<string, string>>
  readonly weightGrams: number | null
  readonly imageUrl: string | null
  readonly prices: readonly ModelPrice[]
  /** Its row in the variant table. */
  readonly row: number
}

/** A product in memory: what lists, filters and order lines need. Long texts stay in the database. */
export type ModelProduct = {
  readonly id: string
  /** Its place in the product table. */
  readonly slot: number
  readonly handle: string
  readonly kind: Product['kind']
  readonly withdrawalException: WithdrawalException | null
  readonly name: LocalizedText
  /** Names as they are sorted. */
  readonly nameKey: LocalizedText
  readonly brand: string | null
  readonly vatClass: VatClass
  readonly categoryCodes: readonly string[]
  readonly options: Product['options']
  readonly imageUrl: string | null
  readonly imageAlt: LocalizedText | null
  readonly publications: readonly Publication[]
  readonly variants: readonly ModelVariant[]
  readonly createdAt: number
  readonly updatedAt: number
  /** Grows with each change of the product; with `stamp`, of its stock too. */
  readonly loadStamp: number
  stamp: number
}

/** Where and when a product is shown, and from when on everybody may buy it; milliseconds since the epoch. */
export type Publication = {
  readonly channelId: string
  readonly from: number | null
  readonly until: number | null
  readonly opensAt: number | null
}

/** A shop of a channel and the columns of its places in the variant table. */
export type ModelShop = {
  readonly site: Site
  readonly columns: readonly number[]
  /** The same as a mask over the bits of the variant table. */
  readonly mask: readonly number[]
  readonly offersPickup: boolean
}

/** A channel that sells, with where its stock lies. */
export type ModelChannel = SellingChannel & {
  /** Codes of its price lists, in order. */
  readonly priceLists: readonly string[]
  /** Columns of the places parcels leave from. */
  readonly deliveryColumns: readonly number[]
  readonly shops: readonly ModelShop[]
  /** Columns of every place it may sell from, and the same as a mask. */
  readonly columns: readonly number[]
  readonly mask: readonly number[]
}

/** Everything but products: read whole when any of it changes. */
export type ModelTerms = {
  readonly epoch: number
  readonly sourcing: SourcingDesk
  /** The most units that a channel leaves to others of anything at a place. */
  readonly mostKept: number
  /** Whether some leave a share of what lies there, so that it must be known. */
  readonly keepsShares: boolean
  /** Those that sell, by code. */
  readonly channels: ReadonlyMap<string, ModelChannel>
  /** Id → code of every channel. */
  readonly channelIds: ReadonlyMap<string, string>
  readonly sites: ReadonlyMap<string, Site>
  readonly sitesByCode: ReadonlyMap<string, Site>
  readonly places: readonly StockPlace[]
  /** Columns of all places. */
  readonly columns: readonly number[]
  readonly placesById: ReadonlyMap<string, StockPlace>
  readonly categories: ReadonlyMap<string, Category>
  /** Category code → codes of those directly below; roots under the empty text. */
  readonly childrenOf: ReadonlyMap<string, readonly string[]>
  /** Category code → itself and all above it. */
  readonly lineages: ReadonlyMap<string, readonly string[]>
  /** Price list code → its name. */
  readonly priceListNames: ReadonlyMap<string, LocalizedText>
}

/** Whether a channel shows a product at an instant. The end is excluded. */
export function isPublished(
  { publications }: { readonly publications: readonly Publication[] },
  channelId: string,
  at: number,
): boolean {
  for (const { channelId: id, from, until } of publications)
    if (id === channelId) return (from === null || at >= from) && (until === null || at < until)
  return false
}

/** From when on everybody may buy what a channel shows; null when they may at that instant. */
export function opensAt(
  { publications }: { readonly publications: readonly Publication[] },
  channelId: string,
  at: number,
): Date | null {
  for (const { channelId: id, opensAt: opens } of publications)
    if (id === channelId) return opens !== null && at < opens ? new Date(opens) : null
  return null
}

/** The next instant at which time alone changes what is sold of a product: a publication or a price begins or ends. */
export function nextBoundary(product: ModelProduct, after: number): number {
  let next = Infinity
  const see = (instant: number | null): void => {
    if (instant !== null && instant > after && instant < next) next = instant
  }
  for (const { from, until, opensAt: opens } of product.publications) {
    see(from)
    see(until)
    see(opens)
  }
  for (const { prices } of product.variants)
    for (const { validFrom, validUntil } of prices) {
      see(validFrom)
      see(validUntil)
    }
  return next
}

/** The option values of a variant in words, in the order of the options: “Bleu lagon · M”. */
export function labelOf(product: ModelProduct, options: Readonly<Record<string, string>>, locale: Locale): string {
  return product.options
    .map((option) => {
      const value = option.values.find(({ code }) => code === options[option.code])
      return value ? value.name[locale] || value.name.fr : ''
    })
    .filter(Boolean)
    .join(' · ')
}
