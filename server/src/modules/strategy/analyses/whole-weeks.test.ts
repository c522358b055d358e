import { expect, test } from 'vitest'
import { wholeWeeks } from './whole-weeks.ts'

test('weeks are whole, from Monday on, and over', () => {
  const days = { from: '2026-03-03', until: '2026-03-29' }
  expect(wholeWeeks(days, '2026-05-01')).toEqual({
    weeks: ['2026-03-09', '2026-03-16', '2026-03-23'],
    from: '2026-03-09',
    until: '2026-03-29',
  })
  expect(wholeWeeks(days, '2026-03-29').weeks).toEqual(['2026-03-09', '2026-03-16'])
  expect(wholeWeeks({ from: '2026-03-02', until: '2026-03-08' }, '2026-05-01').weeks).toEqual(['2026-03-02'])
  expect(wholeWeeks({ from: '2026-03-03', until: '2026-03-04' }, '2026-05-01').weeks).toEqual([])
})
