import { expect, test } from 'vitest'
import { hoursShown, lanesOf } from './day-lanes.ts'

const from = (startsAt: string, endsAt: string) => ({ startsAt, endsAt })

test('what overlaps lies side by side, what follows takes the first free lane', () => {
  const lanes = lanesOf([
    from('10:00', '11:00'),
    from('09:00', '10:30'),
    from('10:30', '12:00'),
    from('11:00', '12:00'),
  ])
  expect(lanes.map(({ item, lane }) => [item.startsAt, lane])).toEqual([
    ['09:00', 0],
    ['10:00', 1],
    ['10:30', 0],
    ['11:00', 1],
  ])
})

test('the hours shown are whole, around what is open and what is booked', () => {
  const hours = (at: string) => Number(at.slice(0, 2)) + Number(at.slice(3)) / 60
  expect(hoursShown([from('08:45', '09:30')], hours, [{ opens: '10:00', closes: '19:30' }])).toEqual({
    first: 8,
    last: 20,
  })
  expect(hoursShown([], hours, [])).toEqual({ first: 9, last: 19 })
})
