import type { User } from '@ecluse/contracts/access.ts'
import type { StaffRow } from './queries/staff.ts'

/** A member of staff as the API shows them. */
export function staffView(row: StaffRow): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    siteIds: row.site_ids,
    active: row.active,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  }
}
