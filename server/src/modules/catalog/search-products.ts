import type { Locale } from '@ecluse/contracts/scalars.ts'
import { inTransaction, type Db } from '../../kernel/db.ts'
import { withSynonyms } from './domain/synonyms.ts'
import { editDistance, forgivenTypos, indexedWord, isShuffled, oneTypoAway, questionWords } from './domain/words.ts'
import {
  lowerSimilarity,
  selectKnownWords,
  selectProductsBySkuStart,
  selectRanked,
  selectSimilarWords,
  selectUsedWords,
  selectVariantsByCode,
  type SearchQuestion,
} from './queries/search.ts'

/**
 * The search engine, all of it: PostgreSQL's full text search, French and English, behind one function.
 *
 * 1. A code (SKU, GTIN) finds its product and nothing else.
 * 2. All words, stemmed and without accents, in weighted texts (name, brand and category, options, description).
 * 3. Nothing found: words may be the beginning of longer ones.
 * 4. Nothing found: other terms for what the words name (`synonyms.json`).
 * 5. Nothing found: words the catalogue does not know are mended to words it knows that look alike (trigrams propose,
 *    and for short words every word one typo away; edit distance decides), the nearest first.
 * 6. Still nothing: any of the words, as typed, or else as mended.
 *
 * The index is written by `index-products.ts`.
 */
export type SearchAsk<Shown> = {
  locale: Locale
  /** What was typed. */
  q: string
  /** Whether the last word may be unfinished, as while typing. */
  unfinished?: boolean
  /** What the asker knows of a product; undefined when nothing: it then does not count as found. */
  pick: (productId: string) => Shown | undefined
  /** Whether it may be shown, where not all may: a question that finds none that may is put otherwise. */
  isShown?: (product: Shown) => boolean
}

export type SearchFound<Shown> = {
  /** Best first; one at least may be shown, and whoever lists them leaves out those that may not. */
  found: Shown[]
  /** The words searched instead, when a typo was mended. */
  correctedQuery: string | null
}

const mostWords = 8
const mostMends = 6
const mostRestated = 6

/** Finds products, best first. */
export async function searchProducts<Shown>(
  db: Db,
  { locale, q, unfinished = false, pick, isShown }: SearchAsk<Shown>,
): Promise<SearchFound<Shown>> {
  const shown = (ids: readonly string[]): Shown[] => {
    const picked: Shown[] = []
    for (const id of ids) {
      const one = pick(id)
      if (one !== undefined) picked.push(one)
    }
    return isShown === undefined || picked.some(isShown) ? picked : []
  }
  const answer = (found: Shown[], correctedQuery: string | null = null): SearchFound<Shown> => ({
    found,
    correctedQuery,
  })

  const code = q.trim()
  const byCode = /^[\w./-]+$/.test(code) ? shown(await productsByCode(db, code)) : []
  if (byCode.length > 0) return answer(byCode)
  const typed = questionWords(q, locale).slice(0, mostWords)
  if (typed.length === 0) return answer([])
  const words = typed.map(({ word }) => word)
  const rank = async (question: SearchQuestion): Promise<Shown[]> => shown(await selectRanked(db, locale, question))

  const last = unfinished ? (words.at(-1) ?? null) : null
  const exact = await rank({ words: last === null ? words : words.slice(0, -1), unfinished: last })
  if (exact.length > 0) return answer(exact)
  const bySku = unfinished && code.length >= 3 ? shown(await selectProductsBySkuStart(db, code)) : []
  if (bySku.length > 0) return answer(bySku)
  const begun = await rank({ words: words.map((word) => (word.length < 4 ? word : `${word}:*`)), unfinished: null })
  if (begun.length > 0) return answer(begun)
  for (const other of withSynonyms(q, locale).slice(0, mostRestated)) {
    const restated = questionWords(other, locale).map(({ word }) => word)
    const found = await rank({ words: restated, unfinished: null })
    if (found.length > 0) return answer(found)
  }
  const mended = await mendings(db, locale, typed)
  const indexed = (choice: readonly Mend[]): string[] => choice.map(({ word }) => indexedWord(word, locale))
  for (const choice of mended) {
    const found = await rank({ words: indexed(choice), unfinished: null })
    if (found.length > 0) return answer(found, writtenAs(choice))
  }
  if (words.length < 2) return answer([])
  const some = await rank({ words, unfinished: null, any: true })
  const [nearest] = mended
  if (some.length > 0 || nearest === undefined) return answer(some)
  return answer(await rank({ words: indexed(nearest), unfinished: null, any: true }), writtenAs(nearest))
}

async function productsByCode(db: Db, code: string): Promise<string[]> {
  return [...new Set((await selectVariantsByCode(db, code)).map((variant) => variant.productId))]
}

type Mend = { word: string; written: string; distance: number }

function writtenAs(choice: readonly Mend[]): string {
  return choice.map(({ written }) => written).join(' ')
}

/** The question with its unknown words replaced by known ones: the fewest changes first. */
async function mendings(
  db: Db,
  locale: Locale,
  typed: readonly { word: string; written: string }[],
): Promise<Mend[][]> {
  const words = typed.map(({ word }) => word)
  const known = await selectKnownWords(db, locale, words)
  const strange = words.filter((word) => !known.has(word))
  // Known words that together find nothing may still hold a typo that happens to be a word.
  const doubtful = [...new Set((strange.length > 0 ? strange : words).filter((word) => forgivenTypos(word) > 0))]
  if (doubtful.length === 0) return []
  const similar = await similarWords(db, locale, doubtful)
  const mendsOf = ({ word, written }: { word: string; written: string }): Mend[] => {
    const mends = similar
      .filter(({ wanted }) => wanted === word)
      .map((mend) => ({ word: mend.word, written: mend.written, distance: editDistance(word, mend.word) }))
      .filter(({ distance }) => distance > 0 && distance <= forgivenTypos(word))
      // Of words as far from what was typed, one of the same letters is the likelier.
      .sort((a, b) => a.distance - b.distance || Number(isShuffled(word, b.word)) - Number(isShuffled(word, a.word)))
    // A word nothing looks like stays as it is: the others may be mended all the same.
    const stays = known.has(word) || !doubtful.includes(word) || mends.length === 0
    return [...(stays ? [{ word, written, distance: 0 }] : []), ...mends].slice(0, mostMends)
  }
  return combinations(typed.map(mendsOf))
    .filter((combination) => combination.some(({ distance }) => distance > 0))
    .slice(0, mostMends)
}

/** Words of the catalogue that look like these; a short word shares too few trigrams with those one typo away from it. */
async function similarWords(
  db: Db,
  locale: Locale,
  wanted: readonly string[],
): Promise<{ wanted: string; word: string; written: string }[]> {
  const near = wanted
    .filter((word) => forgivenTypos(word) === 1)
    .map((word) => ({ word, near: new Set(oneTypoAway(word)) }))
  const [alike, used] = await inTransaction(db, async (tx) => {
    await lowerSimilarity(tx)
    return Promise.all([
      selectSimilarWords(tx, locale, wanted),
      near.length > 0 ? selectUsedWords(tx, locale, [...new Set(near.flatMap((one) => [...one.near]))]) : [],
    ])
  })
  const seen = new Set(alike.map((one) => `${one.wanted} ${one.word}`))
  const missed = near.flatMap(({ word, near: around }) =>
    used
      .filter((one) => around.has(one.word) && !seen.has(`${word} ${one.word}`))
      .map((one) => ({ wanted: word, ...one })),
  )
  return [...alike, ...missed]
}

/** Every choice of one mend per word, the fewest changes first. */
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
  return selectVariantsByCode(db, code.trim())
}
