import { compareCustomers } from '@ecluse/strategy-engine/effects/compared-customers.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { EvaluationError, listOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'

/** `npx ecluse evaluate compared-customers FILE`: two kinds of customers, with what was known of them before held alike. */
export const comparedCustomersEvaluation: EvaluationKind = {
  help: 'cli.evaluate.compared_customers.help',
  options: {
    treated: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.compared_customers.treated' },
    outcome: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.compared_customers.outcome' },
    before: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.compared_customers.before' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const names = listOption(request, 'before')
    if (names.length === 0) throw new EvaluationError('cli.evaluate.compared_customers.nothing_before')
    const found = compareCustomers({
      treated: table.numbers(textOption(request, 'treated', 'treated')),
      outcome: table.numbers(textOption(request, 'outcome', 'outcome')),
      before: { names, values: names.map((name) => table.numbers(name)) },
    })
    const results: Record<string, number> = {
      effect: found.corrected.effect,
      standard_error: found.corrected.standardError,
      low: found.corrected.low,
      high: found.corrected.high,
      raw_effect: found.raw.effect,
      raw_standard_error: found.raw.standardError,
      selection: found.selection,
      left_out: found.leftOut,
      treated: found.treated,
      others: found.others,
    }
    for (const { name, raw, weighted } of found.balance) {
      results[`balance_raw.${name}`] = raw
      results[`balance_weighted.${name}`] = weighted
    }
    return { results, n: table.rows }
  },
}
