import { expect, test } from 'vitest'
import { formatPhone } from './format-phone.ts'

test('a French telephone number is in pairs, any other is left as it is', () => {
  expect(formatPhone('+33261910114', 'fr')).toBe('02\u00a061\u00a091\u00a001\u00a014')
  expect(formatPhone('02.61.91.01.14', 'fr')).toBe('02\u00a061\u00a091\u00a001\u00a014')
  expect(formatPhone('+33261910114', 'en')).toBe('+33\u00a02\u00a061\u00a091\u00a001\u00a014')
  expect(formatPhone('+442079460018', 'fr')).toBe('+442079460018')
  expect(formatPhone('3615', 'fr')).toBe('3615')
})
