import { requireFinite, requireRange, Unanswerable } from '../unanswerable.ts'

/**
 * Ways to a purchase, packed for a million of them: journey `j` touched `touches[starts[j]] … touches[starts[j + 1] − 1]` in this
 * order (indices of `channels`). A row may stand for many alike journeys: so many converted, with this value, so many did not.
 */
export interface Journeys {
  channels: readonly string[]
  starts: Int32Array
  touches: Uint16Array
  /** How long before the end of the journey each touch was, in any unit; where unknown, time decay counts touches. */
  ages?: Float64Array | undefined
  conversions: Float64Array
  losses: Float64Array
  values: Float64Array
}

/** One journey, or many alike, as a file or a query gives it. */
export interface JourneyRow {
  path: readonly string[]
  conversions: number
  losses: number
  value?: number
  ages?: readonly number[]
}

/** Packs journeys; channels in order of their first appearance unless given. A journey without a touch is refused. */
export function packJourneys(rows: readonly JourneyRow[], known: readonly string[] = []): Journeys {
  if (rows.length === 0) throw new Unanswerable('empty')
  const indices = new Map(known.map((channel, at) => [channel, at]))
  const total = rows.reduce((sum, { path }) => sum + path.length, 0)
  const timed = rows.every(({ ages, path }) => ages?.length === path.length)
  const packed = {
    starts: new Int32Array(rows.length + 1),
    touches: new Uint16Array(total),
    ages: timed ? new Float64Array(total) : undefined,
    conversions: Float64Array.from(rows, ({ conversions }) => conversions),
    losses: Float64Array.from(rows, ({ losses }) => losses),
    values: Float64Array.from(rows, ({ value, conversions }) => value ?? conversions),
  }
  let position = 0
  rows.forEach(({ path, ages }, row) => {
    if (path.length === 0) throw new Unanswerable('too_few', { what: 'touches', have: 0, need: 1 })
    packed.starts[row] = position
    path.forEach((channel, at) => {
      let index = indices.get(channel)
      if (index === undefined) indices.set(channel, (index = indices.size))
      packed.touches[position] = index
      if (packed.ages) packed.ages[position] = ages![at]!
      position++
    })
  })
  packed.starts[rows.length] = position
  requireRange('channels', indices.size, 1, 65_535)
  const journeys = { ...packed, channels: [...indices.keys()] }
  requireJourneys(journeys)
  return journeys
}

/** Refuses journeys of which nothing can be attributed: no purchase among them, or counts that are no counts. */
export function requireJourneys({ conversions, losses, values, ages }: Journeys): void {
  if (conversions.length === 0) throw new Unanswerable('empty')
  let sold = 0
  for (const [column, counts] of Object.entries({ conversions, losses, values, ages: ages ?? [] })) {
    requireFinite(column, counts)
    for (let at = 0; at < counts.length; at++) if (counts[at]! < 0) requireRange(column, counts[at]!, 0)
  }
  for (let journey = 0; journey < conversions.length; journey++) sold += conversions[journey]!
  if (sold === 0) throw new Unanswerable('too_few', { what: 'conversions', have: 0, need: 1 })
}

/** What each channel is credited with; the sums are those of the journeys. */
export interface Credit {
  conversions: Float64Array
  values: Float64Array
}

export const noCredit = ({ channels }: Pick<Journeys, 'channels'>): Credit => ({
  conversions: new Float64Array(channels.length),
  values: new Float64Array(channels.length),
})

/** Shares that sum to 1, turned into conversions and value. */
export function creditByShares(journeys: Journeys, shares: Float64Array): Credit {
  const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0)
  const [sold, worth] = [sum(journeys.conversions), sum(journeys.values)]
  return { conversions: shares.map((share) => share * sold), values: shares.map((share) => share * worth) }
}
