import type { offerSorts } from '@ecluse/contracts/offers.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { cursorPatterns, decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { ModelProduct } from './model.ts'
import type { SelectedOffer } from './select-offers.ts'

export type OfferSort = (typeof offerSorts)[number]
/** A place in the order: by key, then by the product's id. */
type Placed = { readonly key: number | string; readonly slot: number }

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
  ask: PageAsk,
): { page: ModelProduct[]; nextCursor: string | null } {
  const { sort, searched, limit, productAt } = ask
  const keyOf = keyFor(ask)
  const kind = sort === 'relevance' && searched ? 'rank' : sort
  const from = decodePosition(kind, ask.cursor)
  // Ids are looked up only where keys are equal: a list of thousands touches the few products it shows.
  const idOf = (slot: number): string => productAt(slot)?.id ?? ''
  const compare = (a: Placed, b: Placed): number => compareKeys(a.key, b.key) || compareKeys(idOf(a.slot), idOf(b.slot))
  const isPast = (placed: Placed): boolean =>
    !from || (compareKeys(placed.key, from.key) || compareKeys(idOf(placed.slot), from.id)) > 0
  const first: Placed[] = []
  let more = false
  for (const offer of offers) {
    const placed = { key: keyOf(offer), slot: offer.slot }
    if (!isPast(placed)) continue
    if (first.length === limit) more = true
    keepFirst(first, placed, limit, compare)
  }
  const last = first.at(-1)
  return {
    page: first.flatMap(({ slot }) => productAt(slot) ?? []),
    nextCursor: more && last ? encodeCursor([kind, last.key, idOf(last.slot)]) : null,
  }
}

/** Puts an offer into its place among the first ones: a page is a few of thousands, the others need no order. */
function keepFirst(first: Placed[], placed: Placed, limit: number, compare: (a: Placed, b: Placed) => number): void {
  const last = first[limit - 1]
  if (last && compare(placed, last) > 0) return
  let low = 0
  for (let high = first.length; low < high;) {
    const middle = (low + high) >> 1
    if (compare(first[middle] as Placed, placed) < 0) low = middle + 1
    else high = middle
  }
  first.splice(low, 0, placed)
  if (first.length > limit) first.pop()
}

export type PageAsk = {
  readonly sort: OfferSort
  readonly locale: Locale
  readonly searched: boolean
  readonly limit: number
  readonly cursor: string | undefined
  productAt(slot: number): ModelProduct | undefined
}

/** What is in stock comes before what is not: further apart than any two dates in milliseconds. */
const outOfStockLast = 1e15

function keyFor({ sort, locale, searched, productAt }: PageAsk): (offer: SelectedOffer) => number | string {
  switch (sort) {
    case 'relevance':
      return searched ? ({ rank }) => rank : ({ inStock, createdAt }) => (inStock ? 0 : outOfStockLast) - createdAt
    case 'price_asc':
      return ({ priceMinor }) => priceMinor
    case 'price_desc':
      return ({ priceMinor }) => -priceMinor
    case 'name':
      return ({ slot }) => productAt(slot)?.nameKey[locale].slice(0, keyLength) ?? ''
    case 'newest':
      return ({ createdAt }) => -createdAt
  }
}

function compareKeys(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function decodePosition(kind: string, cursor: string | undefined): { key: number | string; id: string } | undefined {
  const key = kind === 'name' ? cursorPatterns.text : cursorPatterns.integer
  const parts = decodeCursor(cursor, [new RegExp(`^${kind}$`), key, cursorPatterns.uuid])
  if (!parts) return undefined
  return { key: kind === 'name' ? (parts[1] ?? '') : Number(parts[1]), id: parts[2] ?? '' }
}
