import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { concerns, windowsOf, type News } from './domain/rule.ts'
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
  type Moved,
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
 * @param news what is new of them; everything is asked when absent, as of who is new or was merged
 */
export async function followCustomers(ctx: Ctx, partyIds: readonly string[], news?: News): Promise<void> {
  const concerned = (await selectSegments(ctx.db)).filter(({ rule }) => news === undefined || concerns(rule, news))
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

/** Looks at everybody again in the segments that ask what is computed of customers: it was computed anew for all. */
export async function followValues(ctx: Ctx): Promise<void> {
  for (const { id } of (await selectSegments(ctx.db)).filter(({ rule }) => concerns(rule, 'values')))
    await inTransaction(ctx.db, async (tx) => {
      const segment = await lockSegment(tx, id)
      if (!segment?.counted_at) return
      await countInOrder(tx)
      await noteMoves(ctx, tx, id, await moveMembers(tx, segment, ctx.clock.now()))
    })
}

async function moveAmong(ctx: Ctx, tx: Tx, segment: SegmentRow, partyIds: readonly string[]): Promise<void> {
  const now = ctx.clock.now()
  for (let from = 0; from < partyIds.length; from += atOnce) {
    const among = await wholeFamilies(tx, partyIds.slice(from, from + atOnce))
    await noteMoves(ctx, tx, segment.id, await moveMembers(tx, segment, now, among))
  }
}

async function noteMoves(ctx: Ctx, tx: Tx, segmentId: string, moved: readonly Moved[]): Promise<void> {
  const now = ctx.clock.now()
  for (let from = 0; from < moved.length; from += atOnce) {
    const some = moved.slice(from, from + atOnce)
    await insertChanges(
      tx,
      segmentId,
      some.map((one) => ({ ...one, id: ctx.ids.next() })),
      now,
    )
    await tellMoved(ctx, tx, segmentId, some)
  }
}

/** Journeys begin with whoever comes into a segment. */
async function tellMoved(ctx: Ctx, tx: Tx, segmentId: string, moved: readonly Moved[]): Promise<void> {
  const entered = moved.filter((one) => one.entered).map((one) => one.party_id)
  if (entered.length === 0) return
  const payload = { segmentId, entered }
  await publish(tx, ctx, [
    { type: 'engagement.segment_moved', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
  ])
}
