import fc from 'fast-check'
import { expect, test } from 'vitest'
import { letterCodeOf, readLetterCode } from './letter-code.ts'

const bytes = fc.uint8Array({ minLength: 7, maxLength: 7 })

test('what is printed is read back, typed small, without its dashes, or within an address', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = letterCodeOf(random)
      const [, first = '', last = ''] = code.split('-')
      for (const typed of [code, code.toLowerCase(), ` LT ${first} ${last} `, `https://shop.example/r?code=${code}`])
        expect(readLetterCode(typed)).toBe(code)
    }),
  )
})

test('one wrong letter, and two neighbours swapped, are no code', () => {
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(30), (random, at, by) => {
      const code = letterCodeOf(random)
      const letters = Array.from(code.slice(3).replace('-', ''))
      const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
      const told = (list: readonly string[]) => readLetterCode(`LT-${list.join('')}`)
      const wrong = letters.with(at, alphabet[(alphabet.indexOf(letters[at] ?? '') + 1 + by) % 32] ?? '')
      if (wrong.join('') !== letters.join('')) expect(told(wrong)).not.toBe(code)
      if (at < 6 && letters[at] !== letters[at + 1]) {
        const swapped = letters.with(at, letters[at + 1] ?? '').with(at + 1, letters[at] ?? '')
        const ordinary = swapped.every((letter) => letter !== 'Z') && letters.every((letter) => letter !== 'Z')
        if (ordinary) expect(told(swapped)).toBeNull()
      }
    }),
  )
})

test('what is none is none', () => {
  for (const text of ['', 'LT', 'LT-AAAA', 'ALIZE-4242', '4006381333931', 'LTAAAAAAAAAA'])
    expect(readLetterCode(text)).toBeNull()
})
