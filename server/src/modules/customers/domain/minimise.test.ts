import { expect, test } from 'vitest'
import { maskEmail, minimiseIp } from './minimise.ts'

test.each([
  ['203.0.113.77', '203.0.113.0'],
  ['::ffff:203.0.113.77', '203.0.113.0'],
  ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::'],
  ['2001:db8::1', '2001:db8::'],
  ['::1', '::'],
])('%s is kept as %s', (ip, kept) => expect(minimiseIp(ip)).toBe(kept))

test('an address is recognised by whoever has it', () => {
  expect(maskEmail('lea.roux@exemple.fr')).toBe('l…x@exemple.fr')
  expect(maskEmail('jo@exemple.fr')).toBe('j…@exemple.fr')
})
