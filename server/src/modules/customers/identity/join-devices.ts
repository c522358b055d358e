import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { keyText, type ExternalKey, type Identity, type Match } from '../domain/match-parties.ts'
import { lockKeys } from '../queries/locks.ts'
import { nameless } from '../queries/merges.ts'
import { giveKeys } from '../queries/parties.ts'
import { mergeParties } from './merge-parties.ts'

/**
 * Whoever signs in, fills in a form or shows a card brings what their device did before, when nobody was known to use it: its
 * nameless history is merged into them. A device that somebody else used stays theirs.
 * @param matches the party of each identity
 */
export async function joinDevices(
  ctx: Ctx,
  tx: Tx,
  identities: readonly Identity[],
  matches: readonly (Match | null)[],
): Promise<void> {
  const used = identities.flatMap((identity, index) => {
    const partyId = matches[index]?.partyId
    const devices = (identity.external ?? []).filter(({ kind }) => kind === 'device')
    return partyId === undefined ? [] : devices.map((key): { key: ExternalKey; partyId: string } => ({ key, partyId }))
  })
  if (used.length === 0) return
  const owners = new Map(
    (
      await lockKeys(
        tx,
        used.map(({ key }) => key),
      )
    ).map((row) => [keyText(row), row]),
  )
  const free = used.filter(({ key }) => owners.get(keyText(key))?.party_id === null)
  await giveKeys(tx, free)
  for (const { key, partyId } of used) {
    const owner = owners.get(keyText(key))
    if (!owner || owner.party_id === null || owner.shared || owner.party_id === partyId) continue
    if (await nameless(tx, owner.party_id))
      await mergeParties(ctx, tx, { survivorId: partyId, absorbedId: owner.party_id, rule: 'device' })
  }
}
