import { expect, test } from 'vitest'
import { allThere, needsReason, scanned, tallied, unitsToName, type TallyLine } from './tally.ts'

const article = (variantId: string) => ({
  variantId,
  sku: variantId.toUpperCase(),
  gtin: null,
  productName: variantId,
  variantLabel: '',
  imageUrl: null,
  tracking: null,
})
const line = (variantId: string, expected: number | null, units: number | null = null): TallyLine => ({
  article: article(variantId),
  expected,
  units,
  reasonCode: null,
})

test('each scan is one unit more of its line; a stranger is told', () => {
  const lines = [line('a', 3), line('b', 1)]
  const once = scanned(lines, 'a') ?? []
  expect(scanned(once, 'a')?.map(({ units }) => units)).toEqual([2, null])
  expect(scanned(lines, 'c')).toBeUndefined()
})

test('everything there fills what nobody has touched, and leaves what was counted', () => {
  expect(tallied(allThere([line('a', 3, 1), line('b', 2)]))).toEqual({ expected: 5, units: 3 })
})

test('more needs a reason at once, less when nothing more will come', () => {
  expect(needsReason(line('a', 3, 4), false)).toBe(true)
  expect(needsReason(line('a', 3, 2), false)).toBe(false)
  expect(needsReason(line('a', 3, 2), true)).toBe(true)
  expect(needsReason(line('a', 3), true)).toBe(true)
  expect(needsReason(line('a', 3, 3), true)).toBe(false)
  expect(needsReason(line('a', null, 3), true)).toBe(false)
})

test('a followed article is counted by its labels', () => {
  const tracking = { mode: 'serial' as const, withExpiry: false, minDaysLeft: 0 }
  const lines = [{ ...line('a', 2), article: { ...article('a'), tracking } }]
  const once = scanned(lines, 'a', { number: 'S1' }) ?? []
  expect(once).toMatchObject([{ units: 1, lots: [{ number: 'S1', units: 1 }] }])
  expect(scanned(once, 'a', { number: 'S1' })?.[0]?.units).toBe(1)
  expect(allThere(lines, 'incoming')[0]?.units).toBeNull()
  expect(lines.map((one) => unitsToName(one, 'incoming'))).toEqual([null])
  expect(unitsToName({ ...lines[0], units: 1 } as TallyLine, 'difference')).toBe(1)
  expect(unitsToName(line('b', 2), 'incoming')).toBe(0)
})
