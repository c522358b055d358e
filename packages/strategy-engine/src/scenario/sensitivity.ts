import { quantileOf } from './distribution.ts'
import type { Scenario } from './company.ts'
import { layOut, type Layout } from './layout.ts'
import { createWorkspace } from './month.ts'
import { simulateDraw } from './simulate.ts'

/** How far one uncertain figure alone moves the result. */
export interface Swing {
  name: string
  /** The figure where one case of ten is lower, and where one is higher. */
  lowFigure: number
  highFigure: number
  /** The gain there, all other figures at their middle. */
  atLow: number
  atHigh: number
  /** The value at which the gain is nought, all others at their middle; null where no likely value makes it so. */
  breakEven: number | null
}

/**
 * A tornado: what a scenario gains over doing nothing, when one figure is low or high and the others are in the middle, the widest swing
 * first; and what would have to be true of each for it not to pay.
 */
export function tornado(scenario: Scenario): { middle: number; swings: Swing[] } {
  const layouts = [layOut(scenario), layOut(doingNothing(scenario))] as const
  const figures = scenario.uncertain.map(({ distribution }) => quantileOf(distribution, 0.5))
  const gainWith = (at: number, figure: number): number =>
    valueOf(layouts[0], figures.with(at, figure)) - valueOf(layouts[1], figures.with(at, figure))
  const middle = valueOf(layouts[0], figures) - valueOf(layouts[1], figures)
  const swings = scenario.uncertain.map(({ name, distribution }, at): Swing => {
    const [lowFigure, highFigure] = [quantileOf(distribution, 0.1), quantileOf(distribution, 0.9)]
    const [atLow, atHigh] = [gainWith(at, lowFigure), gainWith(at, highFigure)]
    const breakEven = crossing((chance) => gainWith(at, quantileOf(distribution, chance)))
    return {
      name,
      lowFigure,
      highFigure,
      atLow,
      atHigh,
      breakEven: breakEven === null ? null : quantileOf(distribution, breakEven),
    }
  })
  const width = ({ atLow, atHigh }: Swing): number => Math.abs(atHigh - atLow)
  return { middle, swings: swings.sort((a, b) => width(b) - width(a)) }
}

/** The same company without the moves; what is not known of these is of no concern then. */
export const doingNothing = (scenario: Scenario): Scenario => ({
  ...scenario,
  moves: [],
  uncertain: scenario.uncertain.map((one) => ({
    ...one,
    affects: one.affects.filter((target) => !('move' in target)),
  })),
})

const valueOf = (layout: Layout, figures: readonly number[]): number =>
  simulateDraw(layout, createWorkspace(layout), figures, null)

/** The chance at which a gain changes its sign, between one and ninety-nine of a hundred. */
function crossing(gainAt: (chance: number) => number): number | null {
  let [low, high] = [0.01, 0.99]
  const [first, last] = [gainAt(low), gainAt(high)]
  if (first === 0 && last === 0) return null
  if (first > 0 === last > 0) return null
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (gainAt(middle) > 0 === last > 0) high = middle
    else low = middle
  }
  return (low + high) / 2
}
