import { diversionOnRemoval, diversionWithErrors } from '../choice/choice-shares.ts'
import { inventChoices } from '../choice/choice-worlds.ts'
import { choiceChances, fitLogit } from '../choice/multinomial-logit.ts'
import { differenceInDifferences } from '../effects/difference-in-differences.ts'
import { inventPanel } from '../effects/effect-worlds.ts'
import { normalQuantile } from '../numeric/distributions.ts'
import { createRandom, type Random } from '../numeric/random.ts'
import { inventPrices, priceResponse } from '../price-response/price-response.ts'
import { coefficientInterval } from '../price-response/regression.ts'
import { requireRange } from '../unanswerable.ts'

/** What an invented world holds, and what an estimate says of it. */
export interface Verdict {
  truth: number
  estimate: number
  low: number
  high: number
}

/** Kinds of worlds whose truth is known, each made and estimated anew from a source of chance. */
export const knownWorlds = {
  /** The weight of an attribute in the choice of a channel. */
  choice: (random: Random): Verdict => {
    const { fit, truth } = chooseAmongChannels(random)
    const reach = normalQuantile(0.975) * fit.standardErrors[0]!
    const estimate = fit.coefficients[0]!
    return { truth: truth[0]!, estimate, low: estimate - reach, high: estimate + reach }
  },
  /** The share of a channel's buyers that another channel would get if it were closed: what it takes from it while open. */
  cannibalisation: (random: Random): Verdict => {
    const { data, fit, truth } = chooseAmongChannels(random)
    const { shares, standardErrors } = diversionWithErrors(data, fit)
    const estimate = shares[0]![1]!
    const reach = normalQuantile(0.975) * standardErrors[0]![1]!
    const known = diversionOnRemoval(data, choiceChances(data, truth))[0]![1]!
    return { truth: known, estimate, low: estimate - reach, high: estimate + reach }
  },
  /** The price elasticity of shops that are dear where they are wanted. */
  price_response: (random: Random): Verdict => {
    const truth = -1.5 - 2 * random.float()
    const { fixedEffects } = priceResponse(inventPrices(random, 10, 26, truth))
    const fit = fixedEffects!
    return { truth, estimate: fit.coefficients.at(-1)!, ...coefficientInterval(fit, 'log_price') }
  },
  /** What opening a channel adds to the sales of the shops that got it, under shocks that last. */
  lift: (random: Random): Verdict => {
    const lift = 2 * random.float()
    const world = { units: 40, treated: 20, periods: 16, start: 8, noise: 1, persistence: 0.6 }
    const { effect, low, high } = differenceInDifferences(inventPanel(random, { ...world, lift }))
    return { truth: lift, estimate: effect, low, high }
  },
} as const

export type WorldKind = keyof typeof knownWorlds

/** Channels that differ in what they ask and offer, and in how they are liked: the second is large, the last small. */
function chooseAmongChannels(random: Random) {
  const [tastes, liking] = [
    [-0.8, 0.5],
    [0.8, 0, -0.7],
  ] as const
  const data = inventChoices(random, 400, 4, Float64Array.from(tastes), liking)
  return { data, truth: Float64Array.from([...tastes, ...liking]), fit: fitLogit(data) }
}

export interface Coverage {
  worlds: number
  /** Share of worlds whose truth lies in the 95 % interval: near 0.95 when errors are told honestly. */
  coverage: number
  /** Mean of estimate less truth, in standard errors of that mean: beyond 3 the estimate leans. */
  lean: number
  /** Mean width of the intervals. */
  width: number
}

/** How often the truth lies in the interval, over many worlds; world number w of a seed is always the same. */
export function coverageOf(kind: WorldKind, worlds: number, seed: number): Coverage {
  requireRange('worlds', worlds, 2)
  const source = createRandom(seed)
  let [inside, width, sum, squares] = [0, 0, 0, 0]
  for (let world = 0; world < worlds; world++) {
    const { truth, estimate, low, high } = knownWorlds[kind](source.stream(world))
    if (low <= truth && truth <= high) inside++
    width += (high - low) / worlds
    sum += estimate - truth
    squares += (estimate - truth) ** 2
  }
  const mean = sum / worlds
  const deviation = Math.sqrt((squares / worlds - mean * mean) / worlds)
  return { worlds, coverage: inside / worlds, lean: mean / deviation, width }
}
