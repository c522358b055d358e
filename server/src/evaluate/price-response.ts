import { priceResponse } from '@ecluse/strategy-engine/price-response/price-response.ts'
import type { Regression } from '@ecluse/strategy-engine/price-response/regression.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { listOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'

/** `npx ecluse evaluate price-response FILE`: price elasticities, pooled and with an effect of each seller. */
export const priceResponseEvaluation: EvaluationKind = {
  help: 'cli.evaluate.price_response.help',
  options: {
    volume: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.price_response.volume' },
    price: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.price_response.price' },
    others: { type: 'string', value: 'COLUMNS', help: 'cli.evaluate.price_response.others' },
    seller: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.price_response.seller' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const seller = textOption(request, 'seller', 'seller')
    const asked = request.options['seller'] !== undefined || table.has(seller)
    const { pooled, fixedEffects } = priceResponse({
      volume: table.numbers(textOption(request, 'volume', 'volume')),
      price: table.numbers(textOption(request, 'price', 'price')),
      others: Object.fromEntries(listOption(request, 'others').map((name) => [name, table.numbers(name)])),
      ...(asked ? { sellers: table.text(seller) } : {}),
    })
    const results = {
      ...figures('pooled', pooled),
      ...(fixedEffects === null ? {} : figures('fixed_effects', fixedEffects)),
    }
    return { results, n: table.rows }
  },
}

function figures(prefix: string, fit: Regression): Record<string, number> {
  const named = (middle: string, values: Float64Array): [string, number][] =>
    Array.from(values, (value, at) => [`${prefix}.${middle}${fit.names[at]}`, value])
  return Object.fromEntries([
    ...named('', fit.coefficients),
    ...named('standard_error.', fit.standardErrors),
    ...named('clustered_error.', fit.clusteredErrors),
    [`${prefix}.r2`, fit.r2],
    [`${prefix}.r2_within`, fit.r2Within],
    [`${prefix}.residual_error`, fit.residualError],
  ])
}
