import type { Segment } from '@ecluse/contracts/segments.ts'
import type { SegmentRow } from './queries/segments.ts'

export function segmentView(row: SegmentRow): Segment {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    rule: row.rule,
    revision: row.revision,
    memberCount: row.member_count,
    countedAt: row.counted_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
  }
}
