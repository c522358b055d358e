import { requireFinite, Unanswerable } from '../unanswerable.ts'

export interface QiniCurve {
  /** Shares of the people, best scores first. */
  shares: Float64Array
  /** Purchases gained by treating this share, as the controls tell. */
  gains: Float64Array
  /** The area between the curve and treating at random, per person. */
  area: number
  /** That area over the one of a score that knows who buys because of the treatment, for outcomes 0 and 1; else 0. */
  coefficient: number
}

/**
 * How well a score finds those whom a treatment moves (N. Radcliffe, Using control groups to target on predicted lift, Direct Marketing
 * Analytics Journal, 2007): u(φ) = R_t(φ) − R_c(φ)·N_t(φ)/N_c(φ), and the area above the straight line. People with the same score
 * enter together.
 */
export function qini(outcome: ArrayLike<number>, treated: ArrayLike<number>, score: ArrayLike<number>): QiniCurve {
  const count = outcome.length
  if (count === 0) throw new Unanswerable('empty')
  for (const other of [treated.length, score.length]) {
    if (other !== count) throw new Unanswerable('mismatch', { first: count, second: other })
  }
  requireFinite('outcome', outcome)
  requireFinite('treated', treated)
  requireFinite('score', score)
  let exposed = 0
  for (let at = 0; at < count; at++) exposed += Number(treated[at]! > 0)
  for (const have of [exposed, count - exposed]) {
    if (have === 0) throw new Unanswerable('too_few', { what: 'people in each group', have, need: 1 })
  }
  const order = Uint32Array.from({ length: count }, (_, at) => at).sort((a, b) => score[b]! - score[a]! || a - b)
  const { shares, gains } = climb(order, outcome, treated, score)
  const area = areaAboveChord(shares, gains) / count
  return { shares, gains, area, coefficient: coefficientOf(area, outcome, treated, exposed) }
}

function climb(order: Uint32Array, outcome: ArrayLike<number>, treated: ArrayLike<number>, score: ArrayLike<number>) {
  const shares = [0]
  const gains = [0]
  let [treatedCount, controlCount, treatedSum, controlSum] = [0, 0, 0, 0]
  order.forEach((person, rank) => {
    if (treated[person]! > 0) {
      treatedCount++
      treatedSum += outcome[person]!
    } else {
      controlCount++
      controlSum += outcome[person]!
    }
    const next = order[rank + 1]
    if (next !== undefined && score[next] === score[person]) return
    shares.push((rank + 1) / order.length)
    gains.push(treatedSum - (controlCount > 0 ? (controlSum * treatedCount) / controlCount : 0))
  })
  return { shares: Float64Array.from(shares), gains: Float64Array.from(gains) }
}

function areaAboveChord(shares: Float64Array, gains: Float64Array): number {
  let area = -gains.at(-1)! / 2
  for (let at = 1; at < shares.length; at++) {
    area += ((gains[at]! + gains[at - 1]!) / 2) * (shares[at]! - shares[at - 1]!)
  }
  return area
}

/**
 * The best possible order: treated buyers, then all who did not buy, then the controls who did (they are the ones a treatment would
 * lose). For outcomes other than 0 and 1 there is no such order.
 */
function coefficientOf(area: number, outcome: ArrayLike<number>, treated: ArrayLike<number>, exposed: number): number {
  const best = Float64Array.from({ length: outcome.length }, (_, at) => {
    const bought = outcome[at] === 1
    return treated[at]! > 0 ? Number(bought) : -Number(bought)
  })
  for (let at = 0; at < outcome.length; at++) if (outcome[at] !== 0 && outcome[at] !== 1) return 0
  if (exposed === outcome.length) return 0
  const order = Uint32Array.from({ length: outcome.length }, (_, at) => at).sort((a, b) => best[b]! - best[a]! || a - b)
  const { shares, gains } = climb(order, outcome, treated, best)
  const whole = areaAboveChord(shares, gains) / outcome.length
  return whole > 0 ? area / whole : 0
}
