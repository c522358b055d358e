import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { dayOf } from '../../insights/public.ts'
import { calibrate, daysCovered, leastDays } from './domain/calibrate.ts'
import { hashOf } from '../computations/hash-of.ts'
import { insertSnapshot } from './queries/scenarios.ts'
import { readMonths } from './read-months.ts'
import type { SnapshotContent } from './read-scenario.ts'

/** The month after this one: the first that a scenario can still change. */
export const nextMonth = ({ clock }: Ctx): string => addMonths(dayOf(clock.now()).slice(0, 7), 1)

/**
 * Reads the firm's figures, computes what a scenario starts from, and keeps both under their hash.
 * @throws strategy.no_history when less than four weeks are there
 */
export async function takeSnapshot(
  ctx: Ctx,
  db: Queryable,
  startsOn: string,
): Promise<{ hash: string; content: SnapshotContent }> {
  const months = await readMonths(ctx)
  const days = daysCovered(months)
  const { figures, notes } = calibrate(months, startsOn)
  const sold = figures.some(({ figure }) => figure.startsWith('channel.'))
  if (days < leastDays || !sold) throw refuse('strategy.no_history', { days: sold ? days : 0, need: leastDays })
  const [first] = months
  const now = ctx.clock.now()
  const content: SnapshotContent = { from: `${first?.month ?? startsOn}-01`, until: dayOf(now), months, figures, notes }
  const bytes = JSON.stringify(content)
  const hash = hashOf(bytes)
  await insertSnapshot(db, { hash, content: bytes, readAt: now })
  return { hash, content }
}
