import { assert } from '../../../../kernel/assert.ts'
import { provenSingle, type Candidate } from './candidate.ts'
import { problemOf, type Problem } from './problem.ts'
import type { SourcingRule } from './rules.ts'
import { search } from './search.ts'
import type { Allocation, OrderToSource, PlanLeg, SourcingPlan, SourcingSnapshot } from './types.ts'

/**
 * The plan `source` ranks first, without its reasons: for the hot path of placing orders.
 * @param rules as stored; see `sourcingRulesSchema`
 * @returns `null` when the order cannot be served whole
 */
export function bestPlan(
  order: OrderToSource,
  snapshot: SourcingSnapshot,
  rules: readonly SourcingRule[],
): SourcingPlan | null {
  const problem = problemOf(order, snapshot, rules)
  const best = provenSingle(problem) ?? search(problem).candidates[0]
  return best ? planOf(problem, best) : null
}

/** A candidate in the words of whoever asked. */
export function planOf(problem: Problem, { options, costMinor, arrivesAtMs, units }: Candidate): SourcingPlan {
  assert(Number.isSafeInteger(costMinor), 'the cost of a plan is a safe integer')
  const legs = options.map(({ leg }): PlanLeg => {
    const { place, kind, km, leavesAtMs, arrivesAtMs: atMs } = leg
    return { placeId: place.id, kind, km, leavesAtMs, arrivesAtMs: atMs }
  })
  const allocations: Allocation[] = []
  for (const line of problem.order.lines) {
    const row = units[problem.lines.length > 1 ? problem.lines.indexOf(line) : 0] ?? []
    for (let option = 0; option < row.length; option++) {
      const quantity = row[option] ?? 0
      const leg = legs[option]
      if (leg && quantity > 0) allocations.push({ lineId: line.lineId, placeId: leg.placeId, quantity })
    }
  }
  return { costMinor, promiseAtMs: arrivesAtMs, legs, allocations }
}
