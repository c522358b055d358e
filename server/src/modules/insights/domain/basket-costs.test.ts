import { expect, test } from 'vitest'
import { basketCosts, paidTable } from './basket-costs.ts'

const paid = (variant_id: string, channel: string, units: number, paid_minor: number) => ({
  variant_id,
  channel,
  units,
  paid_minor,
})
const table = paidTable([
  paid('a', 'web', 3, 300),
  paid('a', 'shop', 2, 260),
  paid('b', 'web', 1, 50),
  paid('b', 'shop', 1, 70),
])
const line = (variant_id: string, units: number, paid_minor: number) => ({ variant_id, units, paid_minor })

test('a basket costs what others paid, channel by channel, and its own purchase tells nothing of itself', () => {
  // Of `a` others bought two on the site for 210, and two in the shop for 260.
  expect(basketCosts([line('a', 1, 90)], 'web', ['web', 'shop'], table)).toEqual([105, 130])
  // Nobody else bought `b` on the site: what the shop sold it for counts there too.
  expect(basketCosts([line('b', 1, 50)], 'web', ['web', 'shop'], table)).toEqual([70, 70])
})

test('what nobody else bought costs the same everywhere, and an empty basket nothing that is known', () => {
  const lone = paidTable([paid('c', 'web', 2, 30)])
  expect(basketCosts([line('c', 2, 30)], 'web', ['web', 'shop'], lone)).toEqual([30, 30])
  expect(basketCosts([line('unknown', 1, 10)], 'web', ['shop'], lone)).toEqual([10])
  expect(basketCosts([], 'web', ['web'], lone)).toEqual([null])
})
