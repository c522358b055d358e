import type { ExperimentBaseline, ExperimentDesign } from '@ecluse/contracts/experiments.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { dayOf, marginsOfOrders } from '../../insights/public.ts'
import { baselineOf } from './domain/baseline.ts'
import { mostSampled, orderedWithin, outcomesOfEach, reachOf, seenBefore, type Asked } from './queries/outcomes.ts'

const dayMs = 86_400_000
/** Days at which it is told how many different customers were seen. */
const marks = [1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91, 140, 182, 273, 365]

/** What the firm’s own data say of a figure: customers seen in the year before, over the last days, as if they had met an experiment then. */
export async function readBaseline(
  ctx: Ctx,
  { kpi, windowDays }: Pick<ExperimentDesign, 'unit' | 'kpi' | 'windowDays'>,
): Promise<ExperimentBaseline> {
  const now = ctx.clock.now()
  const from = new Date(now.getTime() - windowDays * dayMs)
  const asked = await withMargins(ctx.db, { people: seenBefore(from), kpi, windowDays, now, margins: new Map() })
  const [people, reach] = await Promise.all([outcomesOfEach(ctx.db, asked), reachOf(ctx.db, marks, now)])
  return {
    from: dayOf(from),
    until: dayOf(now),
    sampled: people.length > mostSampled,
    reach,
    ...baselineOf(people.slice(0, mostSampled)),
  }
}

/** Adds what is left of each order, where that is the figure. */
export async function withMargins(db: Queryable, asked: Asked): Promise<Asked> {
  if (asked.kpi !== 'margin') return asked
  return { ...asked, margins: await marginsOfOrders(db, await orderedWithin(db, asked)) }
}
