import { expect, test } from 'vitest'
import { giftCodeOf, orderOfGift } from './gift-code.ts'

test('a gift receipt is read back as its order, and nothing else is', () => {
  expect(orderOfGift(giftCodeOf('AAHE-Z6AF-NTAC'))).toBe('AAHE-Z6AF-NTAC')
  expect(orderOfGift(' aahe-z6af-ntac-g ')).toBe('AAHE-Z6AF-NTAC')
  for (const other of ['AAHE-Z6AF-NTAC', 'R-87MCD22T', 'G', 'vélo-G']) expect(orderOfGift(other)).toBeNull()
})
