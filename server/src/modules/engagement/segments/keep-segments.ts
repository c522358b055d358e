import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { concerns, windowsOf } from './domain/rule.ts'
import { lockSegment } from './queries/locks.ts'
import {
  fillMembers,
  insertChanges,
  leftWindow,
  countInOrder,
  markChecked,
  markCounted,
  moveMembers,
  selectSegments,
  wholeFamilies,
  type SegmentRow,
} from './queries/segments.ts'

/** How many customers one statement looks at. */
const atOnce = 5_000

/** Finds the members of a segment for the first time, or again after its rule was changed. One that is found already stays. */
export async function fillSegment(ctx: Ctx, segmentId: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const segment = await lockSegment(tx, segmentId)
    if (segment === undefined || segment.counted_at !== null) return
    const now = ctx.clock.now()
    await countInOrder(tx)
    await markCounted(tx, segmentId, now, await fillMembers(tx, segment, now))
  })
}

/**
 * Moves customers into segments and out of them, as far as what they did may move them.
 * @param kinds what they did; everything is asked when absent, as of who is new or was merged
 */
export async function followCustomers(
  ctx: Ctx,
  partyIds: readonly string[],
  kinds?: readonly InteractionKind[],
): Promise<void> {
  const concerned = (await selectSegments(ctx.db)).filter(({ rule }) => kinds === undefined || concerns(rule, kinds))
  for (const { id } of concerned)
    await inTransaction(ctx.db, async (tx) => {
      // Read again under the lock: its rule may have changed meanwhile. What is not counted yet finds them when it is.
      const segment = await lockSegment(tx, id)
      if (segment?.counted_at) await moveAmong(ctx, tx, segment, partyIds)
    })
}

/** Looks at whom time alone moves: what they did, or when they were first seen, has left a window since the last look. */
export async function followTime(ctx: Ctx): Promise<void> {
  for (const { id } of await selectSegments(ctx.db))
    await inTransaction(ctx.db, async (tx) => {
      const segment = await lockSegment(tx, id)
      if (!segment?.counted_at) return
      const now = ctx.clock.now()
      const left = new Set<string>()
      for (const window of windowsOf(segment.rule))
        for (const partyId of await leftWindow(tx, window, segment.checked_until, now)) left.add(partyId)
      await moveAmong(ctx, tx, segment, [...left])
      await markChecked(tx, id, now)
    })
}

async function moveAmong(ctx: Ctx, tx: Tx, segment: SegmentRow, partyIds: readonly string[]): Promise<void> {
  const now = ctx.clock.now()
  for (let from = 0; from < partyIds.length; from += atOnce) {
    const among = await wholeFamilies(tx, partyIds.slice(from, from + atOnce))
    const moved = await moveMembers(tx, segment, now, among)
    await insertChanges(
      tx,
      segment.id,
      moved.map((one) => ({ ...one, id: ctx.ids.next() })),
      now,
    )
  }
}
