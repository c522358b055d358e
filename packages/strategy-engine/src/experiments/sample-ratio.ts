import { chiSquareCdf } from '../numeric/distributions.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'

/**
 * How likely arms are to be at least as uneven as they are if people fell into them by these shares: Pearson’s chi-square. A tiny answer
 * says that assignment or counting is broken, and that no effect should be believed (A. Fabijan et al., KDD 2019).
 */
export function sampleRatioPValue(counts: readonly number[], shares: readonly number[]): number {
  if (counts.length !== shares.length)
    throw new Unanswerable('mismatch', { first: counts.length, second: shares.length })
  for (const count of counts) requireRange('group', count, 0)
  for (const share of shares) requireRange('share', share, Number.MIN_VALUE)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  if (all === 0) return 1
  const distance = counts.reduce((sum, count, at) => {
    const expected = (all * (shares[at] ?? 0)) / whole
    return sum + (count - expected) ** 2 / expected
  }, 0)
  return 1 - chiSquareCdf(distance, counts.length - 1)
}
