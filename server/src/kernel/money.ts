import type { Money } from '@ecluse/contracts/scalars.ts'
import { assert } from './assert.ts'

/**
 * Amounts are `bigint` minor units. VAT and rounding are decided here and nowhere else:
 * consumer prices include VAT, VAT is taken out of each line's total, and half a cent rounds away from zero
 * (BOI-TVA-DECLA-30-20-20-10 lets the seller round each line).
 */

/** Shows an amount at the edge of the server. */
export function toMoney(amountMinor: bigint, currency = 'EUR'): Money {
  const amount = Number(amountMinor)
  assert(Number.isSafeInteger(amount), 'an amount fits a JSON number')
  return { amountMinor: amount, currency: currency as 'EUR' }
}

/** Rates of the French VAT classes in basis points (CGI, art. 278, 278-0 bis, 279, 281 quater et seq.). */
export const vatBasisPoints = {
  standard: 2000,
  intermediate: 1000,
  reduced: 550,
  special: 210,
  zero: 0,
} as const

/**
 * The VAT contained in an amount that includes it.
 * @param grossMinor amount including VAT, minor units, may be negative
 * @param basisPoints rate: 2000 is 20 %
 */
export function vatIncludedIn(grossMinor: bigint, basisPoints: number): bigint {
  return divideHalfUp(grossMinor * BigInt(basisPoints), BigInt(10_000 + basisPoints))
}

/** Integer division that rounds to the nearest, halves away from zero. The divisor is positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  assert(divisor > 0n, 'the divisor is positive')
  const sign = dividend < 0n ? -1n : 1n
  return sign * ((2n * sign * dividend + divisor) / (2n * divisor))
}

/**
 * Shares an amount by weights, to the cent: the parts add up to the amount (largest remainder).
 * @throws when no weight is positive
 */
export function allocate(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  assert(total > 0n && weights.every((weight) => weight >= 0n), 'weights are positive')
  const sign = amountMinor < 0n ? -1n : 1n
  const amount = sign * amountMinor
  const parts = weights.map((weight) => (amount * weight) / total)
  let rest = amount - parts.reduce((sum, part) => sum + part, 0n)
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of byRemainder) {
    if (rest === 0n) break
    parts[index] = (parts[index] ?? 0n) + 1n
    rest -= 1n
  }
  return parts.map((part) => sign * part)
}
