import type { Segment, SegmentRule } from '@ecluse/contracts/segments.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { brokenConstraint, type Queryable, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { fillSegmentJob } from '../jobs/names.ts'
import { lockSegment } from './queries/locks.ts'
import { deleteSegmentRows, insertSegment, segmentById, updateSegmentRow } from './queries/segments.ts'
import { segmentView } from './segment-view.ts'

/** Keeps a segment and has its members found. @throws engagement.segment_name_taken */
export async function createSegment(
  ctx: Ctx,
  tx: Tx,
  input: { name: string; description: string; rule: SegmentRule },
): Promise<Segment> {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const made = { created_at: now, created_by: actorLabel(ctx.actor), updated_at: now, checked_until: now }
  await withFreeName(insertSegment(tx, { id, ...input, ...made }))
  await enqueue(tx, fillSegmentJob, { segmentId: id })
  return readSegment(tx, id)
}

/**
 * Changes a segment; with a new rule its members are found again.
 * @throws engagement.segment_not_found, engagement.segment_changed, engagement.segment_name_taken
 */
export async function updateSegment(
  ctx: Ctx,
  tx: Tx,
  id: string,
  input: {
    name?: string | undefined
    description?: string | undefined
    rule?: SegmentRule | undefined
    revision: number
  },
): Promise<Segment> {
  const before = await lockSegment(tx, id)
  if (before === undefined) throw refuse('engagement.segment_not_found')
  if (before.revision !== input.revision) throw refuse('engagement.segment_changed')
  const name = input.name ?? before.name
  const rule = input.rule ?? before.rule
  const counted = input.rule === undefined
  const description = input.description ?? before.description
  await withFreeName(updateSegmentRow(tx, { id, name, description, rule, counted, updated_at: ctx.clock.now() }))
  if (!counted) await enqueue(tx, fillSegmentJob, { segmentId: id })
  return readSegment(tx, id)
}

/** @throws engagement.segment_not_found */
export async function deleteSegment(tx: Tx, id: string): Promise<void> {
  if ((await lockSegment(tx, id)) === undefined) throw refuse('engagement.segment_not_found')
  await deleteSegmentRows(tx, id)
}

/** @throws engagement.segment_not_found */
export async function readSegment(db: Queryable, id: string): Promise<Segment> {
  const row = await segmentById(db, id)
  if (row === undefined) throw refuse('engagement.segment_not_found')
  return segmentView(row)
}

/** Names are unique whatever their capitals; the index decides, for two may choose one at the same moment. */
async function withFreeName(writing: Promise<void>): Promise<void> {
  try {
    await writing
  } catch (error) {
    if (brokenConstraint(error) === 'segment_name') throw refuse('engagement.segment_name_taken')
    throw error
  }
}
