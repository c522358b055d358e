import type { LoyaltyMember, LoyaltyRule, LoyaltyStanding, PointMovement } from '@ecluse/contracts/loyalty.ts'
import { pointCauses } from '@ecluse/contracts/loyalty.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { membersOf, partyById, partyOfKey } from '../customers/public.ts'
import { transfersOf, viewVoucher, vouchersByIds, type Transfer } from '../payments/public.ts'
import { effectOf, ended, spendable, standingOf } from './domain/lots.ts'
import { tierStanding } from './domain/tiers.ts'
import { numbersOf, purchasesOf } from './queries/earnings.ts'
import { membershipsOf } from './queries/members.ts'
import { partnersOfOperations } from './queries/partner-operations.ts'
import { currentProgramme } from './queries/programmes.ts'

const currency = 'EUR'
const mostMovements = 200

/**
 * Card, points, tier and statement of a customer: sums over everybody who was merged into them, so that taking a merge back gives each
 * what was theirs.
 * @returns null for who is no member
 */
export async function readMember(ctx: Ctx, db: Queryable, customerId: string): Promise<LoyaltyMember | null> {
  const customer = await partyById(db, customerId)
  const programme = await currentProgramme(db)
  if (!customer || !programme) return null
  const members = await membersOf(db, customer.id)
  const [membership] = await membershipsOf(db, members)
  if (!membership) return null
  const { rule } = programme
  const now = ctx.clock.now()
  const transfers = await transfersOf(db, 'point', members)
  const standing = standingOf(transfers)
  const active = spendable(standing, now)
  const over = new Set(ended(standing.lots, now))
  return {
    customerId: customer.id,
    name: customer.name,
    cardNumber: membership.card_number,
    joinedAt: membership.joined_at.toISOString(),
    joinedIn: membership.channel_code,
    points: {
      active: Number(active),
      pending: Number(standing.pending),
      expiring: standing.lots.flatMap((lot) =>
        lot.expiresAt === null || over.has(lot) ? [] : [{ points: Number(lot.left), at: lot.expiresAt.toISOString() }],
      ),
    },
    spendable: {
      rewards: active > 0n ? Number(active / BigInt(rule.reward.points)) : 0,
      each: { points: rule.reward.points, value: toMoney(BigInt(rule.reward.valueMinor), currency) },
    },
    standing: await standingIn(ctx, db, rule, members),
    vouchers: await vouchersFor(ctx, db, transfers),
    movements: await movementsOf(db, transfers),
  }
}

/**
 * The member a card was given to.
 * @throws loyalty.card_unknown
 */
export async function memberOfCard(db: Queryable, cardNumber: string): Promise<string> {
  const partyId = await partyOfKey(db, 'card', cardNumber)
  if (partyId === undefined || (await membershipsOf(db, await membersOf(db, partyId))).length === 0)
    throw refuse('loyalty.card_unknown')
  return partyId
}

/** The tier customers have today by what they bought, and what it takes to keep it or to rise. */
async function standingIn(
  ctx: Ctx,
  db: Queryable,
  rule: LoyaltyRule,
  members: readonly string[],
): Promise<LoyaltyStanding> {
  const purchases = (await purchasesOf(db, members)).map((one) => ({
    placedAt: one.placed_at,
    keptMinor: one.kept_minor,
  }))
  const stands = tierStanding(rule, purchases, ctx.clock.now())
  const tier = rule.tiers[stands.tier]
  const above = rule.tiers[stands.tier + 1]
  const { heldUntil, missingToKeep, missingToRise } = stands
  return {
    tier: tier ? { code: tier.code, name: tier.name } : null,
    spent: toMoney(stands.spentMinor, currency),
    heldUntil: heldUntil?.toString() ?? null,
    toKeep:
      heldUntil && missingToKeep !== null
        ? { missing: toMoney(missingToKeep, currency), by: heldUntil.toString() }
        : null,
    next: above && missingToRise !== null ? { name: above.name, missing: toMoney(missingToRise, currency) } : null,
    benefits: tier?.benefits ?? [],
  }
}

async function vouchersFor(
  ctx: Ctx,
  db: Queryable,
  transfers: readonly Transfer[],
): Promise<LoyaltyMember['vouchers']> {
  const points = new Map<string, bigint>()
  for (const { cause, subject_id: voucherId, amount } of transfers)
    if (cause === 'spent' && voucherId !== null) points.set(voucherId, (points.get(voucherId) ?? 0n) + amount)
  const rows = points.size === 0 ? [] : await vouchersByIds(db, [...points.keys()])
  const now = ctx.clock.now()
  return rows
    .filter((row) => row.balance_minor > 0n && row.expires_at > now)
    .map((row) => {
      const { code, issued, balance, expiresAt } = viewVoucher(row, now)
      return { code, points: Number(points.get(row.id) ?? 0n), issued, balance, expiresAt }
    })
}

async function movementsOf(db: Queryable, transfers: readonly Transfer[]): Promise<PointMovement[]> {
  // What was set aside and then taken changes nothing any more as it is taken.
  const latest = transfers
    .filter(({ cause }) => cause !== 'partner_committed')
    .slice(-mostMovements)
    .toReversed()
  const subjects = latest.flatMap(({ subject_id }) => (subject_id === null ? [] : [subject_id]))
  const numbers = subjects.length === 0 ? new Map<string, string>() : await numbersOf(db, [...new Set(subjects)])
  const atPartners = latest.flatMap(({ cause, subject_id: id }) => (id !== null && atPartner(cause) ? [id] : []))
  const partners = atPartners.length === 0 ? [] : await partnersOfOperations(db, atPartners)
  const operations = new Map(partners.map((one) => [one.id, one]))
  return latest.map((transfer) => {
    const number = numbers.get(transfer.subject_id ?? '')
    const operation = operations.get(transfer.subject_id ?? '')
    return {
      id: transfer.id,
      at: transfer.booked_at.toISOString(),
      cause: causeOf(transfer.cause, operation?.state),
      active: Number(effectOf(transfer, 'points')),
      pending: Number(effectOf(transfer, 'points_pending')),
      order: transfer.subject_id !== null && number !== undefined ? { id: transfer.subject_id, number } : null,
      partner: operation?.name ?? null,
      expiresAt: transfer.expires_at?.toISOString() ?? null,
      note: transfer.note,
      actor: transfer.actor,
    }
  })
}

const atPartner = (cause: string): boolean => cause.startsWith('partner_')

/** What was set aside and then taken is spent. */
function causeOf(booked: string, state: string | undefined): PointMovement['cause'] {
  if (booked === 'partner_held' && state === 'done') return 'partner_spent'
  return pointCauses.find((cause) => cause === booked) ?? 'adjusted'
}
