import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGs1 } from './gs1.ts'

const now = new Date('2026-11-22T09:00:00Z')
const gtin = '03760000000017'
const all = { gtin, expirationDate: '2027-02-28', batchOrLotNumber: 'L42', serialNumber: 'S-7' }

test('element strings with brackets, with separators, and with what scanners put before them', () => {
  expect(readGs1(`(01)${gtin}(17)270228(10)L42(21)S-7`, now)).toEqual(all)
  expect(readGs1(`01${gtin}1727022810L42\u001d21S-7`, now)).toEqual(all)
  expect(readGs1(`]d2\u001d01${gtin}21S-7\u001d1727022810L42`, now)).toEqual(all)
  // Elements of predefined length that are not kept are read over.
  expect(readGs1(`01${gtin}11260101152612311727022810L42\u001d21S-7`, now)).toEqual(all)
})

test('addresses of GS1 Digital Link', () => {
  expect(readGs1(`https://id.gs1.org/01/${gtin}/10/L42/21/S-7?17=270228`, now)).toEqual(all)
  expect(readGs1('https://alize.example/gtin/01/3760000000017', now)).toEqual({ gtin })
  expect(readGs1('https://alize.example/produits/casque', now)).toBeNull()
})

test('day 00 is the last of the month, and years are of the nearest century', () => {
  const date = (digits: string) => readGs1(`01${gtin}17${digits}`, now)?.expirationDate
  expect(date('280200')).toBe('2028-02-29')
  expect([date('760101'), date('770101'), date('991231')]).toEqual(['2076-01-01', '1977-01-01', '1999-12-31'])
  expect([readGs1(`01${gtin}17271301`, now), readGs1(`01${gtin}17270230`, now)]).toEqual([null, null])
})

test('plain barcodes, SKUs and noise are not GS1 symbols', () => {
  for (const text of ['3760000000017', 'SKU-12', '', '01123', '0110', 'W-7K4M9QXD'])
    expect(readGs1(text, now)).toBeNull()
  fc.assert(fc.property(fc.string(), (text) => void readGs1(text, now)))
})

test('whatever lot and serial, what is written is read back', () => {
  const text = fc.stringMatching(/^[A-Za-z0-9/.-]{1,20}$/)
  fc.assert(
    fc.property(text, text, (lot, serial) => {
      const read = { gtin, batchOrLotNumber: lot, serialNumber: serial }
      expect(readGs1(`01${gtin}10${lot}\u001d21${serial}`, now)).toEqual(read)
      expect(readGs1(`(01)${gtin}(10)${lot}(21)${serial}`, now)).toEqual(read)
    }),
  )
})
