import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actOfKey, listKeys, moveTo } from './shortcuts.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false }

test('going through a list never leaves it', () => {
  const act = fc.constantFrom('next', 'previous', 'first', 'last', 'open', 'select')
  fc.assert(
    fc.property(fc.array(act), fc.integer({ min: 1, max: 50 }), (acts, count) => {
      const index = acts.reduce((at, one) => moveTo(one as 'next', at, count), -1)
      expect(index).toBeGreaterThanOrEqual(acts.length === 0 ? -1 : 0)
      expect(index).toBeLessThan(count)
    }),
  )
})

test('an empty list has no row to go to', () => {
  expect(moveTo('next', -1, 0)).toBe(-1)
})

test('keys of the browser stay the browser’s', () => {
  for (const key of Object.keys(listKeys)) expect(actOfKey({ ...plain, ctrlKey: true, key }, true)).toBeNull()
})

test('switched off, single characters do nothing and the other keys still work', () => {
  expect(actOfKey({ ...plain, key: 'j' }, false)).toBeNull()
  expect(actOfKey({ ...plain, key: '?' }, false)).toBeNull()
  expect(actOfKey({ ...plain, key: 'ArrowDown' }, false)).toBe('next')
  expect(actOfKey({ ...plain, key: '?' }, true)).toBe('help')
})
