import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { deliveryFee } from '../domain/delivery-fee.ts'
import { priceInForce, resolvePrice, type ListedPrice } from '../domain/resolve-price.ts'

const listed = (listCode: string, amountMinor: bigint, from: number | null = null, until: number | null = null) => ({
  listCode,
  amountMinor,
  compareAtMinor: null,
  validFrom: from,
  validUntil: until,
})

test('the first list with a price in force wins, and every list says why', () => {
  const prices = [listed('soldes', 80n, 100, 200), listed('public', 100n)]
  const lists = ['vip', 'soldes', 'public']
  const outcomes = (at: number) => resolvePrice(lists, prices, at).reason.tried.map(({ outcome }) => outcome)
  expect(outcomes(99)).toEqual(['no_price', 'not_yet', 'kept'])
  expect(outcomes(100)).toEqual(['no_price', 'kept', 'not_needed'])
  expect(outcomes(200)).toEqual(['no_price', 'ended', 'kept'])
  expect(resolvePrice(lists, prices, 150)).toMatchObject({
    price: { amountMinor: 80n },
    reason: { kept: 'list:soldes' },
  })
  expect(resolvePrice(['vip'], prices, 150)).toMatchObject({ price: null, reason: { kept: null } })
})

describe('for any lists and prices', () => {
  const codes = ['a', 'b', 'c', 'd']
  const lists = fc.shuffledSubarray(codes, { minLength: 0 })
  const bound = fc.option(fc.integer({ min: 0, max: 20 }))
  const prices = fc
    .uniqueArray(fc.constantFrom(...codes), { maxLength: 4 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((code) =>
          fc.tuple(fc.bigInt(0n, 10_000n), bound, bound).map((p): ListedPrice => listed(code, ...p)),
        ),
      ),
    )
  test('there is one winner at most, it is in force, and nothing before it was', () => {
    fc.assert(
      fc.property(lists, prices, fc.integer({ min: -1, max: 21 }), (order, all, at) => {
        const { price, reason } = resolvePrice(order, all, at)
        const inForce = (p: ListedPrice) => (p.validFrom ?? -9) <= at && at < (p.validUntil ?? 99)
        const able = order.filter((code) => all.some((p) => p.listCode === code && inForce(p)))
        expect(price?.listCode).toBe(able[0])
        expect(reason.tried.map(({ listCode }) => listCode)).toEqual(order)
        expect(reason.tried.filter(({ outcome }) => outcome === 'kept')).toHaveLength(able.length > 0 ? 1 : 0)
        expect(priceInForce(order, all, at)).toBe(price)
      }),
      { seed: inject('seed') },
    )
  })
})

test('delivery is free from its threshold on', () => {
  expect(deliveryFee({ feeMinor: 490n, freeFromMinor: 5_000n }, 4_999n)).toBe(490n)
  expect(deliveryFee({ feeMinor: 490n, freeFromMinor: 5_000n }, 5_000n)).toBe(0n)
  expect(deliveryFee({ feeMinor: 490n, freeFromMinor: null }, 1_000_000n)).toBe(490n)
})
