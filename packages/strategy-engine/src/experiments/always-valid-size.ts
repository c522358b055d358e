import { bisect, normalQuantile } from '../numeric/distributions.ts'
import { requireRange } from '../unanswerable.ts'

/**
 * The variance of a difference at which the always-valid test, its mixture set to the effect, finds that effect with this chance at that
 * one look: `effect = width + z·σ`. Earlier looks may find it too, so that the true chance is a little higher.
 */
export function varianceForAlwaysValid(effect: number, power: number, level: number): number {
  requireRange('expected effect', effect, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('power', power, 0.5, 1 - 1e-9)
  requireRange('level', level, 1e-12, 0.5)
  const z = normalQuantile(power)
  // In units of the effect: with τ = 1 the width is √(v (v + 1) (ln((v + 1) / v) − 2 ln α)).
  const short = (v: number): number =>
    Math.sqrt(v * (v + 1) * (Math.log((v + 1) / v) - 2 * Math.log(level))) + z * Math.sqrt(v) - 1
  return bisect(short, 1e-9, 1) * effect ** 2
}
