import type { LoyaltyRule } from './loyalty.ts'

/** A line of a sale as a programme sees it: what is kept of it, VAT included, in minor units, and every category it is in. */
export type EarningLine = { readonly minor: number; readonly categoryCodes: readonly string[] }

/** What each line counts: 100 is the ordinary rate, 0 earns nothing. */
export type EarnedPoints = { readonly points: number; readonly percents: readonly number[] }

/**
 * The points a sale earns under a programme. Each line counts at the highest of the rates that are for its categories or its channel,
 * a rate of 0 before all others; the sum is rounded down once, over the whole sale, so that no splitting of lines changes it.
 */
export function earnedPoints(
  rule: Pick<LoyaltyRule, 'pointsPer100Euros' | 'multipliers'>,
  sale: { readonly channelCode: string; readonly tierPercent: number; readonly lines: readonly EarningLine[] },
): EarnedPoints {
  const percents = sale.lines.map((line) => percentOf(rule.multipliers, sale.channelCode, line.categoryCodes))
  const weighed = sale.lines.reduce(
    (sum, { minor }, index) => sum + BigInt(Math.max(0, minor)) * BigInt(percents[index] ?? 100),
    0n,
  )
  // Cents, points for a hundred euros, the line's rate and the tier's: four times a hundred.
  const points = (weighed * BigInt(rule.pointsPer100Euros) * BigInt(sale.tierPercent)) / 100_000_000n
  return { points: Number(points), percents }
}

function percentOf(
  multipliers: LoyaltyRule['multipliers'],
  channelCode: string,
  categoryCodes: readonly string[],
): number {
  const applying = multipliers
    .filter((one) => one.categoryCode === null || categoryCodes.includes(one.categoryCode))
    .filter((one) => one.channelCode === null || one.channelCode === channelCode)
    .map(({ percent }) => percent)
  if (applying.length === 0) return 100
  return applying.includes(0) ? 0 : Math.max(...applying)
}
