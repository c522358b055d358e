import { normalDemand, poissonDemand } from '@ecluse/strategy-engine/stock/demand-distribution.ts'
import { echelonBaseStock } from '@ecluse/strategy-engine/stock/echelon-base-stock.ts'
import {
  economicOrder,
  economicOrderCost,
  exactReorderPointAndLot,
  newsvendor,
  reorderPointAndLot,
  seasonCost,
  type UnitCosts,
} from '@ecluse/strategy-engine/stock/lot-sizes.ts'
import { bestPeriodicPolicy, periodicPolicyCost } from '@ecluse/strategy-engine/stock/periodic-policy.ts'
import { planOrders } from '@ecluse/strategy-engine/stock/planned-orders.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { caseOptions, numbered, solveCases, type Case } from './cases.ts'
import type { EvaluationKind } from './evaluation.ts'

/** `npx ecluse evaluate stock FILE`: how much to order and when, by the classical models. */
export const stockEvaluation: EvaluationKind = {
  help: 'cli.evaluate.stock.help',
  options: caseOptions,
  run: (request) =>
    solveCases(request, {
      eoq: solveEconomicOrder,
      newsvendor_normal: (one) => solveNewsvendor(one, normalDemand(meanOf(one), deviationOf(one))),
      newsvendor_poisson: (one) => solveNewsvendor(one, poissonDemand(meanOf(one))),
      sS: solvePeriodic,
      wagner_whitin: solvePlan,
      rQ_poisson: (one) => {
        const { reorderPoint, lot, cost } = exactReorderPointAndLot(costsOf(one), fixedOf(one), {
          rate: meanOf(one),
          leadTime: one.number('lead_time'),
        })
        return { r: reorderPoint, Q: lot, cost }
      },
      rQ: (one) => {
        const demand = { rate: meanOf(one), deviation: deviationOf(one), leadTime: one.number('lead_time') }
        const { reorderPoint, lot } = reorderPointAndLot(costsOf(one), fixedOf(one), demand)
        return { r: reorderPoint, Q: lot }
      },
      echelon: solveLine,
    }),
}

const fixedOf = (one: Case): number => one.number('fixed_cost')
const meanOf = (one: Case): number => one.number('demand_mean', 'demand_rate')
const deviationOf = (one: Case): number => one.number('demand_sd', 'demand_deviation')
const costsOf = (one: Case): UnitCosts => ({
  holdingCost: one.number('holding_cost'),
  stockoutCost: one.number('stockout_cost'),
})

function solveEconomicOrder(one: Case): Record<string, number> {
  const terms = [fixedOf(one), one.number('holding_cost'), one.number('demand_rate', 'demand_mean')] as const
  const { lot, cost } = economicOrder(...terms)
  return { Q: lot, cost, ...(one.has('at') ? { cost_at: economicOrderCost(one.number('at'), ...terms) } : {}) }
}

function solveNewsvendor(one: Case, demand: ReturnType<typeof normalDemand>): Record<string, number> {
  const { level, cost } = newsvendor(costsOf(one), demand)
  return { S: level, cost, ...(one.has('at') ? { cost_at: seasonCost(costsOf(one), demand, one.number('at')) } : {}) }
}

function solvePeriodic(one: Case): Record<string, number> {
  const costs = { ...costsOf(one), fixedCost: fixedOf(one) }
  const { reorderPoint, orderUpTo, cost } = bestPeriodicPolicy(costs, meanOf(one))
  const [low, high] = one.has('at') ? one.list('at') : []
  if (low === undefined || high === undefined) return { s: reorderPoint, S: orderUpTo, cost }
  return { s: reorderPoint, S: orderUpTo, cost, cost_at: periodicPolicyCost(costs, meanOf(one), low, high) }
}

/** Costs are one figure for all periods, or a list of one for each. */
function solvePlan(one: Case): Record<string, number> {
  const demand = one.list('demand')
  const of = (name: string, usual: number): ((period: number) => number) => {
    const values = one.has(name) ? one.list(name) : [usual]
    if (values.length > 1 && values.length < demand.length) {
      throw new Unanswerable('mismatch', { first: values.length, second: demand.length })
    }
    return (period) => values[values.length > 1 ? period : 0] ?? NaN
  }
  const [fixedCost, holdingCost, unitCost] = [of('fixed_cost', NaN), of('holding_cost', NaN), of('unit_cost', 0)]
  const { orders, cost } = planOrders(demand, (period) => ({
    fixedCost: fixedCost(period),
    holdingCost: holdingCost(period),
    unitCost: unitCost(period),
  }))
  return { cost, ...numbered('order', orders) }
}

/** Places from the consumer back. Local holding costs, dearer towards the consumer, are turned into those of echelons. */
function solveLine(one: Case): Record<string, number> {
  const times = one.list('lead_times', 'lead_time')
  const local = one.has('local_holding_costs') ? one.list('local_holding_costs') : null
  const costs =
    local?.map((cost, at) => cost - (local[at + 1] ?? 0)) ?? one.list('echelon_holding_costs', 'holding_cost')
  if (times.length !== costs.length) throw new Unanswerable('mismatch', { first: times.length, second: costs.length })
  const places = times.map((leadTime, at) => ({ leadTime, echelonHoldingCost: costs[at] ?? NaN }))
  const demand = one.has('demand_sd', 'demand_deviation')
    ? ({ kind: 'normal', mean: meanOf(one), deviation: deviationOf(one) } as const)
    : ({ kind: 'poisson', mean: meanOf(one) } as const)
  const { levels, cost } = echelonBaseStock(places, one.number('stockout_cost'), demand)
  return { cost, ...numbered('S', levels) }
}
