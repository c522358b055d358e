import { earnedPoints } from '@ecluse/contracts/loyalty-points.ts'
import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { membersOf } from '../customers/public.ts'
import { keptOrders, type KeptOrder } from '../orders/public.ts'
import { insertTransfers, type Transfer } from '../payments/public.ts'
import { stepsTo, type Booked, type Step } from './domain/book-earning.ts'
import { endOf } from './domain/days.ts'
import { tierStanding } from './domain/tiers.ts'
import { followTiers } from './follow-tiers.ts'
import {
  bookedOf,
  categoriesOfVariants,
  earningOrders,
  purchasesOf,
  updateEarnings,
  type EarningRow,
} from './queries/earnings.ts'
import { lockEarnings, lockMemberships } from './queries/locks.ts'
import { programmesOf } from './queries/programmes.ts'

/**
 * Counts what orders earn from what is kept of them now, and books what the ledger does not say yet: done again, it books nothing.
 * Orders that earn nothing cost one statement for all of them.
 *
 * @param claimed those that were just claimed with a card, and were never counted
 */
export async function countEarnings(
  ctx: Ctx,
  tx: Tx,
  orderIds: readonly string[],
  claimed: ReadonlySet<string> = new Set(),
): Promise<void> {
  const earning = await earningOrders(tx, orderIds)
  if (earning.length === 0) return
  const fresh = new Set(earning.filter((one) => one.fresh || claimed.has(one.order_id)).map((one) => one.order_id))
  const rows = await lockEarnings(
    tx,
    earning.map(({ order_id }) => order_id),
  )
  const owners = [...new Set(rows.map(({ party_id }) => party_id))]
  await lockMemberships(tx, owners)
  const rules = await programmesOf(tx, [...new Set(rows.map(({ version }) => version))])
  const kept = new Map((await keptOrders(ctx, tx, ids(rows))).map((order) => [order.orderId, order]))
  const variantIds = [...new Set([...kept.values()].flatMap(({ lines }) => lines.map(({ variantId }) => variantId)))]
  const categories = await categoriesOfVariants(tx, variantIds)
  const booked = await readBooked(tx, owners, rows)
  const counted: EarningRow[] = []
  const transfers: Transfer[] = []
  for (const row of rows.toSorted((a, b) => a.placed_at.getTime() - b.placed_at.getTime())) {
    const order = kept.get(row.order_id)
    const rule = rules.get(row.version)
    if (!order || !rule) continue
    const tierPercent = fresh.has(row.order_id) ? await percentOf(tx, rule, row, counted) : row.tier_percent
    const next = countOrder(ctx, { ...row, tier_percent: tierPercent }, rule, order, categories)
    counted.push(next)
    const steps = stepsTo(next.points, booked.get(row.order_id) ?? nothing, next.active)
    transfers.push(...steps.map((step) => transferOf(ctx, next, rule, step)))
  }
  await insertTransfers(tx, 'point', transfers)
  await updateEarnings(tx, counted)
  await followTiers(ctx, tx, owners)
}

const ids = (rows: readonly EarningRow[]): string[] => rows.map(({ order_id }) => order_id)
const nothing: Booked = { pending: 0n, activated: 0n, reversed: 0n, expired: 0n }

/** What an order earns as it is now, and when that is certain. */
function countOrder(
  ctx: Ctx,
  row: EarningRow,
  rule: LoyaltyRule,
  order: KeptOrder,
  categories: ReadonlyMap<string, string[]>,
): EarningRow {
  const lines = order.lines.map(({ variantId, minor }) => ({
    minor: Number(minor),
    categoryCodes: categories.get(variantId) ?? [],
  }))
  const { points } = earnedPoints(rule, { channelCode: order.channelCode, tierPercent: row.tier_percent, lines })
  const maturesAt = rule.activation === 'received' ? order.receivedAt : order.returnUntil
  return {
    ...row,
    points: BigInt(points),
    kept_minor: order.lines.reduce((sum, { minor }) => sum + minor, 0n),
    // What became active once stays it, whatever is sent again later.
    matures_at: row.active ? row.matures_at : maturesAt,
    active: row.active || (maturesAt !== null && maturesAt < ctx.clock.now()),
  }
}

/** The rate of the tier somebody had as they bought, this purchase not counted. */
async function percentOf(tx: Tx, rule: LoyaltyRule, row: EarningRow, counted: readonly EarningRow[]): Promise<number> {
  if (rule.tiers.length === 0) return 100
  const members = await membersOf(tx, row.party_id)
  const written = await purchasesOf(tx, members)
  const just = new Map(counted.map((one) => [one.order_id, one.kept_minor]))
  const before = written
    .filter((one) => one.order_id !== row.order_id && one.placed_at <= row.placed_at)
    .map((one) => ({ placedAt: one.placed_at, keptMinor: just.get(one.order_id) ?? one.kept_minor }))
  return rule.tiers[tierStanding(rule, before, row.placed_at).tier]?.percent ?? 100
}

async function readBooked(
  tx: Tx,
  owners: readonly string[],
  rows: readonly EarningRow[],
): Promise<Map<string, Booked>> {
  const sums = new Map<string, bigint>()
  for (const { owner_id, subject_id, cause, amount } of await bookedOf(tx, owners, ids(rows)))
    sums.set(`${owner_id} ${subject_id} ${cause}`, amount)
  return new Map(
    rows.map((row) => {
      const of = (cause: string): bigint => sums.get(`${row.party_id} ${row.order_id} ${cause}`) ?? 0n
      return [
        row.order_id,
        {
          pending: of('earned') - of('unearned') - of('activated'),
          activated: of('activated'),
          reversed: of('reversed'),
          expired: of('expired') - of('restored'),
        },
      ]
    }),
  )
}

const accounts = {
  earned: ['points_given', 'points_pending'],
  unearned: ['points_pending', 'points_given'],
  activated: ['points_pending', 'points'],
  reversed: ['points', 'points_given'],
  restored: ['points_expired', 'points'],
} as const

function transferOf(ctx: Ctx, row: EarningRow, rule: LoyaltyRule, { cause, amount }: Step): Transfer {
  const [from, to] = accounts[cause]
  const certain = row.matures_at ?? ctx.clock.now()
  return {
    owner_id: row.party_id,
    id: ctx.ids.next(),
    from_account: from,
    to_account: to,
    amount,
    cause,
    subject_id: row.order_id,
    lot_id: cause === 'earned' || cause === 'unearned' ? null : row.order_id,
    // Counted from the day they became certain, however late that was noticed.
    expires_at: cause === 'activated' ? endOf(certain, rule.expiryMonths) : null,
    note: null,
    actor: null,
    booked_at: ctx.clock.now(),
  }
}
