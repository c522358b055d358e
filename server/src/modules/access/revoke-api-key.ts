import type { ApiKey } from '@ecluse/contracts/access.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { apiKeyView } from './api-key-view.ts'
import { revokeApiKeyRow } from './queries/api-keys.ts'

/**
 * Revokes a key for good; the caller forgets it in the cache once committed. Revoking again changes nothing.
 * @throws access.key_not_found
 */
export async function revokeApiKey(ctx: Ctx, tx: Tx, keyId: string): Promise<ApiKey> {
  const row = await revokeApiKeyRow(tx, keyId, ctx.clock.now())
  if (row === undefined) throw refuse('access.key_not_found')
  return apiKeyView(row)
}
