import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { assert } from '../../kernel/assert.ts'
import { refuse } from '../../kernel/errors.ts'
import { membersOf } from '../customers/public.ts'
import { insertTransfers, issueRewardVoucher, viewVoucher } from '../payments/public.ts'
import { drawFrom, type Standing } from './domain/lots.ts'
import { settleExpired } from './expire-points.ts'
import { lockMemberships } from './queries/locks.ts'
import { currentProgramme } from './queries/programmes.ts'

/** A voucher that was given for points. */
type Reward = { code: string; points: number } & Pick<
  ReturnType<typeof viewVoucher>,
  'issued' | 'balance' | 'expiresAt'
>

/**
 * Turns points into a voucher, in one transaction: of two who spend the same points at once, both get no more than there is. What ends first
 * is spent first.
 * @throws loyalty.no_programme, loyalty.not_member, loyalty.points_short
 */
export async function spendPoints(ctx: Ctx, tx: Tx, customerId: string, rewards: number): Promise<Reward> {
  const programme = await currentProgramme(tx)
  if (!programme) throw refuse('loyalty.no_programme')
  if ((await lockMemberships(tx, [customerId])).length === 0) throw refuse('loyalty.not_member')
  const { reward } = programme.rule
  const amount = BigInt(rewards) * BigInt(reward.points)
  const standing = await settleExpired(ctx, tx, await membersOf(tx, customerId))
  if (standing.active < amount) throw refuse('loyalty.points_short', { active: Number(standing.active) })
  const voucher = await issueRewardVoucher(ctx, tx, BigInt(rewards) * BigInt(reward.valueMinor))
  await takePoints(ctx, tx, standing, amount, { cause: 'spent', to: 'points_spent', subjectId: voucher.id, note: null })
  const { code, issued, balance, expiresAt } = viewVoucher(voucher, ctx.clock.now())
  return { code, points: Number(amount), issued, balance, expiresAt }
}

/**
 * Gives points by hand, which end as others do, or takes some that are there.
 * @throws loyalty.no_programme, loyalty.not_member, loyalty.points_short
 */
export async function adjustPoints(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  { points, reason, expiresAt }: { points: number; reason: string; expiresAt: Date | null },
): Promise<void> {
  const [owner] = await lockMemberships(tx, [customerId])
  if (owner === undefined) throw refuse('loyalty.not_member')
  if (points < 0) {
    const standing = await settleExpired(ctx, tx, await membersOf(tx, customerId))
    const amount = BigInt(-points)
    if (standing.active < amount) throw refuse('loyalty.points_short', { active: Number(standing.active) })
    await takePoints(ctx, tx, standing, amount, {
      cause: 'adjusted',
      to: 'points_adjusted',
      subjectId: null,
      note: reason,
    })
    return
  }
  const id = ctx.ids.next()
  await insertTransfers(tx, 'point', [
    {
      owner_id: owner,
      id,
      from_account: 'points_adjusted',
      to_account: 'points',
      amount: BigInt(points),
      cause: 'adjusted',
      subject_id: null,
      lot_id: id,
      expires_at: expiresAt,
      note: reason,
      actor: actorLabel(ctx.actor),
      booked_at: ctx.clock.now(),
    },
  ])
}

/** Takes active points that are there from whose they are. @returns from whom how many */
export async function takePoints(
  ctx: Ctx,
  tx: Tx,
  standing: Standing,
  amount: bigint,
  how: { cause: string; to: string; subjectId: string | null; note: string | null },
): Promise<ReadonlyMap<string, bigint>> {
  const drawn = drawFrom(standing.lots, amount)
  assert(drawn !== undefined, 'what is active lies in lots')
  await insertTransfers(
    tx,
    'point',
    [...drawn].map(([ownerId, drawnAmount]) => ({
      owner_id: ownerId,
      id: ctx.ids.next(),
      from_account: 'points',
      to_account: how.to,
      amount: drawnAmount,
      cause: how.cause,
      subject_id: how.subjectId,
      lot_id: null,
      expires_at: null,
      note: how.note,
      actor: actorLabel(ctx.actor),
      booked_at: ctx.clock.now(),
    })),
  )
  return drawn
}
