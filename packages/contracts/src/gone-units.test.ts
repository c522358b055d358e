import { expect, test } from 'vitest'
import { goneUnitsOf } from './gone-units.ts'
import type { Order } from './orders.ts'

type Line = Order['lines'][number]
const lineWith = (changes: Partial<Line>): Line =>
  ({
    id: 'a',
    quantity: 3,
    fulfilledQuantity: 0,
    substituteFor: null,
    exception: null,
    credited: { amountMinor: 0, currency: 'EUR' },
    ...changes,
  }) as Line

test('a line that is sold has nothing gone, even when something of it was exchanged', () => {
  const line = lineWith({ credited: { amountMinor: 500, currency: 'EUR' } })
  expect(goneUnitsOf({ lines: [line] }, line)).toBeNull()
})

test('what has not left of a cancelled line is gone, with what it cost', () => {
  const line = lineWith({
    exception: 'cancelled',
    fulfilledQuantity: 1,
    credited: { amountMinor: 2_000, currency: 'EUR' },
  })
  expect(goneUnitsOf({ lines: [line] }, line)).toEqual({
    units: 2,
    of: 3,
    replaced: false,
    amount: { amountMinor: -2_000, currency: 'EUR' },
  })
})

test('what another article stands in for is replaced', () => {
  const line = lineWith({ exception: 'cancelled' })
  const other = lineWith({ id: 'b', substituteFor: 'a' })
  expect(goneUnitsOf({ lines: [line, other] }, line)).toMatchObject({ replaced: true })
})
