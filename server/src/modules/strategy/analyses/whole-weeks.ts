const dayMs = 86_400_000

/** Mondays of the weeks that lie whole in some days and are over by one, and the day the last of them ends on. */
export function wholeWeeks(
  { from, until }: { from: string; until: string },
  today: string,
): { weeks: string[]; from: string; until: string } {
  const first = Date.parse(`${from}T00:00:00Z`)
  const monday = first + ((8 - new Date(first).getUTCDay()) % 7) * dayMs
  const end = Math.min(Date.parse(`${until}T00:00:00Z`) + dayMs, Date.parse(`${today}T00:00:00Z`))
  const count = Math.max(0, Math.floor((end - monday) / (7 * dayMs)))
  const weeks = Array.from({ length: count }, (_, at) => dayText(monday + at * 7 * dayMs))
  return { weeks, from: dayText(monday), until: dayText(monday + (count * 7 - 1) * dayMs) }
}

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10)
