import type { Facet } from '@ecluse/contracts/offers.ts'
import type { Locale, LocalizedText } from '@ecluse/contracts/scalars.ts'
import type { ModelChannel, ModelProduct, ModelTerms } from './model.ts'
import { priceBuckets, type FacetCounts, type OfferFilters, type OptionCount } from './select-offers.ts'

/** Words of the facets, in one language. */
export type FacetWords = {
  name(facet: 'category' | 'brand' | 'price' | 'inStock' | 'shop'): string
  inStock: string
  /** Amounts in minor units; null when open on that side. */
  priceRange(from: number | null, to: number | null): string
}

const mostOptionFacets = 8
const mostValues = 60

/** What was asked for, as the facets mark it. */
export type FacetSelection = OfferFilters & { readonly category: string | null }

export type FacetSource = {
  readonly terms: ModelTerms
  readonly channel: ModelChannel
  readonly locale: Locale
  readonly words: FacetWords
  productAt(slot: number): ModelProduct | undefined
}

/** The facets of a list, counted, in the order they are shown; those without a value to choose are left out. */
export function facetsOf(counts: FacetCounts, selection: FacetSelection, source: FacetSource): Facet[] {
  const { terms, channel, locale, words } = source
  const facets: Facet[] = [
    { code: 'category', name: words.name('category'), values: categoryValues(counts, selection, terms, locale) },
    { code: 'brand', name: words.name('brand'), values: brandValues(counts, selection) },
    ...optionFacets(counts, selection, source),
    { code: 'price', name: words.name('price'), values: priceValues(counts, selection, words) },
    {
      code: 'inStock',
      name: words.name('inStock'),
      values: [{ value: 'true', label: words.inStock, count: counts.inStock, selected: selection.inStock }],
    },
    {
      code: 'shop',
      name: words.name('shop'),
      values: channel.shops.map(({ site }, index) => ({
        value: site.code,
        label: site.name,
        count: counts.shops[index] ?? 0,
        selected: selection.shop === index,
      })),
    },
  ]
  return facets
    .map((facet) => ({ ...facet, values: facet.values.filter(({ count, selected }) => count > 0 || selected) }))
    .filter((facet) => facet.values.length > 0)
}

/** The category chosen and those directly below; beside it when none is below; the roots when none is chosen. */
function categoryValues(
  counts: FacetCounts,
  { category }: FacetSelection,
  terms: ModelTerms,
  locale: Locale,
): Facet['values'] {
  const below = terms.childrenOf.get(category ?? '') ?? []
  const beside = terms.childrenOf.get(terms.categories.get(category ?? '')?.parentCode ?? '') ?? []
  const codes = category === null ? below : below.length > 0 ? [category, ...below] : beside
  return codes.map((code) => ({
    value: code,
    label: textIn(terms.categories.get(code)?.name, locale) || code,
    count: counts.categories.get(code) ?? 0,
    selected: code === category,
  }))
}

function brandValues({ brands }: FacetCounts, selection: FacetSelection): Facet['values'] {
  const all = new Set([...brands.keys(), ...selection.brands])
  return [...all]
    .map((brand) => ({
      value: brand,
      label: brand,
      count: brands.get(brand) ?? 0,
      selected: selection.brands.has(brand),
    }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    .slice(0, mostValues)
}

function optionFacets({ options }: FacetCounts, selection: FacetSelection, source: FacetSource): Facet[] {
  return [...options]
    .map(([code, values]) => ({ code, values, most: Math.max(...[...values.values()].map(({ count }) => count)) }))
    .sort((a, b) => b.most - a.most || (a.code < b.code ? -1 : 1))
    .slice(0, mostOptionFacets)
    .map(({ code, values }) => optionFacet(code, values, selection.options.get(code), source))
}

function optionFacet(
  code: string,
  values: ReadonlyMap<string, OptionCount>,
  chosen: ReadonlySet<string> | undefined,
  { locale, productAt }: FacetSource,
): Facet {
  const known = [...values].map(([value, { count, last }]) => {
    const option = optionOf(productAt(last), code)
    const place = option?.values.findIndex((candidate) => candidate.code === value) ?? -1
    const label = textIn(option?.values[place]?.name, locale) || value
    return { value, label, count, selected: chosen?.has(value) ?? false, place }
  })
  const gone = [...(chosen ?? [])].filter((value) => !values.has(value))
  const [any] = values.values()
  return {
    code: `option.${code}`,
    name: textIn(any && optionOf(productAt(any.last), code)?.name, locale) || code,
    // In the order products give their values: S before M before L.
    values: [
      ...known
        .sort((a, b) => a.place - b.place || (a.label < b.label ? -1 : 1))
        .slice(0, mostValues)
        .map(({ place: _place, ...value }) => value),
      ...gone.map((value) => ({ value, label: value, count: 0, selected: true })),
    ],
  }
}

function optionOf(product: ModelProduct | undefined, code: string): ModelProduct['options'][number] | undefined {
  return product?.options.find((option) => option.code === code)
}

function priceValues({ prices }: FacetCounts, selection: FacetSelection, words: FacetWords): Facet['values'] {
  return priceBuckets.map((from, bucket) => {
    const next = priceBuckets[bucket + 1] ?? null
    const to = next === null ? null : next - 1
    return {
      value: `${from}-${to ?? ''}`,
      label: words.priceRange(from === 0 ? null : from, next),
      count: prices[bucket] ?? 0,
      selected: (selection.priceMin ?? 0) === from && selection.priceMax === to && (from > 0 || to !== null),
    }
  })
}

function textIn(text: LocalizedText | undefined, locale: Locale): string {
  return text ? text[locale] || text.fr : ''
}
