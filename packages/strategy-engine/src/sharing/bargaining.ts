import { bisect } from '../numeric/distributions.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'

/** What parties get who bargain over a sum they can divide as they like. */
export interface Bargain {
  shares: number[]
  /** What agreeing brings them together, over what each has without it. */
  surplus: number
}

/**
 * Nash's bargaining solution (J. Nash 1950; with unequal power J. Harsanyi, R. Selten 1972) where money passes freely between parties:
 * each keeps what it has without an agreement, and the surplus is divided by power.
 * @param fallbacks what each has if they do not agree
 * @param powers positive; equal unless said
 */
export function bargainOverSum(total: number, fallbacks: readonly number[], powers?: readonly number[]): Bargain {
  const weights = powers ?? fallbacks.map(() => 1)
  requirePowers(fallbacks, weights)
  requireRange('total', total, -Number.MAX_VALUE, Number.MAX_VALUE)
  const surplus = total - fallbacks.reduce((sum, fallback) => sum + fallback, 0)
  if (surplus < 0) throw new Unanswerable('impossible', { name: 'more than all have without an agreement' })
  const power = weights.reduce((sum, weight) => sum + weight, 0)
  return { surplus, shares: fallbacks.map((fallback, at) => fallback + (surplus * weights[at]!) / power) }
}

/**
 * Nash's solution for two parties over a set of possible outcomes, and all mixtures of them, where money does not pass freely: the
 * outcome that maximises the product of gains. On each edge of the frontier the best point is found in closed form.
 */
export function bargainOverOutcomes(
  outcomes: readonly (readonly [number, number])[],
  fallback: readonly [number, number],
  powers: readonly [number, number] = [1, 1],
): [number, number] {
  requirePowers(fallback, powers)
  if (outcomes.length === 0) throw new Unanswerable('empty')
  const share = powers[0] / (powers[0] + powers[1])
  const gains = outcomes.map(([first, second]) => [first - fallback[0], second - fallback[1]] as const)
  let best: readonly [number, number] | null = null
  const product = ([first, second]: readonly [number, number]) =>
    first < 0 || second < 0 ? -1 : first ** share * second ** (1 - share)
  for (const [at, one] of gains.entries()) {
    for (const other of gains.slice(at)) {
      const candidate = bestOnEdge(one, other, share)
      if (best === null || product(candidate) > product(best)) best = candidate
    }
  }
  if (best === null || product(best) < 0) {
    throw new Unanswerable('impossible', { name: 'an outcome that leaves nobody worse off' })
  }
  return [best[0] + fallback[0], best[1] + fallback[1]]
}

/** Where on a segment share·ln x + (1 − share)·ln y is highest; it is concave, so its slope tells the way. */
function bestOnEdge(
  from: readonly [number, number],
  to: readonly [number, number],
  share: number,
): readonly [number, number] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const at = (t: number): readonly [number, number] => [from[0] + t * dx, from[1] + t * dy]
  // Only the part of the segment where neither loses counts.
  const bounds = [
    [from[0], dx],
    [from[1], dy],
  ] as const
  let [low, high] = [0, 1]
  for (const [start, step] of bounds) {
    if (step > 0) low = Math.max(low, -start / step)
    if (step < 0) high = Math.min(high, -start / step)
  }
  if (low > high) return from
  const fall = (t: number): number => -(share * dx * (from[1] + t * dy) + (1 - share) * dy * (from[0] + t * dx))
  if (fall(low) >= 0) return at(low)
  return fall(high) <= 0 ? at(high) : at(bisect(fall, low, high))
}

function requirePowers(fallbacks: readonly number[], powers: readonly number[]): void {
  if (fallbacks.length === 0) throw new Unanswerable('empty')
  if (fallbacks.length !== powers.length) {
    throw new Unanswerable('mismatch', { first: fallbacks.length, second: powers.length })
  }
  for (const fallback of fallbacks) requireRange('fallback', fallback, -Number.MAX_VALUE, Number.MAX_VALUE)
  for (const power of powers) requireRange('power', power, Number.MIN_VALUE, Number.MAX_VALUE)
}
