import { describe, expect, test } from 'vitest'
import { openingOf } from './opening.ts'

const spans = [2, 3, 4, 5, 6].flatMap((weekday) => [
  { weekday, opens: '10:00', closes: '12:30' },
  { weekday, opens: '13:30', closes: '19:00' },
])
const shop = { openingHours: spans, timeZone: 'Europe/Paris' }
const at = (instant: string) => openingOf(shop, new Date(instant))

describe('opening hours', () => {
  test('are read by the shop’s own clock, in winter and in summer', () => {
    // A Tuesday; Paris is an hour ahead of UTC in winter, two in summer.
    expect(at('2026-03-03T09:30:00Z')).toEqual({ open: true, until: '12:30' })
    expect(at('2026-06-02T08:30:00Z')).toEqual({ open: true, until: '12:30' })
    expect(at('2026-06-02T07:30:00Z')).toEqual({ open: false, opensAt: '10:00', daysAhead: 0 })
  })

  test('close at the minute they say', () => {
    expect(at('2026-03-03T11:30:00Z')).toEqual({ open: false, opensAt: '13:30', daysAhead: 0 })
    expect(at('2026-03-03T12:30:00Z')).toEqual({ open: true, until: '19:00' })
  })

  test('look past closed days', () => {
    expect(at('2026-03-07T18:30:00Z')).toEqual({ open: false, opensAt: '10:00', daysAhead: 3 })
    expect(openingOf({ openingHours: [], timeZone: 'Europe/Paris' }, new Date())).toEqual({
      open: false,
      opensAt: null,
      daysAhead: 0,
    })
  })
})
