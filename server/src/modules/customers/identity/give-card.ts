import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { projectParties, recordIdentifications } from '../queries/identifications.ts'
import { lockKeys } from '../queries/locks.ts'
import { giveKeys } from '../queries/parties.ts'
import { tellProfilesChanged } from '../tell-changed.ts'

/**
 * Gives a card that nobody has to a customer: from now on it leads to them, and to nobody else when a merge is taken back.
 * @returns whether it was free
 */
export async function giveCard(
  ctx: Ctx,
  tx: Tx,
  card: { partyId: string; number: string; source: string; channelCode: string | null },
): Promise<boolean> {
  const { partyId, number: value, source, channelCode } = card
  const key = { kind: 'card' as const, value }
  const [owner] = await lockKeys(tx, [key])
  if (owner?.party_id) return false
  const at = ctx.clock.now()
  await giveKeys(tx, [{ key, partyId }])
  const row = { partyId, id: ctx.ids.next(), kind: 'card' as const, value, source, channelCode, at }
  const changed = await recordIdentifications(tx, [row])
  await projectParties(tx, [...changed], at)
  await tellProfilesChanged(ctx, tx, changed)
  return true
}
