import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OfferCard, OfferedVariant, ProductPage } from '@ecluse/contracts/offers.ts'
import { apiQuery, queryClient } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import type { BasketLine } from './basket-line.ts'

/** A product as a channel sells it: prices, VAT, stock. */
export function productQuery(handle: string, channel: string) {
  return {
    ...apiQuery(endpoints.getOffer, { params: { handle }, query: { channel, locale: currentLocale() } }),
    staleTime: 20_000,
  }
}

/** Units of a variant that this shop can sell. */
export function availableHere(variant: OfferedVariant, siteId: string): number {
  return variant.shops.find((shop) => shop.siteId === siteId)?.available ?? 0
}

/**
 * The variants to choose from: what this shop has before what it has not, then in the order of the product's own options, so
 * that sizes go from small to large.
 */
export function variantsToChoose(page: ProductPage, siteId: string): OfferedVariant[] {
  const soldOut = (variant: OfferedVariant): number => (availableHere(variant, siteId) > 0 ? 0 : 1)
  const ranks = page.options.map(({ code, values }) => ({
    code,
    rank: new Map(values.map((one, at) => [one.code, at])),
  }))
  return page.variants.toSorted((one, other) => {
    const places = ranks.map(({ code, rank }) => {
      const placeOf = (variant: OfferedVariant): number => rank.get(variant.options[code] ?? '') ?? rank.size
      return placeOf(one) - placeOf(other)
    })
    return soldOut(one) - soldOut(other) || places.find((difference) => difference !== 0) || 0
  })
}

/** A line for the basket, of a variant and the product it belongs to. */
export function lineOf(
  product: Pick<OfferCard, 'handle' | 'name' | 'imageUrl'>,
  variant: OfferedVariant,
  siteId: string,
  quantity: number,
  vatBasisPoints: number | null,
): BasketLine {
  return {
    variantId: variant.variantId,
    handle: product.handle,
    name: product.name,
    label: variant.label,
    sku: variant.sku,
    imageUrl: variant.imageUrl ?? product.imageUrl,
    quantity,
    unitPriceMinor: variant.price.amountMinor,
    vatBasisPoints,
    available: availableHere(variant, siteId),
  }
}

/** A line of a product whose page was read. */
export function lineOfPage(page: ProductPage, variant: OfferedVariant, siteId: string, quantity: number): BasketLine {
  const product = { handle: page.handle, name: page.name, imageUrl: page.media[0]?.url ?? null }
  return { ...lineOf(product, variant, siteId, quantity, page.vatRateBasisPoints), ...stockOf(page, variant, siteId) }
}

/** How many of an article this shop can sell; of a file, as many as one likes. */
export function stockOf(
  { kind }: Pick<ProductPage, 'kind'>,
  variant: OfferedVariant,
  siteId: string,
): Pick<BasketLine, 'available' | 'download'> {
  return kind === 'digital' ? { available: null, download: true } : { available: availableHere(variant, siteId) }
}

/** Reads a product, from what is known when it is fresh. @throws ApiError */
export function readProduct(handle: string, channel: string): Promise<ProductPage> {
  return queryClient.fetchQuery(productQuery(handle, channel))
}
