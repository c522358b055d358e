import { expect, test } from 'vitest'
import type { StockCount } from '@ecluse/contracts/stock-counts.ts'
import { bodyOf, editsAfter, seenLines } from './count-edits.ts'

const article = (variantId: string) => ({
  variantId,
  sku: variantId,
  gtin: null,
  productName: variantId,
  variantLabel: '',
  imageUrl: null,
  tracking: null,
})
const line = (variantId: string, countedUnits: number | null) => ({
  ...article(variantId),
  countedUnits,
  countedAt: null,
  countedBy: null,
  expectedUnits: 5,
  differenceUnits: null,
  differenceValue: null,
  reasonCode: null,
})
const count = { lines: [line('a', null), line('b', 4)] } as unknown as StockCount
const now = new Date('2026-03-02T09:00:00Z')

test('only what was touched is saved, with its moment and what it was before', () => {
  const seen = seenLines(count, new Map())
  const edits = editsAfter(new Map(), seen, seen.map((one) => (one.article.variantId === 'b' ? { ...one, units: 6 } : one)), now) // prettier-ignore
  expect(bodyOf(count, edits)).toEqual({
    lines: [{ variantId: 'b', units: 6, countedBefore: 4, countedAt: '2026-03-02T09:00:00.000Z' }],
  })
  expect(seenLines(count, edits).map(({ units }) => units)).toEqual([null, 6])
})

test('an article that was not on the list is added, without an expectation', () => {
  const seen = seenLines(count, new Map())
  const more = [{ article: article('c'), expected: null, units: 1, reasonCode: null }, ...seen]
  const edits = editsAfter(new Map(), seen, more, now)
  expect(bodyOf(count, edits).lines).toMatchObject([{ variantId: 'c', units: 1, countedBefore: null }])
  expect(seenLines(count, edits)[0]).toMatchObject({ expected: null, units: 1 })
})
