import { requireFinite, requireRange, Unanswerable } from '../unanswerable.ts'

/** How many players a game may have whose coalitions are all listed: 2^20 worths are 8 MB. */
const mostPlayers = 20

/**
 * Shapley value (L. Shapley 1953): what each player adds, averaged over all orders of arrival.
 * @param worths what each coalition is worth, at the index whose bits are its players; the empty one first
 */
export function shapleyValues(players: number, worths: Float64Array): Float64Array {
  requireRange('players', players, 1, mostPlayers)
  if (worths.length !== 2 ** players) {
    throw new Unanswerable('mismatch', { first: worths.length, second: 2 ** players })
  }
  requireFinite('worth', worths)
  const weights = orderWeights(players)
  const values = new Float64Array(players)
  const sizes = new Uint8Array(worths.length)
  for (let coalition = 1; coalition < worths.length; coalition++) {
    sizes[coalition] = sizes[coalition >> 1]! + (coalition & 1)
  }
  for (let player = 0; player < players; player++) {
    const bit = 1 << player
    let value = 0
    for (let coalition = 0; coalition < worths.length; coalition++) {
      if ((coalition & bit) !== 0) continue
      value += weights[sizes[coalition]!]! * (worths[coalition | bit]! - worths[coalition]!)
    }
    values[player] = value
  }
  return values
}

/** The chance that exactly so many given others are there before one: s! (n − s − 1)! / n!. */
function orderWeights(players: number): Float64Array {
  const weights = new Float64Array(players)
  let weight = 1 / players
  for (let size = 0; size < players; size++) {
    weights[size] = weight
    weight *= (size + 1) / (players - size - 1)
  }
  return weights
}

/** Worths of all coalitions from those that are stated, which must name known players; a coalition that is not stated is worth 0. */
export function worthsOf(
  players: readonly string[],
  stated: readonly { members: readonly string[]; worth: number }[],
): Float64Array {
  requireRange('players', players.length, 1, mostPlayers)
  const worths = new Float64Array(2 ** players.length)
  for (const { members, worth } of stated) {
    let coalition = 0
    for (const member of members) {
      const at = players.indexOf(member)
      if (at < 0) throw new Unanswerable('unknown_name', { name: member })
      coalition |= 1 << at
    }
    worths[coalition] = worth
  }
  return worths
}

/**
 * The airport game (S. Littlechild, G. Owen 1973): one runway serves all, each needs it up to its own cost. The Shapley value: those
 * who need a stretch share it equally.
 */
export function airportShares(costs: readonly number[]): number[] {
  requireAmounts('cost', costs)
  const order = costs.map((_, at) => at).sort((a, b) => costs[a]! - costs[b]!)
  const shares = costs.map(() => 0)
  let paid = 0
  let covered = 0
  order.forEach((at, rank) => {
    paid += (costs[at]! - covered) / (costs.length - rank)
    covered = costs[at]!
    shares[at] = paid
  })
  return shares
}

export function requireAmounts(column: string, amounts: readonly number[]): void {
  if (amounts.length === 0) throw new Unanswerable('empty')
  requireFinite(column, amounts)
  for (const amount of amounts) requireRange(column, amount, 0)
}
