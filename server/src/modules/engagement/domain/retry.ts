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

/**
 * Whether a message that was given to a mail server may have left although something failed. It did not when the server answered with a
 * refusal, nor when nobody was reached; a connection that breaks without an answer says nothing, and what fails after it, neither.
 */
export function mayHaveLeft(error: unknown): boolean {
  const { responseCode, code, syscall, message } = (error ?? {}) as Record<string, unknown>
  if (typeof responseCode === 'number' || syscall === 'connect' || syscall === 'getaddrinfo') return false
  if (code === 'EAUTH' || code === 'EDNS' || code === 'EENVELOPE') return false
  return !/connection timeout|greeting never received/i.test(String(message))
}

/** What is kept of a failure, for people to read. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300)
}
