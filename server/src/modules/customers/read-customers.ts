import type { Customer } from '@ecluse/contracts/customers.ts'
import type { Queryable } from '../../kernel/db.ts'
import { customerView } from './customer-view.ts'
import { partiesAfter } from './queries/parties.ts'

/** Customers in the order they came, with their external reference, a page at a time: for exports. */
export async function readCustomers(
  db: Queryable,
  { afterId, limit }: { afterId: string | null; limit: number },
): Promise<(Customer & { reference: string | null })[]> {
  const rows = await partiesAfter(db, afterId, limit)
  return rows.map((row) => ({ ...customerView(row), reference: row.reference }))
}
