import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCode, readPastedList } from './read-quick-order.ts'

const read = (text: string) => readPastedList(text).map(({ code, quantity }) => [code, quantity])

test('code and quantity in either order, in any separation', () => {
  const list = 'CASQUE-M;3\nGANT-L\t2\nSAC 4\n5 x BIDON\n3x LAMPE\n"PNEU-28","10"\nSONNETTE|1'
  expect(read(list)).toEqual([
    ['CASQUE-M', 3],
    ['GANT-L', 2],
    ['SAC', 4],
    ['BIDON', 5],
    ['LAMPE', 3],
    ['PNEU-28', 10],
    ['SONNETTE', 1],
  ])
})

test('GTINs are told from quantities', () => {
  expect(read('3760123456789 12')).toEqual([['3760123456789', 12]])
  expect(read('12 3760123456789')).toEqual([['3760123456789', 12]])
  expect(foldCode('03760123456789')).toBe(foldCode('3760123456789'))
})

test('a heading, empty lines and the mark of a file are passed over; positions stay those of the file', () => {
  expect(readPastedList('\ufeffSKU;Quantité\r\n\r\nCASQUE-M;3\r\n')).toMatchObject([{ position: 3, code: 'CASQUE-M' }])
})

test('what is no number of units is said', () => {
  expect(read('CASQUE-M;0\nCASQUE-M;beaucoup\nCASQUE-M;-2\nCASQUE-M;100000')).toEqual([
    ['CASQUE-M', null],
    ['CASQUE-M', null],
    ['CASQUE-M', null],
    ['CASQUE-M', null],
  ])
  expect(read('CASQUE-M')).toEqual([['CASQUE-M', 1]])
})

test('any list that is written is read again', () => {
  const code = fc.stringMatching(/^[A-Z]{2,6}-[A-Z0-9]{1,6}$/)
  const line = fc.tuple(code, fc.integer({ min: 1, max: 9_999 }))
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(';', ',', '\t', ' ', ' | ', ';  '),
      (lines, separator) => {
        expect(read(`1 1\n${lines.map((parts) => parts.join(separator)).join('\n')}`).slice(1)).toEqual(lines)
      },
    ),
  )
})

test('nothing that is typed breaks it', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readPastedList(text)))
})
