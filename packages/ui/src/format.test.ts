import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatBasisPoints,
  formatCompact,
  formatDate,
  formatList,
  formatMinutes,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelative,
  formatWeight,
} from './format.ts'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })

test('money has its currency, thousands and cents as each language writes them', () => {
  expect(formatMoney(euros(123_450), 'fr')).toBe('1\u202f234,50\u202f€')
  expect(formatMoney(euros(123_450), 'en')).toBe('€1,234.50')
  expect(formatMoney(euros(129_900), 'fr', { whole: true })).toBe('1\u202f299\u202f€')
  expect(formatMoney(euros(129_990), 'fr', { whole: true })).toBe('1\u202f299,90\u202f€')
  expect(formatMoney(euros(-500), 'fr')).toBe('\u22125,00\u202f€')
  expect(formatMoney(euros(500), 'fr', { signed: true })).toBe('+5,00\u202f€')
})

test('money written is money read, to the cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amountMinor) => {
      const written = formatMoney(euros(amountMinor), 'en')
      const read = Math.round(Number(written.replace(/[€,]/g, '').replace('\u2212', '-')) * 100)
      expect(read + 0).toBe(amountMinor + 0)
    }),
  )
})

test('French never has the wide no-break space', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (amount, ratio) => {
      const written = [
        formatMoney(euros(amount), 'fr'),
        formatNumber(amount, 'fr'),
        formatCompact(amount, 'fr'),
        formatPercent(ratio, 'fr'),
        formatWeight(Math.abs(amount), 'fr'),
        formatDate(Math.abs(amount) * 1_000, 'fr', 'full'),
      ]
      expect(written.join('')).not.toContain('\u00a0')
    }),
  )
})

test('numbers, rates, masses and lists', () => {
  expect(formatNumber(12_480, 'fr')).toBe('12\u202f480')
  expect(formatBasisPoints(550, 'fr')).toBe('5,5\u202f%')
  expect(formatBasisPoints(2_000, 'en')).toBe('20%')
  expect(formatWeight(12_400, 'fr')).toBe('12,4\u202fkg')
  expect(formatWeight(450, 'en')).toBe('450 g')
  expect(formatList(['Nantes', 'Lyon', 'Lille'], 'fr')).toBe('Nantes, Lyon et Lille')
  expect(formatMinutes(120, 'fr')).toBe('2\u202fh')
  expect(formatMinutes(95, 'fr')).toBe('1\u202fh\u202f35')
})

test('dates are told in the time of the shops', () => {
  expect(formatDate('2025-11-22T23:30:00Z', 'fr', 'dayLong')).toBe('23 novembre 2025')
  expect(formatDate('2025-11-22T13:05:00Z', 'en', 'time')).toBe('14:05')
})

test('the first day of a month, written out, is an ordinal in French', () => {
  expect(formatDate('2026-05-01T12:00:00Z', 'fr', 'dayLong')).toBe('1er mai 2026')
  expect(formatDate('2026-05-01T12:00:00Z', 'fr', 'weekday')).toBe('vendredi 1er mai')
  expect(formatDate('2026-08-01T12:00:00Z', 'fr', 'full')).toMatch(/^samedi 1er août 2026/)
  expect(formatDate('2026-05-01T12:00:00Z', 'en', 'dayLong')).toBe('1 May 2026')
})

describe('relative time', () => {
  const now = Date.parse('2025-11-22T12:00:00Z')
  test.each([
    [-10, 'à l’instant'],
    [-5 * 60, 'il y a 5 minutes'],
    [2 * 3_600, 'dans 2 heures'],
    [-59.8 * 60, 'il y a 1 heure'],
    [-26 * 3_600, 'hier'],
    [-45 * 86_400, 'le mois dernier'],
    [-800 * 86_400, 'il y a 2 ans'],
  ])('%d seconds away is “%s”', (seconds, told) => {
    expect(formatRelative(now + seconds * 1_000, now, 'fr')).toBe(told)
  })

  test('the past is never told as the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 45, max: 1e9 }), (seconds) => {
        expect(formatRelative(now - seconds * 1_000, now, 'en')).toMatch(/ago|yesterday|last/)
      }),
    )
  })
})
