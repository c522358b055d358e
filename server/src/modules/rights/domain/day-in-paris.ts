import { Temporal } from 'temporal-polyfill'

/** The day a moment is in Paris, as `2026-03-02`. */
export function dayInParis(at: Date): string {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Paris')
  return there.toPlainDate().toString()
}
