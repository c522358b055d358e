import { requireRange, Unanswerable } from '../unanswerable.ts'
import { consumerSurplus, priceFor, quantityAt, requireDemand, type Demand } from './demand.ts'

/**
 * One who sets a price of its own on the way from maker to consumer. A buying group that decides as one is one stage, whatever the
 * number of its members: the integrated long circuit.
 */
export interface Stage {
  name: string
  /** What handling one unit costs here; for the maker, what making it costs. */
  unitCost: number
}

/** The price as it grows from stage to stage, and what everybody makes of it. */
export interface BuildUp {
  stages: {
    name: string
    buysAt: number
    sellsAt: number
    /** Per unit, after the own cost. */
    margin: number
    profit: number
  }[]
  price: number
  quantity: number
  /** Of all stages together. */
  profit: number
  consumerSurplus: number
}

/**
 * Successive monopolies (J. Spengler, Journal of Political Economy 58(4), 1950): each stage, from the maker on, sets its price knowing
 * how the next ones answer. For linear demand the quantity halves with every decider, Q = (A − bc)/2^k; for constant elasticity
 * each multiplies its cost by e/(e − 1).
 */
export function successiveMargins(demand: Demand, stages: readonly Stage[]): BuildUp {
  const cost = requireStages(demand, stages)
  if (demand.kind === 'linear') {
    const quantity = (demand.intercept - demand.slope * cost) / 2 ** stages.length
    // The retailer's margin is Q/b, that of each stage before twice its follower's.
    return buildUp(demand, stages, (at) => (quantity / demand.slope) * 2 ** (stages.length - 1 - at))
  }
  // A price knows the costs still to come: with a mark-up of m on all costs, p_i + rest = m (p_{i−1} + c_i + rest).
  const markUp = demand.elasticity / (demand.elasticity - 1)
  return buildUp(demand, stages, (at) => cost * markUp ** at * (markUp - 1))
}

/**
 * All stages set their margins at the same time, as equals (the bilateral monopoly of A. Jeuland, S. Shugan, Marketing Science 2(3),
 * 1983): Q = (A − bc)/(k + 1) for linear demand. With constant elasticity there is an equilibrium only for fewer deciders than the
 * elasticity.
 */
export function simultaneousMargins(demand: Demand, stages: readonly Stage[]): BuildUp {
  const cost = requireStages(demand, stages)
  const deciders = stages.length
  if (demand.kind === 'linear') {
    return buildUp(demand, stages, () => (demand.intercept / demand.slope - cost) / (deciders + 1))
  }
  if (deciders >= demand.elasticity) throw new Unanswerable('impossible', { name: 'a price all would keep to' })
  return buildUp(demand, stages, () => cost / (demand.elasticity - deciders))
}

/** One decider for the whole circuit: the most that all stages can make together. */
export function integratedCircuit(demand: Demand, stages: readonly Stage[]): BuildUp {
  const whole = { name: stages.map(({ name }) => name).join(' + '), unitCost: requireStages(demand, stages) }
  return successiveMargins(demand, [whole])
}

/** Stages, costs and margins put together to prices and profits. */
export function buildUp(demand: Demand, stages: readonly Stage[], marginOf: (at: number) => number): BuildUp {
  let reached = 0
  const priced = stages.map(({ name, unitCost }, at) => {
    const buysAt = reached
    reached += unitCost + marginOf(at)
    return { name, buysAt, sellsAt: reached, margin: marginOf(at) }
  })
  const quantity = quantityAt(demand, reached)
  const paid = priced.map((stage) => ({ ...stage, profit: stage.margin * quantity }))
  return {
    stages: paid,
    price: reached,
    quantity,
    profit: paid.reduce((sum, { profit }) => sum + profit, 0),
    consumerSurplus: consumerSurplus(demand, reached),
  }
}

function requireStages(demand: Demand, stages: readonly Stage[]): number {
  requireRange('stages', stages.length, 1, 50)
  for (const { unitCost } of stages) requireRange('cost', unitCost, 0, Number.MAX_VALUE)
  const cost = stages.reduce((sum, { unitCost }) => sum + unitCost, 0)
  requireDemand(demand, cost)
  return cost
}

/** What changes when a stage is left out. */
export interface LeftOut {
  /** Which stage goes. */
  stage: number
  /** Which stage takes its work over, before it is gone. */
  takenOverBy: number
  /** What the work costs there, per unit. */
  unitCost: number
  /** What it costs per period besides. */
  fixedCost: number
  /** What is left of demand if service suffers (or grows): factor on the quantity at any price. */
  demandFactor: number
}

export interface WithoutStage {
  before: BuildUp
  after: BuildUp
  /** Of the stage that takes the work over, after the fixed cost. */
  gain: number
  /**
   * The highest unit cost of the work at which the one who takes it over does not lose; null when it loses even at none, or where demand
   * is not linear and so many deciders.
   */
  breakEvenUnitCost: number | null
}

/** Disintermediation: one stage fewer, its work done by another at another cost, service better or worse. */
export function leaveOut(demand: Demand, stages: readonly Stage[], out: LeftOut): WithoutStage {
  const [gone, heir] = [stages[out.stage], stages[out.takenOverBy]]
  if (gone === undefined || heir === undefined || gone === heir) {
    throw new Unanswerable('unknown_name', { name: `stage ${gone === undefined ? out.stage : out.takenOverBy}` })
  }
  requireRange('demand factor', out.demandFactor, Number.MIN_VALUE, Number.MAX_VALUE)
  requireRange('fixed cost', out.fixedCost, 0, Number.MAX_VALUE)
  const before = successiveMargins(demand, stages)
  const left: Demand =
    demand.kind === 'linear'
      ? { ...demand, intercept: demand.intercept * out.demandFactor, slope: demand.slope * out.demandFactor }
      : { ...demand, scale: demand.scale * out.demandFactor }
  const profitAt = (unitCost: number): { after: BuildUp; profit: number } => {
    const taken = stages.map((stage) => (stage === heir ? { ...stage, unitCost: stage.unitCost + unitCost } : stage))
    const after = successiveMargins(
      left,
      taken.filter((_, at) => at !== out.stage),
    )
    const place = out.takenOverBy - Number(out.stage < out.takenOverBy)
    return { after, profit: after.stages[place]!.profit - out.fixedCost }
  }
  const own = before.stages[out.takenOverBy]!.profit
  const { after, profit } = profitAt(out.unitCost)
  return {
    before,
    after,
    gain: profit - own,
    breakEvenUnitCost: breakEven((cost) => profitAt(cost).profit - own, left, stages),
  }
}

/** Profit falls with cost, so the zero is bracketed by none and by the price at which nobody buys. */
function breakEven(gainAt: (unitCost: number) => number, demand: Demand, stages: readonly Stage[]): number | null {
  if (gainAt(0) < 0) return null
  const other = stages.reduce((sum, { unitCost }) => sum + unitCost, 0)
  let low = 0
  let high = demand.kind === 'linear' ? priceFor(demand, 0) - other : 1
  if (demand.kind !== 'linear') while (gainAt(high) > 0 && high < 1e12) high *= 2
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2
    if (gainAt(middle) >= 0) low = middle
    else high = middle
  }
  return low
}
