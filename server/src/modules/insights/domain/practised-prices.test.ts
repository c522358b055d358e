import { expect, test } from 'vitest'
import { practisedPrices, type SoldWeek } from './practised-prices.ts'

const sold = (variant: string, week: string, units: number, price: number): SoldWeek => ({
  product_id: 'bike',
  variant_id: variant,
  channel: 'web',
  week,
  units,
  paid_minor: units * price,
})

test('more of a dear size is no dearer price', () => {
  const rows = [
    sold('small', '2026-01-05', 9, 100),
    sold('large', '2026-01-05', 1, 200),
    sold('small', '2026-01-12', 1, 100),
    sold('large', '2026-01-12', 9, 200),
  ]
  expect(practisedPrices(rows)).toEqual([
    { productId: 'bike', channel: 'web', week: '2026-01-05', units: 10, ratio: 1 },
    { productId: 'bike', channel: 'web', week: '2026-01-12', units: 10, ratio: 1 },
  ])
})

test('ten per cent off all sizes are ten per cent off, whichever were sold', () => {
  const [usual, less] = practisedPrices([
    sold('small', '2026-01-05', 5, 100),
    sold('large', '2026-01-05', 5, 200),
    sold('large', '2026-01-12', 5, 180),
    sold('small', '2026-01-12', 5, 90),
  ])
  expect((less?.ratio ?? 0) / (usual?.ratio ?? 1)).toBeCloseTo(0.9, 5)
})
