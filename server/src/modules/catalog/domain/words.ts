import type { Locale } from '@ecluse/contracts/scalars.ts'

/** How texts and questions are cut into words: one way for both, so that what is written can be found. */

const ligatures: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' }

/** Lower case, without accents or ligatures. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[œæßøłđ]/g, (letter) => ligatures[letter] ?? letter)
}

/** The text as the index reads it: folded words of letters and digits, one space between. */
export function foldedWords(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The words of a question: as they are compared, and as they were typed. */
export function questionWords(text: string, locale: Locale): { word: string; written: string }[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return words
    .map((written) => ({ word: indexedWord(fold(written), locale), written }))
    .filter(({ word }) => word !== '')
}

/** Folded words as the index keeps them, before the database finds their stems. */
export function indexedText(text: string, locale: Locale): string {
  const words = foldedWords(text)
  return locale === 'fr' ? words.replace(frenchPlural, '') : words
}

/** One folded word, as `indexedText` would leave it. */
export function indexedWord(word: string, locale: Locale): string {
  return locale === 'fr' ? word.replace(frenchPlural, '') : word
}

/** Plurals that the Snowball stemmer leaves alone: vélos, pneus, abris, jeux, bateaux. */
const frenchPlural = /(?<=\w[aiou])s\b|(?<=\w[aeo]u)x\b/g

const articles = new Set(['le', 'la', 'les', 'un', 'une', 'des', 'the'])

/**
 * The word that says what a name is the name of: the first in French (« Cartable à vélo »), the last before a comma or a number in
 * English (“Estran 4 tent, green”). A rule of thumb: it moves an article up or down a list, never out of it.
 */
export function headWord(name: string, locale: Locale): string {
  const [title = ''] = name.split(/[,;:(–—]| - /)
  const words = foldedWords(title)
    .split(' ')
    .filter((word) => /^\p{L}{2,}$/u.test(word) && !articles.has(word))
  return (locale === 'fr' ? words[0] : words.at(-1)) ?? ''
}

/** Words of a text, folded, each with the way it is written: those that mistyped ones are mended to. */
export function writtenWords(text: string): { word: string; written: string }[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}]{3,30}/gu) ?? []
  return words.map((written) => ({ word: fold(written), written }))
}

/**
 * How many letters must be put in, left out, changed or swapped with a neighbour to make one word of another
 * (Damerau–Levenshtein, optimal string alignment).
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_unused, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = above
    above = row
  }
  return above[b.length] ?? 0
}

/** All words of the Latin alphabet one typo away from a short word, itself left out. */
export function oneTypoAway(word: string): string[] {
  const near = new Set<string>()
  for (let at = 0; at <= word.length; at++) {
    const before = word.slice(0, at)
    const after = word.slice(at)
    near.add(before + after.slice(1))
    near.add(before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2))
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      near.add(before + letter + after)
      near.add(before + letter + after.slice(1))
    }
  }
  near.delete(word)
  return [...near]
}

/** Whether two words are of the same letters, in another order. */
export function isShuffled(a: string, b: string): boolean {
  const sorted = (word: string): string => word.split('').sort().join('')
  return a.length === b.length && sorted(a) === sorted(b)
}

/** Typos forgiven in a word: none in the shortest, one from four letters on, two from six. */
export function forgivenTypos(word: string): number {
  return word.length < 4 ? 0 : word.length < 6 ? 1 : 2
}
