import { Temporal } from 'temporal-polyfill'
import type { JourneyEntry } from '@ecluse/contracts/journey-graph.ts'

const homeZone = 'Europe/Paris'

/** When a segment is next taken in: at publication, or at the next of its dates that is not past. Null: whoever comes by themselves. */
export function firstIntake(entry: JourneyEntry, now: Date): Date | null {
  if (entry.kind === 'segment') return entry.when === 'now' ? now : null
  if (entry.kind === 'event') return null
  const at = new Date(entry.at)
  return at >= now || entry.every === 'once' ? at : nextIntake(entry, at, now)
}

/** The date of an entry that comes after one that has come; by the calendar of the firm, so that ten o’clock stays ten o’clock. */
export function nextIntake(entry: JourneyEntry, last: Date, now: Date): Date | null {
  if (entry.kind !== 'date' || entry.every === 'once') return null
  const first = Temporal.Instant.fromEpochMilliseconds(Date.parse(entry.at)).toZonedDateTimeISO(homeZone)
  const after = Math.max(last.getTime(), now.getTime() - 1)
  // Counted from the first each time: the 31st stays the 31st where a month has one.
  for (let nth = 1; ; nth++) {
    const at = first.add({ [`${entry.every}s`]: nth }).epochMilliseconds
    if (at > after) return new Date(at)
  }
}
