import { expect, test } from 'vitest'
import { lineOfCode, nameIn, putIn, scanInto, type PackLine } from './pack-lines.ts'

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
  lots: [],
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

test('a lot that is named is in the parcel, and no more than is left to pack', () => {
  const named = nameIn([line('a'), line('b')], 'a', [{ number: 'L1', units: 1 }, { number: 'L2', units: 3 }]) // prettier-ignore
  expect(named.map(({ inside, lots }) => [inside, lots.length])).toEqual([[2, 2], [0, 0]]) // prettier-ignore
  expect(nameIn(putIn([line('a')], 'a', 2), 'a', [{ number: 'L1', units: 1 }])[0]?.inside).toBe(2)
})

test('a GS1 symbol puts a unit in with its serial number, once', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const lines = [line('a', { gtin: '4006381333931' })]
  const code = '(01)04006381333931(21)V-7'
  const first = scanInto(lines, code, now, () => 'serial')
  if ('problem' in first) throw new Error(first.problem)
  expect(first.lines[0]).toMatchObject({ inside: 1, lots: [{ number: 'V-7', units: 1 }] })
  expect(scanInto(first.lines, code, now, () => 'serial')).toEqual({ problem: 'twice', number: 'V-7' })
  expect(scanInto(first.lines, 'NO', now, () => 'serial')).toEqual({ problem: 'unknown', code: 'NO' })
  // Of an article that is not followed the number on the label counts for nothing.
  expect(scanInto(first.lines, code, now, () => undefined)).toMatchObject({ count: 2, total: 2 })
})
