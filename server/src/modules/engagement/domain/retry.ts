/** Attempts before a message is given up: the last comes about a day and a half after the first. */
export const mostAttempts = 10

const firstWaitMs = 30_000
const longestWaitMs = 6 * 3600_000

/** How long to wait after the attempt of this number failed: half a minute, then four times as long each time, at most six hours. */
export function waitAfter(attempt: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 4 ** (attempt - 1))
}

/**
 * Whether a mail server refused for good (RFC 5321, 4.2.1: 5yz). A refused password is not: it is ours to mend, and the
 * message can leave afterwards.
 */
export function isRefusedForGood(error: unknown): boolean {
  const { responseCode, code } = (error ?? {}) as { responseCode?: unknown; code?: unknown }
  return typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH' && code !== 'ECONNECTION'
}

/** What is kept of a failure, for people to read. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300)
}
