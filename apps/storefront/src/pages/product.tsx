/** @jsxRuntime automatic @jsxImportSource preact */
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ProductPage } from '@ecluse/contracts/offers.ts'
import { formatWeight } from '@ecluse/ui/format.ts'
import { companyPrices, learnCardPrices } from '../company-prices.ts'
import { show } from '../document.tsx'
import { Crumbs, crumbsData } from '../parts/crumbs.tsx'
import { Markup } from '../parts/markup.tsx'
import { openingOf } from '../parts/opening.tsx'
import { OfferGrid } from '../parts/offer-card.tsx'
import { isOwnPicture } from '@ecluse/ui/own-picture.ts'
import { Picture } from '../parts/picture.tsx'
import { addressOf } from '../paths.ts'
import { isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'
import { chosenVariant, wishesOf } from './product-choice.ts'
import { productData } from './product-data.ts'
import { ProductOffer } from './product-offer.tsx'

/** Most pictures a gallery shows. */
const galleryLimit = 12

export async function productPage(visit: Visit) {
  const { options, locale } = visit
  const handle = visit.params.handle ?? ''
  let product: ProductPage
  try {
    product = await visit.call(endpoints.getOffer, {
      params: { handle },
      query: { channel: options.channelCode, locale },
    })
  } catch (error) {
    if (isRefusal(error, 'offers.not_offered', 'catalog.product_not_found', 'kernel.invalid_input'))
      return notFound(visit)
    throw error
  }
  const sites = await visit.shared.sites(visit.call)
  const returnDays = await visit.shared.returnDays(visit.call)
  const tryShops = await visit.shared.tryShops(visit.call)
  const variant = chosenVariant(product, wishesOf(product, visit.query))
  const related = product.related.slice(0, 4)
  const opening = await openingOf(visit, product.opensAt)
  const [own] = await companyPrices(visit, { lines: [{ variantId: variant.variantId, quantity: 1 }] })
  await learnCardPrices(visit, related)
  const category = product.categories[0]
  const trail = product.categories
    .slice(0, 1)
    .map((one) => ({ name: one.name, href: link(visit, 'category', { code: one.code }) }))
  const here = { name: product.name, href: link(visit, 'product', { handle }) }
  const params = { handle: product.handle }
  return show(visit, {
    title: product.seoTitle || product.name,
    description: product.seoDescription || product.name,
    // Choices of options are kept by the language switch, and left out of the canonical address by search engines' own rule:
    // every variant is the same page.
    alternates: { fr: addressOf('product', 'fr', params), en: addressOf('product', 'en', params) },
    section: category?.code ?? null,
    personal: opening !== null,
    seen: { productId: product.productId },
    image: product.media.find((one) => isOwnPicture(one.url))?.url ?? null,
    jsonLd: [productData(visit, product), crumbsData(visit, [...trail, here])],
    body: (
      <>
        <Crumbs visit={visit} trail={trail} current={product.name} />
        <article class="product">
          <Gallery visit={visit} product={product} variant={variant} />
          <ProductOffer {...{ visit, product, variant, sites, returnDays, tryShops, own, opening }} />
          <Details visit={visit} product={product} variant={variant} />
        </article>
        {related.length > 0 && (
          <section class="band">
            <h2 class="editorial">{visit.t('product.related')}</h2>
            <OfferGrid visit={visit} offers={related} />
          </section>
        )}
      </>
    ),
  })
}

type Props = { visit: Visit; product: ProductPage; variant: ProductPage['variants'][number]; sites?: Site[] }

/** Pictures in a row that scrolls and snaps; the small ones are links to the large ones, so it works without a script. */
function Gallery({ visit, product, variant }: Props) {
  const own = product.media.filter((one) => isOwnPicture(one.url))
  const first = isOwnPicture(variant.imageUrl) ? variant.imageUrl : own[0]?.url
  const ordered = [
    ...own.filter((one) => one.url === first),
    ...(first && !own.some((one) => one.url === first) ? [{ url: first, alt: product.name }] : []),
    ...own.filter((one) => one.url !== first),
  ].slice(0, galleryLimit)
  const pictures = ordered.length > 0 ? ordered : [{ url: '', alt: visit.t('product.no_picture') }]
  return (
    <section id="gallery" class="gallery" aria-label={visit.t('product.pictures')} data-island="gallery">
      <ul class="gallery-large" tabIndex={pictures.length > 1 ? 0 : undefined}>
        {pictures.map((picture, index) => (
          <li key={picture.url} id={`photo-${index + 1}`}>
            <Picture url={picture.url} alt={picture.alt || product.name} width={800} height={600} eager={index === 0} />
          </li>
        ))}
      </ul>
      {pictures.length > 1 && (
        <ul class="gallery-small">
          {pictures.map((picture, index) => (
            <li key={picture.url}>
              <a href={`#photo-${index + 1}`} aria-label={visit.t('product.picture_number', { number: index + 1 })}>
                <Picture url={picture.url} alt="" width={88} height={66} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Details({ visit, product, variant }: Props) {
  const { t, locale } = visit
  const facts = [
    ...product.attributes,
    ...(variant.weightGrams ? [{ name: t('product.weight'), value: formatWeight(variant.weightGrams, locale) }] : []),
    { name: t('product.reference'), value: variant.sku },
    ...(variant.gtin ? [{ name: t('product.gtin'), value: variant.gtin }] : []),
  ]
  return (
    <div class="product-details">
      {product.descriptionHtml && (
        <section>
          <h2 class="editorial">{t('product.description')}</h2>
          <Markup tag="div" class="prose" html={withoutPictures(product.descriptionHtml)} />
        </section>
      )}
      <section id="facts">
        <h2 class="editorial">{t('product.facts')}</h2>
        <dl class="facts">
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

/**
 * The server has already made a description safe; pictures kept elsewhere are taken out here because this page asks nothing
 * of anybody else, and headings are brought under the page's own.
 */
function withoutPictures(html: string): string {
  return html
    .replace(/<img\b[^>]*>/gi, '')
    .replace(/<(\/?)h[1-6]\b/gi, '<$1h3')
    .replace(/<p>(?:\s|&nbsp;)*<\/p>/gi, '')
}
