import { attainability } from '@ecluse/strategy-engine/objectives/attainability.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { choiceOption, EvaluationError, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'

/** `npx ecluse evaluate objective FILE --target N`: how likely an objective is to be met if all goes on as it has. */
export const objectiveEvaluation: EvaluationKind = {
  help: 'cli.evaluate.objective_kpi.help',
  options: {
    value: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.objective_kpi.value' },
    season: { type: 'string', value: 'N', help: 'cli.evaluate.objective_kpi.season' },
    target: { type: 'string', value: 'N', help: 'cli.evaluate.objective_kpi.target' },
    wanted: { type: 'string', value: 'WORD', help: 'cli.evaluate.objective_kpi.wanted' },
    measure: { type: 'string', value: 'WORD', help: 'cli.evaluate.objective_kpi.measure' },
    elapsed: { type: 'string', value: 'N', help: 'cli.evaluate.objective_kpi.elapsed' },
    left: { type: 'string', value: 'N', help: 'cli.evaluate.objective_kpi.left' },
    draws: { type: 'string', value: 'N', help: 'cli.evaluate.scenario.draws' },
    seed: { type: 'string', value: 'N', help: 'cli.evaluate.seed' },
    ...tableOptions,
  },
  run: (request) => {
    if (textOption(request, 'target', '') === '') throw new EvaluationError('cli.evaluate.objective_kpi.no_target')
    const table = readDefinedTable(request)
    const values = table.numbers(textOption(request, 'value', 'value'))
    const { probability, expected, pace, presentPace, cone } = attainability(
      { values, season: numberOption(request, 'season', 1, 1, 1000) },
      {
        target: numberOption(request, 'target', 0),
        wanted: choiceOption(request, 'wanted', ['at_least', 'at_most']),
        measure: choiceOption(request, 'measure', ['sum', 'last', 'mean']),
        elapsed: numberOption(request, 'elapsed', 0),
        left: numberOption(request, 'left', 12),
      },
      { draws: numberOption(request, 'draws', 4000, 1, 1e6), seed: numberOption(request, 'seed', 1) },
    )
    const results = {
      probability,
      expected_5: expected.low,
      expected: expected.middle,
      expected_95: expected.high,
      ...(pace === null ? {} : { pace_needed: pace }),
      ...(presentPace === null ? {} : { pace_present: presentPace }),
      ...Object.fromEntries(
        cone.flatMap(({ low, middle, high }, step) => [
          [`cone.${step + 1}.5`, low],
          [`cone.${step + 1}.50`, middle],
          [`cone.${step + 1}.95`, high],
        ]),
      ),
    }
    return { results, n: values.length }
  },
}
