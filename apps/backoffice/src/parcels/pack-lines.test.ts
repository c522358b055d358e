import { expect, test } from 'vitest'
import { lineOfCode, putIn, type PackLine } from './pack-lines.ts'

const line = (lineId: string, more: Partial<PackLine> = {}): PackLine => ({
  lineId,
  variantId: lineId,
  sku: `SKU-${lineId}`,
  gtin: null,
  name: lineId,
  variantLabel: '',
  imageUrl: null,
  location: null,
  substituteFor: null,
  quantity: 2,
  left: 2,
  inside: 0,
  ...more,
})

test('a code is a GTIN, with or without its zeros, or a reference', () => {
  const lines = [line('a', { gtin: '03612345678902' }), line('b')]
  expect(lineOfCode(lines, '3612345678902')?.lineId).toBe('a')
  expect(lineOfCode(lines, 'sku-b')?.lineId).toBe('b')
  expect(lineOfCode(lines, '999')).toBeUndefined()
})

test('of two lines of one article, the one that wants a unit is filled', () => {
  const lines = [line('a', { gtin: '12', inside: 2 }), line('b', { gtin: '12' })]
  expect(lineOfCode(lines, '12')?.lineId).toBe('b')
})

test('no more is put in than is left', () => {
  expect(putIn([line('a')], 'a', 5)[0]?.inside).toBe(2)
  expect(putIn([line('a')], 'a', -1)[0]?.inside).toBe(0)
})
