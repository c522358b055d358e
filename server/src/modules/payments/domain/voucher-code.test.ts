import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomLength, readVoucherCode, showVoucherCode, voucherCodeOf } from './voucher-code.ts'

const alphabet = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
const random = fc.array(fc.constantFrom(...alphabet), { minLength: randomLength, maxLength: randomLength })

test('a code is read back however it is typed', () => {
  fc.assert(
    fc.property(random, (characters) => {
      const code = voucherCodeOf(characters.join(''))
      expect(readVoucherCode(showVoucherCode(code).toLowerCase().replace(/0/g, 'o'))).toBe(code)
    }),
  )
})

test('one wrong character is always found', () => {
  fc.assert(
    fc.property(random, fc.nat(15), fc.integer({ min: 1, max: 31 }), (characters, at, by) => {
      const code = Array.from(voucherCodeOf(characters.join('')))
      code[at] = alphabet[(alphabet.indexOf(code[at] ?? '') + by) % 32] ?? ''
      expect(readVoucherCode(code.join(''))).toBeNull()
    }),
  )
})

test('what is no code is none', () => {
  for (const text of ['', 'ABCD', 'AAAA-AAAA-AAAA-AAAU', '8J2C-7SC2-W2B4']) expect(readVoucherCode(text)).toBeNull()
})
