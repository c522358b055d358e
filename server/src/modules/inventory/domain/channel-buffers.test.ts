import { expect, test } from 'vitest'
import { bufferFor, unitsKept, type BufferRule, type ChannelBuffers } from './channel-buffers.ts'

const rule = (scope: BufferRule['scope'], units: number, categoryCode: string | null = null): BufferRule => ({
  scope,
  categoryCode,
  units,
  shareBasisPoints: 0,
})
const buffers: ChannelBuffers = {
  variants: new Map([['a', rule('variant', 1)]]),
  categories: new Map([
    ['velos', rule('category', 2, 'velos')],
    ['route', rule('category', 3, 'route')],
    ['casques', rule('category', 5, 'casques')],
  ]),
  all: rule('all', 9),
}

test('the nearest rule counts: of the article, of its category, of the one above, of everything', () => {
  expect(bufferFor(buffers, 'a', [['route', 'velos']])?.units).toBe(1)
  expect(bufferFor(buffers, 'b', [['route', 'velos']])?.units).toBe(3)
  expect(bufferFor(buffers, 'b', [['gravel', 'velos']])?.units).toBe(2)
  expect(bufferFor(buffers, 'b', [['sacs']])?.units).toBe(9)
  expect(bufferFor({ ...buffers, all: null }, 'b', [['sacs']])).toBeNull()
})

test('of two categories equally near, the one that leaves more', () => {
  expect(bufferFor(buffers, 'b', [['route', 'velos'], ['casques']])?.units).toBe(5)
  expect(bufferFor(buffers, 'b', [['casques'], ['route', 'velos']])?.units).toBe(5)
})

test('a share is rounded up to whole units', () => {
  expect(unitsKept({ units: 0, shareBasisPoints: 3_300 }, 10)).toBe(4)
  expect(unitsKept({ units: 0, shareBasisPoints: 5_000 }, 10)).toBe(5)
  expect(unitsKept({ units: 2, shareBasisPoints: 0 }, 10)).toBe(2)
})
