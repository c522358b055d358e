import { shapleyValues } from '../sharing/cooperative-games.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'
import { creditByShares, noCredit, requireJourneys, type Credit, type Journeys } from './journeys.ts'

/**
 * Attribution by the Shapley value of the game in which a set of channels is worth the purchases made with these channels alone
 * (K. Zhao, S. Mahboobi, S. Bagheri, Shapley value methods for attribution modeling, 2018). Of that game the value has a closed form:
 * the different channels of a journey share its purchase equally, however many channels there are.
 */
export function shapleyAttribution(journeys: Journeys): Credit {
  requireJourneys(journeys)
  const { starts, touches, conversions, values, channels } = journeys
  const credit = noCredit(journeys)
  const seenIn = new Int32Array(channels.length).fill(-1)
  const met = new Uint16Array(channels.length)
  for (let journey = 0; journey < conversions.length; journey++) {
    if (conversions[journey] === 0) continue
    let different = 0
    for (let at = starts[journey]!; at < starts[journey + 1]!; at++) {
      const channel = touches[at]!
      if (seenIn[channel] === journey) continue
      seenIn[channel] = journey
      met[different++] = channel
    }
    for (let at = 0; at < different; at++) {
      credit.conversions[met[at]!]! += conversions[journey]! / different
      credit.values[met[at]!]! += values[journey]! / different
    }
  }
  return credit
}

/**
 * Attribution by the Shapley value of the game in which a set of channels is worth its conversion rate: the purchases over all journeys
 * made with these channels alone (B. Dalessandro and others, Causally motivated attribution, 2012). Counts what failed too; up to 20
 * channels, since every set of them is looked at. Shares below zero, of channels that make buying less likely, count as none.
 */
export function shapleyRateAttribution(journeys: Journeys): Credit & { worths: Float64Array } {
  requireJourneys(journeys)
  const players = journeys.channels.length
  requireRange('channels', players, 1, 20)
  const { bought, all } = bySets(journeys)
  sumOverSubsets(bought, players)
  sumOverSubsets(all, players)
  const worths = bought.map((count, set) => (all[set]! > 0 ? count / all[set]! : 0))
  const shares = shapleyValues(players, worths).map((value) => Math.max(0, value))
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (total === 0) throw new Unanswerable('too_few', { what: 'channels that raise the rate', have: 0, need: 1 })
  return {
    ...creditByShares(
      journeys,
      shares.map((share) => share / total),
    ),
    worths,
  }
}

function bySets({ starts, touches, conversions, losses, channels }: Journeys) {
  const bought = new Float64Array(2 ** channels.length)
  const all = new Float64Array(2 ** channels.length)
  for (let journey = 0; journey < conversions.length; journey++) {
    let set = 0
    for (let at = starts[journey]!; at < starts[journey + 1]!; at++) set |= 1 << touches[at]!
    bought[set]! += conversions[journey]!
    all[set]! += conversions[journey]! + losses[journey]!
  }
  return { bought, all }
}

/** Each set's entry becomes the sum over all its subsets, one player at a time. */
export function sumOverSubsets(entries: Float64Array, players: number): void {
  for (let player = 0; player < players; player++) {
    const bit = 1 << player
    for (let set = 0; set < entries.length; set++) if ((set & bit) !== 0) entries[set]! += entries[set ^ bit]!
  }
}
