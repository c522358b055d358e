import { Temporal } from 'temporal-polyfill'
import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { dayOf } from './days.ts'

/** What was bought and kept, in cents, and when. */
export type Purchase = { readonly placedAt: Date; readonly keptMinor: bigint }
type Tiers = Pick<LoyaltyRule, 'tiers' | 'windowMonths'>

/** Where a member stands on a day: the tier's index, −1 for none, and the last day it is held. */
export type TierStanding = {
  readonly tier: number
  readonly heldUntil: Temporal.PlainDate | null
  readonly spentMinor: bigint
  /** What is still to be bought until `heldUntil` to keep the tier; null without one. */
  readonly missingToKeep: bigint | null
  /** What is still to be bought today for the tier above; null at the top. */
  readonly missingToRise: bigint | null
}

/**
 * The tier a member has, computed from their purchases alone, day by day in Paris. It rises on the day the window's purchases reach it and
 * is held to the end of the month a window later; then it is what that window's purchases say. A purchase that came back never counted.
 */
export function tierStanding(rule: Tiers, purchases: readonly Purchase[], now: Date): TierStanding {
  const today = dayOf(now)
  const bought = purchases
    .map(({ placedAt, keptMinor }) => ({ day: dayOf(placedAt), keptMinor }))
    .filter(({ day }) => Temporal.PlainDate.compare(day, today) <= 0)
    .sort((a, b) => Temporal.PlainDate.compare(a.day, b.day))
  const spentUntil = (last: Temporal.PlainDate, known = last): bigint => {
    const first = last.subtract({ months: rule.windowMonths })
    return bought
      .filter(({ day }) => Temporal.PlainDate.compare(day, first) > 0 && Temporal.PlainDate.compare(day, known) <= 0)
      .reduce((sum, { keptMinor }) => sum + keptMinor, 0n)
  }
  let tier = -1
  let heldUntil: Temporal.PlainDate | null = null
  const settleUntil = (day: Temporal.PlainDate): void => {
    while (heldUntil !== null && Temporal.PlainDate.compare(heldUntil, day) < 0) {
      tier = reached(rule, spentUntil(heldUntil))
      heldUntil = tier < 0 ? null : endOfMonth(heldUntil.add({ months: rule.windowMonths }))
    }
  }
  for (const { day } of bought) {
    settleUntil(day)
    const now = reached(rule, spentUntil(day))
    if (now > tier) {
      tier = now
      heldUntil = endOfMonth(day.add({ months: rule.windowMonths }))
    }
  }
  settleUntil(today)
  const spentMinor = spentUntil(today)
  const from = (index: number): bigint | null => {
    const found = rule.tiers[index]
    return found ? BigInt(found.fromMinor) : null
  }
  const own = from(tier)
  const above = from(tier + 1)
  return {
    tier,
    heldUntil,
    spentMinor,
    missingToKeep: own === null || heldUntil === null ? null : atLeastZero(own - spentUntil(heldUntil, today)),
    missingToRise: above === null ? null : atLeastZero(above - spentMinor),
  }
}

function reached({ tiers }: Tiers, minor: bigint): number {
  return tiers.findLastIndex(({ fromMinor }) => minor >= BigInt(fromMinor))
}

const endOfMonth = (day: Temporal.PlainDate): Temporal.PlainDate => day.with({ day: day.daysInMonth })
const atLeastZero = (minor: bigint): bigint => (minor < 0n ? 0n : minor)
