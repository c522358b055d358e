/**
 * Whether an error is an expected refusal of better-auth (a 4xx of its own) rather than a failure.
 * Told by its shape, so that the library need not be loaded to ask.
 */
export function isRefusedBy(error: unknown): error is Error & { statusCode: number; body?: { code?: string } } {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  )
}
