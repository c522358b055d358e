const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Pauses before the second attempt and those after it, as Standard Webhooks 1.0 proposes them: three days in all. */
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const
const longestPause = 24 * hour

/** How often an event is tried before it is given up. */
export const mostAttempts = pauses.length + 1

/**
 * How long to wait after an attempt that failed, in milliseconds; null when it was the last. A tenth more or less is chance, so that
 * events that failed together do not come back together.
 * @param attempts made so far, at least one
 * @param chance from 0 to 1
 * @param retryAfterMs what the receiver asked for, if it did
 */
export function pauseAfter(attempts: number, chance: number, retryAfterMs: number | null): number | null {
  const pause = pauses[attempts - 1]
  if (pause === undefined) return null
  const ours = Math.round(pause * (0.9 + 0.2 * chance))
  return Math.max(ours, Math.min(retryAfterMs ?? 0, longestPause))
}

/**
 * How long nobody knocks after so many failures in a row to reach a receiver at all, in milliseconds: a receiver that is down
 * costs one attempt now and then, whatever waits for it.
 */
export function restAfter(failures: number, retryAfterMs: number | null): number {
  const ours = Math.min(second * 2 ** Math.min(failures, 16), 5 * minute)
  return Math.max(ours, Math.min(retryAfterMs ?? 0, longestPause))
}

/** Reads a `Retry-After` header (RFC 9110, 10.2.3): seconds, or a date. In milliseconds, null when there is none to be read. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * second
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}
