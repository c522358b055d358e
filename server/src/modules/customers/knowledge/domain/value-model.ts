import type { Refused, ValueFit } from '@ecluse/contracts/knowledge.ts'
import {
  bgNbdActive,
  bgNbdCount,
  bgNbdExpected,
  fitBgNbd,
  type BgNbd,
} from '@ecluse/strategy-engine/customer-base/bg-nbd.ts'
import { expectedPurchaseValue, fitGammaGamma } from '@ecluse/strategy-engine/customer-base/gamma-gamma.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import { historyOf, summaryUntil, type PurchaseDays, type Summary } from './purchase-days.ts'
import { scoresOf, thresholdsOf } from './rfm.ts'

/** Below this, four parameters would tell of chance only. */
const fewest = { customers: 50, repeats: 10 }
/** The last column of a plot by repeats stands for so many or more. */
const mostRepeats = 7
const yearWeeks = 365 / 7
const hold = { leastSpan: 60, share: 1 / 3, most: 365 }

type Activity = ValueFit['activity']
type Worth = ValueFit['worth']

/**
 * Everything that is fitted on what customers bought until `asOf`: fifths of recency, frequency and value; BG/NBD and Gamma-Gamma, or
 * why not; and how well the first says what was seen, and what came after what it was fitted on. Days count from 1970. It
 * computes for seconds: call it in a thread.
 */
export function fitValues(customers: readonly PurchaseDays[], asOf: number): ValueFit {
  const summaries = customers.flatMap((one) => summaryUntil(one, asOf) ?? [])
  const activity = fitActivity(summaries, asOf)
  return {
    asOf: dateOf(asOf),
    customers: summaries.length,
    repeatCustomers: summaries.filter(({ purchases }) => purchases > 1).length,
    purchases: summaries.reduce((sum, { purchases }) => sum + purchases, 0),
    thresholds: thresholdsOf(summaries) as ValueFit['thresholds'],
    activity,
    worth: fitWorth(summaries),
    counts: activity.state === 'fitted' ? countsOf(activity, summaries, asOf) : [],
    holdOut: holdOutOf(customers, summaries, asOf),
  }
}

/** A day from 1970 on as `YYYY-MM-DD`. */
function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

const refused = (reason: Refused['reason'], have: number | null = null, need: number | null = null): Refused => ({
  state: 'refused',
  reason,
  have,
  need,
})

function fitActivity(summaries: readonly Summary[], asOf: number): Activity {
  const repeats = summaries.filter(({ purchases }) => purchases > 1).length
  const [one] = summaries
  if (one && summaries.every(({ firstDay, lastDay }) => firstDay === one.firstDay && lastDay === one.firstDay))
    return refused('one_day')
  // Who first bought on the last day has not been watched at all.
  const watched = summaries.map((summary) => historyOf(summary, asOf)).filter(({ watchedFor }) => watchedFor > 0)
  if (watched.length < fewest.customers) return refused('too_few_customers', watched.length, fewest.customers)
  if (repeats < fewest.repeats) return refused('too_few_repeats', repeats, fewest.repeats)
  try {
    const { model, logLikelihood } = fitBgNbd({
      repeats: Float64Array.from(watched, (history) => history.repeats),
      lastAt: Float64Array.from(watched, (history) => history.lastAt),
      watchedFor: Float64Array.from(watched, (history) => history.watchedFor),
    })
    return { state: 'fitted', ...model, logLikelihood, customers: watched.length }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return refused('no_finite_optimum')
  }
}

function fitWorth(summaries: readonly Summary[]): Worth {
  const kept = summaries.filter(({ repeatMeanMinor }) => repeatMeanMinor > 0)
  if (kept.length < fewest.repeats) return refused('too_few_repeats', kept.length, fewest.repeats)
  const repeats = Float64Array.from(kept, ({ purchases }) => purchases - 1)
  const mean = Float64Array.from(kept, ({ repeatMeanMinor }) => repeatMeanMinor)
  try {
    const { model, logLikelihood, customers } = fitGammaGamma(repeats, mean)
    // Without a mean of all, nothing can be said of who bought once.
    if (model.q <= 1) return refused('no_finite_optimum')
    return { state: 'fitted', ...model, logLikelihood, customers, correlation: correlationOf(repeats, mean) }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return refused(error.reason === 'constant' ? 'all_equal' : 'no_finite_optimum')
  }
}

/** Pearson's; null where one of the two never changes. */
function correlationOf(x: Float64Array, y: Float64Array): number | null {
  const mean = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0) / values.length
  const [meanX, meanY] = [mean(x), mean(y)]
  let [both, squareX, squareY] = [0, 0, 0]
  x.forEach((one, at) => {
    const [dx, dy] = [one - meanX, (y[at] ?? 0) - meanY]
    both += dx * dy
    squareX += dx * dx
    squareY += dy * dy
  })
  return squareX > 0 && squareY > 0 ? both / Math.sqrt(squareX * squareY) : null
}

/** How many came back so often, and how many the model says of customers watched for so long. */
function countsOf(model: BgNbd, summaries: readonly Summary[], asOf: number): ValueFit['counts'] {
  const seen = Array.from({ length: mostRepeats + 1 }, () => 0)
  const watched = new Map<number, number>()
  for (const summary of summaries) {
    const { repeats, watchedFor } = historyOf(summary, asOf)
    const column = Math.min(repeats, mostRepeats)
    seen[column] = (seen[column] ?? 0) + 1
    watched.set(watchedFor, (watched.get(watchedFor) ?? 0) + 1)
  }
  const fitted = seen.slice(0, mostRepeats).map((_, repeats) => {
    let sum = 0
    for (const [time, customers] of watched) sum += customers * bgNbdCount(model, repeats, time)
    return sum
  })
  const rest = Math.max(0, summaries.length - fitted.reduce((sum, one) => sum + one, 0))
  return [...fitted, rest].map((one, repeats) => ({ repeats, seen: seen[repeats] ?? 0, fitted: one }))
}

/** The last third of the history, a year at most, is held back: fitted on what came before, held against what came. */
function holdOutOf(
  customers: readonly PurchaseDays[],
  summaries: readonly Summary[],
  asOf: number,
): ValueFit['holdOut'] {
  const start = summaries.reduce((least, { firstDay }) => Math.min(least, firstDay), asOf)
  const days = Math.min(hold.most, Math.floor((asOf - start) * hold.share))
  if (asOf - start < hold.leastSpan) return null
  const until = asOf - days
  const before = customers.flatMap((one) => {
    const summary = summaryUntil(one, until)
    return summary ? [{ summary, came: (summaryUntil(one, asOf)?.purchases ?? 0) - summary.purchases }] : []
  })
  const model = fitActivity(
    before.map(({ summary }) => summary),
    until,
  )
  if (model.state === 'refused') return null
  const groups = Array.from({ length: mostRepeats + 1 }, (_, repeats) => ({
    repeats,
    customers: 0,
    forecast: 0,
    came: 0,
  }))
  for (const { summary, came } of before) {
    const history = historyOf(summary, until)
    const group = groups[Math.min(history.repeats, mostRepeats)]
    if (!group) continue
    group.customers++
    group.forecast += finite(bgNbdExpected(model, history, days / 7)) ?? 0
    group.came += came
  }
  return {
    from: dateOf(until + 1),
    until: dateOf(asOf),
    customers: before.length,
    forecast: groups.reduce((sum, { forecast }) => sum + forecast, 0),
    came: groups.reduce((sum, { came }) => sum + came, 0),
    groups,
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What is computed of one customer, as it is written down. */
export type ValueRow = {
  readonly party_id: string
  readonly as_of: string
  readonly purchases: number
  readonly first_on: string
  readonly last_on: string
  readonly spent_minor: number
  readonly recency: number | null
  readonly frequency: number | null
  readonly monetary: number | null
  readonly active: number | null
  readonly expected_purchases: number | null
  readonly expected_value_minor: number | null
}

/** One customer on the day `asOf`, by what was fitted on all; only what they bought where nothing was. */
export function valueOf(
  fit: Pick<ValueFit, 'thresholds' | 'activity' | 'worth'> | null,
  summary: Summary,
  asOf: number,
): ValueRow {
  const history = historyOf(summary, asOf)
  const scores = fit?.thresholds ? scoresOf(summary, fit.thresholds) : null
  const activity = fit?.activity.state === 'fitted' ? fit.activity : null
  const worth = fit?.worth.state === 'fitted' ? fit.worth : null
  const expected = activity && finite(bgNbdExpected(activity, history, yearWeeks))
  const each = worth && finite(expectedPurchaseValue(worth, history.repeats, summary.repeatMeanMinor))
  return {
    party_id: summary.partyId,
    as_of: dateOf(asOf),
    purchases: summary.purchases,
    first_on: dateOf(summary.firstDay),
    last_on: dateOf(summary.lastDay),
    spent_minor: summary.spentMinor,
    recency: scores?.recency ?? null,
    frequency: scores?.frequency ?? null,
    monetary: scores?.monetary ?? null,
    active: activity && Math.min(1, bgNbdActive(activity, history)),
    expected_purchases: expected === null ? null : Math.max(0, expected),
    expected_value_minor: expected === null || each === null ? null : Math.round(Math.max(0, expected) * each),
  }
}
