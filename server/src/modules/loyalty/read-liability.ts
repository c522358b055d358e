import type { LoyaltyLiability } from '@ecluse/contracts/loyalty.ts'
import type { Queryable } from '../../kernel/db.ts'
import { toMoney } from '../../kernel/money.ts'
import { transferBalances } from '../payments/public.ts'
import { pointsByMonth } from './queries/liability.ts'
import { countMembers } from './queries/members.ts'
import { currentProgramme } from './queries/programmes.ts'

/** What the firm owes its members in points, from the ledger: a balance is a sum. */
export async function readLiability(db: Queryable): Promise<LoyaltyLiability> {
  const balances = new Map((await transferBalances(db, 'point')).map(({ account, balance }) => [account, balance]))
  const of = (account: string): number => Number(balances.get(account) ?? 0n)
  const months = await pointsByMonth(db)
  const programme = await currentProgramme(db)
  const counted = await countMembers(db)
  const held = months.filter(({ owed }) => !owed).reduce((sum, { points }) => sum + points, 0n)
  const reward = programme?.rule.reward
  return {
    members: counted?.members ?? 0,
    active: of('points'),
    pending: of('points_pending'),
    held: of('points_held'),
    worth: reward ? toMoney((held * BigInt(reward.valueMinor)) / BigInt(reward.points), 'EUR') : null,
    owed: Number(months.find(({ owed }) => owed)?.points ?? 0n),
    byMonth: months.flatMap(({ month, points, owed }) =>
      owed || points === 0n ? [] : [{ month, points: Number(points) }],
    ),
    given: -of('points_given') - of('points_adjusted') - of('points_referral') - of('points_partner_given'),
    spent: of('points_spent') + of('points_partner_spent'),
    expired: of('points_expired'),
  }
}
