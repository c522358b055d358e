import { locales, type Locale, type LocalizedText } from '@ecluse/contracts/scalars.ts'
import type { Tx } from '../../kernel/db.ts'
import { textOfHtml } from './domain/sanitise-html.ts'
import { indexedText, writtenWords } from './domain/words.ts'
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
  /** Names of a category and of those above it. */
  const namesAbove = (id: string): LocalizedText[] => {
    const category = categories.get(id)
    if (!category) return []
    return [category.name, ...(category.parentId === null ? [] : namesAbove(category.parentId))]
  }
  for (let start = 0; start < productIds.length; start += batchSize) {
    const products = await selectSearchable(tx, productIds.slice(start, start + batchSize))
    const words = new Map<string, { locale: Locale; word: string; written: string }>()
    const documents = products.map((product) => {
      const categoryNames = product.category_ids.flatMap(namesAbove)
      const [fr, en] = locales.map((locale) => {
        const texts = textsOf(product, categoryNames, locale)
        for (const known of [texts.a, texts.b, texts.c].flatMap(writtenWords))
          words.set(`${locale} ${known.word}`, { locale, ...known })
        return indexedTexts(texts, locale)
      }) as [SearchTexts, SearchTexts]
      return { id: product.id, fr, en }
    })
    await upsertDocuments(tx, documents)
    await insertWords(tx, [...words.values()])
  }
}

/** Texts of one language, by weight; the other language's name comes last, for those who know the article by it. */
function textsOf(product: SearchableProduct, categoryNames: readonly LocalizedText[], locale: Locale): SearchTexts {
  const inLocale = (text: LocalizedText): string => text[locale] || text.fr
  const name = { fr: product.name_fr, en: product.name_en }
  const description = { fr: product.description_fr, en: product.description_en }
  return {
    a: inLocale(name),
    b: [product.brand ?? '', ...categoryNames.map(inLocale), ...product.tags].join(' . '),
    c: [
      ...product.options.flatMap((option) => option.values.map((value) => inLocale(value.name))),
      ...Object.values(product.attributes),
      locale === 'fr' ? name.en : name.fr,
    ].join(' . '),
    d: textOfHtml(inLocale(description)),
  }
}

function indexedTexts({ a, b, c, d }: SearchTexts, locale: Locale): SearchTexts {
  const indexed = (text: string): string => indexedText(text, locale)
  return { a: indexed(a), b: indexed(b), c: indexed(c), d: indexed(d) }
}
