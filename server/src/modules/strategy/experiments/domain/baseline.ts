import type { ExperimentBaseline } from '@ecluse/contracts/experiments.ts'
import { outcomeOf } from '@ecluse/strategy-engine/experiments/arms.ts'
import { clustersOf } from '@ecluse/strategy-engine/experiments/clusters.ts'
import { adjustedEffect } from '@ecluse/strategy-engine/experiments/cuped.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { PersonOutcome } from '../queries/outcomes.ts'

type Measured = PersonOutcome & { y: number }
type Said = Pick<ExperimentBaseline, 'people' | 'mean' | 'deviation' | 'buyers' | 'varianceRatio' | 'sites'>

/** What customers of before say of a figure: its mean and spread, what their past explains of it, and how alike those of one shop are. */
export function baselineOf(people: readonly PersonOutcome[]): Said {
  const measured = people.filter((one): one is Measured => one.y !== null)
  const values = measured.map(({ y }) => y)
  const { mean, variance } = values.length < 2 ? { mean: values[0] ?? 0, variance: 0 } : outcomeOf(values)
  return {
    people: people.length,
    mean,
    deviation: Math.sqrt(variance),
    buyers: people.length === 0 ? 0 : people.filter(({ buyer }) => buyer).length / people.length,
    varianceRatio: ratioOf(measured),
    sites: sitesOf(measured),
  }
}

function sitesOf(measured: readonly Measured[]): ExperimentBaseline['sites'] {
  const groups = new Map<string, Measured[]>()
  for (const one of measured) {
    if (one.site_id === null) continue
    const group = groups.get(one.site_id)
    if (group) group.push(one)
    else groups.set(one.site_id, [one])
  }
  if (groups.size < 2) return null
  const { count, size, likeness } = clustersOf([...groups.values()].map((group) => group.map(({ y }) => y)))
  const means = [...groups.values()].map((group) => ({ y: meanOf(group, 'y'), x: meanOf(group, 'x') }))
  return { count, customers: size, likeness, varianceRatio: means.length < 8 ? null : ratioOf(means) }
}

const meanOf = (group: readonly Measured[], of: 'x' | 'y'): number =>
  group.reduce((sum, one) => sum + one[of], 0) / group.length

/** The variance that is left once what was known before is taken out; null where nothing varies. */
function ratioOf(measured: readonly { x: number; y: number }[]): number | null {
  const half = (rest: number) => {
    const one = measured.filter((_, at) => at % 2 === rest)
    return { outcome: one.map(({ y }) => y), before: one.map(({ x }) => x) }
  }
  try {
    return Math.min(1, Math.max(0, adjustedEffect(half(0), half(1)).varianceRatio))
  } catch (error) {
    if (error instanceof Unanswerable) return null
    throw error
  }
}
