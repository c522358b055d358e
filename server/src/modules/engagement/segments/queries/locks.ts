import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../../kernel/db.ts'
import { segmentColumns, type SegmentRow } from './segments.ts'

/** A segment nobody else changes, nor its members, until the transaction ends. */
export function lockSegment(tx: Tx, id: string): Promise<SegmentRow | undefined> {
  return maybeOne(tx, sql`select ${segmentColumns} from engagement.segment where id = ${id} for update`)
}
