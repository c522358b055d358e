import { requireRange } from '../unanswerable.ts'

/** The best price now, and what the places left are worth. */
export interface DynamicPrice {
  price: number
  /** Expected revenue of the best policy. */
  revenue: number
  /** What the best single price brings at most, demand being certain: an upper bound. */
  certainRevenue: number
}

/**
 * Prices over time for places that perish (G. Gallego, G. van Ryzin, Optimal dynamic pricing of inventories with stochastic demand over
 * finite horizons, Management Science 40(8), 1994): buyers arrive at rate λ(p) = a·e^(−p/θ). In closed form:
 * J(n, t) = θ ln Σ (λ*t)^i / i!, i ≤ n, with λ* = a/e, and the price J(n) − J(n − 1) + θ.
 * @param appetite a, arrivals per unit of time at no price
 * @param spread θ, in money: how slowly demand falls with the price
 */
export function dynamicPrice(places: number, time: number, appetite: number, spread = 1): DynamicPrice {
  requireRange('places', places, 1, 1e6)
  requireRange('time', time, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('appetite', appetite, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('spread', spread, Number.MIN_VALUE, Number.MAX_VALUE)
  const expected = (appetite / Math.E) * time
  const [all, but] = logSums(expected, places)
  const sold = Math.min(places, expected)
  return {
    price: spread * (all - but + 1),
    revenue: spread * all,
    certainRevenue: spread * sold * (sold === places ? Math.log((appetite * time) / places) : 1),
  }
}

/** ln Σ x^i / i! up to n, and up to n − 1. */
function logSums(x: number, n: number): [number, number] {
  let term = 0
  let sum = 0
  let before = 0
  for (let i = 1; i <= n; i++) {
    before = sum
    term += Math.log(x / i)
    const top = Math.max(sum, term)
    sum = top + Math.log(Math.exp(sum - top) + Math.exp(term - top))
  }
  return [sum, before]
}
