import type { z } from 'zod'
import type { CountState, stockCountEndpoints } from '@ecluse/contracts/stock-counts.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requirePlace } from '../actors-places.ts'
import { lockCount } from '../queries/locks.ts'
import { listArticles, setCountState, writeCounted, zeroUncounted, type CountRow } from '../queries/counts.ts'
import { shelvedVariants } from '../queries/stock.ts'

type Lines = z.output<typeof stockCountEndpoints.recordCountLines.body>['lines']

/**
 * Writes down what was counted, and at which moment: what moves later is accounted for when the count is posted. Two people who
 * count the same article do not overwrite each other.
 * @throws inventory.document_not_found, inventory.document_state, inventory.document_changed, inventory.variant_not_found,
 *   access.wrong_site
 */
export async function recordCountLines(ctx: Ctx, tx: Tx, id: string, lines: Lines): Promise<void> {
  const count = await requireCount(ctx, tx, id, ['open', 'review'])
  const variantIds = lines.map(({ variantId }) => variantId)
  if ((await shelvedVariants(tx, variantIds)).size < variantIds.length) throw refuse('inventory.variant_not_found')
  await listArticles(tx, id, variantIds)
  const now = ctx.clock.now()
  const counted = lines.map((line) => ({ ...line, countedAt: momentOf(line.countedAt, count.opened_at, now) }))
  const written = await writeCounted(tx, id, counted, actorLabel(ctx.actor))
  if (written < lines.length) throw refuse('inventory.document_changed', { number: count.number })
}

/** A telephone's clock may be wrong: the moment lies between the opening of the count and now. */
function momentOf(told: string | undefined, opened: Date, now: Date): Date {
  if (told === undefined) return now
  return new Date(Math.min(Math.max(new Date(told).getTime(), opened.getTime()), now.getTime()))
}

/**
 * Counting is over, and differences are looked at.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site
 */
export async function finishCount(ctx: Ctx, tx: Tx, id: string, uncountedAreZero: boolean): Promise<void> {
  await requireCount(ctx, tx, id, ['open'])
  const now = ctx.clock.now()
  const by = actorLabel(ctx.actor)
  if (uncountedAreZero) await zeroUncounted(tx, id, now, by)
  await setCountState(tx, id, 'review', now, by)
}

/**
 * Gives up a count: nothing changes.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site
 */
export async function cancelCount(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  await requireCount(ctx, tx, id, ['open', 'review'])
  await setCountState(tx, id, 'cancelled', ctx.clock.now(), null)
}

/** @throws inventory.document_not_found, inventory.document_state, access.wrong_site */
export async function requireCount(ctx: Ctx, tx: Tx, id: string, states: readonly CountState[]): Promise<CountRow> {
  const count = await lockCount(tx, id)
  if (!count) throw refuse('inventory.document_not_found')
  await requirePlace(ctx, tx, count.place_id)
  if (!states.includes(count.state)) throw refuse('inventory.document_state', { state: count.state })
  return count
}
