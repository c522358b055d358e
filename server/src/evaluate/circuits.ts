import {
  integratedCircuit,
  leaveOut,
  simultaneousMargins,
  successiveMargins,
  type BuildUp,
  type Stage,
} from '@ecluse/strategy-engine/circuits/build-up.ts'
import {
  competingCircuits,
  substitutabilityThresholds,
  type Structure,
} from '@ecluse/strategy-engine/circuits/competing-circuits.ts'
import {
  priceCeiling,
  quantityDiscount,
  revenueShare,
  twoPartTariff,
  type Pair,
} from '@ecluse/strategy-engine/circuits/contracts.ts'
import { judgeDirectChannel } from '@ecluse/strategy-engine/circuits/direct-channel.ts'
import type { Demand } from '@ecluse/strategy-engine/circuits/demand.ts'
import {
  bestWholesalePrice,
  buyBackContract,
  integratedSeason,
  revenueShareContract,
  wholesaleSeason,
  type Season,
} from '@ecluse/strategy-engine/circuits/newsvendor-contracts.ts'
import {
  exponentialDemand,
  normalDemand,
  uniformDemand,
  type DemandDistribution,
} from '@ecluse/strategy-engine/stock/demand-distribution.ts'
import { caseOptions, solveCases, type Case } from './cases.ts'
import type { EvaluationKind } from './evaluation.ts'

type Figures = Record<string, number>

/** `npx ecluse evaluate circuits FILE`: prices and profits from maker to consumer, and contracts that repair them. */
export const circuitsEvaluation: EvaluationKind = {
  help: 'cli.evaluate.circuits.help',
  options: caseOptions,
  run: (request) => {
    // Without terms: Spengler’s own example.
    const bare = request.files.length === 0 && request.options['set'] === undefined
    const asked = bare ? { ...request, options: { ...request.options, set: 'intercept=100;slope=1;cost=20' } } : request
    const models = { chain: solveChain, season: solveSeason, competing: solveCompeting, direct: solveDirect }
    return solveCases(asked, models, guessModel)
  },
}

function guessModel(one: Case): string {
  if (one.has('partner_share')) return 'direct'
  if (one.has('price')) return 'season'
  if (one.has('substitutability')) return 'competing'
  return one.has('intercept', 'elasticity') ? 'chain' : ''
}

const demandOf = (one: Case): Demand =>
  one.has('elasticity')
    ? { kind: 'constant_elasticity', scale: one.numberOr(1, 'scale'), elasticity: one.number('elasticity') }
    : { kind: 'linear', intercept: one.number('intercept'), slope: one.numberOr(1, 'slope') }

/** All numbers of deciders up to four, or as many as there are `costs`; the whole cost is the maker's unless `costs` divides it. */
function solveChain(one: Case): Figures {
  const demand = demandOf(one)
  const costs = one.has('costs') ? one.list('costs') : null
  const total = costs?.reduce((sum, cost) => sum + cost, 0) ?? one.number('cost')
  const most = one.numberOr(costs?.length ?? 4, 'deciders')
  const figures: Figures = {}
  for (let deciders = 1; deciders <= most; deciders++) {
    const stages = Array.from({ length: deciders }, (_, at): Stage => {
      const own = deciders === costs?.length ? costs[at] : undefined
      return { name: String(at + 1), unitCost: own ?? (at === 0 ? total : 0) }
    })
    Object.assign(figures, circuitFigures(`.${deciders}`, successiveMargins(demand, stages)))
    if (demand.kind === 'linear' || deciders < demand.elasticity) {
      Object.assign(figures, circuitFigures(`.${deciders}.equals`, simultaneousMargins(demand, stages)))
    }
    if (deciders > 1) {
      const out = {
        stage: 1,
        takenOverBy: 0,
        unitCost: one.numberOr(0, 'work_cost'),
        fixedCost: one.numberOr(0, 'work_fixed_cost'),
        demandFactor: one.numberOr(1, 'demand_factor'),
      }
      const { gain, breakEvenUnitCost } = leaveOut(demand, stages, out)
      figures[`leave_out.gain.${deciders}`] = gain
      if (breakEvenUnitCost !== null) figures[`leave_out.break_even_cost.${deciders}`] = breakEvenUnitCost
    }
  }
  return {
    ...figures,
    ...contractFigures(demand, total - (costs?.at(-1) ?? 0), costs?.at(-1) ?? 0, one.numberOr(0.5, 'share')),
  }
}

function circuitFigures(suffix: string, { price, quantity, profit, consumerSurplus, stages }: BuildUp): Figures {
  const figures: Figures = {
    [`price${suffix}`]: price,
    [`quantity${suffix}`]: quantity,
    [`profit${suffix}`]: profit,
    [`consumer_surplus${suffix}`]: consumerSurplus,
  }
  stages.forEach((stage, at) => {
    figures[`sells_at${suffix}.${at + 1}`] = stage.sellsAt
    figures[`margin${suffix}.${at + 1}`] = stage.margin
    figures[`profit${suffix}.${at + 1}`] = stage.profit
  })
  return figures
}

/** What each contract gives a maker and a retailer, the retailer keeping this share. */
function contractFigures(demand: Demand, makerCost: number, retailCost: number, share: number): Figures {
  const pair: Pair = { demand, makerCost, retailCost }
  const contracts = {
    two_part_tariff: twoPartTariff(pair, share),
    price_ceiling: priceCeiling(pair, share),
    quantity_discount: quantityDiscount(pair, share),
    revenue_share: revenueShare(pair, share),
  }
  const stages = [makerCost, retailCost].map((unitCost, at) => ({ name: String(at), unitCost }))
  const figures: Figures = { integrated_profit: integratedCircuit(demand, stages).profit }
  for (const [name, outcome] of Object.entries(contracts)) {
    figures[`${name}.wholesale_price`] = outcome.wholesalePrice
    figures[`${name}.price`] = outcome.price
    figures[`${name}.quantity`] = outcome.quantity
    figures[`${name}.maker_profit`] = outcome.makerProfit
    figures[`${name}.retailer_profit`] = outcome.retailerProfit
  }
  return {
    ...figures,
    'two_part_tariff.fee': contracts.two_part_tariff.fee,
    'price_ceiling.ceiling': contracts.price_ceiling.ceiling,
  }
}

function solveCompeting(one: Case): Figures {
  const { makersPreferRetailers, retailersAreAnEquilibrium, circuitsPreferRetailers } = substitutabilityThresholds()
  const figures: Figures = {
    'threshold.makers_prefer_retailers': makersPreferRetailers,
    'threshold.retailers_are_an_equilibrium': retailersAreAnEquilibrium,
    'threshold.circuits_prefer_retailers': circuitsPreferRetailers,
  }
  const pairs: [string, Structure, Structure][] = [
    ['both_integrated', 'integrated', 'integrated'],
    ['both_retailers', 'decentralised', 'decentralised'],
    ['one_retailer', 'decentralised', 'integrated'],
  ]
  for (const [name, first, second] of pairs) {
    const outcome = competingCircuits(one.number('substitutability'), first, second)
    for (const [who, circuit] of Object.entries(outcome)) {
      figures[`${name}.${who}.price`] = circuit.price
      figures[`${name}.${who}.quantity`] = circuit.quantity
      figures[`${name}.${who}.maker_profit`] = circuit.makerProfit
      figures[`${name}.${who}.circuit_profit`] = circuit.circuitProfit
    }
  }
  return figures
}

function seasonDemand(one: Case): DemandDistribution {
  if (one.has('most', 'uniform_most'))
    return uniformDemand(one.numberOr(0, 'least', 'uniform_least'), one.number('most', 'uniform_most'))
  const mean = one.number('mean', 'demand_mean')
  return one.has('sd', 'demand_sd') ? normalDemand(mean, one.number('sd', 'demand_sd')) : exponentialDemand(mean)
}

function solveSeason(one: Case): Figures {
  const season: Season = {
    demand: seasonDemand(one),
    price: one.number('price'),
    makerCost: one.number('maker_cost', 'cost'),
    retailCost: one.numberOr(0, 'retail_cost'),
    salvage: one.numberOr(0, 'salvage'),
    retailGoodwill: one.numberOr(0, 'retail_goodwill'),
    makerGoodwill: one.numberOr(0, 'maker_goodwill'),
  }
  const share = one.numberOr(0.5, 'share')
  const whole = integratedSeason(season)
  const buyBack = buyBackContract(season, share)
  const contracts = {
    best_wholesale: bestWholesalePrice(season),
    ...(one.has('wholesale_price') ? { wholesale: wholesaleSeason(season, one.number('wholesale_price')) } : {}),
    buy_back: buyBack,
    ...(season.retailGoodwill + season.makerGoodwill > 0 ? {} : { revenue_share: revenueShareContract(season, share) }),
  }
  const figures: Figures = {
    'integrated.quantity': whole.quantity,
    'integrated.profit': whole.profit,
    'buy_back.buy_back': buyBack.buyBack,
  }
  for (const [name, outcome] of Object.entries(contracts)) {
    figures[`${name}.wholesale_price`] = outcome.wholesalePrice
    figures[`${name}.quantity`] = outcome.quantity
    figures[`${name}.profit`] = outcome.profit
    figures[`${name}.maker_profit`] = outcome.makerProfit
    figures[`${name}.retailer_profit`] = outcome.retailerProfit
  }
  return figures
}

/** Whether a direct channel is worth its conflict with partners; verdicts as 0 and 1. */
function solveDirect(one: Case): Figures {
  const verdict = judgeDirectChannel({
    sales: one.number('sales'),
    growth: one.number('growth'),
    partnerShare: one.number('partner_share'),
    captured: one.numberOr(0.3, 'captured'),
    diverted: one.numberOr(0.1, 'diverted'),
    retaliation: one.numberOr(0.25, 'retaliation'),
    partnerMargin: one.number('partner_margin'),
    directMargin: one.number('direct_margin'),
    fixedCost: one.numberOr(0, 'fixed_cost'),
  })
  return {
    open: Number(verdict.open),
    conflict: Number(verdict.conflict),
    [`reason.${verdict.reason}`]: 1,
    partners_without: verdict.partnersWithout,
    partners_with: verdict.partnersWith,
    gain_before_answer: verdict.gainBeforeAnswer,
    gain: verdict.gain,
    ...(Number.isFinite(verdict.growthWithoutConflict)
      ? { growth_without_conflict: verdict.growthWithoutConflict }
      : {}),
    ...(verdict.bearableRetaliation === null ? {} : { bearable_retaliation: verdict.bearableRetaliation }),
    ...(verdict.directMarginNeeded === null ? {} : { direct_margin_needed: verdict.directMarginNeeded }),
  }
}
