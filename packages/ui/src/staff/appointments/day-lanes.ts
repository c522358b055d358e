/** Something that takes a stretch of a day. */
type Timed = { readonly startsAt: string; readonly endsAt: string }

/** Puts what overlaps side by side: the lane of each, the first that is free then, and how many lanes there are. */
export function lanesOf<T extends Timed>(items: readonly T[]): { item: T; lane: number }[] {
  const until: string[] = []
  return [...items]
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
    .map((item) => {
      const free = until.findIndex((end) => end <= item.startsAt)
      const lane = free < 0 ? until.length : free
      until[lane] = item.endsAt
      return { item, lane }
    })
}

/** The hours of a day that are drawn, whole ones around everything that is open or booked. */
export function hoursShown(
  items: readonly Timed[],
  hoursOf: (instant: string) => number,
  opening: readonly { opens: string; closes: string }[],
): { first: number; last: number } {
  const begins = [...opening.map(({ opens }) => timeOf(opens)), ...items.map(({ startsAt }) => hoursOf(startsAt))]
  const ends = [...opening.map(({ closes }) => timeOf(closes)), ...items.map(({ endsAt }) => hoursOf(endsAt))]
  if (begins.length === 0) return { first: 9, last: 19 }
  const first = Math.floor(Math.min(...begins))
  return { first, last: Math.max(first + 1, Math.ceil(Math.max(...ends))) }
}

/** “09:30” in hours. */
function timeOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number)
  return hour + minute / 60
}
