import type { PastContact } from '../modules/insights/public.ts'
import type { Draw } from './draw-order.ts'

const dayMs = 86_400_000
/** A medium outside of the channels: how often and how much was spent, and what it adds to the orders of a week at the most. */
const media = [
  { name: 'Télévision', source: 'régie', weeksOn: 4, weeksOff: 4, euros: 900, adds: 0.32, left: 0.55 },
  { name: 'Affichage', source: 'régie', weeksOn: 2, weeksOff: 3, euros: 350, adds: 0.1, left: 0.3 },
] as const

export type MediaOfPast = {
  readonly spent: readonly PastContact[]
  /** By how much more was ordered on a day than without, so that the mean over all is one. */
  readonly liftOn: (day: string) => number
}

/** What was spent week by week on television and posters, in waves, and what it did: it lasts for weeks, and wears off. */
export function drawMedia({ first, last }: { first: string; last: string }, draw: Draw): MediaOfPast {
  const start = mondayOf(first)
  const weeks = Math.floor((mondayOf(last) - start) / (7 * dayMs))
  const waves = media.map((medium) => {
    const round = medium.weeksOn + medium.weeksOff
    const late = draw.below(round)
    return Array.from({ length: weeks }, (_, week) =>
      (week + late) % round < medium.weeksOn ? Math.round(medium.euros * (0.4 + 1.2 * draw.float())) : 0,
    )
  })
  const lifts = Array.from({ length: weeks }, (_, week) =>
    media.reduce((lift, { euros, adds, left }, at) => {
      const carried = [0, 1, 2, 3].reduce(
        (sum, lag) => sum + (waves[at]?.[week - lag] ?? 0) * left ** lag * (1 - left),
        0,
      )
      return lift + adds * Math.tanh(carried / euros)
    }, 1),
  )
  const mean = lifts.reduce((sum, lift) => sum + lift, 0) / Math.max(1, weeks)
  return {
    spent: media.flatMap(({ name, source }, at) =>
      (waves[at] ?? []).flatMap((euros, week) =>
        euros > 0 ? [spentOn({ name, source }, start + week * 7 * dayMs, euros)] : [],
      ),
    ),
    liftOn: (day) => (lifts[Math.floor((mondayOf(day) - start) / (7 * dayMs))] ?? mean) / mean,
  }
}

function spentOn({ name, source }: { name: string; source: string }, at: number, euros: number): PastContact {
  return {
    source,
    day: new Date(at).toISOString().slice(0, 10),
    channel_code: '',
    medium: name,
    visits: 0,
    views: 0,
    converted: 0,
    outreach_micro: euros * 1_000_000,
  }
}

function mondayOf(day: string): number {
  const at = Date.parse(day)
  return at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs
}

/** A family of goods is cheaper for two weeks in so many. */
const everyWeeks = 11
const answersBy = -2.2

/** What is left of the price of a family on a day: all of it, or less in the weeks of its offer. */
export function offerOn(family: number, day: string): number {
  const week = Math.floor(mondayOf(day) / (7 * dayMs))
  return (week + family * 3) % everyWeeks < 2 ? 0.82 - 0.03 * (family % 4) : 1
}

/** How likely goods on such an offer are taken, beside the best offer of all. */
export function wantedAt(offer: number): number {
  return (offer / (0.82 - 0.03 * 3)) ** answersBy
}
