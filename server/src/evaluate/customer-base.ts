import { bgNbdActive, bgNbdExpected, fitBgNbd } from '@ecluse/strategy-engine/customer-base/bg-nbd.ts'
import type { PositiveFit } from '@ecluse/strategy-engine/customer-base/fit-positive.ts'
import { expectedPurchaseValue, fitGammaGamma } from '@ecluse/strategy-engine/customer-base/gamma-gamma.ts'
import { fitParetoNbd, paretoNbdActive, paretoNbdExpected } from '@ecluse/strategy-engine/customer-base/pareto-nbd.ts'
import type { CustomerHistory, PurchaseHistory } from '@ecluse/strategy-engine/customer-base/purchase-history.ts'
import { fitShiftedBetaGeometric, survivalAfter } from '@ecluse/strategy-engine/customer-base/shifted-beta-geometric.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { readDefinedTable, tableOptions } from './define-columns.ts'
import { choiceOption, EvaluationError, listOption, numberOption, textOption } from './evaluation-options.ts'
import type { EvaluationKind, EvaluationRequest } from './evaluation.ts'
import { readHistory } from './purchase-files.ts'
import type { Table } from './table.ts'

const models = ['all', 'bg-nbd', 'pareto-nbd', 'gamma-gamma', 'sbg'] as const
type Model = Exclude<(typeof models)[number], 'all'>
type Figures = Record<string, number>

/** `npx ecluse evaluate customer-base FILE`: models of how often, how long and for how much customers buy. */
export const customerBaseEvaluation: EvaluationKind = {
  help: 'cli.evaluate.customer_base.help',
  options: {
    model: { type: 'string', value: 'NAME', help: 'cli.evaluate.customer_base.model' },
    id: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.id' },
    date: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.date' },
    amount: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.amount' },
    until: { type: 'string', value: 'DATE', help: 'cli.evaluate.customer_base.until' },
    unit: { type: 'string', value: 'DAYS', help: 'cli.evaluate.customer_base.unit' },
    repeats: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.repeats' },
    last: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.last' },
    watched: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.watched' },
    value: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.value' },
    survivors: { type: 'string', value: 'COLUMN', help: 'cli.evaluate.customer_base.survivors' },
    customers: { type: 'string', value: 'N', help: 'cli.evaluate.customer_base.customers' },
    customer: { type: 'string', value: 'X,TX,T', help: 'cli.evaluate.customer_base.customer' },
    horizon: { type: 'string', value: 'N', help: 'cli.evaluate.customer_base.horizon' },
    ...tableOptions,
  },
  run: (request) => {
    const table = readDefinedTable(request)
    const asked = choiceOption(request, 'model', models)
    const survivors = textOption(request, 'survivors', 'survivors')
    if (asked === 'sbg' || (asked === 'all' && table.has(survivors))) return survivalFigures(table, survivors, request)
    const history = readHistory(table, request)
    return { results: historyFigures(history, asked, request), n: history.repeats.length }
  },
}

/** Survivors as they are, or as percents of `--customers`. */
function survivalFigures(table: Table, column: string, request: EvaluationRequest) {
  const told = table.numbers(column)
  const customers = numberOption(request, 'customers', NaN, 1)
  const first = told[0] ?? 0
  const counts = Number.isNaN(customers) ? told : told.map((value) => (value / first) * customers)
  const fit = fitShiftedBetaGeometric(counts)
  const horizon = numberOption(request, 'horizon', told.length + 4, 0, 1_000)
  const curve = Array.from({ length: horizon + 1 }, (_, at): [string, number] => [
    `sbg.survival.${at}`,
    survivalAfter(fit.model, at),
  ])
  return { results: { ...estimates('sbg', ['alpha', 'beta'], fit), ...Object.fromEntries(curve) }, n: counts.length }
}

function historyFigures(history: PurchaseHistory, asked: Model | 'all', request: EvaluationRequest): Figures {
  const customer = readCustomer(request)
  const horizon = numberOption(request, 'horizon', 52, 0)
  const fits: Record<Exclude<Model, 'sbg'>, () => Figures> = {
    'bg-nbd': () => {
      const fit = fitBgNbd(history)
      const about = customer && {
        'bg_nbd.active': bgNbdActive(fit.model, customer),
        'bg_nbd.expected': bgNbdExpected(fit.model, customer, horizon),
      }
      return { ...estimates('bg_nbd', ['r', 'alpha', 'a', 'b'], fit), ...about }
    },
    'pareto-nbd': () => {
      const fit = fitParetoNbd(history)
      const about = customer && {
        'pareto_nbd.active': paretoNbdActive(fit.model, customer),
        'pareto_nbd.expected': paretoNbdExpected(fit.model, customer, horizon),
      }
      return { ...estimates('pareto_nbd', ['r', 'alpha', 's', 'beta'], fit), ...about }
    },
    'gamma-gamma': () => {
      if (history.meanValue === undefined)
        throw new EvaluationError('cli.evaluate.no_column', { name: 'value', names: '' })
      const fit = fitGammaGamma(history.repeats, history.meanValue)
      const mean: Figures = fit.model.q > 1 ? { 'gamma_gamma.mean_value': expectedPurchaseValue(fit.model, 0, 0) } : {}
      return { ...estimates('gamma_gamma', ['p', 'q', 'gamma'], fit), 'gamma_gamma.n': fit.customers, ...mean }
    },
  }
  if (asked !== 'all' && asked !== 'sbg') return fits[asked]()
  return everyModel(history.meanValue === undefined ? { ...fits, 'gamma-gamma': () => ({}) } : fits, request)
}

/** Every model that has a finite estimate, with `finite` 0 for one that has none; the reason is thrown when no model has. */
function everyModel(fits: Record<string, () => Figures>, request: EvaluationRequest): Figures {
  let figures: Figures = {}
  let refused: Unanswerable | null = null
  for (const [name, fit] of Object.entries(fits)) {
    const prefix = name.replace('-', '_')
    try {
      const found = fit()
      figures = { ...figures, ...found, ...(Object.keys(found).length > 0 ? { [`${prefix}.finite`]: 1 } : {}) }
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error
      refused ??= error
      figures[`${prefix}.finite`] = 0
      request.progress(`${name}: ${error.message}`)
    }
  }
  if (refused !== null && !Object.values(figures).some((value) => value !== 0)) throw refused
  return figures
}

function readCustomer(request: EvaluationRequest): CustomerHistory | undefined {
  const told = listOption(request, 'customer').map(Number)
  if (told.length === 0) return undefined
  const [repeats = NaN, lastAt = NaN, watchedFor = NaN] = told
  if (told.length !== 3 || !told.every(Number.isFinite)) {
    throw new EvaluationError('cli.import.bad_setting', { setting: 'customer' })
  }
  return { repeats, lastAt, watchedFor }
}

function estimates(prefix: string, names: readonly string[], fit: PositiveFit): Figures {
  return Object.fromEntries([
    ...names.map((name, at) => [`${prefix}.${name}`, fit.parameters[at]]),
    ...names.map((name, at) => [`${prefix}.standard_error.${name}`, fit.standardErrors[at]]),
    [`${prefix}.log_likelihood`, fit.logLikelihood],
  ]) as Figures
}
