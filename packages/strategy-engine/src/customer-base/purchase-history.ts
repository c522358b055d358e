import { requireFinite, Unanswerable } from '../unanswerable.ts'

/**
 * What buying models need to know of each customer: how often they came back (`repeats`, x), when last (`lastAt`, t_x) and how long they
 * have been watched (`watchedFor`, T), both since the first purchase, in one unit of time; and what a repeat purchase was worth on
 * average (`meanValue`), where amounts are known.
 */
export interface PurchaseHistory {
  repeats: Float64Array
  lastAt: Float64Array
  watchedFor: Float64Array
  meanValue?: Float64Array
}

/** One customer as the models see them. */
export interface CustomerHistory {
  repeats: number
  lastAt: number
  watchedFor: number
}

/** The different histories and how many customers have each: many bought once on the same day and never again. */
export function groupHistories({ repeats, lastAt, watchedFor }: PurchaseHistory) {
  const groups = new Map<string, { customer: CustomerHistory; count: number }>()
  repeats.forEach((x, at) => {
    const customer = { repeats: x, lastAt: lastAt[at]!, watchedFor: watchedFor[at]! }
    const key = `${x} ${customer.lastAt} ${customer.watchedFor}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { customer, count: 1 })
    else group.count++
  })
  const all = [...groups.values()]
  return { customers: all.map(({ customer }) => customer), counts: Float64Array.from(all, ({ count }) => count) }
}

/** Refuses histories that cannot be: none at all, times out of order, repeats without a time or the other way round. */
export function requireHistory({ repeats, lastAt, watchedFor }: PurchaseHistory): void {
  if (repeats.length === 0) throw new Unanswerable('empty')
  requireFinite('x', repeats)
  requireFinite('t_x', lastAt)
  requireFinite('T', watchedFor)
  repeats.forEach((x, at) => {
    const [last, watched] = [lastAt[at]!, watchedFor[at]!]
    if (!(x >= 0)) throw new Unanswerable('out_of_range', { name: 'x', value: x })
    if (!(watched > 0)) throw new Unanswerable('out_of_range', { name: 'T', value: watched })
    if (!(last >= 0 && last <= watched)) throw new Unanswerable('out_of_range', { name: 't_x', value: last })
    if ((x === 0) !== (last === 0)) throw new Unanswerable('mismatch', { first: `x ${x}`, second: `t_x ${last}` })
  })
  if (!repeats.some((x) => x > 0)) throw new Unanswerable('constant', { column: 'x' })
}

export interface Purchases {
  customers: readonly string[]
  /** Days, counted from anywhere; purchases of one customer on one day are one purchase. */
  days: ArrayLike<number>
  amounts?: ArrayLike<number>
}

/**
 * Histories from purchases up to and including `lastDay` (the last purchase of all unless said). `unit` is how many days the unit of
 * time has: 7 for weeks. Customers who first bought later are left out, as is the value of everybody's first purchase.
 */
export function summarisePurchases(
  { customers, days, amounts }: Purchases,
  { lastDay, unit = 7 }: { lastDay?: number; unit?: number } = {},
): PurchaseHistory {
  if (customers.length === 0) throw new Unanswerable('empty')
  const end = lastDay ?? Array.from(days).reduce((most, day) => Math.max(most, day), -Infinity)
  const byCustomer = new Map<string, Map<number, number>>()
  customers.forEach((customer, row) => {
    const day = Math.floor(days[row]!)
    if (day > end) return
    const own = byCustomer.get(customer) ?? new Map<number, number>()
    byCustomer.set(customer, own.set(day, (own.get(day) ?? 0) + (amounts?.[row] ?? 0)))
  })
  if (byCustomer.size === 0) throw new Unanswerable('empty')
  const histories = [...byCustomer.values()].map((own) => {
    const dates = [...own.keys()].sort((a, b) => a - b)
    const [first, last] = [dates[0]!, dates.at(-1)!]
    const repeats = dates.length - 1
    const spent = dates.slice(1).reduce((sum, day) => sum + own.get(day)!, 0)
    return {
      repeats,
      last: (last - first) / unit,
      watched: (end - first) / unit,
      value: repeats > 0 ? spent / repeats : 0,
    }
  })
  // Who first bought on the very last day has not been watched at all.
  const watched = histories.filter((one) => one.watched > 0)
  return {
    repeats: Float64Array.from(watched, (one) => one.repeats),
    lastAt: Float64Array.from(watched, (one) => one.last),
    watchedFor: Float64Array.from(watched, (one) => one.watched),
    ...(amounts === undefined ? {} : { meanValue: Float64Array.from(watched, (one) => one.value) }),
  }
}
