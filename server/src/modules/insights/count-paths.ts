import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { dayOf } from './domain/count-sales.ts'
import { monthsBetween } from './domain/months.ts'
import { replaceHandovers } from './queries/handovers.ts'
import { lockFollower } from './queries/locks.ts'
import { notePaths, pathsAt, replaceCohorts, replaceFunnel, replacePassages } from './queries/paths.ts'
import { replaceRetention } from './queries/retention.ts'
import { firstDay } from './queries/rollups.ts'
import { replaceShelves } from './queries/shelves.ts'

/** An order is delivered, cancelled or joined with another customer so long after: its month is counted again until then. */
const settledDays = 45
const dayMs = 86_400_000

/**
 * Counts how customers go from channel to channel, where they are lost, who came back, where orders went, and what shelves lacked: the
 * months that may still change, or every month where `whole`, or where none was counted yet. These are sets over many months, so they
 * are counted each hour, not each minute.
 */
export async function countPaths(ctx: Ctx, { whole = false }: { whole?: boolean } = {}): Promise<void> {
  const first = await firstDay(ctx.db)
  if (first === undefined) return
  const now = ctx.clock.now()
  const countedAt = whole ? null : await pathsAt(ctx.db)
  const from = countedAt === null ? first : dayOf(new Date(now.getTime() - settledDays * dayMs))
  for (const month of monthsBetween(from, dayOf(now)))
    await inTransaction(ctx.db, async (tx) => {
      await lockFollower(tx)
      await replacePassages(tx, month)
      await replaceFunnel(tx, month)
      await replaceHandovers(tx, month)
      await replaceRetention(tx, month)
    })
  await inTransaction(ctx.db, async (tx) => {
    await lockFollower(tx)
    await replaceCohorts(tx)
    // What moved since is all that can have changed a shelf.
    const shelvesFrom = countedAt === null ? first : dayOf(new Date(countedAt.getTime() - dayMs))
    await replaceShelves(tx, { from: shelvesFrom, until: dayOf(now) })
    await notePaths(tx, now)
  })
}
