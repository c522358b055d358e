import { bisect } from '../numeric/distributions.ts'
import { requireRange } from '../unanswerable.ts'

/** Whether a maker sells itself, or through a retailer of its own who sets the price. */
export type Structure = 'integrated' | 'decentralised'

/** Price, quantity and profits of one maker's circuit, in units in which the own price counts 1 and demand at no price is 1. */
export interface CircuitOutcome {
  wholesalePrice: number
  price: number
  quantity: number
  makerProfit: number
  circuitProfit: number
}

/**
 * Two makers of substitutes, each integrated or behind an exclusive retailer (T. McGuire, R. Staelin, Marketing Science 2(2), 1983):
 * q_i = 1 − p_i + θ·p_j, makers set unit prices first, then all who face consumers set theirs.
 * @param substitutability θ from 0 (apart) to just below 1 (the same thing)
 */
export function competingCircuits(
  substitutability: number,
  first: Structure,
  second: Structure,
): { first: CircuitOutcome; second: CircuitOutcome } {
  requireRange('substitutability', substitutability, 0, 1 - 1e-12)
  const t = substitutability
  const prices = unitPrices(t, first, second)
  const outcomeOf = (own: number, other: number): CircuitOutcome => {
    const price = (2 + t + 2 * own + t * other) / (4 - t * t)
    const quantity = price - own
    return { wholesalePrice: own, price, quantity, makerProfit: own * quantity, circuitProfit: price * quantity }
  }
  const integrate = (outcome: CircuitOutcome, structure: Structure): CircuitOutcome =>
    structure === 'integrated' ? { ...outcome, makerProfit: outcome.circuitProfit } : outcome
  return {
    first: integrate(outcomeOf(prices[0], prices[1]), first),
    second: integrate(outcomeOf(prices[1], prices[0]), second),
  }
}

/** Retail prices answer as above; a maker with a retailer maximises w·q, one without hands over at cost (0). */
function unitPrices(t: number, first: Structure, second: Structure): [number, number] {
  const alone = (2 + t) / (2 * (2 - t * t))
  if (first === 'decentralised' && second === 'decentralised') {
    const both = (2 + t) / (4 - t - 2 * t * t)
    return [both, both]
  }
  return [first === 'decentralised' ? alone : 0, second === 'decentralised' ? alone : 0]
}

/** Where the answer to "sell ourselves or through retailers?" turns, as goods become alike. */
export interface SubstitutabilityThresholds {
  /** Above it both makers are better off with retailers than both integrated: about 0.708. */
  makersPreferRetailers: number
  /** Above it neither gains by integrating alone: both behind retailers is an equilibrium, about 0.931. */
  retailersAreAnEquilibrium: number
  /** Above it even the circuits' joint profits are higher with retailers. */
  circuitsPreferRetailers: number
}

/** The thresholds of McGuire and Staelin, to the last digit. */
export function substitutabilityThresholds(): SubstitutabilityThresholds {
  const both = (t: number, structure: Structure) => competingCircuits(t, structure, structure).first
  const crossing = (gain: (t: number) => number): number => bisect(gain, 0, 1 - 1e-9)
  return {
    makersPreferRetailers: crossing((t) => both(t, 'decentralised').makerProfit - both(t, 'integrated').makerProfit),
    retailersAreAnEquilibrium: crossing(
      (t) =>
        both(t, 'decentralised').makerProfit - competingCircuits(t, 'integrated', 'decentralised').first.makerProfit,
    ),
    circuitsPreferRetailers: crossing(
      (t) => both(t, 'decentralised').circuitProfit - both(t, 'integrated').circuitProfit,
    ),
  }
}
