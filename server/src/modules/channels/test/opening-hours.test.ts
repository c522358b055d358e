import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { closingAfter, isOpen, readyAt, type OpeningHours } from '../domain/opening-hours.ts'

const timeZone = 'Europe/Paris'
const weekdays = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '10:00', closes: '19:00' }))
const at = (text: string) => new Date(text)
const ready = (now: string, minutes: number, openingHours: readonly OpeningHours[] = weekdays) =>
  readyAt({ openingHours, timeZone, minutes }, at(now))?.toISOString() ?? null

describe('readyAt', () => {
  test('within the day, over the night, over Sunday', () => {
    expect(ready('2026-03-02T09:30:00Z', 120)).toBe('2026-03-02T11:30:00.000Z')
    expect(ready('2026-03-02T17:00:00Z', 120)).toBe('2026-03-03T10:00:00.000Z')
    expect(ready('2026-03-07T17:30:00Z', 60)).toBe('2026-03-09T09:30:00.000Z')
    expect(ready('2026-03-02T05:00:00Z', 0)).toBe('2026-03-02T09:00:00.000Z')
  })

  test('the hour that is missing in spring and comes twice in autumn is counted as it passes', () => {
    const nights = [{ weekday: 7, opens: '00:00', closes: '24:00' }]
    // 29 March 2026, 02:00 becomes 03:00: the Sunday has 23 hours; 25 October has 25.
    expect(ready('2026-03-28T12:00:00Z', 23 * 60, nights)).toBe('2026-03-29T22:00:00.000Z')
    expect(ready('2026-03-28T12:00:00Z', 23 * 60 + 1, nights)).toBe('2026-04-04T22:01:00.000Z')
    expect(ready('2026-10-24T12:00:00Z', 25 * 60, nights)).toBe('2026-10-25T23:00:00.000Z')
  })

  test('never open, or never long enough: null', () => {
    expect(ready('2026-03-02T09:30:00Z', 1, [])).toBeNull()
    expect(ready('2026-03-02T09:30:00Z', 60 * 24 * 60, [{ weekday: 1, opens: '10:00', closes: '10:01' }])).toBeNull()
  })
})

/** Shops open and close on the quarter: five minutes see every change. */
const stepMs = 300_000
const time = fc.integer({ min: 0, max: 24 * 4 }).map((quarter) => {
  const text = `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
  return text
})
const hours = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), time, time)
    .filter(([, opens, closes]) => opens < closes)
    .map(([weekday, opens, closes]) => ({ weekday, opens, closes })),
  { minLength: 1, maxLength: 8 },
)
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1) / stepMs, max: Date.UTC(2027, 0, 1) / stepMs })
  .map((step) => new Date(step * stepMs))
const zones = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'UTC', 'America/New_York')
const options = { seed: inject('seed'), numRuns: 60 }

describe('for any hours, zone and moment', () => {
  test('readyAt is the count of open time, step by step', () => {
    fc.assert(
      fc.property(hours, zones, instant, fc.integer({ min: 1, max: 60 }), (openingHours, zone, now, steps) => {
        const minutes = steps * 5
        const promised = readyAt({ openingHours, timeZone: zone, minutes }, now)
        let open = 0
        let clock = now.getTime()
        const end = now.getTime() + 9 * 86_400_000
        while (open < steps && clock < end) {
          if (isOpen({ openingHours, timeZone: zone }, new Date(clock))) open++
          clock += stepMs
        }
        if (open === steps) expect(promised?.getTime()).toBe(clock)
        else expect(promised === null || promised.getTime() >= end).toBe(true)
      }),
      { ...options, numRuns: 8 },
    )
  })

  test('waiting longer is never ready earlier, and starting later neither', () => {
    fc.assert(
      fc.property(hours, zones, instant, fc.nat(600), fc.nat(600), (openingHours, zone, now, minutes, more) => {
        const promise = (from: Date, wait: number) =>
          readyAt({ openingHours, timeZone: zone, minutes: wait }, from)?.getTime() ?? Infinity
        expect(promise(now, minutes + more)).toBeGreaterThanOrEqual(promise(now, minutes))
        const later = new Date(now.getTime() + more * 60_000)
        expect(promise(later, minutes)).toBeGreaterThanOrEqual(promise(now, minutes))
      }),
      options,
    )
  })
})

describe('closingAfter', () => {
  const closing = (now: string, openDays: number, openingHours: readonly OpeningHours[] = weekdays) =>
    closingAfter({ openingHours, timeZone, openDays }, at(now))?.toISOString() ?? null

  test('today while it is open, tomorrow once it has closed, never on Sunday', () => {
    expect(closing('2026-03-02T09:30:00Z', 0)).toBe('2026-03-02T18:00:00.000Z')
    expect(closing('2026-03-02T18:00:00Z', 0)).toBe('2026-03-03T18:00:00.000Z')
    expect(closing('2026-03-06T09:30:00Z', 1)).toBe('2026-03-07T18:00:00.000Z')
    expect(closing('2026-03-07T09:30:00Z', 1)).toBe('2026-03-09T18:00:00.000Z')
  })

  test('the last closing of a day with a break; null when it never opens', () => {
    const broken = [
      { weekday: 1, opens: '14:00', closes: '18:00' },
      { weekday: 1, opens: '09:00', closes: '12:00' },
    ]
    expect(closing('2026-03-02T08:30:00Z', 0, broken)).toBe('2026-03-02T17:00:00.000Z')
    expect(closing('2026-03-02T08:30:00Z', 0, [])).toBeNull()
  })
})
