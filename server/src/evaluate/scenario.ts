import type { Scenario } from '@ecluse/strategy-engine/scenario/company.ts'
import { inventScenario } from '@ecluse/strategy-engine/scenario/invented-company.ts'
import { compareOutcomes, judgeOutcome, type Outcome, type Verdict } from '@ecluse/strategy-engine/scenario/outcome.ts'
import { tornado } from '@ecluse/strategy-engine/scenario/sensitivity.ts'
import { measures } from '@ecluse/strategy-engine/scenario/simulate.ts'
import { simulateScenario } from '../modules/strategy/public.ts'
import { numberOption, onlyFile } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'
import { readScenario } from './scenario-file.ts'

type Figures = Record<string, number>

/** `npx ecluse evaluate scenario [FILE]`: what moves would bring, over doing nothing, and how sure that is. */
export const scenarioEvaluation: EvaluationKind = {
  help: 'cli.evaluate.scenario.help',
  options: {
    draws: { type: 'string', value: 'N', help: 'cli.evaluate.scenario.draws' },
    seed: { type: 'string', value: 'N', help: 'cli.evaluate.seed' },
    workers: { type: 'string', value: 'N', help: 'cli.evaluate.scenario.workers' },
  },
  run: async (request) => {
    const scenario = request.files.length === 0 ? inventScenario(1) : readScenario(onlyFile(request))
    const options = {
      draws: numberOption(request, 'draws', 10_000, 1, 1e6),
      seed: numberOption(request, 'seed', 1),
      workers: numberOption(request, 'workers', 2, 0, 64),
      signal: request.signal,
    }
    const outcome = await simulateScenario(scenario, options)
    const base = await simulateScenario(withoutMoves(scenario), options)
    return {
      results: {
        ...verdictFigures('npv', judgeOutcome(outcome)),
        ...verdictFigures('gain', compareOutcomes(outcome, base)),
        ...channelFigures(outcome),
        ...swingFigures(scenario),
        digest: digestOf(outcome.cash),
      },
      n: options.draws,
    }
  },
}

/** The same company and the same chance, with nothing done. */
function withoutMoves({ company, uncertain }: Scenario): Scenario {
  const left = uncertain.map((one) => ({ ...one, affects: one.affects.filter((target) => !('move' in target)) }))
  return { company, moves: [], uncertain: left }
}

function verdictFigures(prefix: string, verdict: Verdict): Figures {
  const { mean, deviation, low, median, high, probabilityOfLoss, worst, probabilityOfPayback, funding } = verdict
  const figures: Figures = {
    mean,
    deviation,
    low_5: low,
    median,
    high_95: high,
    probability_of_loss: probabilityOfLoss,
    worst_5_mean: worst,
    probability_of_payback: probabilityOfPayback,
    funding,
    ...(verdict.payback === null ? {} : { payback_month: verdict.payback }),
    ...(verdict.internalReturn === null ? {} : { irr: verdict.internalReturn }),
  }
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}.${name}`, value]))
}

/** Sums over all months, on average. */
function channelFigures({ channels, means }: Outcome): Figures {
  const figures: Figures = {}
  for (const measure of measures) {
    channels.forEach((channel, at) => {
      let sum = 0
      for (let place = at; place < means[measure].length; place += channels.length) sum += means[measure][place] ?? 0
      figures[`${measure}.${channel}`] = sum
    })
  }
  return figures
}

function swingFigures(scenario: Scenario): Figures {
  const figures: Figures = {}
  for (const { name, atLow, atHigh, breakEven } of tornado(scenario).swings) {
    figures[`gain_at_low.${name}`] = atLow
    figures[`gain_at_high.${name}`] = atHigh
    if (breakEven !== null) figures[`break_even.${name}`] = breakEven
  }
  return figures
}

/** A number of all bytes: the same for the same seed, whatever the number of threads. */
function digestOf({ buffer }: Float64Array): number {
  let hash = 0x811c9dc5
  for (const word of new Uint32Array(buffer)) hash = Math.imul(hash ^ word, 0x01000193)
  return hash >>> 0
}
