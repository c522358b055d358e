import { consentPurposes, media } from '@ecluse/contracts/consents.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import type { Person } from '../../../kernel/personal.ts'
import { addressesOf, setOppositions } from '../queries/consents.ts'
import { oppositionsOf } from './fingerprints.ts'
import { permissionFor } from './read-consents.ts'

/**
 * Before a person is erased: whatever they refuse today is refused for every address ever known of them, as fingerprints that stay.
 * An address learned after they had said no is then on the list as well.
 */
export async function keepRefusals(ctx: Ctx, tx: Tx, { parties }: Person): Promise<void> {
  const [partyId] = parties
  if (partyId === undefined) return
  const known = await addressesOf(tx, parties)
  const at = ctx.clock.now()
  for (const medium of media)
    for (const purpose of consentPurposes) {
      const { reason } = await permissionFor(ctx.config, tx, { partyId, medium, purpose, at })
      if (reason !== 'withdrawn' && reason !== 'opposed') continue
      const rows = oppositionsOf(ctx.config, known, medium, purpose)
      const distinct = [...new Map(rows.map((row) => [row.fingerprint.toString('hex'), row])).values()]
      await setOppositions(tx, distinct, { at, source: 'erasure', opposed: true })
    }
}
