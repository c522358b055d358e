import type { Customer } from '@ecluse/contracts/customers.ts'
import type { PartyRow } from './queries/parties.ts'

/** A party as the API shows it. */
export function customerView(row: PartyRow): Customer {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name || row.email || row.phone || '',
    email: row.email,
    phone: row.phone,
    address: row.address,
    locale: row.locale,
    createdAt: row.created_at.toISOString(),
  }
}
