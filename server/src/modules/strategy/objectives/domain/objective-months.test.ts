import type { KpiValues } from '@ecluse/contracts/insights.ts'
import { addMonths, monthsBetween, newObjectiveSchema } from '@ecluse/contracts/objectives.ts'
import { expect, test } from 'vitest'
import { monthsOfKpi } from './months-of-kpi.ts'
import { engineTerms, isMet, measured, startOf } from './objective-months.ts'

const row = (key: string, values: Partial<KpiValues>) => ({ key, values: values as KpiValues })
const months = (from: string, ...values: number[]) => values.map((value, at) => ({ month: addMonths(from, at), value }))

test('months are counted over the end of a year', () => {
  expect(monthsBetween('2026-11', '2027-02')).toBe(4)
  expect(addMonths('2026-11', 3)).toBe('2027-02')
  expect(addMonths('2027-01', -1)).toBe('2026-12')
})

test('what adds up is nothing in a month without a row, and begins with its first', () => {
  const rows = [row('2026-01', { orders: 0 }), row('2026-02', { orders: 4 }), row('2026-04', { orders: 6 })]
  expect(monthsOfKpi(rows, 'orders', '2026-04')).toEqual(months('2026-02', 4, 0, 6))
  // The month that is not over is not counted.
  expect(monthsOfKpi(rows, 'orders', '2026-03')).toEqual(months('2026-02', 4, 0))
})

test('a quotient has no value where there was nothing, and is known since its last gap', () => {
  const rows = [
    row('2026-01', { conversion: 0.02 }),
    row('2026-02', { conversion: null }),
    row('2026-03', { conversion: 0.03 }),
  ]
  expect(monthsOfKpi(rows, 'conversion', '2026-03')).toEqual(months('2026-03', 0.03))
  expect(monthsOfKpi([row('2026-01', { visits: null })], 'visits', '2026-03')).toEqual([])
  expect(monthsOfKpi([], 'orders', '2026-03')).toEqual([])
})

test('measures of the months that count, and the same before they began', () => {
  const known = months('2026-01', 1, 2, 3, 4, 5, 6)
  const terms = { from: '2026-04', until: '2026-06' }
  expect(measured(known, { ...terms, measure: 'sum' })).toBe(15)
  expect(measured(known, { ...terms, measure: 'mean' })).toBe(5)
  expect(measured(known, { ...terms, measure: 'last' })).toBe(6)
  expect(startOf(known, { ...terms, measure: 'sum' })).toBe(6)
  // One of its months is not known.
  expect(measured(known, { from: '2026-04', until: '2026-07', measure: 'sum' })).toBeNull()
  expect(isMet({ wanted: 'at_most', target: 5 }, 5)).toBe(true)
  expect(isMet({ wanted: 'at_least', target: 5 }, 4.9)).toBe(false)
})

test('an objective under way, one that begins later, and one whose time is over', () => {
  const known = months('2026-01', 1, 2, 3)
  const terms = { measure: 'sum', wanted: 'at_least', target: 9, from: '2026-02', until: '2026-06' } as const
  expect(engineTerms(known, terms, '2026-04')).toMatchObject({ elapsed: 2, left: 3, ahead: 0 })
  expect(engineTerms(known, { ...terms, from: '2026-06', until: '2026-07' }, '2026-04')).toMatchObject({
    elapsed: 0,
    left: 2,
    ahead: 2,
  })
  expect(engineTerms(known, terms, '2026-07')).toBeNull()
})

test('no objective asks for the sum of quotients, or ends before it begins', () => {
  const objective = {
    name: 'x',
    owner: 'y',
    target: 1,
    alertBelow: 0.3,
    wanted: 'at_least',
    from: '2027-01',
    until: '2027-12',
  }
  expect(newObjectiveSchema.safeParse({ ...objective, kpi: 'conversion', measure: 'sum' }).success).toBe(false)
  expect(newObjectiveSchema.safeParse({ ...objective, kpi: 'basket', measure: 'mean' }).success).toBe(true)
  expect(newObjectiveSchema.safeParse({ ...objective, kpi: 'orders', measure: 'sum', until: '2026-12' }).success).toBe(
    false,
  )
  expect(newObjectiveSchema.safeParse({ ...objective, kpi: 'orders', measure: 'sum', target: Infinity }).success).toBe(
    false,
  )
})
