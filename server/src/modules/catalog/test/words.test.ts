import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { misfitVariant } from '../domain/check-options.ts'
import { sanitiseHtml, textOfHtml } from '../domain/sanitise-html.ts'
import { synonymsIn, withSynonyms } from '../domain/synonyms.ts'
import {
  editDistance,
  fold,
  foldedWords,
  headWord,
  indexedText,
  oneTypoAway,
  questionWords,
  writtenWords,
} from '../domain/words.ts'

test('texts are cut into words without accents, ligatures or punctuation', () => {
  expect(foldedWords('Étagère « à Œillets », 27,5" !')).toBe('etagere a oeillets 27 5')
  expect(foldedWords("L'huile d’olive")).toBe('l huile d olive')
  expect(writtenWords('Chaîne 11V du Vélo')).toEqual([
    { word: 'chaine', written: 'chaîne' },
    { word: 'velo', written: 'vélo' },
  ])
})

test('French plurals that the stemmer leaves alone are taken away, the same in texts and questions', () => {
  expect(indexedText('Vélos, pneus, abris et jeux de bateaux', 'fr')).toBe('velo pneu abri et jeu de bateau')
  expect(indexedText('sac à dos, gaz, prix', 'fr')).toBe('sac a do gaz prix')
  expect(indexedText('Bus and bikes', 'en')).toBe('bus and bikes')
  expect(questionWords('Vélos d’été', 'fr')).toEqual([
    { word: 'velo', written: 'vélos' },
    { word: 'd', written: 'd' },
    { word: 'ete', written: 'été' },
  ])
})

test('the head of a name says what it names: first in French, last in English', () => {
  expect(headWord('Cartable à vélo Goélette', 'fr')).toBe('cartable')
  expect(headWord('Vélos', 'fr')).toBe('velos')
  expect(headWord('La Mini-pompe 2', 'fr')).toBe('mini')
  expect(headWord('Estran 4 tent, green', 'en')).toBe('tent')
  expect(headWord('Goélette school bag', 'en')).toBe('bag')
  expect(headWord('650 × 40', 'fr')).toBe('')
})

test('edit distance counts letters put in, left out, changed and swapped', () => {
  expect(editDistance('casque', 'casqe')).toBe(1)
  expect(editDistance('casque', 'csaque')).toBe(1)
  expect(editDistance('chaise', 'chese')).toBe(2)
  expect(editDistance('', 'abc')).toBe(3)
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, a)).toBe(0)
      expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
    { seed: inject('seed') },
  )
})

test('words one typo away are those whose edit distance is one', () => {
  expect(oneTypoAway('vleo')).toContain('velo')
  fc.assert(
    fc.property(fc.stringMatching(/^[a-d]{3,5}$/), fc.stringMatching(/^[a-d]{3,5}$/), (a, b) => {
      expect(oneTypoAway(a).includes(b)).toBe(editDistance(a, b) === 1)
    }),
    { seed: inject('seed') },
  )
})

test('what is said in one term is said in the others, in both languages, without saying it twice', () => {
  const bags = synonymsIn('Sacs à dos Noroît 30 L', 'fr')
  expect(bags.own).toEqual([])
  expect(bags.other).toContain('backpack')
  expect(synonymsIn('Mountain . Bicycles', 'en').own).toEqual(expect.arrayContaining(['bike', 'mountain bike', 'MTB']))
  expect(synonymsIn('Vélo de ville électrique', 'fr').own).toEqual(['bicyclette', 'cycle', 'VAE'])
  expect(synonymsIn('Sac de couchage', 'fr').own).toEqual(['duvet'])
  expect(synonymsIn('Étagère', 'fr')).toEqual({ own: [], other: [] })
  expect(withSynonyms('rucksack red', 'en')).toEqual(['backpack red', 'back pack red', 'sac à dos red'])
  expect(withSynonyms('étagère', 'fr')).toEqual([])
})

test('folding is stable, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
      expect(foldedWords(foldedWords(text))).toBe(foldedWords(text))
    }),
    { seed: inject('seed') },
  )
})

test('sanitised HTML has no script, handler or foreign address', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<script>',
    '</script>',
    '<a href="javascript:alert(1)">',
    '<a href="//evil.example">',
    '</a>',

    '<img src=x onerror=y>',
    '<svg/onload=x>',
    '<b onclick=x>',
    'texte',
    '&lt;',
    '<',
    '"',
    '<iframe src=x>',
    '<table>',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const clean = sanitiseHtml(pieces.join(''))
      expect(clean).not.toMatch(/<(?:script|img|svg|iframe)|\son\w+=|javascript:|href="\/\//i)
    }),
    { seed: inject('seed') },
  )
  expect(textOfHtml('<p>A &amp; B</p><ul><li>C</li></ul>')).toBe('A & B C')
})

test('each variant gives every option once, with a value it has, in a combination of its own', () => {
  const text = (code: string) => ({ code, name: { fr: code, en: code } })
  const options = [
    { ...text('taille'), values: [text('s'), text('m')] },
    { ...text('couleur'), values: [text('bleu')] },
  ]
  const variant = (sku: string, given: Record<string, string>) => ({
    sku,
    options: given,
    gtin: null,
    weightGrams: null,
    compareAtPrice: null,
    mediaIndex: null,
    price: { amountMinor: 1, currency: 'EUR' as const },
  })
  const good = [variant('A', { taille: 's', couleur: 'bleu' }), variant('B', { taille: 'm', couleur: 'bleu' })]
  const with2 = (second: Record<string, string>) => [...good.slice(0, 1), variant('B', second)]
  expect(misfitVariant({ options, variants: good })).toBeNull()
  expect(misfitVariant({ options, variants: with2({ taille: 'm' }) })).toBe('B')
  expect(misfitVariant({ options, variants: with2({ taille: 'xl', couleur: 'bleu' }) })).toBe('B')
  expect(misfitVariant({ options, variants: with2({ taille: 's', couleur: 'bleu' }) })).toBe('B')
  expect(misfitVariant({ options, variants: with2({ taille: 'm', couleur: 'bleu', sens: 'x' }) })).toBe('B')
  expect(misfitVariant({ options, variants: [...good, variant('A', { taille: 'm', couleur: 'bleu' })] })).toBe('A')
})
