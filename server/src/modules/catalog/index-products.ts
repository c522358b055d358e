import { locales, type Locale, type LocalizedText } from '@ecluse/contracts/scalars.ts'
import type { Tx } from '../../kernel/db.ts'
import { textOfHtml } from './domain/sanitise-html.ts'
import { synonymsIn } from './domain/synonyms.ts'
import { headWord, indexedText, writtenWords } from './domain/words.ts'
import { selectCategories } from './queries/categories.ts'
import {
  insertWords,
  selectSearchable,
  upsertDocuments,
  type SearchableProduct,
  type SearchTexts,
} from './queries/search-index.ts'

const batchSize = 500

/** Brings the search index up to date with what is stored of these products. */
export async function indexProducts(tx: Tx, productIds: readonly string[]): Promise<void> {
  const categories = new Map((await selectCategories(tx)).map((category) => [category.id, category]))
  /** Names of those above a category. */
  const namesAbove = (id: string): LocalizedText[] => {
    const parent = categories.get(categories.get(id)?.parentId ?? '')
    return parent ? [parent.name, ...namesAbove(parent.id)] : []
  }
  for (let start = 0; start < productIds.length; start += batchSize) {
    const products = await selectSearchable(tx, productIds.slice(start, start + batchSize))
    const words = new Map<string, { locale: Locale; word: string; written: string }>()
    const documents = products.map((product) => {
      const categoryNames = {
        own: product.category_ids.flatMap((id) => categories.get(id)?.name ?? []),
        above: product.category_ids.flatMap(namesAbove),
      }
      const [fr, en] = locales.map((locale) => {
        const texts = textsOf(product, categoryNames, locale)
        for (const known of [texts.b, texts.c].flatMap(writtenWords))
          words.set(`${locale} ${known.word}`, { locale, ...known })
        return indexedTexts(texts, locale)
      }) as [SearchTexts, SearchTexts]
      return { id: product.id, fr, en }
    })
    await upsertDocuments(tx, documents)
    await insertWords(tx, [...words.values()])
  }
}

type CategoryNames = { readonly own: readonly LocalizedText[]; readonly above: readonly LocalizedText[] }

/**
 * Texts of one language, by weight: what the article is comes before what is said of it, so that "vélo" finds bicycles before
 * bags for them. The other language's names come late, for those who know the article by them. Synonyms weigh what they stand
 * for weighs. Whoever changes what is written here raises `rules` in `rebuild-index.ts`.
 */
function textsOf(product: SearchableProduct, { own, above }: CategoryNames, locale: Locale): SearchTexts {
  const inLocale = (text: LocalizedText): string => text[locale] || text.fr
  const inOther = (text: LocalizedText): string => (locale === 'fr' ? text.en : text.fr)
  const name = { fr: product.name_fr, en: product.name_en }
  const description = { fr: product.description_fr, en: product.description_en }
  const kinds = [inLocale(name), ...above.map(inLocale)]
    .map((text) => headWord(text, locale))
    .concat(own.map(inLocale))
    .join(' . ')
  const names = [inLocale(name), product.brand ?? '', ...[...own, ...above].map(inLocale), ...product.tags].join(' . ')
  const synonyms = synonymsIn(names, locale)
  return {
    a: [kinds, ...synonymsIn(kinds, locale).own].join(' . '),
    b: [names, ...synonyms.own].join(' . '),
    c: [
      ...synonyms.other,
      ...product.options.flatMap((option) => option.values.map((value) => inLocale(value.name))),
      ...Object.values(product.attributes),
      ...[name, ...own, ...above].map(inOther),
    ].join(' . '),
    d: textOfHtml(inLocale(description)),
  }
}

function indexedTexts({ a, b, c, d }: SearchTexts, locale: Locale): SearchTexts {
  const indexed = (text: string): string => indexedText(text, locale)
  return { a: indexed(a), b: indexed(b), c: indexed(c), d: indexed(d) }
}
