import { Readable } from 'node:stream'
import type { Ctx } from '../../../kernel/context.ts'
import { csvLine } from '../../../kernel/csv.ts'
import { selectMembers } from './queries/segments.ts'

const pageSize = 1_000

/** Everybody in a segment as CSV in UTF-8, in the order they were first known; memory stays the same however many they are. */
export function exportMembers(ctx: Ctx, segmentId: string): Readable {
  return Readable.from(membersLines(ctx, segmentId), { objectMode: false, highWaterMark: 65_536 })
}

async function* membersLines({ db }: Ctx, segmentId: string): AsyncGenerator<string> {
  yield csvLine(['customer', 'name', 'email', 'since'])
  for (let after: string[] | undefined; ;) {
    const rows = await selectMembers(db, { segmentId, after, limit: pageSize })
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => csvLine([row.party_id, row.name, row.email ?? '', row.since.toISOString()])).join('')
    after = [last.party_id]
  }
}
