import type { OfferedVariant, OfferCard, ProductPage } from '@ecluse/contracts/offers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../kernel/messages.ts'
import { toMoney, vatBasisPoints } from '../../kernel/money.ts'
import { textOfHtml, type ProductTexts } from '../catalog/public.ts'
import { resolvePrice, type PriceReason } from '../pricing/public.ts'
import { labelOf, opensAt, type ModelChannel, type ModelProduct, type ModelVariant } from './domain/model.ts'
import { offerCard } from './offer-card.ts'
import { isOffered } from './offered-variants.ts'
import type { OfferModel } from './read-model.ts'
import { deliveryOf, ruleFor, soldAhead, unitsAhead } from './sell-ahead.ts'

/** What a page is made with. */
export type PageSource = {
  readonly model: OfferModel
  readonly channel: ModelChannel
  readonly locale: Locale
  readonly at: number
  /** When a pick-up ordered now would be ready at a site. */
  pickupReadyAt(siteId: string): string | null
}

const mostRelated = 4
const mostCandidates = 200
const descriptionLength = 155

/** The page of a product that the channel sells. */
export function productPage(
  source: PageSource,
  product: ModelProduct,
  texts: ProductTexts,
  related: readonly ModelProduct[],
): ProductPage {
  const { model, channel, locale, at } = source
  const name = product.name[locale]
  const inLocale = (words: { fr: string; en: string } | null | undefined): string => words?.[locale] || words?.fr || ''
  const descriptionHtml = inLocale(texts.description)
  const card = { channel, locale, at, model, units: model.unitsFor(channel) }
  return {
    productId: product.id,
    handle: product.handle,
    kind: product.kind,
    withdrawalException: product.withdrawalException,
    name,
    descriptionHtml,
    brand: product.brand,
    categories: product.categoryCodes.flatMap((code) => {
      const category = model.terms().categories.get(code)
      return category ? [{ code, name: inLocale(category.name) }] : []
    }),
    attributes: Object.entries(texts.attributes)
      .map(([attribute, value]) => ({ name: attribute, value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    media: texts.media.map(({ url, alt }) => ({ url, alt: inLocale(alt) || name })),
    options: product.options.map((option) => ({
      code: option.code,
      name: inLocale(option.name),
      values: option.values.map((value) => ({ code: value.code, name: inLocale(value.name) })),
    })),
    variants: product.variants.flatMap((variant) => offeredVariant(source, variant) ?? []),
    vatRateBasisPoints: vatBasisPoints[product.vatClass],
    opensAt: opensAt(product, channel.id, at)?.toISOString() ?? null,
    seoTitle: inLocale(texts.seoTitle) || name,
    seoDescription: inLocale(texts.seoDescription) || shortened(textOfHtml(descriptionHtml)),
    related: related.flatMap((other): OfferCard[] => {
      const shown = offerCard(card, other)
      return shown ? [shown] : []
    }),
  }
}

/** A variant with its price, why, and where it lies; undefined when it has no price here now. */
export function offeredVariant(source: PageSource, variant: ModelVariant): OfferedVariant | undefined {
  const { model, channel, locale, at } = source
  const { price, reason } = resolvePrice(channel.priceLists, variant.prices, at)
  if (!price) return undefined
  const units = model.unitsFor(channel)
  const unitsIn = (columns: readonly number[]): number =>
    columns.reduce((sum, column) => sum + Math.max(0, units(variant, column)), 0)
  const deliverable = unitsIn(channel.deliveryColumns)
  const ahead = aheadOf(source, variant, deliverable)
  // What is not released yet is sold ahead only.
  const isThere = ahead?.kind !== 'pre_order'
  return {
    variantId: variant.id,
    sku: variant.sku,
    gtin: variant.gtin,
    options: variant.options,
    label: labelOf(variant.product, variant.options, locale),
    price: toMoney(price.amountMinor),
    compareAtPrice: price.compareAtMinor === null ? null : toMoney(price.compareAtMinor),
    priceReason: reasonIn(reason, model, locale),
    imageUrl: variant.imageUrl,
    weightGrams: variant.weightGrams,
    deliverable: isThere ? deliverable : 0,
    ahead,
    shops: channel.shops.map(({ site, columns, offersPickup }) => {
      const available = isThere ? unitsIn(columns) : 0
      return {
        siteId: site.id,
        siteName: site.name,
        locality: site.locality,
        available,
        readyAt: available > 0 && offersPickup ? source.pickupReadyAt(site.id) : null,
      }
    }),
  }
}

/** What a variant is sold as before it is there, for one unit; null when it is sold from what is there, or not at all. */
function aheadOf(
  { model, channel, at }: PageSource,
  variant: ModelVariant,
  deliverable: number,
): OfferedVariant['ahead'] {
  const now = new Date(at)
  const rule = ruleFor(channel, variant.id, now, () => deliverable > 0)
  const sold =
    rule && soldAhead(model, channel, deliveryOf(model, rule), rule, { variantId: variant.id, quantity: 1 }, now)
  if (!rule || !sold) return null
  const orderable = Math.min(9_999, unitsAhead(model, channel, rule, variant.id, now))
  return { kind: sold.kind, shipsOn: sold.shipsOn, orderable }
}

function reasonIn({ kept, tried }: PriceReason, model: OfferModel, locale: Locale): OfferedVariant['priceReason'] {
  return {
    kept: kept ?? '',
    tried: tried.map(({ rule, listCode, outcome }) => ({
      rule,
      outcome: outcome === 'kept' ? 'kept' : 'passed',
      detail: text(locale, `price.${outcome}`, {
        list: model.terms().priceListNames.get(listCode)?.[locale] ?? listCode,
      }),
    })),
  }
}

/** Others of the same category that the channel sells: in stock first, then those whose price is nearest. */
export function relatedProducts({ model, channel, locale, at }: PageSource, product: ModelProduct): ModelProduct[] {
  const card = { channel, locale, at, model, units: model.unitsFor(channel) }
  const price = offerCard(card, product)?.priceFrom.amountMinor ?? 0
  const candidates: { other: ModelProduct; away: number }[] = []
  let looked = 0
  for (const other of model.productsIn(product.categoryCodes[0] ?? '')) {
    if (++looked > mostCandidates) break
    if (other === product || !isOffered(other, channel, at)) continue
    const shown = offerCard(card, other)
    if (!shown) continue
    const out = shown.availability === 'out_of_stock' ? 1e12 : 0
    candidates.push({ other, away: out + Math.abs(shown.priceFrom.amountMinor - price) })
  }
  return candidates
    .sort((a, b) => a.away - b.away || (a.other.id < b.other.id ? -1 : 1))
    .slice(0, mostRelated)
    .map(({ other }) => other)
}

function shortened(words: string): string {
  if (words.length <= descriptionLength) return words
  const cut = words.slice(0, descriptionLength - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 100))}…`
}
