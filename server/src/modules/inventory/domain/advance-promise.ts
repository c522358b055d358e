import { availableToPromise, earliestFor, unitsBy } from './available-to-promise.ts'

/** That an article is sold before it is there: against what suppliers owe to a place, or with a date somebody states. */
export type AdvanceRule = {
  readonly kind: 'pre_order' | 'back_order'
  readonly placeId: string
  readonly basis: 'inbound' | 'stated'
  /** Most units promised beyond what is there; null: as many as are to come. */
  readonly limitUnits: number | null
  /** The day of release of a pre-order, `YYYY-MM-DD`. */
  readonly shipsOn: string | null
  /** Days a back-order takes, where somebody states them. */
  readonly delayDays: number | null
  /** What suppliers owe to the place, with its day; nothing for a stated date. */
  readonly arrivals: readonly { readonly on: string; readonly units: number }[]
}

/** The rules of an article in a channel. */
export type AdvanceRules = { readonly preOrder: AdvanceRule | null; readonly backOrder: AdvanceRule | null }

/** When units can be promised for, and how many beyond what is there may be promised by then. */
export type AdvancePromise = { readonly shipsOn: string; readonly ahead: number }

const dayMs = 86_400_000
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/**
 * The first day for which so many units can be promised by a rule. Whoever asked before is served before: what is promised
 * already is taken from what comes first.
 * @param free units at the place that nobody was promised; less than nothing when more is promised than is there
 * @param today `YYYY-MM-DD`
 * @returns null when neither what is to come nor the limit suffices
 */
export function advancePromise(rule: AdvanceRule, units: number, free: number, today: string): AdvancePromise | null {
  const most = rule.limitUnits ?? Infinity
  if (rule.basis === 'stated') {
    if (free + most < units) return null
    const day = rule.delayDays === null ? today : dateOf(Date.parse(today) + rule.delayDays * dayMs)
    return { shipsOn: later(day, rule.shipsOn), ahead: most }
  }
  const promisable = { steps: stepsOf(rule, free, today) }
  const earliest = earliestFor(promisable, units)
  if (earliest === null) return null
  const shipsOn = later(dateOf(earliest), rule.shipsOn)
  // What has come by the day of release counts too, whichever day it came.
  const ahead = Math.min(most, arrivedBy(rule, shipsOn, today))
  return free + ahead < units ? null : { shipsOn, ahead }
}

/** How many units could be promised by a rule in all. */
export function mostAhead(rule: AdvanceRule, free: number, today: string): number {
  const most = rule.limitUnits ?? Infinity
  const toCome = rule.basis === 'stated' ? most : Math.min(most, arrivedBy(rule, '9999-12-31', today))
  return Math.max(0, free + toCome)
}

/** Whether an article is not released yet, so that all that is sold of it is sold ahead. */
export function isBeforeRelease(rules: AdvanceRules, today: string): boolean {
  return rules.preOrder?.shipsOn != null && today < rules.preOrder.shipsOn
}

function stepsOf({ arrivals }: AdvanceRule, free: number, today: string) {
  const inbound = arrivals.map(({ on, units }) => ({ atMs: Date.parse(on), units }))
  const now = { onHand: free, committed: 0, held: 0, safety: 0, channelBuffer: 0, unrouted: 0 }
  return availableToPromise({ ...now, inbound, datedDemand: [] }, Date.parse(today)).steps
}

/** Units to come by a day, without what is overdue. */
function arrivedBy(rule: AdvanceRule, by: string, today: string): number {
  return unitsBy({ steps: stepsOf(rule, 0, today) }, Date.parse(by))
}

function later(a: string, b: string | null): string {
  return b !== null && b > a ? b : a
}

/** A promise that waits for its goods. */
export type WaitingUnits = {
  readonly units: number
  readonly shipsOn: string | null
  readonly releasedOn: string | null
}

/**
 * What becomes of promises that wait, the oldest first: whose goods are there now, and by which day those of the others are known
 * to come. Nobody overtakes: what is there for a later promise waits with it until the earlier one is served.
 * @param there units at the place that are promised to nobody else
 * @returns for each: `now`, a day, or null when nothing known to come will serve it
 */
export function serveInTurn(
  waiting: readonly WaitingUnits[],
  there: number,
  arrivals: AdvanceRule['arrivals'],
  today: string,
): ('now' | string | null)[] {
  const coming = arrivals.filter(({ on }) => on >= today).toSorted((a, b) => (a.on < b.on ? -1 : 1))
  let asked = 0
  return waiting.map(({ units, releasedOn }) => {
    asked += units
    const released = releasedOn === null || releasedOn <= today
    if (asked <= there) return released ? 'now' : releasedOn
    let have = there
    for (const { on, units: more } of coming) {
      have += more
      if (have >= asked) return later(on, releasedOn)
    }
    return null
  })
}
