import type { Referral } from '@ecluse/contracts/referral.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Queryable, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { familiesOf, haveInCommon, hasOrdered, membersOf } from '../../customers/public.ts'
import { insertTransfers } from '../../payments/public.ts'
import { endOf } from '../domain/days.ts'
import { membershipsOf } from '../queries/members.ts'
import { areRestricted } from '../queries/partner-operations.ts'
import { currentProgramme } from '../queries/programmes.ts'
import {
  codeOf,
  insertReferral,
  ownerOfCode,
  referralOf,
  referralsBy,
  ripeAmong,
  settleReferral,
  waitingReferrals,
  type ReferralRow,
} from '../queries/referrals.ts'

/** Letters and digits of a code that is handed on. */
const codeLength = 8

/** The code a member hands on, and what came of it. */
export async function readReferral(ctx: Ctx, tx: Tx, partyId: string): Promise<Referral> {
  const offered = (await currentProgramme(tx))?.rule.referral ?? null
  const members = await membersOf(tx, partyId)
  const [membership] = await membershipsOf(tx, members)
  const made = await referralsBy(tx, members)
  const code =
    membership && offered ? await codeOf(tx, membership.party_id, ctx.ids.code(codeLength), ctx.clock.now()) : null
  const count = (state: ReferralRow['state']) => made.filter((one) => one.state === state).length
  return {
    offered,
    code,
    friends: { waiting: count('waiting'), rewarded: count('rewarded') },
    brought: (await referralOf(tx, members))?.state ?? null,
  }
}

/**
 * Notes by whose code somebody came. Nobody brings themselves, nor who lives with them: not under another address either, as far as a mailbox,
 * a telephone, an address, a device or a household in common shows it.
 * @throws loyalty.not_member, loyalty.referral_unknown, loyalty.referral_self, loyalty.referral_late
 */
export async function claimReferral(ctx: Ctx, tx: Tx, partyId: string, code: string): Promise<Referral> {
  const rule = (await currentProgramme(tx))?.rule.referral
  const sponsorId = await ownerOfCode(tx, code)
  if (!rule || sponsorId === undefined) throw refuse('loyalty.referral_unknown')
  const friend = await membersOf(tx, partyId)
  const [membership] = await membershipsOf(tx, friend)
  if (!membership) throw refuse('loyalty.not_member')
  if (await areOne(tx, friend, await membersOf(tx, sponsorId))) throw refuse('loyalty.referral_self')
  if ((await referralOf(tx, friend)) || (await hasOrdered(tx, friend))) throw refuse('loyalty.referral_late')
  const known = { friend_id: membership.party_id, sponsor_id: sponsorId, claimed_at: ctx.clock.now() }
  if (!(await insertReferral(tx, known))) throw refuse('loyalty.referral_late')
  return readReferral(ctx, tx, partyId)
}

async function areOne(db: Queryable, friend: readonly string[], sponsor: readonly string[]): Promise<boolean> {
  return friend.some((id) => sponsor.includes(id)) || (await haveInCommon(db, friend, sponsor))
}

const batch = 200

/**
 * Rewards those whose friend’s first order is paid, kept and certain: both, once, by the programme in force. Looked at again whether they
 * are two, since more is known of them now.
 */
export async function settleReferrals(ctx: Ctx): Promise<void> {
  for (let after: string | null = null; ;) {
    const waiting: ReferralRow[] = await waitingReferrals(ctx.db, after, batch)
    const byFriend = new Map(waiting.map((row) => [row.friend_id, row]))
    const brought = (await familiesOf(ctx.db, [...byFriend.keys()])).flatMap(({ id, member_id }) => {
      const row = byFriend.get(id)
      return row ? [{ friend_id: id, member_id, claimed_at: row.claimed_at }] : []
    })
    for (const { friend_id, ripe_id } of await ripeAmong(ctx.db, brought)) {
      const row = byFriend.get(friend_id)
      if (row) await inTransaction(ctx.db, (tx) => settle(ctx, tx, { ...row, ripe_id }))
    }
    if (waiting.length < batch) return
    after = waiting.at(-1)?.friend_id ?? null
  }
}

async function settle(ctx: Ctx, tx: Tx, row: ReferralRow & { ripe_id: string }): Promise<void> {
  const programme = await currentProgramme(tx)
  if (!programme) return
  const [friend, sponsor] = [await membersOf(tx, row.friend_id), await membersOf(tx, row.sponsor_id)]
  const member = (await membershipsOf(tx, sponsor))[0]
  // It waits while the data of one of them may only be kept.
  if (await areRestricted(tx, [...friend, ...sponsor])) return
  const self = await areOne(tx, friend, sponsor)
  const reason = self ? 'self' : member ? null : 'not_member'
  const now = ctx.clock.now()
  const ended = {
    friendId: row.friend_id,
    state: reason ? 'void' : 'rewarded',
    reason,
    orderId: row.ripe_id,
    now,
  } as const
  if (!(await settleReferral(tx, ended)) || !member || reason) return
  const { referral, expiryMonths } = programme.rule
  const given = [
    { owner: member.party_id, points: referral?.sponsorPoints ?? 0 },
    { owner: row.friend_id, points: referral?.friendPoints ?? 0 },
  ].filter(({ points }) => points > 0)
  await insertTransfers(
    tx,
    'point',
    given.map(({ owner, points }) => {
      const id = ctx.ids.next()
      return {
        owner_id: owner,
        id,
        from_account: 'points_referral',
        to_account: 'points',
        amount: BigInt(points),
        cause: 'referral',
        subject_id: null,
        lot_id: id,
        expires_at: endOf(now, expiryMonths),
        note: null,
        actor: null,
        booked_at: now,
      }
    }),
  )
}
