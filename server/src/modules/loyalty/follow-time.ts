import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { readSetting, writeSetting } from '../../kernel/settings.ts'
import { membersOf } from '../customers/public.ts'
import { countEarnings } from './count-earnings.ts'
import { dayOf } from './domain/days.ts'
import { settleExpired } from './expire-points.ts'
import { followTiers } from './follow-tiers.ts'
import { releaseHolds } from './partners/move-points.ts'
import { matureOrders } from './queries/earnings.ts'
import { settleReferrals } from './referral/refer-friends.ts'
import { lockMemberships } from './queries/locks.ts'
import { endingOwners, membersAfter } from './queries/members.ts'

const batch = 200
const setting = 'loyalty.followed'
type Followed = { endedUntil: string; tiersOn: string }

/**
 * What time alone changes: orders that are certain now, points whose time is over, and, once a day, tiers whose period is over. Cut short,
 * it goes on where it was; done again, it changes nothing.
 */
export async function followTime(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  await activate(ctx, now)
  await releaseHolds(ctx)
  await settleReferrals(ctx)
  const before = await readSetting<Followed>(ctx.db, setting)
  for (const ownerId of await endingOwners(ctx.db, new Date(before?.endedUntil ?? 0), now))
    await inTransaction(ctx.db, async (tx) => {
      await lockMemberships(tx, [ownerId])
      await settleExpired(ctx, tx, await membersOf(tx, ownerId))
    })
  const today = dayOf(now).toString()
  if (before?.tiersOn !== today) await lookAtTiers(ctx)
  await inTransaction(ctx.db, (tx) =>
    writeSetting(tx, setting, { endedUntil: now.toISOString(), tiersOn: today } satisfies Followed),
  )
}

async function activate(ctx: Ctx, now: Date): Promise<void> {
  while (true) {
    const due = await matureOrders(ctx.db, now, batch)
    if (due.length === 0) return
    await inTransaction(ctx.db, (tx) => countEarnings(ctx, tx, due))
  }
}

async function lookAtTiers(ctx: Ctx): Promise<void> {
  let after: string | null = null
  while (true) {
    const partyIds: string[] = await membersAfter(ctx.db, after, batch)
    const last = partyIds.at(-1)
    if (last === undefined) return
    await inTransaction(ctx.db, (tx) => followTiers(ctx, tx, partyIds))
    after = last
  }
}
