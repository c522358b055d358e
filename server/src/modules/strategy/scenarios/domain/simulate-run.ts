import { createHash } from 'node:crypto'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { ScenarioResults } from '@ecluse/contracts/scenarios.ts'
import { layOut, type Layout } from '@ecluse/strategy-engine/scenario/layout.ts'
import {
  cashCone,
  compareOutcomes,
  coneOf,
  joinChunks,
  judgeOutcome,
  type CashCone,
  type Outcome,
} from '@ecluse/strategy-engine/scenario/outcome.ts'
import { doingNothing, tornado } from '@ecluse/strategy-engine/scenario/sensitivity.ts'
import { chunkCount, simulateChunk } from '@ecluse/strategy-engine/scenario/simulate.ts'
import type { RunInput } from './run-input.ts'

/** What a run comes to: figures to read, a hash of every draw, and the gain of each. */
export type RunOutcome = { results: ScenarioResults; hash: string; gains: Float64Array }

/**
 * Simulates a scenario and doing nothing with the same chance, and judges the difference. Blocks until it is done: for a thread of its own.
 * @param onProgress how much is done, from 0 to 1
 * @throws Unanswerable
 */
export function simulateRun(input: RunInput, onProgress: (done: number) => void): RunOutcome {
  const { scenario, startsOn } = input
  const layouts = [layOut(scenario), layOut(doingNothing(scenario))] as const
  let done = 0
  const total = chunkCount(input.draws) * 2
  const tell = (): void => onProgress((done += 1) / total)
  const outcome = simulateAll(layouts[0], input, tell)
  const before = simulateAll(layouts[1], input, tell)
  return {
    results: {
      gain: compareOutcomes(outcome, before),
      whole: judgeOutcome(outcome),
      before: judgeOutcome(before),
      channels: channelsOf(outcome, before),
      moveCosts: outcome.moveCosts.reduce((sum, cost) => sum + cost, 0),
      months: monthsOf(outcome, before, startsOn),
      tornado: tornado(scenario),
    },
    hash: bytesHash([outcome, before]),
    gains: outcome.presentValues.map((value, at) => value - before.presentValues[at]!),
  }
}

function simulateAll(layout: Layout, { draws, seed }: RunInput, tell: () => void): Outcome {
  const chunks = Array.from({ length: chunkCount(draws) }, (_, chunk) => {
    const one = simulateChunk(layout, seed, draws, chunk)
    tell()
    return one
  })
  return joinChunks(layout, chunks)
}

function channelsOf(outcome: Outcome, before: Outcome): ScenarioResults['channels'] {
  const totals = ({ means, channels }: Outcome, at: number) => {
    const sum = (values: Float64Array): number =>
      values.reduce((all, value, place) => (place % channels.length === at ? all + value : all), 0)
    return {
      orders: sum(means.orders),
      revenue: sum(means.revenue),
      profit: sum(means.profit),
      cash: sum(means.cash),
    }
  }
  return outcome.channels.map((channel, at) => ({ channel, ...totals(outcome, at), before: totals(before, at) }))
}

function monthsOf(outcome: Outcome, before: Outcome, startsOn: string): ScenarioResults['months'] {
  const { months, draws, moveCosts } = outcome
  const shape = { months, draws, soFar: false }
  const revenue = coneOf(outcome.revenue, shape)
  // Median beside median: until the first move both are the same line.
  const revenueBefore = coneOf(before.revenue, shape).median
  const cash = coneOf(outcome.cash, shape)
  const more = outcome.cash.map((value, at) => value - before.cash[at]!)
  const balance = cashCone({ ...outcome, cash: more })
  const at = ({ low, median, high }: CashCone, month: number, add = 0) => ({
    low: low[month]! + add,
    median: median[month]! + add,
    high: high[month]! + add,
  })
  return Array.from({ length: months }, (_, month) => ({
    month: addMonths(startsOn, month),
    revenue: at(revenue, month),
    result: at(cash, month, moveCosts[month]),
    balance: at(balance, month),
    revenueBefore: revenueBefore[month]!,
    moveCosts: moveCosts[month]!,
  }))
}

/** Of every number of both outcomes, as the machine keeps it. */
function bytesHash(outcomes: readonly Outcome[]): string {
  const hash = createHash('sha256')
  for (const { presentValues, cash, revenue, means, moveCosts, drawn } of outcomes)
    for (const values of [presentValues, cash, revenue, ...Object.values(means), moveCosts, drawn])
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return hash.digest('hex')
}
