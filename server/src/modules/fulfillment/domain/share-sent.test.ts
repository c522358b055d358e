import { expect, test } from 'vitest'
import { shareSent } from './share-sent.ts'

const line = (lineId: string, variantId: string, quantity: number) => ({ lineId, variantId, quantity })
const serials = (...numbers: string[]) => numbers.map((number) => ({ number, units: 1 }))

test('what was sent in portions goes to the lines that wait for it, no more than they wait for', () => {
  const sent = [
    { variantId: 'v', units: 2, lots: serials('A', 'B') },
    { variantId: 'v', units: 2, lots: serials('C', 'D') },
    { variantId: 'w', units: 9, lots: [] },
    { variantId: 'nobody', units: 1, lots: [] },
  ]
  expect(shareSent([line('1', 'v', 3), line('2', 'w', 4), line('3', 'v', 5)], sent)).toEqual([
    { lineId: '1', quantity: 3, lots: serials('A', 'B', 'C') },
    { lineId: '2', quantity: 4, lots: [] },
    { lineId: '3', quantity: 1, lots: serials('D') },
  ])
})

test('a lot is cut where a line ends; what was not sent is not packed', () => {
  const sent = [{ variantId: 'v', units: 5, lots: [{ number: 'L', units: 5, expiresOn: '2027-01-01' }] }]
  expect(shareSent([line('1', 'v', 2), line('2', 'v', 3), line('3', 'v', 1)], sent)).toEqual([
    { lineId: '1', quantity: 2, lots: [{ number: 'L', units: 2, expiresOn: '2027-01-01' }] },
    { lineId: '2', quantity: 3, lots: [{ number: 'L', units: 3, expiresOn: '2027-01-01' }] },
  ])
})
