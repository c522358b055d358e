import { expect, test } from 'vitest'
import { countOf } from './read-arguments.ts'

test('what cannot be counted is refused: nothing would run, and it would be called held', () => {
  expect(countOf('seeds', '10000')).toBe(10_000)
  for (const bad of ['0', '-1', '1.5', '1e3', 'abc', '', ' 5', '99999999999'])
    expect(() => countOf('seeds', bad), bad).toThrow('--seeds')
})
