import { addMonths } from '@ecluse/contracts/objectives.ts'
import { demoShops } from './sites.ts'

/** Whole months before the one whose orders are kept whole, of which former tills tell. */
const pastMonths = 38

/** Shops that opened meanwhile and the application, so many months ago. */
const openedAgo: Readonly<Record<string, number>> = {
  'shop-marseille': 20,
  'shop-rennes': 14,
  'shop-lille': 8,
  mobile: 2,
}

/** How a channel sold in a month of the past, beside today: orders a day, the year through. */
type PastChannel = {
  readonly code: string
  /** The shop it sells in; null for those that sell from afar. */
  readonly shop: string | null
  /** Orders a day today. */
  readonly perDay: number
  /** By how much it grows in a year. */
  readonly growth: number
}

/** Orders a day of shops: the first of all is the best known. */
const ofShops = { large: 0.34, small: 0.2 } as const
const firstShop = 0.55

export const pastChannels: readonly PastChannel[] = [
  { code: 'web', shop: null, perDay: 4.4, growth: 0.22 },
  { code: 'phone', shop: null, perDay: 0.4, growth: -0.12 },
  ...demoShops.map((shop) => ({
    code: `shop-${shop.code}`,
    shop: shop.code,
    perDay: shop.code === 'nantes' ? firstShop : ofShops[shop.size],
    growth: 0.03,
  })),
]

/** Bicycles are bought in spring, and given in December; January first. */
const seasons = [0.66, 0.75, 1, 1.2, 1.34, 1.3, 1.1, 0.92, 1.12, 0.95, 0.84, 1.1]

/** What changed a channel's sales from a month on: a workshop in Nantes, and a town whose web customers found a shop. */
const changes: readonly { code: string; ago: number; times: number }[] = [
  { code: 'shop-nantes', ago: 11, times: 1.6 },
  { code: 'web', ago: openedAgo['shop-marseille'] ?? 0, times: 0.95 },
  { code: 'web', ago: openedAgo['shop-rennes'] ?? 0, times: 0.96 },
]

/** The months of the past, the first one first, each with how long ago it is. */
export function monthsOfPast(today: Date): { month: string; ago: number }[] {
  const present = today.toISOString().slice(0, 7)
  return Array.from({ length: pastMonths + 1 }, (_, at) => {
    const ago = pastMonths - at
    return { month: addMonths(present, -ago), ago }
  })
}

/** From when a channel sold, as `2024-03-01`. */
export function openingDay(code: string, today: Date): string {
  return `${addMonths(today.toISOString().slice(0, 7), -(openedAgo[code] ?? pastMonths))}-01`
}

/** Orders a day that a channel had in a month: its growth, the season, and what changed since; none before it opened. */
export function pastPerDay(
  { code, perDay, growth }: PastChannel,
  { month, ago }: { month: string; ago: number },
): number {
  if (ago > (openedAgo[code] ?? pastMonths)) return 0
  // A shop is found little by little: half of what it will be in its first month.
  const open = (openedAgo[code] ?? Infinity) - ago
  const found = Math.min(1, 0.5 + open / 10)
  const since = changes.reduce(
    (product, one) => (one.code === code && ago > one.ago ? product / one.times : product),
    1,
  )
  return perDay * (1 + growth) ** (-ago / 12) * (seasons[Number(month.slice(5)) - 1] ?? 1) * found * since
}
