import type { ExperimentResults } from '@ecluse/contracts/experiments.ts'
import { sampleRatioPValue } from '@ecluse/strategy-engine/experiments/sample-ratio.ts'
import { outcomeOf } from '@ecluse/strategy-engine/experiments/arms.ts'
import { onReplica, type Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { dayOf } from '../../insights/public.ts'
import { added, compareCustomers, momentsOf, noSums } from './domain/compare-customers.ts'
import { compareSites, fewSites } from './domain/compare-sites.ts'
import { controlOf } from './arm-of.ts'
import { selectExperiment, selectSites, type ExperimentRow } from './queries/experiments.ts'
import { countExposed, exposed, meansBySite, ofSites, sumsByDay } from './queries/outcomes.ts'
import { withMargins } from './read-baseline.ts'

const dayMs = 86_400_000
/** Arms so uneven come by chance once in a thousand experiments: something is broken. */
const mismatchBelow = 0.001

/**
 * What an experiment says so far, counted from orders. Customers count once their window is over, so that an always-valid p-value may be
 * read at any moment; shops are compared once.
 * @throws strategy.experiment_not_found, strategy.experiment_not_running
 */
export async function readResults(ctx: Ctx, id: string): Promise<ExperimentResults> {
  const experiment = await selectExperiment(ctx.db, id)
  if (!experiment) throw refuse('strategy.experiment_not_found')
  const { started_at: startedAt } = experiment
  if (startedAt === null) throw refuse('strategy.experiment_not_running')
  // That it runs is asked of the database itself: a replica may not know yet.
  const reading = onReplica(ctx)
  return experiment.unit === 'site' ? ofShops(reading, experiment, startedAt) : ofCustomers(reading, experiment)
}

const termsOf = ({ design, arms }: ExperimentRow) => ({
  effect: design.effect,
  level: design.level / (arms.length - 1),
  adjust: design.adjust,
})

async function ofCustomers(ctx: Ctx, experiment: ExperimentRow): Promise<ExperimentResults> {
  const { id, kpi, window_days: windowDays, arms } = experiment
  const now = ctx.clock.now()
  const asked = { people: exposed(id), kpi, windowDays, now, margins: new Map<string, number>() }
  const [counts, days] = await Promise.all([
    countExposed(ctx.db, { experimentId: id, windowDays, now }),
    withMargins(ctx.db, asked).then((with_) => sumsByDay(ctx.db, with_)),
  ])
  const control = controlOf(experiment)
  const met = arms.map(({ key }) => counts.find(({ arm }) => arm === key)?.exposed ?? 0)
  return {
    at: now.toISOString(),
    arms: arms.map(({ key }, at) => {
      const sums = days.filter(({ arm }) => arm === key).reduce(added, noSums)
      return { key, exposed: met[at] ?? 0, measured: sums.n, ...momentsOf(sums) }
    }),
    waiting: counts.reduce((sum, one) => sum + one.waiting, 0),
    crossed: counts.reduce((sum, one) => sum + one.crossed, 0),
    mismatch: mismatchOf(met, arms),
    fewSites: false,
    judgedOn: null,
    comparisons: arms.slice(1).map(({ key }) => compareCustomers(key, control, days, termsOf(experiment))),
  }
}

function mismatchOf(met: readonly number[], arms: ExperimentRow['arms']): ExperimentResults['mismatch'] {
  if (met.every((count) => count === 0)) return null
  const pValue = sampleRatioPValue(
    met,
    arms.map(({ share }) => share),
  )
  return { pValue, warn: pValue < mismatchBelow }
}

async function ofShops(ctx: Ctx, experiment: ExperimentRow, startedAt: Date): Promise<ExperimentResults> {
  const { id, kpi, window_days: windowDays, arms } = experiment
  const now = ctx.clock.now()
  const over = new Date(startedAt.getTime() + windowDays * dayMs)
  const asked = { people: ofSites(id, startedAt), kpi, windowDays, now, margins: new Map<string, number>() }
  const [assigned, sites] = await Promise.all([
    selectSites(ctx.db, id),
    withMargins(ctx.db, asked).then((with_) => meansBySite(ctx.db, with_)),
  ])
  const control = controlOf(experiment)
  const isOver = now >= over
  return {
    at: now.toISOString(),
    arms: arms.map(({ key }) => {
      const means = sites.filter(({ arm }) => arm === key).map(({ y }) => y)
      const said = means.length < 2 ? null : outcomeOf(means)
      return {
        key,
        exposed: assigned.filter(({ arm }) => arm === key).length,
        measured: means.length,
        mean: said?.mean ?? means[0] ?? null,
        deviation: said ? Math.sqrt(said.variance) : null,
      }
    }),
    waiting: isOver ? 0 : assigned.length,
    crossed: 0,
    // Shops were given their arms by count: they are as many as was said.
    mismatch: null,
    fewSites: assigned.length < fewSites,
    judgedOn: dayOf(over),
    comparisons: arms.slice(1).map(({ key }) => {
      const compared = compareSites(key, control, sites, termsOf(experiment))
      return isOver ? compared : { ...compared, plain: null, adjusted: null, verdict: 'too_early' as const }
    }),
  }
}
