import { customerReadEndpoints as endpoints, type CustomerRead } from '@ecluse/contracts/customer-reads.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { membersOf } from '../queries/merges.ts'
import { listReads, readsOf, type ReadRow } from '../queries/reads.ts'

/** Who read the data of whom. */
export const readRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'listReadsOfCustomer',
    endpoints.listReadsOfCustomer,
    async ({ db }, { params: { customerId }, query: { cursor, limit } }) => {
      const before = decodeCursor(cursor, [cursorPatterns.instant, cursorPatterns.text])
      const members = await membersOf(db, customerId)
      if (members.length === 0) throw refuse('customers.not_found')
      const rows = await readsOf(db, members, { before, limit: limit + 1 })
      return pageOf(rows, limit, readView, (row) => [row.quarter_at, row.reader_id])
    },
  )

  implement(app, services, 'listCustomerReads', endpoints.listCustomerReads, async ({ db }, { query }) => {
    const { cursor, limit, readerId, from, until } = query
    const before = decodeCursor(cursor, [cursorPatterns.instant, cursorPatterns.uuid, cursorPatterns.text])
    const rows = await listReads(db, { readerId, from, until, before, limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      (row) => ({ ...readView(row), customerId: row.party_id, customerName: row.name }),
      (row) => [row.quarter_at, row.party_id, row.reader_id],
    )
  })
}

function readView({ quarter_at, reader_id: id, reader_kind: kind, reader_name: name, screens }: ReadRow): CustomerRead {
  return { reader: { id, kind, name }, at: quarter_at.toISOString(), screens }
}
