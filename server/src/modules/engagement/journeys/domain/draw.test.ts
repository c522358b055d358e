import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, isHeldOut } from './draw.ts'

const people = Array.from({ length: 4_000 }, (_, at) => `person ${at}`)

test('so many are held out as was said, each journey others, and the same ones whenever it is asked', () => {
  const held = (journey: string | null) => people.filter((id) => isHeldOut(journey, 10, [id]))
  const first = held('a')
  // Five deviations of a share of ten in a hundred.
  expect(Math.abs(first.length - 400)).toBeLessThan(5 * Math.sqrt(4_000 * 0.1 * 0.9))
  expect(held('a')).toEqual(first)
  const both = new Set(held('b'))
  expect(Math.abs(first.filter((id) => both.has(id)).length - 40)).toBeLessThan(5 * Math.sqrt(40))
  expect(people.some((id) => isHeldOut('a', 0, [id]))).toBe(false)
  expect(people.every((id) => isHeldOut('a', 100, [id]))).toBe(true)
  // Who was held out of one in ten is held out of one in five.
  expect(first.every((id) => isHeldOut('a', 20, [id]))).toBe(true)
})

test('whoever becomes one with somebody held out is held out, and is as before when they are told apart', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.array(fc.uuid(), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 100 }),
      (journey, members, percent) => {
        const each = members.map((id) => isHeldOut(journey, percent, [id]))
        expect(isHeldOut(journey, percent, members)).toBe(each.includes(true))
      },
    ),
  )
})

test('cells get people by their weights, and somebody keeps their cell; one of no weight gets nobody', () => {
  const cells = [
    { key: 'a', weight: 1 },
    { key: 'none', weight: 0 },
    { key: 'b', weight: 3 },
  ]
  const drawn = people.map((id) => cellOf(cells, 'journey', 'node', id)?.key)
  expect(Math.abs(drawn.filter((key) => key === 'a').length - 1_000)).toBeLessThan(5 * Math.sqrt(4_000 * 0.25 * 0.75))
  expect(drawn).not.toContain('none')
  expect(people.slice(0, 200).map((id) => cellOf(cells, 'journey', 'node', id)?.key)).toEqual(drawn.slice(0, 200))
  // Another node of the same journey draws anew.
  const elsewhere = people.filter((id, at) => cellOf(cells, 'journey', 'other', id)?.key === 'a' && drawn[at] === 'a')
  expect(Math.abs(elsewhere.length - 250)).toBeLessThan(5 * Math.sqrt(250))
  expect(cellOf([], 'journey', 'node', 'x')).toBeUndefined()
})
