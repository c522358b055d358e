import { requireRange } from '../unanswerable.ts'
import { noCredit, requireJourneys, type Credit, type Journeys } from './journeys.ts'

/** Rules that share a purchase among the touches before it by their place alone. */
export type TouchRule =
  | { rule: 'first' }
  | { rule: 'last' }
  | { rule: 'linear' }
  | {
      rule: 'time_decay'
      /** The age at which a touch counts half, in the unit of the journeys' ages, or in touches where there are none. */
      halfLife: number
    }

/** Credits channels by a rule. Time decay halves the weight of a touch with each half-life between it and the purchase. */
export function creditByRule(journeys: Journeys, rule: TouchRule): Credit {
  requireJourneys(journeys)
  if (rule.rule === 'time_decay') requireRange('half-life', rule.halfLife, Number.MIN_VALUE)
  const { starts, conversions } = journeys
  const credit = noCredit(journeys)
  for (let journey = 0; journey < conversions.length; journey++) {
    if (conversions[journey] === 0) continue
    const [from, to] = [starts[journey]!, starts[journey + 1]!]
    switch (rule.rule) {
      case 'first':
        give(journeys, credit, journey, from, 1)
        break
      case 'last':
        give(journeys, credit, journey, to - 1, 1)
        break
      case 'linear':
        for (let at = from; at < to; at++) give(journeys, credit, journey, at, 1 / (to - from))
        break
      case 'time_decay':
        giveByAge(journeys, credit, journey, rule.halfLife)
        break
    }
  }
  return credit
}

function give({ touches, conversions, values }: Journeys, credit: Credit, journey: number, at: number, part: number) {
  const channel = touches[at]!
  credit.conversions[channel]! += part * conversions[journey]!
  credit.values[channel]! += part * values[journey]!
}

/** Weights are relative to the youngest touch, so that very old journeys do not vanish. */
function giveByAge(journeys: Journeys, credit: Credit, journey: number, halfLife: number): void {
  const { starts, ages } = journeys
  const [from, to] = [starts[journey]!, starts[journey + 1]!]
  let youngest = Infinity
  for (let at = from; at < to; at++) youngest = Math.min(youngest, ages ? ages[at]! : to - 1 - at)
  const weight = (at: number): number => 2 ** ((youngest - (ages ? ages[at]! : to - 1 - at)) / halfLife)
  let total = 0
  for (let at = from; at < to; at++) total += weight(at)
  for (let at = from; at < to; at++) give(journeys, credit, journey, at, weight(at) / total)
}
