import type { Locale } from '@ecluse/contracts/scalars.ts'
import { inTransaction, type Db } from '../../kernel/db.ts'
import { editDistance, fold, foldedWords, forgivenTypos } from './domain/words.ts'
import {
  lowerSimilarity,
  selectKnownWords,
  selectProductsBySkuStart,
  selectRanked,
  selectSimilarWords,
  selectVariantsByCode,
} from './queries/search.ts'

/**
 * The search engine, all of it: PostgreSQL's full text search, French and English, behind one function.
 *
 * 1. A code (SKU, GTIN) finds its product and nothing else.
 * 2. All words, stemmed and without accents, in weighted texts (name, brand and category, options, description).
 * 3. Nothing found: words the catalogue does not know are mended to words it knows that look alike (trigrams propose,
 *    edit distance decides), the nearest first.
 * 4. Still nothing: any of the words.
 *
 * The index is written by `index-products.ts`.
 */
export type SearchAsk = {
  locale: Locale
  /** What was typed. */
  q: string
  /** Whether the last word may be unfinished, as while typing. */
  unfinished?: boolean
  /** Whether a product may be shown: what is found but not shown does not count as found. */
  accept: (productId: string) => boolean
}

export type SearchFound = {
  /** Best first. */
  productIds: string[]
  /** The words searched instead, when a typo was mended. */
  correctedQuery: string | null
}

const mostWords = 8
const mostMends = 6

/** Finds products, best first. */
export async function searchProducts(
  db: Db,
  { locale, q, unfinished = false, accept }: SearchAsk,
): Promise<SearchFound> {
  const found = (ids: readonly string[], correctedQuery: string | null = null): SearchFound => ({
    productIds: ids.filter(accept),
    correctedQuery,
  })
  const code = q.trim()
  if (/\d/.test(code) || /^[\w.-]+$/.test(code)) {
    const byCode = found([...new Set((await selectVariantsByCode(db, code)).map((variant) => variant.productId))])
    if (byCode.productIds.length > 0) return byCode
  }

  const words = foldedWords(q).split(' ').filter(Boolean).slice(0, mostWords)
  if (words.length === 0) return found([])
  const last = unfinished ? (words.at(-1) ?? null) : null
  const exact = found(
    await selectRanked(db, locale, { words: last === null ? words : words.slice(0, -1), unfinished: last }),
  )
  if (exact.productIds.length > 0) return exact
  if (unfinished && code.length >= 3) {
    const bySku = found(await selectProductsBySkuStart(db, code))
    if (bySku.productIds.length > 0) return bySku
  }

  for (const mended of await mendings(db, locale, words)) {
    const result = found(
      await selectRanked(db, locale, { words: mended.map(({ word }) => word), unfinished: null }),
      mended.map(({ written }) => written).join(' '),
    )
    if (result.productIds.length > 0) return result
  }
  return words.length > 1 ? found(await selectRanked(db, locale, { words, unfinished: null, any: true })) : found([])
}

type Mend = { word: string; written: string; distance: number }

/** The question with its unknown words replaced by known ones: the fewest changes first. */
async function mendings(db: Db, locale: Locale, words: readonly string[]): Promise<Mend[][]> {
  const known = await selectKnownWords(db, locale, words)
  const strange = words.filter((word) => !known.has(word))
  // Known words that together find nothing may still hold a typo that happens to be a word.
  const doubtful = [...new Set((strange.length > 0 ? strange : words).filter((word) => forgivenTypos(word) > 0))]
  if (doubtful.length === 0) return []
  const similar = await inTransaction(db, async (tx) => {
    await lowerSimilarity(tx)
    return selectSimilarWords(tx, locale, doubtful)
  })
  const mendsOf = (word: string): Mend[] => {
    const asTyped = known.has(word) || !doubtful.includes(word) ? [{ word, written: word, distance: 0 }] : []
    const mends = similar
      .filter(({ wanted }) => wanted === word)
      .map((mend) => ({ word: mend.word, written: mend.written, distance: editDistance(word, mend.word) }))
      .filter(({ distance }) => distance > 0 && distance <= forgivenTypos(word))
      .sort((a, b) => a.distance - b.distance)
    return [...asTyped, ...mends].slice(0, mostMends)
  }
  return combinations(words.map(mendsOf))
    .filter((combination) => combination.some(({ distance }) => distance > 0))
    .slice(0, mostMends)
}

/** Every choice of one mend per word, the fewest changes first; none when a word cannot be mended. */
function combinations(choices: readonly (readonly Mend[])[]): Mend[][] {
  let combined: Mend[][] = [[]]
  for (const choice of choices) {
    combined = combined.flatMap((before) => choice.map((mend) => [...before, mend]))
    combined.sort((a, b) => changes(a) - changes(b))
    combined = combined.slice(0, 4 * mostMends)
  }
  return combined
}

function changes(combination: readonly Mend[]): number {
  return combination.reduce((sum, { distance }) => sum + distance, 0)
}

/** The variant a scanned or typed code names, with its product: SKU in any case, GTIN with or without leading zeros. */
export async function findVariantsByCode(db: Db, code: string): Promise<{ variantId: string; productId: string }[]> {
  return selectVariantsByCode(db, fold(code.trim()) === '' ? '' : code.trim())
}
