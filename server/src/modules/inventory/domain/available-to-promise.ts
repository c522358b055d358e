/**
 * What can still be promised of one article at one place, or of several taken together:
 * on hand − committed − holds − safety − channel buffer − unrouted + dated inbound. Each term is named so that a screen can
 * show it. Quantities are whole units, instants milliseconds since 1970-01-01 UTC.
 */

/** Units on a date: an arrival, or a promise to be kept then. */
export type UnitsOn = { readonly atMs: number; readonly units: number }

export type PromiseTerms = {
  readonly onHand: number
  /** Sold from what is on hand and not gone yet. */
  readonly committed: number
  /** In carts and reservations that have not expired. */
  readonly held: number
  /** Never promised: display, doubt about the count. */
  readonly safety: number
  /** Kept for other channels than the one that asks. */
  readonly channelBuffer: number
  /** Sold without a place yet: they will be taken from somewhere. */
  readonly unrouted: number
  /** Ordered and not received. What is overdue is not counted on: nobody knows when it comes. */
  readonly inbound: readonly UnitsOn[]
  /** Promised against arrivals (pre-orders, back-orders), in none of the terms above. */
  readonly datedDemand: readonly UnitsOn[]
}

/** The terms that are of today, as a screen adds them up. */
export const todaysTerms = ['onHand', 'committed', 'held', 'safety', 'channelBuffer', 'unrouted'] as const
export type TodaysTerm = (typeof todaysTerms)[number]

/** From an instant on, until the next step. */
export type PromiseStep = {
  readonly fromMs: number
  /** What would be left then if nothing more were promised; may be less than nothing. */
  readonly balance: number
  /** What can be promised for then without breaking a later promise; never less than nothing. */
  readonly available: number
}

export type Promisable = {
  /** Each of today's terms with its sign; they add up to the first step's balance, before what is dated. */
  readonly terms: readonly { readonly term: TodaysTerm; readonly units: number }[]
  /** Arrivals that should have come by now, left out. */
  readonly overdueUnits: number
  /** In order of time; the first is now. What is available never falls from one step to the next. */
  readonly steps: readonly PromiseStep[]
}

/** All that can be promised, now and later. */
export function availableToPromise(terms: PromiseTerms, nowMs: number): Promisable {
  const named = todaysTerms.map((term) => ({ term, units: term === 'onHand' ? terms.onHand : -terms[term] }))
  const changes = new Map<number, number>([[nowMs, 0]])
  const change = (atMs: number, units: number): void => {
    changes.set(atMs, (changes.get(atMs) ?? 0) + units)
  }
  let overdueUnits = 0
  for (const { atMs, units } of terms.inbound) {
    if (atMs < nowMs) overdueUnits += units
    else change(atMs, units)
  }
  // A promise that should have been kept is still owed.
  for (const { atMs, units } of terms.datedDemand) change(Math.max(nowMs, atMs), -units)
  let balance = named.reduce((sum, { units }) => sum + units, 0)
  const balances = [...changes]
    .sort(([a], [b]) => a - b)
    .map(([fromMs, units]) => ({ fromMs, balance: (balance += units) }))
  let least = Infinity
  const steps = balances
    .reverse()
    .map(({ fromMs, balance: then }): PromiseStep => {
      least = Math.min(least, then)
      return { fromMs, balance: then, available: Math.max(0, least) }
    })
    .reverse()
  return { terms: named, overdueUnits, steps }
}

/** How many units can be promised for a date: "how many by D?". A date gone by is now. */
export function unitsBy({ steps }: Pick<Promisable, 'steps'>, atMs: number): number {
  const step = steps.findLast(({ fromMs }) => fromMs <= atMs) ?? steps[0]
  return step?.available ?? 0
}

/**
 * From when so many units can be promised: "when can I have q?".
 * @returns `null` when what is known to come is not enough
 */
export function earliestFor({ steps }: Pick<Promisable, 'steps'>, units: number): number | null {
  return steps.find(({ available }) => available >= units)?.fromMs ?? null
}

/**
 * What is kept back today: no more than there is. Both figures are nothing where all is promised already.
 */
export function keptBackNow({
  onHand,
  committed,
  held,
  safety,
  channelBuffer,
}: Pick<PromiseTerms, Exclude<TodaysTerm, 'unrouted'>>): { safety: number; channelBuffer: number } {
  const free = Math.max(0, onHand - committed - held)
  const kept = Math.min(safety, free)
  return { safety: kept, channelBuffer: Math.min(channelBuffer, free - kept) }
}

/**
 * The steps of a place as a screen shows them: what is kept back never makes a debt, so that each balance is the sum of what
 * there is and of what is kept back then.
 */
export function shownSteps({ steps }: Promisable, keptBack: number): PromiseStep[] {
  return steps.map((step) => {
    const free = step.balance + keptBack
    return { ...step, balance: free <= 0 ? free : Math.max(0, step.balance) }
  })
}

/**
 * Several places together. What was sold without a place will be taken from one of them.
 * @returns steps at each moment at which a place has one
 */
export function addUpPlaces(
  places: readonly (readonly PromiseStep[])[],
  unrouted: number,
  nowMs: number,
): PromiseStep[] {
  const moments = [...new Set([nowMs, ...places.flatMap((steps) => steps.map(({ fromMs }) => fromMs))])].sort(
    (a, b) => a - b,
  )
  return moments.map((fromMs) => {
    const then = places.flatMap((steps) => steps.findLast((step) => step.fromMs <= fromMs) ?? [])
    return {
      fromMs,
      balance: then.reduce((sum, { balance }) => sum + balance, 0) - unrouted,
      available: Math.max(0, then.reduce((sum, { available }) => sum + available, 0) - unrouted),
    }
  })
}
