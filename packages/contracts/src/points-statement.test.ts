import { expect, test } from 'vitest'
import type { PointCause, PointMovement } from './loyalty.ts'
import { statementOf } from './points-statement.ts'

const order = { id: 'a', number: '2026-1' }

function movement(cause: PointCause, day: number, effect: Partial<PointMovement>): PointMovement {
  const at = `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`
  const none = { active: 0, pending: 0, order: null, partner: null, expiresAt: null, note: null, actor: null }
  return { ...none, id: `${cause} ${day}`, at, cause, ...effect }
}

const earned = movement('earned', 1, { pending: 100, order })
const activated = movement('activated', 20, { active: 100, pending: -100, order })
const read = (movements: PointMovement[]) =>
  statementOf(movements).map(({ movement: { cause }, purchase }) => [cause, purchase?.state ?? null])

test('a purchase is read once, waiting and then active since a day', () => {
  expect(read([earned])).toEqual([['earned', 'waiting']])
  expect(statementOf([activated, earned])).toEqual([
    { movement: earned, purchase: { state: 'active', since: activated.at } },
  ])
})

test('what was cancelled before it became active is neither waiting nor active; what remains of it is', () => {
  const all = movement('unearned', 2, { pending: -100, order })
  expect(read([all, earned])).toEqual([
    ['unearned', null],
    ['earned', 'gone'],
  ])
  const some = movement('unearned', 2, { pending: -30, order })
  expect(read([some, earned])).toEqual([
    ['unearned', null],
    ['earned', 'waiting'],
  ])
  const rest = movement('activated', 20, { active: 70, pending: -70, order })
  expect(read([rest, some, earned])).toEqual([
    ['unearned', null],
    ['earned', 'active'],
  ])
})

test('other purchases and other causes stay as they are, and so does what was earned too long ago to be told', () => {
  const other = movement('earned', 5, { pending: 40, order: { id: 'b', number: '2026-2' } })
  const gesture = movement('adjusted', 6, { active: 10 })
  expect(read([activated, gesture, other, earned])).toEqual([
    ['adjusted', null],
    ['earned', 'waiting'],
    ['earned', 'active'],
  ])
  expect(read([activated, gesture])).toEqual([
    ['activated', null],
    ['adjusted', null],
  ])
})
