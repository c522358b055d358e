import { differenceOfArms, outcomeOf } from '@ecluse/strategy-engine/experiments/arms.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { EvaluationError, listOption, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'
import type { Table } from './table.ts'

/** `npx ecluse evaluate uplift FILE`: what each arm of a test brought beside those who got nothing. */
export const upliftEvaluation: EvaluationKind = {
  help: 'cli.evaluate.uplift.help',
  options: {
    arm: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.uplift.arm' },
    control: { type: 'string', value: 'NAME', help: 'cli.evaluate.uplift.control' },
    outcomes: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.uplift.outcomes' },
    confidence: { type: 'string', value: 'P', help: 'cli.evaluate.uplift.confidence' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const arms = table.text(textOption(request, 'arm', 'segment'))
    const names = [...new Set(arms)].sort()
    const control = textOption(request, 'control', names.find((name) => /^no\b|control|témoin/i.test(name)) ?? '')
    if (!names.includes(control) || names.length < 2)
      throw new EvaluationError('cli.evaluate.uplift.no_control', { names: names.join(', ') })
    const confidence = numberOption(request, 'confidence', 0.95, 0.5, 0.9999)
    const results: Record<string, number> = {}
    for (const column of outcomesOf(table, listOption(request, 'outcomes'))) {
      const values = table.numbers(column)
      const of = (name: string) => outcomeOf(values.filter((_, row) => arms[row] === name))
      const nothing = of(control)
      for (const name of names) {
        const key = `${column}.${slug(name)}`
        const outcome = name === control ? nothing : of(name)
        results[`${key}.n`] = outcome.count
        results[`${key}.mean`] = outcome.mean
        if (name === control) continue
        const { difference, standardError, low, high, pValue } = differenceOfArms(outcome, nothing, confidence)
        results[`${key}.difference`] = difference
        results[`${key}.standard_error`] = standardError
        results[`${key}.low`] = low
        results[`${key}.high`] = high
        results[`${key}.p_value`] = pValue
        request.progress(
          `${column}, ${name}: ${difference.toPrecision(4)} [${low.toPrecision(4)}, ${high.toPrecision(4)}]`,
        )
      }
    }
    return { results, n: table.rows }
  },
}

/** Visit, conversion and spend as in Hillstrom's test, those that are there, unless others are asked for. */
function outcomesOf(table: Table, asked: readonly string[]): readonly string[] {
  if (asked.length > 0) return asked
  const usual = ['visit', 'conversion', 'spend'].filter((name) => table.has(name))
  if (usual.length === 0)
    throw new EvaluationError('cli.evaluate.no_column', { name: 'visit', names: table.names.join(', ') })
  return usual
}

/** A name as part of a figure's: Mens E-Mail is mens_e_mail. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
}
