import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { beginningsOf, isOpenFor, quartersOf, slotsOf, subtract, timesOf, type SlotTerms } from './slots.ts'

const at = (time: string, day = '2026-03-03') => new Date(`${day}T${time}:00Z`)
const span = (from: string, until: string) => ({ start: at(from), end: at(until) })
const fitting: SlotTerms = { durationMinutes: 45, bufferMinutes: 15, stepMinutes: 30, leadMinutes: 60, horizonDays: 30 }
const times = (slots: readonly { startsAt: Date }[]) =>
  slots.map(({ startsAt }) => startsAt.toISOString().slice(11, 16))
const nothing = () => 0

describe('slots', () => {
  const open = [span('09:00', '12:00')]
  const stand = { id: 'stand', open, limit: 1 }
  const offered = (now: string, taken: (id: string, quarter: number) => number = nothing, resources = [stand]) =>
    times(slotsOf(fitting, beginningsOf(fitting, open, null, at(now)), resources, taken, 1))

  test('begin at each step, early enough, and end before closing; the time after may lie beyond it', () => {
    expect(offered('00:00')).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00'])
    expect(offered('09:00')).toEqual(['10:00', '10:30', '11:00'])
    expect(offered('12:00')).toEqual([])
    const quick = { ...fitting, durationMinutes: 60 }
    expect(times(slotsOf(quick, [at('11:00')], [stand], nothing, 1))).toEqual(['11:00'])
  })

  test('leave out what touches another appointment, and count every resource that is free', () => {
    const ten = new Set(quartersOf(at('10:00'), at('11:00')))
    const taken = (id: string, quarter: number) => (id === 'stand' && ten.has(quarter) ? 1 : 0)
    expect(offered('00:00', taken)).toEqual(['09:00', '11:00'])
    const two = [stand, { id: 'other', open, limit: 3 }]
    const slots = slotsOf(fitting, [at('10:00'), at('11:00')], two, taken, 1)
    expect(slots.map(({ left }) => left)).toEqual([3, 4])
    expect(slotsOf(fitting, [at('10:00')], two, taken, 4)).toEqual([])
  })

  test('a class begins when it is said to, and not too far ahead', () => {
    const class_ = { ...fitting, horizonDays: 2 }
    const fixed = [at('10:00'), at('18:00'), at('10:00', '2026-03-09')]
    expect(beginningsOf(class_, open, fixed, at('00:00')).map((one) => one.toISOString().slice(0, 16))).toEqual([
      '2026-03-03T10:00',
      '2026-03-03T18:00',
    ])
    expect(times(slotsOf(class_, fixed, [stand], nothing, 1))).toEqual(['10:00'])
  })

  test('closures are taken out of what is open', () => {
    expect(subtract([span('09:00', '12:00')], [span('10:00', '10:30'), span('11:45', '13:00')])).toEqual([
      span('09:00', '10:00'),
      span('10:30', '11:45'),
    ])
    expect(subtract([span('09:00', '12:00')], [span('08:00', '12:00')])).toEqual([])
  })
})

describe('quarters', () => {
  const minute = 60_000
  const stretch = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 36 })).map(([from, length]) => ({
    start: new Date(from * 5 * minute),
    end: new Date((from + length) * 5 * minute),
  }))

  test('overlapping stretches share one, whatever their lengths; disjoint ones share none where they begin on quarters', () => {
    fc.assert(
      fc.property(stretch, stretch, (a, b) => {
        const shared = quartersOf(a.start, a.end).some((quarter) => quartersOf(b.start, b.end).includes(quarter))
        const overlap = a.start < b.end && b.start < a.end
        if (overlap) expect(shared).toBe(true)
        const onQuarters = [a, b].every(
          ({ start, end }) => start.getTime() % (15 * minute) === 0 && end.getTime() % (15 * minute) === 0,
        )
        if (onQuarters) expect(shared).toBe(overlap)
      }),
      { seed: inject('seed') },
    )
  })

  test('what is subtracted is open no more, and the rest is', () => {
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 4 }),
        fc.array(stretch, { maxLength: 4 }),
        stretch,
        (open, closed, asked) => {
          const left = subtract(open, closed)
          const touched = closed.some(({ start, end }) => start < asked.end && asked.start < end)
          if (touched) expect(isOpenFor({ open: left }, asked.start, asked.end)).toBe(false)
          else
            expect(isOpenFor({ open: left }, asked.start, asked.end)).toBe(isOpenFor({ open }, asked.start, asked.end))
        },
      ),
      { seed: inject('seed') },
    )
  })

  test('an appointment keeps its resource for its length and the time after', () => {
    const { endsAt, blockedUntil } = timesOf(fitting, at('09:00'))
    expect(endsAt).toEqual(at('09:45'))
    expect(quartersOf(at('09:00'), blockedUntil)).toHaveLength(4)
  })
})
