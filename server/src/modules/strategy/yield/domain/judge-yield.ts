import type { YieldAnswer, YieldBody } from '@ecluse/contracts/yield.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { bestProtection, emsrB, revenueOf } from '@ecluse/strategy-engine/yield/fare-classes.ts'
import { overbookingLimit } from '@ecluse/strategy-engine/yield/overbooking.ts'

/**
 * Places kept for dearer classes by EMSR-b and by the exact optimum, what each rule brings, and how many to sell beyond the places there
 * are. @throws Unanswerable
 */
export function judgeYield({ capacity, classes: asked, ...terms }: YieldBody): YieldAnswer {
  const classes = asked.toSorted((a, b) => b.fare - a.fare)
  const byRule = emsrB(classes)
  const { protection, revenue } = bestProtection(classes, capacity)
  // What is kept is kept against the next class down: nothing for the cheapest, which keeps out nobody.
  const of = (kept: Float64Array, at: number): number => (at < kept.length ? (kept[at] ?? 0) : 0)
  return {
    classes: classes.map(({ name, fare }, at) => ({
      name,
      fare,
      emsrB: of(byRule, at),
      kept: of(protection, at),
      limit: at === 0 ? capacity : Math.max(0, capacity - of(protection, at - 1)),
    })),
    revenue: {
      firstCome: revenueOf(
        classes,
        capacity,
        byRule.map(() => 0),
      ),
      emsrB: revenueOf(classes, capacity, byRule),
      best: revenue,
    },
    overbooking: sellBeyond(capacity, classes, terms),
  }
}

/** By the fare that is paid on average. */
function sellBeyond(
  capacity: number,
  classes: YieldBody['classes'],
  terms: Pick<YieldBody, 'showRate' | 'keptOfNoShow' | 'deniedCost'>,
): YieldAnswer['overbooking'] {
  const asking = classes.reduce((sum, { mean }) => sum + mean, 0)
  const fare = classes.reduce((sum, one) => sum + one.fare * one.mean, 0) / asking
  try {
    const { limit, denied, expectedProfit: profit } = overbookingLimit({ capacity, fare, ...terms })
    return { limit, denied, profit }
  } catch (error) {
    if (error instanceof Unanswerable && error.reason === 'no_limit') return null
    throw error
  }
}
