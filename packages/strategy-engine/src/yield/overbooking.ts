import { betaCdf } from '../numeric/gamma-functions.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'

/** What selling more places than there are may bring and cost. */
export interface OverbookingTerms {
  capacity: number
  /** The chance that a buyer comes. */
  showRate: number
  fare: number
  /** What is kept of the fare of one who does not come. */
  keptOfNoShow: number
  /** What one who comes and finds no place costs, the fare given back included. */
  deniedCost: number
}

/** P(at most `count` of `tries` succeed). */
export function binomialCdf(count: number, tries: number, chance: number): number {
  if (count < 0) return 0
  return count >= tries ? 1 : betaCdf(1 - chance, tries - count, count + 1)
}

/**
 * How many to sell so that one more would cost more than it brings (K. Talluri, G. van Ryzin, The Theory and Practice of Revenue
 * Management, 2004, ch. 4): the last buyer pays as long as fare·(q + (1 − q)·kept) ≥ cost·q·P(the others fill the house).
 */
export function overbookingLimit(terms: OverbookingTerms): { limit: number; expectedProfit: number; denied: number } {
  const { capacity, showRate, fare, keptOfNoShow, deniedCost } = terms
  requireRange('capacity', capacity, 0, 1e6)
  requireRange('show rate', showRate, 1e-3, 1)
  requireRange('fare', fare, 0, Number.MAX_VALUE)
  requireRange('kept share', keptOfNoShow, 0, 1)
  requireRange('denied cost', deniedCost, fare, Number.MAX_VALUE)
  const paid = fare * (showRate + (1 - showRate) * keptOfNoShow)
  // Sent away for certain, the last buyer would still bring more than they cost.
  if (paid >= deniedCost * showRate) throw new Unanswerable('no_limit')
  let [limit, denied] = [capacity, 0]
  for (;;) {
    const more = showRate * (1 - binomialCdf(capacity - 1, limit, showRate))
    if (paid < deniedCost * more) break
    limit += 1
    denied += more
  }
  return { limit, denied, expectedProfit: paid * limit - deniedCost * denied }
}

/** The most to sell so that somebody is sent away in no more than this share of cases. */
export function overbookingForService(capacity: number, showRate: number, atMost: number): number {
  requireRange('capacity', capacity, 0, 1e6)
  requireRange('show rate', showRate, 1e-3, 1)
  requireRange('share', atMost, 0, 1 - 1e-9)
  let limit = capacity
  while (1 - binomialCdf(capacity, limit + 1, showRate) <= atMost && showRate < 1) limit += 1
  return limit
}
