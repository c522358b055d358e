import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish } from '../../kernel/outbox.ts'
import { membersOf, survivorsOf } from '../customers/public.ts'
import { tierStanding } from './domain/tiers.ts'
import { purchasesOf } from './queries/earnings.ts'
import { membershipsOf, updateTier } from './queries/members.ts'
import { areRestricted } from './queries/partner-operations.ts'
import { currentProgramme } from './queries/programmes.ts'

/** Notes the tier members have now, and tells of those whose changed (`loyalty.tier_changed`). */
export async function followTiers(ctx: Ctx, tx: Tx, partyIds: readonly string[]): Promise<void> {
  const programme = await currentProgramme(tx)
  if (!programme) return
  const roots = new Set((await survivorsOf(tx, partyIds)).values())
  for (const root of [...roots].sort()) {
    const members = await membersOf(tx, root)
    // Whose data may only be kept has no tier counted; it is when that is lifted.
    if (await areRestricted(tx, members)) continue
    const purchases = (await purchasesOf(tx, members)).map((one) => ({
      placedAt: one.placed_at,
      keptMinor: one.kept_minor,
    }))
    const { tier } = tierStanding(programme.rule, purchases, ctx.clock.now())
    const code = programme.rule.tiers[tier]?.code ?? null
    const [before] = await membershipsOf(tx, members)
    if (!before || !(await updateTier(tx, members, code))) continue
    const payload = { partyId: root, from: before.tier, to: code }
    await publish(tx, ctx, [{ type: 'loyalty.tier_changed', version: 1, aggregateId: root, payload, patient: true }])
  }
}
