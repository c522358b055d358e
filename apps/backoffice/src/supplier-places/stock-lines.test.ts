import { expect, test } from 'vitest'
import { readToldLines } from './stock-lines.ts'

test('a list is read however its columns are kept apart, with or without a heading', () => {
  const lines = [
    { code: 'VELO-1', units: 4 },
    { code: '3760123456789', units: 0 },
  ]
  for (const text of [
    'VELO-1;4\n3760123456789;0',
    'sku,quantity\r\n"VELO-1","4"\r\n\'3760123456789,0,Grenoble\r\n',
    'VELO-1\t4\n\n3760123456789   0\n',
  ])
    expect(readToldLines(text)).toEqual({ lines, unreadable: [] })
})

test('a line that cannot be read is named, and none is guessed', () => {
  expect(readToldLines('VELO-1;4\nVELO-2;many\nVELO-3;-1\nVELO-4;99999999')).toEqual({
    lines: [{ code: 'VELO-1', units: 4 }],
    unreadable: [2, 3, 4],
  })
})
