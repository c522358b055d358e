/** Days are those of the company's clocks, as the server counts them, wherever the reader is. */
const timeZone = 'Europe/Paris'

/** The company's day of an instant: `2026-11-22`. */
export function dayOf(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant)
}

/** When a day of the company begins. Clocks change at one o’clock UTC: the day’s first offset is that of UTC’s midnight. */
export function startOfDay(day: string): Date {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(`${day}T00:00:00Z`),
  )
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.slice('GMT'.length)
  return new Date(`${day}T00:00:00${offset || 'Z'}`)
}

/** When the day after begins. */
export function endOfDay(day: string): Date {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return startOfDay(next.toISOString().slice(0, 10))
}
