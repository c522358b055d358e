import { paymentTerms } from '@ecluse/contracts/credit.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysLate, dueDate } from './due-date.ts'

test('days are counted, then the month runs out', () => {
  expect(dueDate('2026-11-22', 'net_30')).toBe('2026-12-22')
  expect(dueDate('2026-11-22', 'end_of_month')).toBe('2026-11-30')
  expect(dueDate('2026-11-22', 'net_45_end_of_month')).toBe('2027-01-31')
  expect(dueDate('2028-01-15', 'net_30_end_of_month')).toBe('2028-02-29')
})

test('no term is longer than the law allows', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }),
      fc.constantFrom(...paymentTerms),
      (date, terms) => {
        const day = date.toISOString().slice(0, 10)
        const days = daysLate(day, dueDate(day, terms))
        // Sixty days; or forty-five and what is left of the month they end in.
        expect(days).toBeGreaterThanOrEqual(0)
        expect(days).toBeLessThanOrEqual(terms === 'net_45_end_of_month' ? 45 + 30 : 60)
      },
    ),
  )
})

test('late days', () => {
  expect(daysLate('2026-11-22', '2026-11-22')).toBe(0)
  expect(daysLate('2026-11-22', '2026-12-01')).toBe(9)
  expect(daysLate('2026-11-22', '2026-11-20')).toBe(-2)
})
