import { expect, test } from 'vitest'
import { compareLocations, namesArticle } from './walk.ts'

test('shelves are walked as people count them, and what lies nowhere comes last', () => {
  const walked = ['B-1', null, 'A-10-2', 'A-2-11', 'a-2-3', 'A-2-3'].sort(compareLocations)
  expect(walked).toEqual(['a-2-3', 'A-2-3', 'A-2-11', 'A-10-2', 'B-1', null])
})

test('an article is named by its SKU or its GTIN, whatever zeros stand before it', () => {
  const article = { sku: 'Bidon-750', gtin: '3760123456789' }
  expect(['bidon-750', '3760123456789', '03760123456789'].map((code) => namesArticle(code, article))).toEqual([
    true,
    true,
    true,
  ])
  expect(['760123456789', 'bidon', ''].map((code) => namesArticle(code, article))).toEqual([false, false, false])
  expect(namesArticle('0', { sku: 'X', gtin: null })).toBe(false)
})
