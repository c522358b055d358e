import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactIdentifier, isSiren, isSiret, isVatNumber, sirenOfVat } from './company-identifiers.ts'

describe('SIREN and SIRET', () => {
  test('those of known establishments', () => {
    expect(isSiren('732829320')).toBe(true)
    expect(isSiren('732829321')).toBe(false)
    expect(isSiren('000000000')).toBe(false)
    expect(isSiret('73282932000074')).toBe(true)
    expect(isSiret('73282932000075')).toBe(false)
  })

  test('La Poste: the head office by Luhn, its other establishments by the sum of their digits', () => {
    expect(isSiret('35600000000048')).toBe(true)
    expect(isSiret('35600000049837')).toBe(true)
    expect(isSiret('35600000049838')).toBe(false)
    expect(isSiret('73282932000001')).toBe(false)
  })

  test('one digit changed is seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = '732829320'.split('')
        digits[at] = String((Number(digits[at]) + by) % 10)
        expect(isSiren(digits.join(''))).toBe(false)
      }),
    )
  })

  test('groups of digits are typed in many ways', () => {
    expect(compactIdentifier('732 829-320 00074')).toBe('73282932000074')
  })
})

describe('VAT numbers', () => {
  test('French ones have the key of their SIREN', () => {
    expect(isVatNumber('FR44732829320')).toBe(true)
    expect(isVatNumber('FR45732829320')).toBe(false)
    expect(isVatNumber('FR83404833048')).toBe(true)
    expect(sirenOfVat('FR44732829320')).toBe('732829320')
    expect(sirenOfVat('DE136695976')).toBe(null)
  })

  test('a key with letters', () => {
    expect(isVatNumber('FRK7399859412')).toBe(true)
    expect(isVatNumber('FR4Z123456782')).toBe(true)
    expect(isVatNumber('FR5Z123456782')).toBe(false)
  })

  test('others are well formed, or not', () => {
    expect(isVatNumber('DE136695976')).toBe(true)
    expect(isVatNumber('BE0428759497')).toBe(true)
    expect(isVatNumber('DE13669597')).toBe(false)
    expect(isVatNumber('ZZ123456789')).toBe(false)
    expect(isVatNumber('')).toBe(false)
  })
})
