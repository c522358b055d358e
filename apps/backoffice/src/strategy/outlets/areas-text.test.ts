import { expect, test } from 'vitest'
import { readAreas, textOfAreas } from './areas-text.ts'

const lille = { country: 'FR', postalCode: '59000', name: 'Lille', spend: 1234.5 }
const liege = { country: 'BE', postalCode: '4000', name: 'Liège', spend: 0 }

test('what is written is read back', () => {
  expect(readAreas(textOfAreas([lille, liege]))).toEqual({ areas: [lille, liege] })
})

test('lines of a spreadsheet, with amounts as people write them', () => {
  expect(readAreas('59000\tLille\t1 234,50 €\n\nBE 4000;Liège;0\n')).toEqual({ areas: [lille, liege] })
  expect(readAreas('59000;Lille;1\u202f234,5')).toEqual({ areas: [lille] })
})

test('the first line that cannot be read is told, with what is wrong', () => {
  expect(readAreas('')).toEqual({ problem: 'none', line: 1 })
  expect(readAreas('59000;Lille;5\n59000;Lille')).toEqual({ problem: 'cells', line: 2 })
  expect(readAreas(';Lille;5')).toEqual({ problem: 'code', line: 1 })
  for (const bad of ['', 'beaucoup', '-5', '1e13', 'NaN', 'Infinity'])
    expect(readAreas(`59000;Lille;${bad}`), bad).toEqual({ problem: 'spend', line: 1 })
  const many = Array.from({ length: 301 }, (_, at) => `${10_000 + at};;1`).join('\n')
  expect(readAreas(many)).toEqual({ problem: 'many', line: 301 })
})
