import type { Summary } from './purchase-days.ts'

/** For each figure, the values from which on the score is 2, 3, 4 and 5; null where nobody has that score. */
export type Thresholds = Readonly<Record<'recency' | 'frequency' | 'monetary', readonly (number | null)[]>>
export type Scores = { readonly recency: number; readonly frequency: number; readonly monetary: number }

/** With fewer customers than fifths, a fifth means nothing. */
const fewestScored = 5

/**
 * Where the fifths of recency, frequency and value begin (J. Hughes 1994, Strategic database marketing): a customer's score is one
 * more than the whole fifths of customers strictly below. So whoever is equal has an equal score, and many who bought
 * once all have the score 1. Null with fewer than five customers.
 */
export function thresholdsOf(customers: readonly Summary[]): Thresholds | null {
  if (customers.length < fewestScored) return null
  return {
    recency: fifths(customers.map(({ lastDay }) => lastDay)),
    frequency: fifths(customers.map(({ purchases }) => purchases)),
    monetary: fifths(customers.map(({ spentMinor }) => spentMinor)),
  }
}

function fifths(values: readonly number[]): (number | null)[] {
  const sorted = Float64Array.from(values).sort()
  const from: (number | null)[] = [null, null, null, null]
  let reached = 0
  sorted.forEach((value, below) => {
    if (below > 0 && value === sorted[below - 1]) return
    const whole = Math.floor((5 * below) / sorted.length)
    while (reached < whole) from[reached++] = value
  })
  return from
}

export function scoresOf({ lastDay, purchases, spentMinor }: Summary, thresholds: Thresholds): Scores {
  const score = (value: number, from: readonly (number | null)[]): number =>
    1 + from.filter((least) => least !== null && value >= least).length
  return {
    recency: score(lastDay, thresholds.recency),
    frequency: score(purchases, thresholds.frequency),
    monetary: score(spentMinor, thresholds.monetary),
  }
}
