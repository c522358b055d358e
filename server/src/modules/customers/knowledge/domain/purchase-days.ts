/** One customer and the days, from 1970 on, on which they bought; with what each day was worth after cancellations and returns, in cents. */
export type PurchaseDays = readonly [partyId: string, days: readonly number[], worthMinor: readonly number[]]

/** What is computed from, of one customer: the figures of recency, frequency and value. */
export type Summary = {
  readonly partyId: string
  /** Days with a purchase: two orders of one day are one. */
  readonly purchases: number
  readonly firstDay: number
  readonly lastDay: number
  readonly spentMinor: number
  /** Worth of a purchase on average, the first left out; 0 without a second. */
  readonly repeatMeanMinor: number
}

/** What was known of a customer on a day; undefined when nothing was bought until then. Days are in their order. */
export function summaryUntil([partyId, days, worthMinor]: PurchaseDays, lastDay = Infinity): Summary | undefined {
  const later = days.findIndex((day) => day > lastDay)
  const count = later === -1 ? days.length : later
  const [first, last] = [days[0], days[count - 1]]
  if (first === undefined || last === undefined) return undefined
  const spentMinor = worthMinor.slice(0, count).reduce((sum, one) => sum + one, 0)
  return {
    partyId,
    purchases: count,
    firstDay: first,
    lastDay: last,
    spentMinor,
    repeatMeanMinor: count > 1 ? (spentMinor - (worthMinor[0] ?? 0)) / (count - 1) : 0,
  }
}

/** As the models see a customer: repeats, and weeks since the first purchase. */
export function historyOf({ purchases, firstDay, lastDay }: Summary, asOf: number) {
  return {
    repeats: purchases - 1,
    lastAt: (lastDay - firstDay) / 7,
    watchedFor: Math.max(0, asOf - firstDay) / 7,
  }
}
