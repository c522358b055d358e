import { requireRange, Unanswerable } from '../unanswerable.ts'
import { requireAmounts } from './cooperative-games.ts'

/** Rules that divide what there is among claims that exceed it. Each gives nobody less than nothing or more than the claim. */
export type DivisionRule = 'proportional' | 'equal_awards' | 'equal_losses' | 'talmud' | 'random_arrival'

/**
 * Divides an estate by a rule: in proportion; equal awards or equal losses within the claims (Maimonides); the Talmud's, which is the
 * nucleolus (R. Aumann, M. Maschler 1985); or first come first served averaged over all orders, the Shapley value (B. O'Neill 1982).
 */
export function divideEstate(estate: number, claims: readonly number[], rule: DivisionRule): number[] {
  requireAmounts('claim', claims)
  const total = claims.reduce((sum, claim) => sum + claim, 0)
  if (!(estate >= 0)) requireRange('estate', estate, 0)
  if (estate > total) throw new Unanswerable('out_of_range', { name: 'estate', value: estate, least: 0, most: total })
  switch (rule) {
    case 'proportional':
      return claims.map((claim) => (total === 0 ? 0 : (estate * claim) / total))
    case 'equal_awards':
      return equalAwards(estate, claims)
    case 'equal_losses':
      return equalLosses(estate, claims)
    case 'talmud':
      return talmud(estate, claims, total)
    case 'random_arrival':
      return randomArrival(estate, claims)
  }
}

/** Each gets the same, but no more than the claim: the small are paid in full first. */
function equalAwards(estate: number, claims: readonly number[]): number[] {
  const order = claims.map((_, at) => at).sort((a, b) => claims[a]! - claims[b]!)
  const awards = claims.map(() => 0)
  let left = estate
  order.forEach((at, rank) => {
    awards[at] = Math.min(claims[at]!, left / (claims.length - rank))
    left -= awards[at]
  })
  return awards
}

/** Each loses the same, but no more than the claim: what is missing is divided as an estate of its own. */
function equalLosses(estate: number, claims: readonly number[]): number[] {
  const missing = claims.reduce((sum, claim) => sum + claim, -estate)
  const losses = equalAwards(missing, claims)
  return claims.map((claim, at) => claim - losses[at]!)
}

/** Equal awards up to half the claims; beyond, equal losses from half the claims. */
function talmud(estate: number, claims: readonly number[], total: number): number[] {
  const halves = claims.map((claim) => claim / 2)
  if (estate <= total / 2) return equalAwards(estate, halves)
  const second = equalLosses(estate - total / 2, halves)
  return halves.map((half, at) => half + second[at]!)
}

/** Exact over all orders: coalitions by size and sum would need whole numbers, so every coalition is visited once. */
function randomArrival(estate: number, claims: readonly number[]): number[] {
  const players = claims.length
  requireRange('claims', players, 1, 20)
  const coalitions = 2 ** players
  const sums = new Float64Array(coalitions)
  const sizes = new Uint8Array(coalitions)
  for (let coalition = 1; coalition < coalitions; coalition++) {
    const lowest = 31 - Math.clz32(coalition & -coalition)
    sums[coalition] = sums[coalition & (coalition - 1)]! + claims[lowest]!
    sizes[coalition] = sizes[coalition & (coalition - 1)]! + 1
  }
  const weights = [1 / players]
  for (let size = 1; size < players; size++) weights.push((weights[size - 1]! * size) / (players - size))
  return claims.map((claim, player) => {
    let award = 0
    for (let before = 0; before < coalitions; before++) {
      if ((before & (1 << player)) === 0) {
        award += weights[sizes[before]!]! * Math.max(0, Math.min(claim, estate - sums[before]!))
      }
    }
    return award
  })
}
