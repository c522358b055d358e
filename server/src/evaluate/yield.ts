import { normalDemand, poissonDemand } from '@ecluse/strategy-engine/stock/demand-distribution.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { dynamicPrice } from '@ecluse/strategy-engine/yield/dynamic-price.ts'
import {
  bestProtection,
  emsrA,
  emsrB,
  littlewoodProtection,
  revenueOf,
  type FareClass,
} from '@ecluse/strategy-engine/yield/fare-classes.ts'
import { overbookingForService, overbookingLimit } from '@ecluse/strategy-engine/yield/overbooking.ts'
import { caseOptions, numbered, solveCases, type Case } from './cases.ts'
import type { EvaluationKind } from './evaluation.ts'

/** `npx ecluse evaluate yield FILE`: places kept for those who pay more, overbooking, prices of what perishes. */
export const yieldEvaluation: EvaluationKind = {
  help: 'cli.evaluate.yield.help',
  options: caseOptions,
  run: (request) =>
    solveCases(
      request,
      {
        littlewood: solveLittlewood,
        emsr: solveClasses,
        overbooking: solveOverbooking,
        dynamic_price: solveDynamicPrice,
      },
      guessModel,
    ),
}

function guessModel(one: Case): string {
  if (one.has('fares')) return 'emsr'
  if (one.has('show_rate')) return 'overbooking'
  return one.has('high_fare') ? 'littlewood' : one.has('appetite') ? 'dynamic_price' : ''
}

function solveLittlewood(one: Case): Record<string, number> {
  const mean = one.number('mean', 'high_mean')
  const demand = one.has('sd', 'deviation', 'high_sd')
    ? normalDemand(mean, one.number('sd', 'deviation', 'high_sd'))
    : poissonDemand(mean)
  return { protection: littlewoodProtection(one.number('high_fare'), one.number('low_fare'), demand) }
}

/** Fares, means and deviations as three lists, the dearest first. */
function solveClasses(one: Case): Record<string, number> {
  const fares = one.list('fares')
  const means = one.list('means')
  const deviations = one.list('sds', 'deviations')
  for (const list of [means, deviations]) {
    if (list.length !== fares.length) throw new Unanswerable('mismatch', { first: list.length, second: fares.length })
  }
  const classes = fares.map((fare, at): FareClass => ({
    fare,
    mean: means[at] ?? NaN,
    deviation: deviations[at] ?? NaN,
  }))
  const [a, b] = [emsrA(classes), emsrB(classes)]
  const figures = { ...numbered('emsr_a', a), ...numbered('emsr_b', b) }
  if (!one.has('capacity')) return figures
  const capacity = one.number('capacity')
  const step = one.numberOr(1, 'step')
  const { protection, revenue } = bestProtection(classes, capacity, step)
  return {
    ...figures,
    ...numbered('optimum', protection),
    'revenue.optimum': revenue,
    'revenue.emsr_a': revenueOf(classes, capacity, a, step),
    'revenue.emsr_b': revenueOf(classes, capacity, b, step),
  }
}

function solveOverbooking(one: Case): Record<string, number> {
  const [capacity, showRate] = [one.number('capacity'), one.number('show_rate')]
  const service: Record<string, number> = one.has('at_most')
    ? { service_limit: overbookingForService(capacity, showRate, one.number('at_most')) }
    : {}
  if (!one.has('fare')) return service
  const { limit, expectedProfit, denied } = overbookingLimit({
    capacity,
    showRate,
    fare: one.number('fare'),
    keptOfNoShow: one.numberOr(0, 'kept_of_no_show'),
    deniedCost: one.number('denied_cost'),
  })
  return { limit, expected_profit: expectedProfit, denied, ...service }
}

function solveDynamicPrice(one: Case): Record<string, number> {
  const terms = [one.number('places', 'capacity'), one.number('time'), one.number('appetite')] as const
  const { price, revenue, certainRevenue } = dynamicPrice(...terms, one.numberOr(1, 'spread'))
  return { price, revenue, certain_revenue: certainRevenue }
}
