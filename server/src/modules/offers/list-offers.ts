import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ParsedOf, ResponseOf } from '@ecluse/contracts/endpoint.ts'
import type { OfferCard } from '@ecluse/contracts/offers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Services } from '../../kernel/context.ts'
import { intlOf, text } from '../../kernel/messages.ts'
import { searchProducts, type SearchFound } from '../catalog/public.ts'
import { facetsOf, type FacetSelection, type FacetWords } from './domain/facets.ts'
import { isPublished, type ModelChannel } from './domain/model.ts'
import { offerCard } from './offer-card.ts'
import { selectOffers } from './domain/select-offers.ts'
import { pageOfOffers } from './domain/sort-offers.ts'
import type { OfferModel } from './read-model.ts'

export type ListAsk = ParsedOf<typeof endpoints.listOffers>['query']
type OfferList = ResponseOf<typeof endpoints.listOffers>
const mostSuggestions = 8

/** What a channel sells now, narrowed, counted, sorted and cut into pages. */
export async function listOffers(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  model: OfferModel,
  channel: ModelChannel,
  ask: ListAsk,
): Promise<OfferList> {
  const { locale, sort, limit, cursor } = ask
  model.listStamp(clock.now())
  const found = ask.q ? await search(db, model, channel, { locale, q: ask.q, at: clock.now().getTime() }) : null
  const at = clock.now().getTime()
  const selection = selectionOf(ask, model, channel)
  const { selected, counts } = selectOffers(
    {
      ...model.columns(channel),
      ranked: found && found.found,
      places: channel.mask,
      shops: channel.shops.map((shop) => shop.mask),
      isPublished: (publications) => isPublished({ publications }, channel.id, at),
      lineage: model.lineage,
    },
    selection,
  )
  const { productAt } = model
  const { page, nextCursor } = pageOfOffers(selected, {
    sort,
    locale,
    limit,
    cursor,
    productAt,
    searched: found !== null,
  })
  const source = { channel, locale, at, model, units: model.unitsFor(channel) }
  return {
    items: page.flatMap((product) => offerCard(source, product) ?? []),
    nextCursor,
    total: selected.length,
    facets: facetsOf(counts, selection, {
      channel,
      locale,
      productAt,
      terms: model.terms(),
      words: facetWords(locale),
    }),
    correctedQuery: found?.correctedQuery ?? null,
  }
}

/** Up to eight products for what has been typed so far. */
export async function suggestOffers(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  model: OfferModel,
  channel: ModelChannel,
  { locale, q }: { locale: Locale; q: string },
): Promise<OfferCard[]> {
  const at = clock.now().getTime()
  model.listStamp(clock.now())
  const found = await search(db, model, channel, { locale, q, at, unfinished: true })
  const source = { channel, locale, at, model, units: model.unitsFor(channel) }
  const cards: OfferCard[] = []
  for (const slot of found.found) {
    const product = model.productAt(slot)
    const card = product && offerCard(source, product)
    if (card) cards.push(card)
    if (cards.length === mostSuggestions) break
  }
  return cards
}

/** The slots of the products found. */
function search(
  db: Services['db'],
  model: OfferModel,
  channel: ModelChannel,
  ask: { locale: Locale; q: string; at: number; unfinished?: boolean },
): Promise<SearchFound<number>> {
  const { prices } = model.columns(channel)
  const isShown = (slot: number): boolean => {
    const product = model.productAt(slot)
    if (!product || !isPublished(product, channel.id, ask.at)) return false
    return product.variants.some(({ row }) => !Number.isNaN(prices[row]))
  }
  return searchProducts(db, { ...ask, pick: model.slotOf, isShown })
}

function selectionOf(ask: ListAsk, model: OfferModel, channel: ModelChannel): FacetSelection {
  const options = new Map<string, Set<string>>()
  for (const choice of ask.option) {
    const [code = '', ...value] = choice.split(':')
    const values = options.get(code)
    if (values) values.add(value.join(':'))
    else options.set(code, new Set([value.join(':')]))
  }
  const shop = ask.shop === undefined ? null : channel.shops.findIndex(({ site }) => site.code === ask.shop)
  return {
    category: ask.category ?? null,
    categories: ask.category === undefined ? null : model.descendants(ask.category),
    brands: new Set(ask.brand),
    options,
    priceMin: ask.priceMin ?? null,
    priceMax: ask.priceMax ?? null,
    inStock: ask.inStock === 'true',
    shop,
  }
}

const wordsOfLocale = new Map<Locale, FacetWords>()

function facetWords(locale: Locale): FacetWords {
  const known = wordsOfLocale.get(locale)
  if (known) return known
  const intl = intlOf(locale)
  const ranges = new Map<string, string>()
  const euros = (minor: number): string =>
    intl
      .formatNumber(minor / 100, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
      .replaceAll('\u00a0', '\u202f')
  const range = (from: number | null, to: number | null): string => {
    if (from === null) return text(locale, 'facet.price_below', { to: euros(to ?? 0) })
    if (to === null) return text(locale, 'facet.price_above', { from: euros(from) })
    return text(locale, 'facet.price_between', { from: euros(from), to: euros(to) })
  }
  const words: FacetWords = {
    name: (facet) => text(locale, `facet.${facet}`),
    inStock: text(locale, 'facet.in_stock'),
    priceRange(from, to) {
      const key = `${from} ${to}`
      const label = ranges.get(key) ?? range(from, to)
      ranges.set(key, label)
      return label
    },
  }
  wordsOfLocale.set(locale, words)
  return words
}
