const dayMs = 86_400_000

/** A line that keeps its height until the next point, and ends at `end`. */
export function stepPath(points: readonly (readonly [x: number, y: number])[], end: number): string {
  const [first, ...rest] = points
  if (!first) return ''
  return [`M${first[0]} ${first[1]}`, ...rest.map(([x, y]) => `H${x} V${y}`), `H${end}`].join(' ')
}

export type TimeAxis = {
  /** Where a date of the steps is, in the drawing. */
  x(date: string): number
  readonly end: number
  /** Dates that are named, none so near the one before that they would touch. */
  readonly labels: readonly { readonly x: number; readonly date: string }[]
}

/** An axis from the first date to some days after the last, so that the last step is seen too. */
export function timeAxis(dates: readonly string[], left: number, right: number): TimeAxis {
  const from = Date.parse(dates[0] ?? '')
  const last = Date.parse(dates.at(-1) ?? '')
  const span = Math.max(dayMs, last - from) * 1.15
  const x = (date: string): number => left + ((Date.parse(date) - from) / span) * (right - left)
  const labels: { x: number; date: string }[] = []
  for (const date of dates) {
    const before = labels.at(-1)
    // The first begins at its place, the others stand around theirs.
    const room = labels.length === 1 ? 150 : 110
    if (!before || x(date) - before.x > room) labels.push({ x: x(date), date })
  }
  return { x, end: right, labels }
}
