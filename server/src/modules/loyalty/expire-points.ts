import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { insertTransfers, transfersOf } from '../payments/public.ts'
import { ended, standingOf, type Standing } from './domain/lots.ts'

/**
 * What a customer has, after the points whose time is over were booked as ended. The caller holds the locks of their memberships.
 * @param members everybody who is this customer today
 */
export async function settleExpired(ctx: Ctx, tx: Tx, members: readonly string[]): Promise<Standing> {
  const standing = standingOf(await transfersOf(tx, 'point', members))
  const now = ctx.clock.now()
  const over = ended(standing.lots, now)
  await insertTransfers(
    tx,
    'point',
    over.map(({ ownerId, lotId, left, expiresAt }) => ({
      owner_id: ownerId,
      id: ctx.ids.next(),
      from_account: 'points',
      to_account: 'points_expired',
      amount: left,
      cause: 'expired',
      subject_id: lotId,
      lot_id: lotId,
      expires_at: null,
      note: null,
      actor: null,
      // The instant they were worth nothing from, not the one it was noticed at.
      booked_at: expiresAt ?? now,
    })),
  )
  return {
    ...standing,
    active: standing.active - over.reduce((sum, { left }) => sum + left, 0n),
    lots: standing.lots.filter((lot) => !over.includes(lot)),
  }
}
