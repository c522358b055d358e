import type { Circuit, CircuitKind, CircuitRole, CircuitsBody, CircuitsComparison } from '@ecluse/contracts/circuits.ts'
import {
  integratedCircuit,
  leaveOut,
  successiveMargins,
  type BuildUp,
  type Stage,
} from '@ecluse/strategy-engine/circuits/build-up.ts'
import { priceCeiling, revenueShare, twoPartTariff, type Pair } from '@ecluse/strategy-engine/circuits/contracts.ts'
import type { Demand } from '@ecluse/strategy-engine/circuits/demand.ts'
import { requireRange } from '@ecluse/strategy-engine/unanswerable.ts'

type RoleStage = Stage & { name: CircuitRole }

/**
 * Five circuits for one demand, each stage setting its price knowing how the next ones answer (Spengler 1950); contracts that restore
 * what one decider would make; and the long circuit without its wholesaler. @throws Unanswerable
 */
export function compareCircuits(question: CircuitsBody): CircuitsComparison {
  const demand = demandOf(question)
  const circuits = stagesOf(question)
  const out = question.leaveOut
  const long = circuits.long
  const left = leaveOut(demand, long, {
    stage: long.findIndex(({ name }) => name === 'wholesaler'),
    takenOverBy: long.findIndex(({ name }) => name === out.takenOverBy),
    unitCost: out.unitCost,
    fixedCost: out.fixedCost,
    demandFactor: out.demandFactor,
  })
  const heirs = long
    .filter(({ name }) => name !== 'wholesaler')
    .map((stage) => (stage.name === out.takenOverBy ? { ...stage, unitCost: stage.unitCost + out.unitCost } : stage))
  return {
    circuits: (Object.keys(circuits) as CircuitKind[]).map((kind) => circuitOf(kind, demand, circuits[kind])),
    contracts: contractsOf(question, demand),
    leftOut: {
      before: built(left.before, long),
      after: built(left.after, heirs),
      gain: left.gain,
      breakEvenUnitCost: left.breakEvenUnitCost,
    },
  }
}

/** Demand through today's price and quantity, with its elasticity there. */
function demandOf({ price, quantity, elasticity, shape }: CircuitsBody): Demand {
  requireRange('price', price, Number.MIN_VALUE, 1e9)
  requireRange('quantity', quantity, Number.MIN_VALUE, 1e12)
  requireRange('elasticity', elasticity, shape === 'linear' ? 1e-9 : 1 + 1e-9, 100)
  return shape === 'linear'
    ? { kind: 'linear', intercept: quantity * (1 + elasticity), slope: (elasticity * quantity) / price }
    : { kind: shape, scale: quantity * price ** elasticity, elasticity }
}

function stagesOf({ costs }: CircuitsBody): Record<CircuitKind, RoleStage[]> {
  const stage = (name: CircuitRole, unitCost: number): RoleStage => ({ name, unitCost })
  const [maker, retailer] = [stage('maker', costs.maker), stage('retailer', costs.retailer)]
  const wholesaler = stage('wholesaler', costs.wholesaler)
  return {
    direct: [stage('maker', costs.maker + costs.direct)],
    short: [maker, retailer],
    integrated_long: [maker, stage('group', costs.group)],
    long: [maker, wholesaler, retailer],
    very_long: [maker, stage('agent', costs.agent), wholesaler, retailer],
  }
}

function circuitOf(kind: CircuitKind, demand: Demand, stages: readonly RoleStage[]): Circuit {
  const whole = integratedCircuit(demand, stages)
  return {
    kind,
    ...built(successiveMargins(demand, stages), stages),
    integratedPrice: whole.price,
    integratedProfit: whole.profit,
  }
}

function built({ stages, price, quantity, profit, consumerSurplus }: BuildUp, roles: readonly RoleStage[]) {
  return {
    stages: stages.map(({ name: _, ...stage }, at) => ({
      role: roles[at]?.name ?? 'maker',
      unitCost: roles[at]?.unitCost ?? 0,
      ...stage,
    })),
    price,
    quantity,
    profit,
    consumerSurplus,
  }
}

function contractsOf({ costs, retailerShare }: CircuitsBody, demand: Demand): CircuitsComparison['contracts'] {
  const pair: Pair = { demand, makerCost: costs.maker, retailCost: costs.retailer }
  requireRange('share', retailerShare, 0.01, 1)
  return [
    { kind: 'two_part', ceiling: null, ...twoPartTariff(pair, retailerShare) },
    { kind: 'revenue_share', fee: null, ceiling: null, ...revenueShare(pair, retailerShare) },
    { kind: 'price_ceiling', fee: null, ...priceCeiling(pair, retailerShare) },
  ]
}
