import type { ApiKey } from '@ecluse/contracts/access.ts'
import type { Permission } from '@ecluse/contracts/permissions.ts'
import { actorLabel, requirePermission, type Ctx } from '../../kernel/context.ts'
import { brokenConstraint, type Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { apiKeyView } from './api-key-view.ts'
import { apiKeyHash, apiKeyPrefix, newApiKeySecret, repeatableApiKeySecret } from './domain/api-key.ts'
import { insertApiKey } from './queries/api-keys.ts'

/** The secret of the key a request asks for: random, or the same again for the same idempotency key. */
export function apiKeySecretFor(ctx: Ctx): string {
  if (ctx.idempotency === undefined) return newApiKeySecret(ctx.ids)
  return repeatableApiKeySecret(ctx.config.sessionSecret, ctx.idempotency.scope, ctx.idempotency.key)
}

/**
 * Stores a key by the hash of its secret. Nobody gives a key more rights than they have.
 * @throws access.forbidden, access.company_key, access.partner_key, kernel.idempotency_key_reused when this secret was made under the same idempotency key before
 */
export async function createApiKey(
  ctx: Ctx,
  tx: Tx,
  asked: {
    name: string
    scopes: Permission[]
    expiresAt: Date | null
    companyId: string | null
    partnerId: string | null
    secret: string
  },
): Promise<ApiKey> {
  const { name, scopes, expiresAt, companyId, partnerId, secret } = asked
  // A company's key does nothing but order for it, and a key of ours never orders as somebody's company.
  if (scopes.some((scope) => (scope === 'company:buy') !== (companyId !== null))) throw refuse('access.company_key')
  // Nor does a partner's do anything but at its own tills.
  if (scopes.some((scope) => (scope === 'partner:points') !== (partnerId !== null))) throw refuse('access.partner_key')
  for (const scope of scopes) requirePermission(ctx.actor, scope)
  const row = {
    id: ctx.ids.next(),
    name,
    prefix: apiKeyPrefix(secret),
    secretHash: apiKeyHash(secret),
    scopes: [...new Set(scopes)],
    company_id: companyId,
    partner_id: partnerId,
    created_by: actorLabel(ctx.actor) ?? '',
    expires_at: expiresAt,
  }
  try {
    return apiKeyView(await insertApiKey(tx, row, ctx.clock.now()))
  } catch (error) {
    if (brokenConstraint(error) === 'api_key_secret_hash_key') throw refuse('kernel.idempotency_key_reused')
    throw error
  }
}
