import type { offerSorts } from '@ecluse/contracts/offers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { cursorPatterns, decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { SelectedOffer } from './select-offers.ts'

export type OfferSort = (typeof offerSorts)[number]
type Position = { key: number | string; id: string }

/** Longer names than this are told apart by their ids. */
const keyLength = 60

/**
 * One page of a list, sorted, and the position after it. Every order ends with the product's id, so each product is on one
 * page exactly as long as nothing changes.
 * @param searched whether the products came by rank from a search: that is then what relevance means
 * @throws kernel.invalid_cursor
 */
export function pageOfOffers(
  offers: readonly SelectedOffer[],
  { sort, locale, searched, limit, cursor }: PageAsk,
): { page: SelectedOffer[]; nextCursor: string | null } {
  const keyOf = keyFor(sort, locale, searched)
  const kind = sort === 'relevance' && searched ? 'rank' : sort
  const from = decodePosition(kind, cursor)
  const placed = offers.map((offer) => ({ offer, key: keyOf(offer), id: offer.product.id }))
  const rest = (from ? placed.filter((position) => compare(position, from) > 0) : placed).sort(compare)
  const last = rest[limit - 1]
  return {
    page: rest.slice(0, limit).map(({ offer }) => offer),
    nextCursor: rest.length > limit && last ? encodeCursor([kind, last.key, last.id]) : null,
  }
}

export type PageAsk = {
  readonly sort: OfferSort
  readonly locale: Locale
  readonly searched: boolean
  readonly limit: number
  readonly cursor: string | undefined
}

/** What is in stock comes before what is not: further apart than any two dates in milliseconds. */
const outOfStockLast = 1e15

function keyFor(sort: OfferSort, locale: Locale, searched: boolean): (offer: SelectedOffer) => number | string {
  switch (sort) {
    case 'relevance':
      return searched
        ? ({ rank }) => rank
        : ({ product, inStock }) => (inStock ? 0 : outOfStockLast) - product.createdAt
    case 'price_asc':
      return ({ priceMinor }) => priceMinor
    case 'price_desc':
      return ({ priceMinor }) => -priceMinor
    case 'name':
      return ({ product }) => product.nameKey[locale].slice(0, keyLength)
    case 'newest':
      return ({ product }) => -product.createdAt
  }
}

function compare(a: Position, b: Position): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function decodePosition(kind: string, cursor: string | undefined): Position | undefined {
  const key = kind === 'name' ? cursorPatterns.text : cursorPatterns.integer
  const parts = decodeCursor(cursor, [new RegExp(`^${kind}$`), key, cursorPatterns.uuid])
  if (!parts) return undefined
  return { key: kind === 'name' ? (parts[1] ?? '') : Number(parts[1]), id: parts[2] ?? '' }
}
