import type { ApiKey } from '@ecluse/contracts/access.ts'
import type { ApiKeyRow } from './queries/api-keys.ts'

/** A key as the API shows it, never with its secret. */
export function apiKeyView(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    companyId: row.company_id,
    partnerId: row.partner_id,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }
}
