import { offerSorts } from '@ecluse/contracts/offers.ts'
import { addressOf, type QueryValues } from '../paths.ts'
import type { Visit } from '../visit.ts'

export type Sort = (typeof offerSorts)[number]

/** What a list is narrowed to, as its address says it. Prices are whole euros there. */
export type Filters = {
  q: string
  brands: string[]
  /** `code:value` pairs. */
  options: string[]
  min: number | null
  max: number | null
  inStock: boolean
  shop: string
  sort: Sort
  cursor: string
}

/** Most values of one kind the API takes. */
const severalLimit = 30

function euros(text: string | null): number | null {
  const value = Number((text ?? '').replace(',', '.').trim() || Number.NaN)
  return Number.isFinite(value) && value >= 0 && value <= 1_000_000 ? Math.round(value) : null
}

/** Reads the filters of an address; what makes no sense is left out rather than refused. */
export function filtersOf(query: URLSearchParams): Filters {
  const several = (name: string): string[] =>
    [...new Set(query.getAll(name).filter((value) => value !== '' && value.length <= 120))].slice(0, severalLimit)
  const sort = query.get('sort') as Sort
  return {
    q: (query.get('q') ?? '').trim().slice(0, 200),
    brands: several('brand'),
    options: several('option').filter((pair) => pair.includes(':')),
    min: euros(query.get('min')),
    max: euros(query.get('max')),
    inStock: query.get('stock') === '1',
    shop: (query.get('shop') ?? '').slice(0, 40),
    sort: offerSorts.includes(sort) ? sort : 'relevance',
    cursor: (query.get('cursor') ?? '').slice(0, 500),
  }
}

/** The filters as an address carries them. */
function queryOf(filters: Filters): QueryValues {
  return {
    q: filters.q,
    brand: filters.brands,
    option: filters.options,
    min: filters.min,
    max: filters.max,
    stock: filters.inStock ? 1 : null,
    shop: filters.shop,
    sort: filters.sort === 'relevance' ? null : filters.sort,
    cursor: filters.cursor,
  }
}

/** The filters as the API takes them: minor units, left out when empty. */
export function apiQueryOf(filters: Filters) {
  return {
    q: filters.q || undefined,
    brand: filters.brands,
    option: filters.options,
    priceMin: filters.min === null ? undefined : filters.min * 100,
    priceMax: filters.max === null ? undefined : filters.max * 100,
    inStock: filters.inStock ? ('true' as const) : undefined,
    shop: filters.shop || undefined,
    sort: filters.sort,
    cursor: filters.cursor || undefined,
  }
}

/** Whether anything but the words and the order is chosen. */
export function isNarrowed(filters: Filters): boolean {
  const { brands, options, min, max, inStock, shop } = filters
  return brands.length + options.length > 0 || min !== null || max !== null || inStock || shop !== ''
}

/** Which list a page shows. */
export type ListPlace = { name: 'catalogue' | 'search' } | { name: 'category'; code: string }

export function listAddress(visit: Visit, place: ListPlace, filters: Filters, locale = visit.locale): string {
  return addressOf(place.name, locale, place.name === 'category' ? { code: place.code } : {}, queryOf(filters))
}
