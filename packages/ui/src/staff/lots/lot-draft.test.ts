import { expect, test } from 'vitest'
import { addLabel, readLabel, unitsIn } from './lot-draft.ts'

const now = new Date('2026-11-22T09:00:00Z')

test('a symbol says the lot and its date, or the serial number; a typed number is itself', () => {
  const symbol = '(01)03760000000017(17)270228(10)L42(21)S7'
  expect(readLabel(symbol, 'lot', now)).toEqual({ number: 'L42', expiresOn: '2027-02-28' })
  expect(readLabel(symbol, 'serial', now)?.number).toBe('S7')
  expect(readLabel('(01)03760000000017', 'lot', now)).toBeNull()
  expect(readLabel(' L42 ', 'lot', now)).toEqual({ number: 'L42' })
  expect(readLabel(' ', 'lot', now)).toBeNull()
})

test('each label is a unit more of its lot; a serial number is there once', () => {
  const once = addLabel([], { number: 'L1' }, 'lot', 6) ?? []
  expect(unitsIn(once)).toBe(6)
  expect(unitsIn(addLabel(once, { number: 'L1' }, 'lot') ?? [])).toBe(7)
  const serial = addLabel([], { number: 'S1' }, 'serial', 6) ?? []
  expect(unitsIn(serial)).toBe(1)
  expect(addLabel(serial, { number: 'S1' }, 'serial')).toBeUndefined()
})
