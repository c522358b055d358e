import { locales, type Locale } from '@ecluse/contracts/scalars.ts'
import groups from './synonyms.json' with { type: 'json' }
import { foldedWords } from './words.ts'

/**
 * Terms that mean the same, by language: `synonyms.json`, one group a line. What is said with one is found by the others: they are
 * written into the index beside it, and a question that finds nothing is put with them.
 */
type Term = { readonly written: string; readonly words: readonly string[] }
type Group = Readonly<Record<Locale, readonly Term[]>>

const links = new Set([
  'a',
  'au',
  'aux',
  'd',
  'de',
  'des',
  'du',
  'et',
  'l',
  'la',
  'le',
  'les',
  'and',
  'for',
  'of',
  'the',
])

/** The words that count, without their plural. */
const bareWords = (text: string): string[] =>
  foldedWords(text)
    .split(' ')
    .filter((word) => word !== '' && !links.has(word))
    .map((word) => word.replace(/(?<=..)[sx]$/, ''))

const termsOf = (written: readonly string[]): Term[] =>
  written.map((text) => ({ written: text, words: bareWords(text) }))
const known: readonly Group[] = groups.map(({ fr, en }) => ({ fr: termsOf(fr), en: termsOf(en) }))

/** What the index is made with: an index made with another table is made again. */
export const synonymTable: string = JSON.stringify(groups)

/** The other terms for what a text names: in its language, and in the other. */
export function synonymsIn(text: string, locale: Locale): { own: string[]; other: string[] } {
  const said = new Set(bareWords(text))
  const isSaid = ({ words }: Term): boolean => words.every((word) => said.has(word))
  const named = known.filter((group) => group[locale].some(isSaid))
  const unsaid = (terms: readonly Term[]): string[] =>
    terms.filter((term) => !isSaid(term)).map(({ written }) => written)
  return {
    own: named.flatMap((group) => unsaid(group[locale])),
    other: named.flatMap((group) => locales.filter((one) => one !== locale).flatMap((one) => unsaid(group[one]))),
  }
}

/** A question put with other terms, in either language: one for each, the rest of its words left as they are. */
export function withSynonyms(question: string, locale: Locale): string[] {
  const said = foldedWords(question).split(' ')
  const bare = new Set(bareWords(question))
  const isSaid = ({ words }: Term): boolean => words.every((word) => bare.has(word))
  return known.flatMap((group) => {
    const terms = [...group[locale], ...locales.filter((one) => one !== locale).flatMap((one) => group[one])]
    const found = terms.find(isSaid)
    if (!found) return []
    const rest = said.filter((word) => !links.has(word) && !found.words.includes(bareWords(word)[0] ?? word))
    return terms.filter((term) => !isSaid(term)).map(({ written }) => [written, ...rest].join(' '))
  })
}
