import { expect, test } from 'vitest'
import { fileName, toCsv } from './csv.ts'

test('quotes what needs quotes, ends lines as RFC 4180 says, marks the bytes', () => {
  expect(
    toCsv([
      ['a', 'b, c'],
      ['d "e"', 12],
      [null, 'f\ng'],
    ]),
  ).toBe('\ufeffa,"b, c"\r\n"d ""e""",12\r\n,"f\ng"\r\n')
})

test('a text that looks like a formula stays a text, a negative number stays a number', () => {
  expect(toCsv([['=1+1', '@x', -3]])).toBe("\ufeff'=1+1,'@x,-3\r\n")
})

test('the file is named after the day', () => {
  expect(fileName('commandes', new Date('2026-11-22T10:00:00Z'))).toBe('commandes-2026-11-22.csv')
})
