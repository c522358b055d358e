import { expect, test } from 'vitest'
import { withFirstOfMonth } from './french-dates.ts'

test.each([
  ['1 mai 2026', '1er mai 2026'],
  ['vendredi 1 mai 2026 à 14:30', 'vendredi 1er mai 2026 à 14:30'],
  ['samedi 1 août', 'samedi 1er août'],
  ['1 décembre 2026', '1er décembre 2026'],
  ['11 mai 2026', '11 mai 2026'],
  ['21 janvier', '21 janvier'],
  ['1 janv. 2026', '1 janv. 2026'],
  ['1 h 30', '1 h 30'],
])('%s is written %s', (text, written) => {
  expect(withFirstOfMonth(text, 'fr')).toBe(written)
})

test('other languages are left as they are', () => {
  expect(withFirstOfMonth('1 mai 2026', 'en')).toBe('1 mai 2026')
})
