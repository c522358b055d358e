import type { ProductPage } from '@ecluse/contracts/offers.ts'
import { absolute } from '../document.tsx'
import { isOwnPicture } from '@ecluse/ui/own-picture.ts'
import { link, type Visit } from '../visit.ts'
import { obtainable } from './product-choice.ts'

/** Variants described one by one to search engines; beyond, the range of prices says enough. */
const describedVariants = 20

/** How a variant can be had, in schema.org's words. */
function availabilityOf(variant: ProductPage['variants'][number]): string {
  if (obtainable(variant) > 0) return 'InStock'
  if (!variant.ahead) return 'OutOfStock'
  return variant.ahead.kind === 'pre_order' ? 'PreOrder' : 'BackOrder'
}

/** A product and its offers as schema.org describes them. */
export function productData(visit: Visit, product: ProductPage): object {
  const url = absolute(visit, link(visit, 'product', { handle: product.handle }))
  const images = product.media.filter((one) => isOwnPicture(one.url)).map((one) => absolute(visit, one.url))
  const prices = product.variants.map((variant) => variant.price.amountMinor)
  const euros = (minor: number): string => (minor / 100).toFixed(2)
  const offers = product.variants.slice(0, describedVariants).map((variant) => ({
    '@type': 'Offer',
    sku: variant.sku,
    ...(variant.gtin ? { gtin: variant.gtin } : {}),
    ...(variant.label ? { name: variant.label } : {}),
    url: absolute(visit, link(visit, 'product', { handle: product.handle }, variant.options)),
    price: euros(variant.price.amountMinor),
    priceCurrency: variant.price.currency,
    itemCondition: 'https://schema.org/NewCondition',
    availability: `https://schema.org/${product.opensAt ? 'PreSale' : availabilityOf(variant)}`,
    ...(product.opensAt ? { availabilityStarts: product.opensAt } : {}),
    ...(!product.opensAt && variant.ahead?.shipsOn ? { availabilityStarts: variant.ahead.shipsOn } : {}),
  }))
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    description: product.seoDescription || product.name,
    url,
    ...(images.length > 0 ? { image: images.slice(0, 6) } : {}),
    ...(product.brand ? { brand: { '@type': 'Brand', name: product.brand } } : {}),
    ...(product.categories[0] ? { category: product.categories[0].name } : {}),
    sku: product.variants[0]?.sku,
    offers:
      offers.length === 1
        ? offers[0]
        : {
            '@type': 'AggregateOffer',
            lowPrice: euros(Math.min(...prices)),
            highPrice: euros(Math.max(...prices)),
            priceCurrency: 'EUR',
            offerCount: product.variants.length,
            offers,
          },
  }
}
